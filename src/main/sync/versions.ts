import type { SyncDeviceList, SyncDiff, SyncHistoryPage, SyncResolved, SyncSide, SyncVersionCounts, SyncVersionRow } from '../../shared/model/sync';
import type { Clock } from '../../lib/clock';
import { PicferryError } from '../../lib/picferry-error';
import type { Call, DocumentSync, SyncConflict, SyncVersion } from '../providers/contract';
import { copyText } from './copies';
import type { DocumentFolder } from './document-folder';
import type { Agreed, DocumentRecord } from './record';
import { namesPlace } from './place-words';
import { syncProblem, unreadable } from './sync-problems';
import { readMessage, UNTOLD } from './tag';
import type { DocumentTexts, Page } from './texts';
import { readUserFile } from './user-file';

export type VersionsDeps = {
  readonly host: DocumentSync;
  readonly texts: DocumentTexts;
  readonly files: DocumentFolder;
  readonly record: DocumentRecord;
  readonly deviceId: string;
  readonly memory: VersionMemory;
  readonly now: Clock;
  readonly call: Call;
};

/** Versions never change, so what was found out about them once holds. */
export class VersionMemory {
  readonly counts = new Map<string, SyncVersionCounts>();
  readonly places = new Map<string, readonly string[]>();
  /** Device names by account, as the host told them with the newest page of a history. */
  readonly names = new Map<string, ReadonlyMap<string, string>>();
}

const PER_PAGE = 50;
/** Places of one version that a search looks at. */
const MOST_PLACES = 20_000;
/** Of versions with more than these they are read anew for another search. */
const KEPT_PLACES = 2_000;
const RESOLVED = /^Resolved conflict #\d+/;

/** Looks at the versions of one document. Changes nothing. */
export class Versions {
  constructor(private readonly deps: VersionsDeps) {}

  async history(page: number): Promise<SyncHistoryPage> {
    const { host, record, call } = this.deps;
    const found = await host.history(record.fileKey, page, PER_PAGE, call);
    const versions = found?.versions ?? [];
    const names = versions.length === 0 ? new Map<string, string>() : await this.#names(page === 1);
    const oldestOf = new Map<string, number>();
    for (const { version, message } of versions) {
      const op = readMessage(message).tag?.op;
      if (op !== undefined) oldestOf.set(op, Math.min(version, oldestOf.get(op) ?? version));
    }
    return { currentVersion: found?.currentVersion ?? 0, page, totalPages: found?.totalPages ?? 0, rows: versions.map((one) => this.#row(one, names, oldestOf)) };
  }

  #row(one: SyncVersion, names: ReadonlyMap<string, string>, oldestOf: ReadonlyMap<string, number>): SyncVersionRow {
    const { record, deviceId } = this.deps;
    const { note, tag } = readMessage(one.message);
    const parents = parentsOf(one);
    const marks: SyncVersionRow['marks'][number][] = [];
    if (parents.length > 1) marks.push('merge');
    if (tag?.restored !== undefined) marks.push('restored');
    if (tag?.act != null) marks.push(tag.act);
    if (tag === null && RESOLVED.test(one.message)) marks.push('resolved-at-host');
    if (tag !== null && (oldestOf.get(tag.op) ?? one.version) < one.version) marks.push('duplicate');
    if (record.base?.version === one.version) marks.push('here');
    return {
      version: one.version,
      hash: one.hash,
      note,
      deviceId: one.deviceId,
      deviceName: one.deviceId === null ? null : (names.get(one.deviceId) ?? null),
      isThisDevice: tag === null ? one.deviceId === deviceId : record.operations.some(({ op }) => op === tag.op),
      createdAt: one.createdAt,
      parents,
      marks,
    };
  }

  /** Names that the host knows; a host that gives none leaves the ids. Asked `anew`, devices that joined or were renamed since have theirs. */
  async #names(anew: boolean): Promise<ReadonlyMap<string, string>> {
    const { host, record, memory, call } = this.deps;
    const known = memory.names.get(record.account);
    if (known !== undefined && !anew) return known;
    const { devices } = await host.devices(record.fileKey, call);
    const names = new Map(devices.flatMap(({ deviceId, name }) => (name === null ? [] : [[deviceId, name] as const])));
    memory.names.set(record.account, names);
    return names;
  }

