import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join, resolve as absolute } from 'node:path';
import { makeFolder } from '../../lib/make-folder';
import { PicferryError } from '../../lib/picferry-error';
import { isArray, readJson, type TextChoice } from '../../merge';
import { isOwnKey } from '../../shared/model/own-keys';
import type { SyncBeginning, SyncCopy, SyncPath, SyncSide, SyncTakenBack } from '../../shared/model/sync';
import { placeText } from '../../shared/place-text';
import type { Call, DocumentSync } from '../providers/contract';
import { withHost } from '../providers/errors';
import { allConflictsOf, conflictsOf, idOf, statusOf } from './document-status';
import type { AddOptions, DocumentName, DocumentStatus, OpenConflict, SyncEngine } from './engine-contract';
import type { DocumentActs } from './document-acts';
import { copiesOf, copyText } from './copies';
import { openDevice, type Device, type OwnDevice } from './device';
import { DocumentFolder, folderName } from './document-folder';
import { newRecord, type DocumentRecord } from './record';
import type { SyncPorts } from './sync-ports';
import { DocumentRun } from './sync-document';
import { missingSync, syncProblem } from './sync-problems';
import type { Page } from './texts';
import { ulid } from './ulid';
import { readUserFile } from './user-file';
import { devicesOf, resolvedOf, VersionMemory, Versions, versionsHere } from './versions';

const NEVER = new AbortController().signal;

/** `[A-Za-z0-9._-]{1,64}` is what every host takes. */
const KEY = /^[A-Za-z0-9._-]{1,64}$/;

type Document = {
  readonly files: DocumentFolder;
  record: DocumentRecord;
  /** The end of what runs or waits. */
  tail: Promise<unknown>;
};

class Engine implements SyncEngine {
  readonly #documents = new Map<string, Document>();
  readonly #device: OwnDevice;
  readonly #memory = new VersionMemory();

