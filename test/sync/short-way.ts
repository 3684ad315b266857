import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SWITCHES, type FaultInput, type SwitchChanges, type Switches } from '../../src/host';
import { acceptContent, DocumentControl, DocumentStore, pushVersion, resolveConflict, type Version } from '../../src/host/documents';
import { openHostDatabase } from '../../src/host/host-database';
import { changedSwitches } from '../../src/host/switches';
import { problemOf } from '../../src/lib/picferry-error';
import type { DocumentSync, SyncVersion } from '../../src/main/providers/contract';
import { ProviderError } from '../../src/main/providers/errors';

/** What a simulation needs of a host: to set how it behaves, and to know what it was asked. */
export type SimulatedHost = {
  readonly control: {
    reset(): unknown;
    set(changes: SwitchChanges): unknown;
    failNext(fault: FaultInput): unknown;
    readonly documents: Pick<DocumentControl, 'rollBack' | 'versions'>;
  };
};

export type ShortWay = { readonly host: SimulatedHost; readonly hostOf: () => DocumentSync; readonly asked: () => readonly string[]; readonly stop: () => void };

const failed = (kind: 'protocol' | 'server' | 'not_found' | 'conflict' | 'rejected_file', outcomeUnknown: boolean): ProviderError =>
  new ProviderError(problemOf({ kind, message: 'unreachable', retryable: true, detail: 'failed on purpose' }, 0), outcomeUnknown, 'never');

const described = ({ version, hash, parentHash, deviceId, message, createdAt }: Omit<Version, 'content'>): SyncVersion => ({ version, hash, parentHash, deviceId, message, createdAt: String(createdAt) });

/**
 * The embedded host's documents without HTTP between: the same storage, merging and switches, many times as quick, and
 * in the same order on every run, so that a seed means one story. Of faults it knows those that `hostModes` use.
 */
export const shortWay = (root: string): ShortWay => {
  const folder = mkdtempSync(join(root, 'host-'));
  const database = openHostDatabase(folder, { durable: false });
  const store = new DocumentStore(database);
  let switches: Switches = DEFAULT_SWITCHES;
  const faults: FaultInput[] = [];
  let asked: string[] = [];
  let clock = 0;
  const now = (): number => (clock += 1);
  const control = new DocumentControl({ documents: store, switches: () => switches, now });

  /** One call, as the host's router makes it: counted, and hit by the next fault that is meant for it. */
  const served = async <T>(call: string, changes: boolean, work: () => T): Promise<T> => {
    asked.push(call);
    const at = faults.findIndex((fault) => fault.call === undefined || fault.call === 'any' || fault.call === call);
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    if (fault === undefined) return work();
    if (fault.afterWork === true) work();
    throw failed(fault.html === undefined ? 'server' : 'protocol', changes);
  };
  const seen = (fileKey: string, deviceId: string, version: number): void => {
    if (deviceId !== '' && switches.wizs.baseTracking === 'push+pull') store.setCursor(fileKey, deviceId, version);
  };

  const documents: DocumentSync = {
    push: ({ fileKey, text, deviceId, deviceName, message }) =>
      served('json-push', true, () => {
        const content = acceptContent(text, switches.wizs);
        if (content === null) throw failed('rejected_file', false);
        const { version, hash, conflict } = pushVersion(store, { fileKey, content, asSent: text, deviceId, deviceName, message }, switches.wizs, now());
        return { version, hash, conflict, hostTime: null };
      }),
    latest: (fileKey, deviceId) =>
      served('json-pull', false, () => {
        const head = store.head(fileKey);
        if (head === null) return null;
        seen(fileKey, deviceId, head.version);
        control.pulled(fileKey);
        return { version: head.version, hash: head.hash, text: head.content };
      }),
    since: (fileKey, version, deviceId) =>
      served('json-pull', false, () => {
        const head = store.newest(fileKey);
        if (head === null) return null;
        seen(fileKey, deviceId, head);
        const newest = control.newestShown(fileKey, head);
        const updates = store.from(fileKey, version + 1).filter((one) => one.version <= newest);
        control.pulled(fileKey);
        return { currentVersion: head, updates: updates.map((one) => ({ ...described(one), text: one.content })) };
      }),
    history: (fileKey, page, perPage) =>
      served('json-history', false, () => {
        const head = store.newest(fileKey);
        if (head === null) return null;
        const newest = control.newestShown(fileKey, head);
        const total = store.count(fileKey, newest);
        return { currentVersion: newest, versions: store.page(fileKey, newest, page, perPage).map(described), page, perPage, total, totalPages: Math.ceil(total / perPage) };
      }),
    version: (fileKey, version) =>
      served('json-version', false, () => {
        const found = store.version(fileKey, version);
        return found === null ? null : { ...described(found), text: found.content };
      }),
    devices: (fileKey) =>
      served('json-devices', false, () => ({
        source: 'host' as const,
        devices: store.devices(fileKey).map(({ deviceId, deviceName, lastSyncAt, files }) => ({ deviceId, name: deviceName, lastSyncAt: String(lastSyncAt), versions: files.map(({ fileKey: key, lastVersion }) => ({ fileKey: key, version: lastVersion })) })),
      })),
    conflicts: (fileKey, resolved) =>
      served('json-conflicts', false, () =>
        store.conflicts(fileKey, resolved).map(({ localContent, remoteContent, createdAt, resolvedAt, ...one }) => ({ ...one, localText: localContent, remoteText: remoteContent, resolved, createdAt: String(createdAt), resolvedAt: resolvedAt === null ? null : String(resolvedAt) })),
      ),
    resolve: (id, action, text) =>
      served('json-resolve', true, () => {
        const conflict = store.conflict(id);
        if (conflict === null || conflict.resolvedAt !== null) throw failed('not_found', false);
        const content = text === null ? null : acceptContent(text, switches.wizs);
        const resolved = resolveConflict(store, conflict, `resolve_${action}`, content, switches.wizs, now());
        if (resolved.outcome === 'outdated') throw failed('conflict', false);
        return { version: resolved.version, hash: resolved.hash };
      }),
  };
  return {
    host: {
      control: {
        reset: () => {
          store.clear();
          control.forget();
          faults.length = 0;
          switches = DEFAULT_SWITCHES;
        },
        set: (changes) => (switches = changedSwitches(switches, changes)),
        failNext: (fault) => faults.push(fault),
        documents: control,
      },
    },
    hostOf: () => documents,
    asked: () => {
      const fresh = asked;
      asked = [];
      return fresh;
    },
    stop: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