  /** How much a version changed against the one it was made on, and how large it is. */
  async counts(version: number): Promise<SyncVersionCounts> {
    const { record, memory, texts } = this.deps;
    const { text, name, before } = await this.#made(version);
    const known = memory.counts.get(name);
    if (known !== undefined) return known;
    const older = await before();
    const bytes = Buffer.byteLength(text);
    const { added, edited, removed } = await texts.counts(older, text, record.policy);
    const counts = { added, edited, removed, bytes, grown: older === null ? null : bytes - Buffer.byteLength(older) };
    memory.counts.set(name, counts);
    return counts;
  }

  /** Those of the versions that changed a place which the text names. */
  async changedAt(versions: readonly number[], wanted: string): Promise<number[]> {
    const { record, memory, texts } = this.deps;
    const found: number[] = [];
    for (const version of versions) {
      const { text, name, before } = await this.#made(version);
      const places = memory.places.get(name) ?? (await texts.places(await before(), text, record.policy, MOST_PLACES));
      if (places.length <= KEPT_PLACES) memory.places.set(name, places);
      if (places.some((place) => namesPlace(place, wanted))) found.push(version);
    }
    return found;
  }

  /** A version's text, a name for it that no other text has, and what it was made on. */
  async #made(version: number): Promise<{ readonly text: string; readonly name: string; readonly before: () => Promise<string | null> }> {
    const { account, fileKey } = this.deps.record;
    const { text, row } = await this.#version(version);
    const [parent] = parentsOf(row);
    const before = async (): Promise<string | null> => (parent === undefined ? null : (await this.#version(parent)).text);
    return { text, name: `${account}\n${fileKey}\n${String(version)}\n${row.hash ?? ''}`, before };
  }

  async diff(sides: { readonly before: SyncSide; readonly after: SyncSide }, page: Page): Promise<SyncDiff> {
    const { texts, record, now } = this.deps;
    const [before, after] = [await this.text(sides.before), await this.text(sides.after)];
    const compared = await texts.changes(before, after, record.policy, page);
    if (!compared.ok) {
      const side = sides[compared.refusal.side === 'base' ? 'before' : 'after'];
      throw isCopy(side) ? syncProblem('syncCopyBroken', now()) : unreadable(compared.refusal, side === 'file' ? 'file' : 'host', now());
    }
    const { counts, changes, offset, total } = compared;
    return { counts, changes, offset, total };
  }

  /** JSON text, as the host or the file spells it. */
  async text(side: SyncSide): Promise<string> {
    if (isCopy(side)) return copyText(this.deps.record, this.deps.files, side.slice('copy:'.length), this.deps.now);
    if (side !== 'file') return this.#versionText(side);
    const { text } = readUserFile(this.deps.record.path);
    if (text === null) throw syncProblem('syncFileGone', this.deps.now());
    return text;
  }

  /** What this device had of a version serves while its host cannot be asked. */
  async #versionText(version: number): Promise<string> {
    const { record, files } = this.deps;
    try {
      return (await this.#version(version)).text;
    } catch (error) {
      const kept = keptIn(record).find((one) => one.version === version);
      const text = kept === undefined || !isAway(error) ? null : files.get(kept.blob);
      if (text === null) throw error;
      return text;
    }
  }

  async #version(version: number): Promise<{ readonly text: string; readonly row: SyncVersion }> {
    const { host, record, now, call } = this.deps;
    const found = await host.version(record.fileKey, version, null, call);
    if (found === null) throw syncProblem('syncVersionMissing', now(), { version });
    const { tag } = readMessage(found.message);
    if (tag === null || (tag.exact ?? null) === null || tag.exact === UNTOLD) return { text: found.text, row: found };
    // As it was pushed, where the host made something else of it.
    const { text } = await this.deps.texts.unfold(found.text, { digest: tag.digest, exact: tag.exact ?? '' }, record.policy);
    return { text, row: found };
  }
}

