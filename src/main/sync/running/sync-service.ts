import { resolve as absolute } from 'node:path';
import type { BuiltInKind, OthersRecords, SyncBeginning, SyncDocument, SyncName, SyncPath, SyncSide, SyncTakenBack, SyncView } from '../../../shared/model/sync';
import { OWN_KEYS } from '../../../shared/model/own-keys';
import type { DocumentStatus, LinesWanted, OnlineSource, SyncService } from '../contract';
import type { EngineProcess } from '../process/engine-process';
import type { LibrarySharing } from '../../library';
import { LibrarySync } from '../own/library/library-sync';
import { movedTo } from '../own/moved-folder';
import { OwnDocuments, type OwnDocumentsDeps } from '../own/own-documents';
import { missingSync, syncProblem } from '../sync-problems';
import { SyncLoop, type LoopDeps } from './sync-loop';
import type { SwitchStore } from './switches';

export type SyncServiceDeps = Omit<LoopDeps, 'allPaused' | 'onChange' | 'onReached' | 'engine' | 'meet' | 'through' | 'dress' | 'unwritten'> & {
  /** Where the copies of Picferry's own documents lie. */
  readonly ownFolder: string;
  readonly ownSources: OwnDocumentsDeps['sources'];
  readonly library: SharedLibrary;
  readonly engine: EngineProcess;
  readonly switches: SwitchStore;
  /** Whether an account can hold documents. Throws `PicferryError` for one that is not there. */
  readonly canSync: (account: string) => boolean;
  readonly nameOf: (account: string) => string;
  /** Whether two accounts mean the same place, where a key is one document. */
  readonly isSameHost: (account: string, other: string) => boolean;
  /** Told when accounts change. */
  readonly onAccounts: (listener: () => void) => () => void;
};

/** The library as it is shared between devices. */
export type SharedLibrary = {
  readonly sharing: LibrarySharing;
  readonly onChange: (listener: () => void) => () => void;
};

export type RunningSync = SyncService & {
  /** From now on documents sync by themselves. */
  readonly start: (online: OnlineSource) => void;
};

const NEVER = new AbortController().signal;
/** After a change of the library more is waited for. */
const LIBRARY_MS = 1500;

/** What the engine knows; Picferry's own files are where the data folder is now. */
const listed = async ({ engine, ownFolder }: SyncServiceDeps): Promise<readonly DocumentStatus[]> => {
  const statuses = await engine.ask('list', []);
  const moved = statuses.flatMap(({ kind, account, fileKey, path }) => {
    const place = kind === 'file' ? null : movedTo(path, ownFolder);
    return place === null ? [] : [{ name: { account, fileKey }, place }];
  });
  for (const { name, place } of moved) await engine.ask('relocate', [name, place]);
  return moved.length === 0 ? statuses : engine.ask('list', []);
};

/** Opens what the engine knows. What was removed before can be undone no more. */
export const createSyncService = async (deps: SyncServiceDeps): Promise<RunningSync> => {
  await deps.engine.ask('forgetAside', []);
  const [statuses, device] = [await listed(deps), await deps.engine.ask('device', [])];
  const service = new Service(deps, device);
  service.take(statuses);
  return service;
};

class Service implements RunningSync {
  readonly #loop: SyncLoop;
  readonly #own: OwnDocuments;
  readonly #library: LibrarySync;
  readonly #offLibrary: () => void;
  #cancelLibrary: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #offAccounts: () => void;
  #rev = 0;

  constructor(
    private readonly deps: SyncServiceDeps,
    private device: SyncView['device'],
  ) {
    this.#library = this.#shared();
    this.#loop = new SyncLoop({
      ...deps,
      allPaused: () => deps.switches.current().paused,
      onChange: () => this.#changed(),
      // It goes into the account's list now.
      onReached: () => void this.#reload().catch((error: unknown) => deps.onFault('the list of documents was not kept', error)),
      meet: (status) => this.#own.meet(status),
      through: (status, plain, signal) => (status.kind === 'library' ? this.#library.run(status, plain, signal) : plain()),
      dress: (status) => this.#library.dress(status),
      unwritten: ({ kind }) => (kind === 'library' ? this.#library.waiting() : 0),
    });
    this.#own = new OwnDocuments({ folder: deps.ownFolder, sources: deps.ownSources, library: this.#library, engine: deps.engine, device: () => this.device.id, isRunning: (name) => this.#loop.isRunning(name), isSameHost: deps.isSameHost, onFault: deps.onFault });
    this.#offLibrary = deps.library.onChange(() => this.#libraryChanged());
    this.#offAccounts = deps.onAccounts(() => this.#loop.accountsChanged());
  }

  take(statuses: readonly DocumentStatus[]): void {
    this.#own.take(statuses);
    this.#loop.take(statuses.filter(({ kind }) => kind !== 'library-part'));
  }

