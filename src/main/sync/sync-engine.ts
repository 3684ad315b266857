import { existsSync, readdirSync } from 'node:fs';
import { join, resolve as absolute } from 'node:path';
import { sha256Hex } from '../../lib/canonical-json';
import { makeFolder } from '../../lib/make-folder';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import type { DocumentSync } from '../providers/contract';
import { ProviderError, withHost } from '../providers/errors';
import { backOffMs } from './back-off';
import type { DocumentName, DocumentState, DocumentStatus, OpenConflict, SyncEngine } from './engine-contract';
import { openDevice, type OwnDevice } from './device';
import { DocumentFolder, folderName } from './document-folder';
import { newRecord, type DocumentRecord } from './record';
import type { SyncPorts } from './sync-ports';
import { DocumentRun } from './sync-document';
import { syncProblem } from './sync-problems';
import { readMessage } from './tag';
import { ulid } from './ulid';

/** How many documents sync at once. */
const AT_ONCE = 2;
const NEVER = new AbortController().signal;

/** `[A-Za-z0-9._-]{1,64}` is what every host takes. */
const KEY = /^[A-Za-z0-9._-]{1,64}$/;

type Document = {
  readonly files: DocumentFolder;
  record: DocumentRecord;
  failures: number;
  notBefore: number;
  /** The end of what runs or waits. */
  tail: Promise<unknown>;
};

class Engine implements SyncEngine {
  readonly #documents = new Map<string, Document>();
  readonly #device: OwnDevice;

  constructor(private readonly ports: SyncPorts) {
    makeFolder(ports.folder);
    this.#device = openDevice(ports.folder, ports.newId, ports.deviceName);
    for (const account of foldersIn(ports.folder)) {
      for (const name of foldersIn(join(ports.folder, account))) this.#open(join(ports.folder, account, name));
    }
  }

  add(document: DocumentName, path: string): DocumentStatus {
    const { now, hostOf } = this.ports;
    const file = absolute(path);
    if (!KEY.test(document.fileKey)) throw syncProblem('syncBadKey', now(), { key: document.fileKey });
    if (hostOf(document.account) === null) throw this.#noSync(document.account);
    if (this.#documents.has(idOf(document))) throw syncProblem('syncKeyTaken', now(), { key: document.fileKey });
    const holder = [...this.#documents.values()].find(({ record }) => record.path === file);
    if (holder !== undefined) throw syncProblem('syncFileTaken', now(), { key: holder.record.fileKey });
    const files = this.#folderOf(document);
    const record = newRecord(document.account, document.fileKey, file);
    files.save(record);
    this.#documents.set(idOf(document), { files, record, failures: 0, notBefore: 0, tail: Promise.resolve() });
    return this.status(document);
  }

  async remove(document: DocumentName): Promise<void> {
    await this.#inTurn(document, (known) => {
      known.files.remove();
      this.#documents.delete(idOf(document));
    });
  }

  list(account?: string): readonly DocumentStatus[] {
    return [...this.#documents.values()].filter(({ record }) => account === undefined || record.account === account).map(({ record }) => statusOf(record));
  }

  status(document: DocumentName): DocumentStatus {
    return statusOf(this.#known(document).record);
  }

  run(document: DocumentName, { note, signal = NEVER }: { readonly note?: string; readonly signal?: AbortSignal } = {}): Promise<DocumentStatus> {
    return this.#inTurn(document, async (known) => {
      if (note !== undefined) this.#change(known, { note });
      await this.#sync(known, signal);
      return statusOf(known.record);
    });
  }