  constructor(private readonly ports: SyncPorts) {
    makeFolder(ports.folder);
    this.#device = openDevice(ports.folder, ports.newId, ports.deviceName);
    for (const folder of this.#folders()) this.#open(folder);
  }

  add(document: DocumentName, path: string, { ask = false, kind = 'file', policy }: AddOptions = {}): DocumentStatus {
    const { now, hostOf } = this.ports;
    const file = absolute(path);
    if (!KEY.test(document.fileKey)) throw syncProblem('syncBadKey', now(), { key: document.fileKey });
    if (kind === 'file' && isOwnKey(document.fileKey)) throw syncProblem('syncKeyReserved', now(), { key: document.fileKey });
    if (hostOf(document.account) === null) throw this.#noSync(document.account);
    // An older Picferry let a file have such a key.
    if (kind !== 'file' && this.#documents.get(idOf(document))?.record.kind === 'file') throw syncProblem('syncKeyInWay', now(), { key: document.fileKey });
    if (this.#documents.has(idOf(document))) throw syncProblem('syncKeyTaken', now(), { key: document.fileKey });
    this.#checkFile(file);
    const files = this.#folderOf(document);
    files.forgetAside();
    const fresh = newRecord(document.account, document.fileKey, file);
    const record: DocumentRecord = { ...fresh, kind, begin: ask ? 'ask' : 'merge', policy: { ...fresh.policy, ...policy } };
    files.save(record);
    this.#documents.set(idOf(document), { files, record, tail: Promise.resolve() });
    return this.status(document);
  }

  async remove(document: DocumentName): Promise<void> {
    await this.#inTurn(document, (known) => {
      known.files.remove();
      this.#documents.delete(idOf(document));
    });
  }

  async setAside(document: DocumentName): Promise<void> {
    await this.#inTurn(document, (known) => {
      known.files.setAside();
      this.#documents.delete(idOf(document));
    });
  }

  bringBack(document: DocumentName): DocumentStatus {
    const { now, hostOf } = this.ports;
    if (hostOf(document.account) === null) throw this.#noSync(document.account);
    if (this.#documents.has(idOf(document))) throw syncProblem('syncKeyTaken', now(), { key: document.fileKey });
    const files = this.#folderOf(document);
    const aside = files.aside();
    if (aside === null) throw syncProblem('syncNoDocument', now(), { key: document.fileKey });
    this.#checkFile(aside.path);
    files.bringBack();
    this.#documents.set(idOf(document), { files, record: aside, tail: Promise.resolve() });
    return this.status(document);
  }

  forgetAside(): void {
    for (const folder of this.#folders()) {
      const files = this.#filesAt(folder);
      if (files.load() === null && files.aside() !== null) files.remove();
    }
  }

  list(account?: string): readonly DocumentStatus[] {
    return [...this.#documents.values()].filter(({ record }) => account === undefined || record.account === account).map(({ record }) => statusOf(record));
  }

  status(document: DocumentName): DocumentStatus {
    return statusOf(this.#known(document).record);
  }

  run(document: DocumentName, { note, signal = NEVER, byHand = false }: Parameters<SyncEngine['run']>[1] = {}): Promise<DocumentStatus> {
    return this.#inTurn(document, async (known) => {
      if (note !== undefined) this.#change(known, { note });
      await this.#sync(known, { signal, byHand });
      return statusOf(known.record);
    });
  }

  keepNote(document: DocumentName, note: string): Promise<DocumentStatus> {
    return this.#inTurn(document, (known) => {
      if (note !== known.record.note) this.#change(known, { note });
      return statusOf(known.record);
    });
  }

  async waiting(document: DocumentName): Promise<number> {
    const { texts } = this.ports;
    return this.#inTurn(document, async ({ files, record }) => {
      const file = readUserFile(record.path);
      const base = record.base === null ? null : files.get(record.base.blob);
      if (file.text === null || file.sha === record.base?.blob) return 0;
      const { added, edited, removed } = await texts.counts(base, file.text, record.policy);
      return added + edited + removed;
    });
  }

  async pause(document: DocumentName, paused: boolean): Promise<void> {
    await this.#inTurn(document, (known) => this.#change(known, { paused }));
  }

  async relocate(document: DocumentName, path: string): Promise<void> {
    await this.#inTurn(document, (known) => this.#change(known, { path }));
  }

  async history(document: DocumentName, page: number, signal: AbortSignal = NEVER): ReturnType<SyncEngine['history']> {
    return this.#versions(document, signal).history(page).finally(() => this.#learnNames(document, [...(this.#memory.names.get(document.account) ?? [])]));
  }

  versionsHere(document: DocumentName): ReturnType<SyncEngine['versionsHere']> {
    return versionsHere(this.#known(document).record);
  }

  counts(document: DocumentName, version: number, signal: AbortSignal = NEVER): ReturnType<SyncEngine['counts']> {
    return this.#versions(document, signal).counts(version);
  }

  changedAt(document: DocumentName, versions: readonly number[], text: string, signal: AbortSignal = NEVER): ReturnType<SyncEngine['changedAt']> {
    return this.#versions(document, signal).changedAt(versions, text);
  }

  diff(document: DocumentName, sides: Parameters<SyncEngine['diff']>[1], page: Page, signal: AbortSignal = NEVER): ReturnType<SyncEngine['diff']> {
    return this.#versions(document, signal).diff(sides, page);
  }

  async show(document: DocumentName, side: SyncSide, maxBytes = Infinity, signal: AbortSignal = NEVER): Promise<string> {
    const text = await this.#versions(document, signal).text(side);
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) throw syncProblem('syncTooLongToShow', this.ports.now(), { size: (bytes / 1e6).toFixed(1) });
    return text;
  }

  async restorePlan(document: DocumentName, version: number, paths: readonly SyncPath[] | null, page: Page, signal: AbortSignal = NEVER): ReturnType<SyncEngine['restorePlan']> {
    const text = await this.show(document, version, Infinity, signal);
    return this.#act(document, signal, (acts) => acts.restorePlan(text, paths, page));
  }

  async restore(document: DocumentName, version: number, paths: readonly SyncPath[] | null = null, { note = '', signal = NEVER, sync = false }: Parameters<SyncEngine['restore']>[3] = {}): Promise<boolean> {
    const text = await this.show(document, version, Infinity, signal);
    const mended = paths === null ? await this.#act(document, signal, (acts) => acts.mend(text)) : null;
    // A range counts the items of what it was read from.
    if (sync && (paths ?? []).every((path) => path.every((step) => typeof step === 'string' || !('list' in step)))) await this.#catchUp(document, signal);
    return this.#act(document, signal, (acts) => acts.restore(text, version, paths, note, mended));
  }

  /** Takes what is newer at the host first: an old version restored below it would be no new version, and would be undone. */
  #catchUp(document: DocumentName, signal: AbortSignal): Promise<void> {
    return this.#inTurn(document, async (known) => {
      const { base, open, rolledBack, fileKey } = known.record;
      if (base === null || open !== null || rolledBack !== null) return;
      try {
        const newest = (await this.#hostOf(document).history(fileKey, 1, 1, { signal }))?.versions[0];
        if (newest !== undefined && newest.version > base.version) await this.#sync(known, { signal });
      } catch (error) {
        // What stands in the way stands in the status; the file can be restored all the same.
        if (!(error instanceof PicferryError) || error.problem.kind === 'cancelled') throw error;
      }
    });
  }

  async devices(account: string, fileKey: string | null, signal: AbortSignal = NEVER): ReturnType<SyncEngine['devices']> {
    const headOf = (key: string): number | null => {
      const record = this.#documents.get(idOf({ account, fileKey: key }))?.record;
      return record === undefined ? null : Math.max(record.seen, record.base?.version ?? 0);
    };
    const found = await devicesOf(this.#hostOf({ account }), fileKey, this.#device.current().id, headOf, { signal });
    if (fileKey !== null) this.#learnNames({ account, fileKey }, found.devices.flatMap(({ deviceId, name }) => (name === null ? [] : [[deviceId, name] as const])));
    return found;
  }

  /** Keeps what devices are called, for when the host cannot be asked. Nobody waits for it, and nothing depends on it. */
  #learnNames(document: DocumentName, names: readonly (readonly [string, string])[]): void {
    const known = this.#documents.get(idOf(document))?.record.names;
    if (known === undefined || names.every(([id, name]) => known[id] === name)) return;
    this.#inTurn(document, (one) => this.#change(one, { names: Object.fromEntries(names) })).catch(() => undefined);
  }

  async held(account: string, fileKeys: readonly string[], signal: AbortSignal = NEVER): Promise<readonly string[]> {
    const host = this.#hostOf({ account });
    const found: string[] = [];
    for (const fileKey of fileKeys) if (((await host.history(fileKey, 1, 1, { signal }))?.versions.length ?? 0) > 0) found.push(fileKey);
    return found;
  }

  device(): Device {
    return this.#device.current();
  }

  renameDevice(name: string): void {
    this.#device.rename(name);
  }

  conflicts(account?: string, fileKey?: string, decided = false): readonly OpenConflict[] {
    return [...this.#documents.values()]
      .map(({ record }) => record)
      .filter((record) => (account === undefined || record.account === account) && (fileKey === undefined || record.fileKey === fileKey))
      .flatMap((record) => (decided ? allConflictsOf(record) : conflictsOf(record)));
  }

  async resolved(account: string, fileKey: string | null, signal: AbortSignal = NEVER): ReturnType<SyncEngine['resolved']> {
    const records = [...this.#documents.values()].map(({ record }) => record).filter((one) => one.account === account && (fileKey === null || one.fileKey === fileKey));
    const self = this.#device.current().id;
    try {
      return { rows: resolvedOf(records, await this.#hostOf({ account }).conflicts(fileKey, true, { signal }), self), problem: null };
    } catch (error) {
      if (!(error instanceof PicferryError) || error.problem.kind === 'cancelled') throw error;
      return { rows: resolvedOf(records, [], self), problem: withHost(error.problem, this.ports.nameOf(account)) };
    }
  }

  async resolve(ids: string | readonly string[], choice: Parameters<SyncEngine['resolve']>[1], account?: string): ReturnType<SyncEngine['resolve']> {
    const asked = typeof ids === 'string' ? [ids] : ids;
    await this.#settleSteps(asked);
    const wanted = await this.#decidable(asked, choice, account);
    const documents = new Map(wanted.map(({ document }) => [idOf(document), document]));
    for (const document of documents.values()) {
      await this.#inTurn(document, async (known) => {
        const { open, rolledBack } = known.record;
        if (rolledBack !== null) {
          const run = this.#runOf(known, { signal: NEVER });
          await run.answerRollback(choice.take === 'theirs' ? 'theirs' : 'mine');
          known.record = run.record;
        } else if (open !== null) {
          const chosen = wanted.filter((one) => idOf(one.document) === idOf(document)).map(({ id }) => id);
          const all = <T>(value: T): Record<string, T> => Object.fromEntries(chosen.map((id) => [id, value]));
          const over = editedFile(known.record.path, open.made?.shown ?? null);
          this.#change(known, { open: { ...open, choices: { ...open.choices, ...all(choice) }, over: { ...without(open.over, chosen), ...(over === null ? {} : all(known.files.put(over))) } } });
        }
      });
    }
    return [...documents.values()];
  }

  /** What a kill left half done is done or undone first: undone later, it would take back what is decided now. */
  async #settleSteps(ids: readonly string[]): Promise<void> {
    const named = new Set(ids);
    const half = [...this.#documents.values()].map(({ record }) => record).filter((record) => record.applying !== null && allConflictsOf(record).some(({ id }) => named.has(id)));
    for (const document of half) await this.#act(document, NEVER, (acts) => acts.settleStep());
  }

  /** The places of these names, where the choice can be made at each of them. */
  async #decidable(ids: readonly string[], choice: TextChoice, account: string | undefined): Promise<readonly OpenConflict[]> {
    const { now, texts } = this.ports;
    const all = this.conflicts(account, undefined, true);
    const known = new Map(all.map((one) => [one.id, one]));
    // Two accounts may ask the same of one key.
    const twice = all.find((one) => ids.includes(one.id) && known.get(one.id) !== one);
    if (twice !== undefined) throw syncProblem('syncConflictTwice', now(), { id: twice.id });
    const value = choice.take === 'edited' ? await texts.read(choice.text, {}) : null;
    if (value?.ok === false) throw value.refusal.code === 'duplicate-keys' ? syncProblem('syncValueTwice', now(), { key: value.refusal.duplicates[0]?.key ?? '' }) : syncProblem('syncNotAValue', now());
    return ids.map((id) => {
      const conflict = known.get(id);
      if (conflict === undefined) throw syncProblem('syncConflictUnknown', now(), { id });
      const place = placeText(conflict.path);
      if (choice.take === 'both' && !conflict.both) throw syncProblem('syncNoBoth', now(), { place });
      // One item would be taken for a list of one, and an order for none at all.
      const isList = conflict.kind === 'list' || conflict.kind === 'order';
      if (isList && choice.take === 'edited' && !isListText(choice.text)) throw syncProblem(conflict.kind === 'list' ? 'syncNotAList' : 'syncNotAnOrder', now(), { place });
      return conflict;
    });
  }

  sides(document: DocumentName): ReturnType<SyncEngine['sides']> {
    return this.#act(document, NEVER, (acts) => acts.sides());
  }

  settle(document: DocumentName, { stamp, result, decisions }: Parameters<SyncEngine['settle']>[1]): Promise<boolean> {
    return this.#act(document, NEVER, (acts) => acts.settle(stamp, result, decisions));
  }

  takeBack(document: DocumentName): Promise<SyncTakenBack> {
    return this.#act(document, NEVER, (acts) => acts.takeBack());
  }

  copies(document: DocumentName): readonly SyncCopy[] {
    return copiesOf(this.#known(document).record);
  }

  copyPath(document: DocumentName, id: string): string {
    const { files, record } = this.#known(document);
    copyText(record, files, id, this.ports.now);
    return files.pathOf(id);
  }

  async putBack(document: DocumentName, id: string): Promise<boolean> {
    const { files, record } = this.#known(document);
    const [text, whose] = [copyText(record, files, id, this.ports.now), copiesOf(record).find((one) => one.id === id)?.whose ?? 'mine'];
    return this.#act(document, NEVER, (acts) => acts.putBack(text, whose));
  }

  firstRun(document: DocumentName, signal: AbortSignal = NEVER): ReturnType<SyncEngine['firstRun']> {
    return this.#act(document, signal, (acts) => acts.firstRun());
  }

  begin(document: DocumentName, how: SyncBeginning, signal: AbortSignal = NEVER): Promise<void> {
    return this.#act(document, signal, (acts) => acts.begin(how));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#documents.values()].map(({ tail }) => tail));
  }

  async #sync(known: Document, call: Call): Promise<void> {
    const { now } = this.ports;
    let run = this.#runOf(known, call);
    try {
      let outcome = await run.run().finally(() => (known.record = run.record));
      if (outcome === 'cloned') {
        this.#device.renew();
        run = this.#runOf(known, call);
        outcome = await run.run().finally(() => (known.record = run.record));
      }
      // What was restored is at the host, or nothing of it is left: the next version is not about it.
      const { settled } = known.record;
      this.#change(known, { problem: null, ...(outcome === 'clean' ? { lastSync: now(), restored: null, act: null, settled: settled && { ...settled, sent: true } } : {}) });
    } catch (error) {
      if (!(error instanceof PicferryError)) throw error;
      // Whoever ended it knows; the document stands where it stood.
      if (error.problem.kind === 'cancelled') throw error;
      const problem = withHost(error.problem, this.ports.nameOf(known.record.account));
      this.#change(known, { problem });
      throw new PicferryError(problem, { cause: error });
    }
  }

  #runOf({ files, record }: Document, call: Call): DocumentRun {
    const { texts, now } = this.ports;
    const host = this.#hostOf(record);
    return new DocumentRun({ host, texts, files, device: this.#device.current(), now, newOp: () => ulid(now()), call }, record);
  }

  #versions(document: DocumentName, signal: AbortSignal): Versions {
    const { files, record } = this.#known(document);
    const { texts, now } = this.ports;
    return new Versions({ host: this.#hostOf(document), texts, files, record, deviceId: this.#device.current().id, memory: this.#memory, now, call: { signal } });
  }

  #act<T>(document: DocumentName, signal: AbortSignal, act: (acts: DocumentActs) => Promise<T>): Promise<T> {
    return this.#inTurn(document, (known) => {
      const run = this.#runOf(known, { signal });
      return act(run.acts()).finally(() => (known.record = run.record));
    });
  }

  #hostOf({ account }: Pick<DocumentName, 'account'>): DocumentSync {
    const host = this.ports.hostOf(account);
    if (host === null) throw this.#noSync(account);
    return host;
  }

  #noSync(account: string): PicferryError {
    return missingSync(this.ports.nameOf(account), this.ports.now());
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
    const mine = known.tail.then(() => {
      // It may have been removed while this waited.
      if (this.#documents.get(idOf(document)) !== known) throw syncProblem('syncNoDocument', this.ports.now(), { key: document.fileKey });
      return work(known);
    });
    known.tail = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }

  #checkFile(file: string): void {
    const holder = [...this.#documents.values()].find(({ record }) => record.path === file || realPath(record.path) === realPath(file));
    if (holder !== undefined) throw syncProblem('syncFileTaken', this.ports.now(), { key: holder.record.fileKey });
  }

  #folders(): readonly string[] {
    return foldersIn(this.ports.folder).flatMap((account) => foldersIn(join(this.ports.folder, account)).map((name) => join(this.ports.folder, account, name)));
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
    if (record !== null) this.#documents.set(idOf(record), { files, record, tail: Promise.resolve() });
  }
}

/** Opens what was kept. Contacts nobody. */
export const createSyncEngine = (ports: SyncPorts): SyncEngine => new Engine(ports);

const foldersIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : []);

/** What is in the file, if it can be read and is not what was put there. */
const editedFile = (path: string, shown: string | null): string | null => {
  try {
    const { text, sha } = readUserFile(path);
    return sha === shown ? null : text;
  } catch {
    return null;
  }
};

const without = <T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> => {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
};

/** Where a link leads; what is not there has its own name. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

const isListText = (text: string): boolean => {
  const read = readJson(text);
  return read.ok && isArray(read.value);
};