  start(online: OnlineSource): void {
    this.#loop.start(online);
    this.#changed();
    this.#list().catch((error: unknown) => this.deps.onFault('the list of documents was not kept', error));
  }

  /** Puts the documents of each account into its list, for other devices to find. */
  async #list(): Promise<void> {
    if (!this.#loop.started) return;
    const added = await this.#own.addIndexes();
    if (added.length > 0) await this.#reload();
    for (const index of added) this.#loop.want(index);
  }

  async indexed(account: string, signal?: AbortSignal): ReturnType<SyncService['indexed']> {
    this.#checkSync(account);
    const index = await this.#own.addIndex(account);
    await this.#reload();
    const options = signal === undefined ? {} : { signal };
    await this.#loop.run(index, options);
    // What a host with older data lost of the list is put back: nobody takes anything out of it.
    const lost = (await this.deps.engine.ask('conflicts', [account, index.fileKey])).filter(({ kind }) => kind === 'rollback');
    for (const { id } of lost) await this.deps.engine.ask('resolve', [id, { take: 'mine' }, account]);
    if (lost.length > 0) await this.#loop.run(index, options);
    const found = this.#own.indexed(account);
    // What is gone from the host is in the list still, and nobody could have it.
    const offered = found.filter(({ here, kind }) => !here && kind === 'file').map(({ fileKey }) => fileKey);
    const held = new Set(offered.length === 0 ? [] : await this.deps.engine.ask('held', [account, offered], signal));
    return found.filter(({ fileKey }) => !offered.includes(fileKey) || held.has(fileKey));
  }

  async sendList(account: string, signal?: AbortSignal): Promise<void> {
    if (this.#loop.started) return;
    const name = await this.#own.addIndex(account);
    const index = (await this.#reload()).find((one) => one.account === account && one.kind === 'index');
    if (index === undefined || index.version === null || (await this.deps.engine.ask('waiting', [name])) > 0) await this.indexed(account, signal);
  }

  async setBuiltIn(account: string, kind: BuiltInKind, on: boolean, others: OthersRecords = 'keep'): Promise<void> {
    if (on) this.#checkSync(account);
    if (on && kind !== 'library') this.#checkKey({ account, fileKey: OWN_KEYS[kind] });
    const name = await this.#own.set(account, kind, on, others);
    await this.#reload();
    this.#changed();
    if (name === null) return;
    if (on) this.#loop.want(name);
    await this.#list();
  }

  #shared(): LibrarySync {
    const { deps } = this;
    return new LibrarySync({
      folder: deps.ownFolder,
      sharing: deps.library.sharing,
      engine: deps.engine,
      index: (account, signal) => this.indexed(account, signal),
      forgotten: (account) => deps.switches.current().forgotten[account] ?? [],
      nameOf: deps.nameOf,
      now: deps.now,
      onMoved: (name) => {
        this.#reload().then(
          () => this.#loop.want(name),
          (error: unknown) => deps.onFault('the library was not synced', error),
        );
      },
    });
  }