  async runDue(signal: AbortSignal = NEVER): Promise<readonly DocumentStatus[]> {
    const due = [...this.#documents.values()].filter(({ record, notBefore }) => !record.paused && record.problem?.kind !== 'auth' && notBefore <= this.ports.now());
    const waiting = [...due];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        try {
          await this.run(next.record, { signal });
        } catch (error) {
          // What a person can do about it stands in the status.
          if (!(error instanceof PicferryError)) throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return due.map(({ record }) => statusOf(record));
  }

  async pause(document: DocumentName, paused: boolean): Promise<void> {
    await this.#inTurn(document, (known) => this.#change(known, { paused }));
  }

  async history(document: DocumentName, page: number, signal: AbortSignal = NEVER): ReturnType<SyncEngine['history']> {
    const { record } = this.#known(document);
    const found = await this.#hostOf(document).history(document.fileKey, page, 50, { signal });
    const ours = new Set(record.operations.map(({ op }) => op));
    const versions = (found?.versions ?? []).map((one) => {
      const { note, tag } = readMessage(one.message);
      return { ...one, message: note, isOurs: tag === null ? one.deviceId === this.#device.current().id : ours.has(tag.op) };
    });
    return { currentVersion: found?.currentVersion ?? 0, page, totalPages: found?.totalPages ?? 0, versions };
  }

  async show(document: DocumentName, version: number, signal: AbortSignal = NEVER): Promise<string> {
    this.#known(document);
    const found = await this.#hostOf(document).version(document.fileKey, version, null, { signal });
    if (found === null) throw syncProblem('syncVersionMissing', this.ports.now(), { version });
    return found.text;
  }

  async restore(document: DocumentName, version: number, signal: AbortSignal = NEVER): Promise<void> {
    const text = await this.show(document, version, signal);
    await this.#inTurn(document, (known) => {
      const run = this.#runOf(known, signal);
      run.replaceFile(text);
      known.record = run.record;
    });
  }

  async devices(account: string, fileKey: string | null, signal: AbortSignal = NEVER): ReturnType<SyncEngine['devices']> {
    const { source, devices } = await this.#hostOf({ account }).devices(fileKey, { signal });
    const { id } = this.#device.current();
    const shown = devices.map((one) => ({ ...one, isThis: one.deviceId === id }));
    return { source, devices: [...shown.filter(({ isThis }) => isThis), ...shown.filter(({ isThis }) => !isThis)] };
  }

  renameDevice(name: string): void {
    this.#device.rename(name);
  }

  conflicts(account?: string, fileKey?: string): readonly OpenConflict[] {
    return [...this.#documents.values()]
      .map(({ record }) => record)
      .filter((record) => (account === undefined || record.account === account) && (fileKey === undefined || record.fileKey === fileKey))
      .flatMap(conflictsOf);
  }

  resolvedConflicts(account: string, fileKey: string | null, signal: AbortSignal = NEVER): ReturnType<SyncEngine['resolvedConflicts']> {
    return this.#hostOf({ account }).conflicts(fileKey, true, { signal });
  }

  async resolve(id: string, choice: Parameters<SyncEngine['resolve']>[1]): ReturnType<SyncEngine['resolve']> {
    const { now, texts } = this.ports;
    const conflict = this.conflicts().find((one) => one.id === id);
    if (conflict === undefined) throw syncProblem('syncConflictUnknown', now(), { id });
    if (choice.take === 'edited' && !(await texts.read(choice.text, {})).ok) throw syncProblem('syncNotAValue', now());
    await this.#inTurn(conflict.document, async (known) => {
      if (known.record.rolledBack !== null) {
        const run = this.#runOf(known, NEVER);
        await run.answerRollback(choice.take === 'theirs' ? 'theirs' : 'mine');
        known.record = run.record;
      } else if (known.record.open !== null) {
        this.#change(known, { open: { ...known.record.open, choices: { ...known.record.open.choices, [id]: choice } } });
      }
    });
    return conflict.document;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#documents.values()].map(({ tail }) => tail));
  }

  // ———