/** Whether the host was not reached or would not hear us, which says nothing of the document. */
const isAway = (error: unknown): boolean => error instanceof PicferryError && ['network', 'server', 'auth'].includes(error.problem.kind);

const keptIn = ({ base, ring }: DocumentRecord): readonly Agreed[] => [...(base === null ? [] : [base]), ...ring];

/** The versions whose text this device has, newest first: what can be shown of them without the host. */
export const versionsHere = (record: DocumentRecord): readonly SyncVersionRow[] =>
  [...new Map(keptIn(record).map((one) => [one.version, one])).values()]
    .sort((a, b) => b.version - a.version)
    .map(({ version, hash }) => ({
      version,
      hash,
      note: '',
      deviceId: null,
      deviceName: null,
      isThisDevice: record.operations.some((one) => one.version === version),
      createdAt: null,
      parents: [],
      marks: record.base?.version === version ? ['here'] : [],
    }));

const isCopy = (side: SyncSide): side is `copy:${string}` => typeof side === 'string' && side.startsWith('copy:');

/** What a version was made on: as its tag says, else the one before. */
const parentsOf = ({ version, message }: SyncVersion): number[] => {
  const { tag } = readMessage(message);
  const parents = tag === null ? [version - 1] : [tag.base, ...tag.merged];
  return [...new Set(parents)].filter((parent) => parent > 0 && parent < version);
};

/** The devices of an account, this one first; `headOf` gives the newest version that is known of a document. */
export const devicesOf = async (host: DocumentSync, fileKey: string | null, self: string, headOf: (fileKey: string) => number | null, call: Call): Promise<SyncDeviceList> => {
  const { source, devices } = await host.devices(fileKey, call);
  const rows = devices.map(({ deviceId, name, lastSyncAt, versions }) => ({
    deviceId,
    name,
    lastSync: lastSyncAt,
    isThis: deviceId === self,
    forgotten: false,
    files: versions.map(({ fileKey: key, version }) => {
      const head = headOf(key);
      return { fileKey: key, version, behind: head === null ? null : Math.max(0, head - version) };
    }),
  }));
  return { source, devices: [...rows.filter(({ isThis }) => isThis), ...rows.filter(({ isThis }) => !isThis)] };
};

/** What was settled: here, by a person, and at the host, by whichever device. Newest first on each side. */
export const resolvedOf = (records: readonly DocumentRecord[], atHost: readonly SyncConflict[], self: string): readonly SyncResolved[] => [
  ...records
    .flatMap(({ fileKey, decided, names }) =>
      decided.map(({ id, path, choice, result, at, otherDeviceId, version, takenBack }): SyncResolved => ({ id, fileKey, where: 'here', path, choice, result, at, deviceId: self, otherDeviceId, otherDeviceName: otherDeviceId === null ? null : (names[otherDeviceId] ?? null), version, takenBack })),
    )
    .sort((a, b) => Number(b.at) - Number(a.at)),
  ...atHost
    .map(({ id, fileKey, resolution, resolvedAt, localDeviceId, remoteDeviceId, savedAsVersion }): SyncResolved => ({
      id: String(id),
      fileKey,
      where: 'host',
      path: null,
      choice: resolution,
      result: null,
      at: resolvedAt,
      deviceId: localDeviceId,
      otherDeviceId: remoteDeviceId,
      otherDeviceName: null,
      version: savedAsVersion,
      takenBack: null,
    }))
    .reverse(),
];