  /** Records that come one after the other are told of together. */
  #libraryChanged(): void {
    if (this.#cancelLibrary !== null || this.#library.waiting() === 0) return;
    this.#cancelLibrary = this.deps.after(LIBRARY_MS, () => {
      this.#cancelLibrary = null;
      for (const { kind, account, fileKey } of this.#loop.documents()) if (kind === 'library') this.#loop.want({ account, fileKey });
    });
  }

  #isLibrary(document: SyncName): boolean {
    return this.#loop.shown(document)?.kind === 'library';
  }

  view(): SyncView {
    const { paused } = this.deps.switches.current();
    const builtIn = this.#own.builtIn();
    return { documents: this.#loop.documents(), paused, online: this.#loop.online, device: this.device, builtIn };
  }

  rev(): number {
    return this.#rev;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async list(account?: string): Promise<readonly DocumentStatus[]> {
    const statuses = await this.#reload();
    return statuses.map((status) => this.#loop.dressed(status)).filter((status) => status.kind !== 'index' && status.kind !== 'library-part' && (account === undefined || status.account === account));
  }

  async status(document: SyncName): Promise<DocumentStatus> {
    return this.#loop.dressed(await this.deps.engine.ask('status', [document]));
  }

  unsent({ account, fileKey }: SyncName): Promise<number> {
    return this.deps.engine.ask('waiting', [{ account, fileKey }]).catch(() => 0);
  }

  async add(document: SyncName, path: string, { ask = false }: { readonly ask?: boolean } = {}): Promise<SyncDocument> {
    this.#checkSync(document.account);
    this.#checkKey(document);
    await this.deps.engine.ask('add', [document, absolute(path), { ask }]);
    await this.#reload();
    await this.#list();
    return this.#goOn(document);
  }

  async remove(document: SyncName): Promise<void> {
    if (this.#isLibrary(document)) return this.setBuiltIn(document.account, 'library', false);
    await this.deps.engine.ask('setAside', [document]);
    await this.#reload();
  }

  async bringBack(document: SyncName): Promise<SyncDocument> {
    this.#checkSync(document.account);
    this.#checkKey(document);
    await this.deps.engine.ask('bringBack', [document]);
    return this.#goOn(document);
  }

  async leave(account: string): Promise<number> {
    const left = (await this.list(account)).length;
    if (this.#loop.documents().some((one) => one.account === account && one.kind === 'library')) await this.#library.switchOff(account, 'keep');
    for (const { fileKey } of (await this.#reload()).filter((one) => one.account === account)) await this.deps.engine.ask('remove', [{ account, fileKey }]);
    await this.#reload();
    this.#changed();
    return left;
  }

  async run(document: SyncName, options: { readonly note?: string; readonly signal?: AbortSignal } = {}): Promise<SyncDocument> {
    await this.#loop.run(document, options);
    return this.#shown(document);
  }

  async keepNote(document: SyncName, note: string): Promise<SyncDocument> {
    await this.deps.engine.ask('keepNote', [document, note]);
    await this.#reload();
    return this.#shown(document);
  }

  async runAll(): Promise<void> {
    await this.#reload();
    await this.#loop.runAll();
  }

  async pause(document: SyncName, paused: boolean): Promise<void> {
    await this.deps.engine.ask('pause', [document, paused]);
    await this.#goOn(document);
  }

  async pauseAll(paused: boolean): Promise<void> {
    this.deps.switches.change({ paused });
    this.#changed();
    if (!paused) this.#loop.wantAll(true);
  }

  async history(document: SyncName, page: number, signal?: AbortSignal): ReturnType<SyncService['history']> {
    const found = await this.deps.engine.ask('history', [document, page], signal);
    this.#loop.saw(document, found.currentVersion);
    return found;
  }

  versionsHere(document: SyncName): ReturnType<SyncService['versionsHere']> {
    return this.deps.engine.ask('versionsHere', [document]);
  }

  counts(document: SyncName, version: number, signal?: AbortSignal): ReturnType<SyncService['counts']> {
    return this.deps.engine.ask('counts', [document, version], signal);
  }

  changedAt(document: SyncName, versions: readonly number[], text: string, signal?: AbortSignal): ReturnType<SyncService['changedAt']> {
    return this.deps.engine.ask('changedAt', [document, versions, text], signal);
  }

  diff(document: SyncName, sides: Parameters<SyncService['diff']>[1], page: Parameters<SyncService['diff']>[2], signal?: AbortSignal): ReturnType<SyncService['diff']> {
    return this.deps.engine.ask('diff', [document, sides, page], signal);
  }

  show(document: SyncName, side: SyncSide, { maxBytes, signal }: { readonly maxBytes?: number; readonly signal?: AbortSignal } = {}): Promise<string> {
    return this.deps.engine.ask('show', [document, side, maxBytes], signal);
  }

  look(path: string): ReturnType<SyncService['look']> {
    return this.deps.engine.ask('look', [path, this.#loop.documents().map(({ account, fileKey, path: known }) => ({ account, fileKey, path: known }))]);
  }

  lines(document: SyncName, side: SyncSide, page: LinesWanted, signal?: AbortSignal): ReturnType<SyncService['lines']> {
    return this.deps.engine.ask('lines', [document, side, page], signal);
  }

  lineRows(document: SyncName, sides: Parameters<SyncService['lineRows']>[1], whole: boolean, page: LinesWanted, signal?: AbortSignal): ReturnType<SyncService['lineRows']> {
    return this.deps.engine.ask('lineRows', [document, sides, whole, page], signal);
  }

  save(document: SyncName, side: SyncSide, path: string, signal?: AbortSignal): Promise<void> {
    return this.deps.engine.ask('save', [document, side, path], signal);
  }

  restorePlan(document: SyncName, version: number, paths: readonly SyncPath[] | null, page: Parameters<SyncService['restorePlan']>[3], signal?: AbortSignal): ReturnType<SyncService['restorePlan']> {
    return this.deps.engine.ask('restorePlan', [document, version, paths, page], signal);
  }

  async restore(document: SyncName, version: number, paths: readonly SyncPath[] | null, { note = '', signal }: { readonly note?: string; readonly signal?: AbortSignal } = {}): Promise<boolean> {
    const isPaused = this.deps.switches.current().paused || this.#loop.shown(document)?.paused === true;
    const done = await this.deps.engine.ask('restore', [document, version, paths, { note, sync: !isPaused }], signal);
    await this.#goOn(document);
    return done;
  }

  async devices(account: string, fileKey: string | null, signal?: AbortSignal): ReturnType<SyncService['devices']> {
    const list = await this.deps.engine.ask('devices', [account, fileKey], signal);
    const forgotten = new Set(this.deps.switches.current().forgotten[account] ?? []);
    return { ...list, devices: list.devices.map((one) => ({ ...one, forgotten: forgotten.has(one.deviceId) })) };
  }

  async renameDevice(name: string): Promise<void> {
    await this.deps.engine.ask('renameDevice', [name]);
    this.device = { ...this.device, name };
    this.#changed();
  }

  async forgetDevice(account: string, deviceId: string, forgotten: boolean): Promise<void> {
    const all = this.deps.switches.current().forgotten;
    const others = (all[account] ?? []).filter((id) => id !== deviceId);
    this.deps.switches.change({ forgotten: { ...all, [account]: forgotten ? [...others, deviceId] : others } });
    this.#changed();
  }

  conflicts({ account, fileKey, decided }: Partial<SyncName> & { readonly decided?: boolean } = {}): ReturnType<SyncService['conflicts']> {
    return this.deps.engine.ask('conflicts', [account, fileKey, decided]);
  }

  resolved(account: string, fileKey: string | null, signal?: AbortSignal): ReturnType<SyncService['resolved']> {
    return this.deps.engine.ask('resolved', [account, fileKey], signal);
  }

  async resolve(ids: string | readonly string[], choice: Parameters<SyncService['resolve']>[1], account?: string): ReturnType<SyncService['resolve']> {
    const documents = await this.deps.engine.ask('resolve', [ids, choice, account]);
    for (const document of documents) await this.#goOn(document);
    return documents;
  }

  sides(document: SyncName): ReturnType<SyncService['sides']> {
    return this.deps.engine.ask('sides', [document]);
  }

  async settle(document: SyncName, settled: Parameters<SyncService['settle']>[1]): Promise<boolean> {
    const done = await this.deps.engine.ask('settle', [document, settled]);
    await this.#goOn(document);
    return done;
  }

  async takeBack(document: SyncName): Promise<SyncTakenBack> {
    const done = await this.deps.engine.ask('takeBack', [document]);
    await this.#goOn(document);
    return done;
  }

  copies(document: SyncName): ReturnType<SyncService['copies']> {
    return this.deps.engine.ask('copies', [document]);
  }

  copyPath(document: SyncName, id: string): Promise<string> {
    return this.deps.engine.ask('copyPath', [document, id]);
  }

  async putBack(document: SyncName, id: string): Promise<boolean> {
    const done = await this.deps.engine.ask('putBack', [document, id]);
    await this.#goOn(document);
    return done;
  }

  firstRun(document: SyncName, signal?: AbortSignal): ReturnType<SyncService['firstRun']> {
    return this.#isLibrary(document) ? this.#library.firstRun(document.account, signal ?? NEVER) : this.deps.engine.ask('firstRun', [document], signal);
  }

  async begin(document: SyncName, how: SyncBeginning, signal?: AbortSignal): Promise<SyncDocument> {
    if (this.#isLibrary(document)) await this.#library.begin(document.account, how, signal ?? NEVER);
    else await this.deps.engine.ask('begin', [document, how], signal);
    return this.#goOn(document);
  }

  async close(): Promise<void> {
    this.#loop.close();
    this.#offAccounts();
    this.#own.close();
    this.#offLibrary();
    this.#cancelLibrary?.();
    await this.deps.engine.close();
    await this.#library.close();
    this.#listeners.clear();
  }

  // ———

  #checkSync(account: string): void {
    if (!this.deps.canSync(account)) throw missingSync(this.deps.nameOf(account), this.deps.now());
  }

  /** This device would look like two that share its id, and become another one with each sync. */
  #checkKey({ account, fileKey }: SyncName): void {
    const through = this.#loop.documents().find((one) => one.account !== account && one.fileKey === fileKey && this.deps.isSameHost(one.account, account));
    if (through !== undefined) throw syncProblem('syncKeyTakenThrough', this.deps.now(), { key: fileKey, name: this.deps.nameOf(through.account) });
  }

  async #reload(): Promise<readonly DocumentStatus[]> {
    const statuses = await this.deps.engine.ask('list', []);
    this.take(statuses);
    return statuses;
  }

  /** What a person just did is sent soon. */
  async #goOn(document: SyncName): Promise<SyncDocument> {
    await this.#reload();
    this.#loop.want(document);
    return this.#shown(document);
  }

  #shown(document: SyncName): SyncDocument {
    const shown = this.#loop.shown(document);
    if (shown === null) throw new Error('a document went away while it was asked about');
    return shown;
  }

  #changed(): void {
    this.#rev += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}