  async #sync(known: Document, signal: AbortSignal): Promise<void> {
    const { now, random } = this.ports;
    let run = this.#runOf(known, signal);
    try {
      let outcome = await run.run().finally(() => (known.record = run.record));
      if (outcome === 'cloned') {
        this.#device.renew();
        run = this.#runOf(known, signal);
        outcome = await run.run().finally(() => (known.record = run.record));
      }
      known.failures = 0;
      known.notBefore = 0;
      this.#change(known, { lastSync: outcome === 'clean' ? now() : known.record.lastSync, problem: null });
    } catch (error) {
      if (!(error instanceof PicferryError)) throw error;
      known.failures += 1;
      const asked = error instanceof ProviderError && typeof error.retry === 'object' ? error.retry.afterMs : 0;
      known.notBefore = now() + Math.max(asked, backOffMs(known.failures, random()));
      const problem = withHost(error.problem, this.ports.nameOf(known.record.account));
      this.#change(known, { problem });
      throw new PicferryError(problem, { cause: error });
    }
  }

  #runOf({ files, record }: Document, signal: AbortSignal): DocumentRun {
    const { texts, now } = this.ports;
    const host = this.#hostOf(record);
    return new DocumentRun({ host, texts, files, device: this.#device.current(), now, newOp: () => ulid(now()), call: { signal } }, record);
  }

  #hostOf({ account }: Pick<DocumentName, 'account'>): DocumentSync {
    const host = this.ports.hostOf(account);
    if (host === null) throw this.#noSync(account);
    return host;
  }

  #noSync(account: string): PicferryError {
    const params = { host: this.ports.nameOf(account) };
    return new PicferryError(problemOf({ kind: 'bad_request', sub: 'noSync', message: 'syncUnavailable', params }, this.ports.now()));
  }

  #change(known: Document, change: Partial<DocumentRecord>): void {
    const record = { ...known.record, ...change };
    known.files.save(record);
    known.record = record;
  }

  #known(document: DocumentName): Document {
    const known = this.#documents.get(idOf(document));
    if (known === undefined) throw syncProblem('syncNoDocument', this.ports.now(), { key: document.fileKey });
    return known;
  }

  /** One thing at a time per document. */
  async #inTurn<T>(document: DocumentName, work: (known: Document) => T | Promise<T>): Promise<T> {
    const known = this.#known(document);
    const mine = known.tail.then(() => work(known));
    known.tail = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }

  #folderOf({ account, fileKey }: DocumentName): DocumentFolder {
    return this.#filesAt(join(this.ports.folder, folderName(account), folderName(fileKey)));
  }

  #filesAt(folder: string): DocumentFolder {
    return new DocumentFolder(folder, this.ports.now, this.ports.checkpoint ?? (() => undefined));
  }

  #open(folder: string): void {
    const files = this.#filesAt(folder);
    const record = files.load();
    if (record !== null) this.#documents.set(idOf(record), { files, record, failures: 0, notBefore: 0, tail: Promise.resolve() });
  }
}

/** Opens what was kept. Contacts nobody. */
export const createSyncEngine = (ports: SyncPorts): SyncEngine => new Engine(ports);

const idOf = ({ account, fileKey }: DocumentName): string => `${account}\n${fileKey}`;

const foldersIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : []);

const stateOf = (record: DocumentRecord, problem: Problem | null): DocumentState => {
  if (record.rolledBack !== null) return 'rolled-back';
  if (conflictsOf(record).length > 0) return 'conflict';
  if (record.paused) return 'paused';
  if (problem !== null) return 'failed';
  if (record.base === null) return 'new';
  return record.outbox !== null || record.open !== null ? 'waiting' : 'clean';
};

const statusOf = (record: DocumentRecord): DocumentStatus => ({
  account: record.account,
  fileKey: record.fileKey,
  path: record.path,
  state: stateOf(record, record.problem),
  version: record.base?.version ?? null,
  openConflicts: conflictsOf(record).length,
  lastSync: record.lastSync,
  problem: record.problem,
});

const conflictsOf = (record: DocumentRecord): readonly OpenConflict[] => {
  const document = { account: record.account, fileKey: record.fileKey };
  if (record.rolledBack !== null) {
    const id = `rollback-${sha256Hex(`${idOf(document)}\n${record.epoch}`).slice(0, 16)}`;
    return [{ id, document, path: [], kind: 'rollback', deviceId: null, version: record.rolledBack.headVersion }];
  }
  const { open } = record;
  if (open === null) return [];
  return open.conflicts
    .filter(({ id }) => open.choices[id] === undefined)
    .map(({ id, path, kind, base, mine, theirs }) => ({ id, document, path, kind, base, mine, theirs, deviceId: open.deviceId, version: open.theirsVersion }));
};
