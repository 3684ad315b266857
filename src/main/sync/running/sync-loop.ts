import { PicferryError } from '../../../lib/picferry-error';
import type { Problem } from '../../../shared/model/problem';
import type { SyncDocument, SyncName } from '../../../shared/model/sync';
import { backOffMs } from '../back-off';
import type { OnlineSource } from '../contract';
import type { DocumentStatus } from '../engine-contract';
import type { EngineProcess } from '../process/engine-process';
import { goneAccount } from '../sync-problems';
import { stateOf } from './state-of';
import type { FileWatch } from './watch-files';

export type LoopDeps = {
  readonly engine: EngineProcess;
  readonly watch: (onChange: (path: string) => void) => FileWatch;
  readonly allPaused: () => boolean;
  /** Whether the account's host is on this computer, so that no network is needed. */
  readonly isLocal: (account: string) => boolean;
  /** What an account that is not there any more was called, '' when nobody knows; null for one that is there. */
  readonly goneName: (account: string) => string | null;
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onFault: (what: string, error: unknown) => void;
  /** Called before and after each run: what is Picferry's own goes into its document, and comes out of it. */
  readonly meet: (status: DocumentStatus) => void;
  /** Runs a document by `plain`, with whatever else belongs to its kind. */
  readonly through: (status: DocumentStatus, plain: () => Promise<DocumentStatus>, signal: AbortSignal) => Promise<DocumentStatus>;
  /** How it stands, with what the engine cannot know. */
  readonly dress: (status: DocumentStatus) => DocumentStatus;
  /** How many changes wait that are not in its file yet. */
  readonly unwritten: (status: DocumentStatus) => number;
  /** Told when a document that runs by itself is at its host for the first time. */
  readonly onReached: () => void;
  /** Told after every change of what `documents` gives. */
  readonly onChange: () => void;
};

type Known = {
  status: DocumentStatus;
  running: number;
  /** The host's newest version when its list was last read. */
  atHost: number;
  waiting: number;
  failures: number;
  /** Epoch milliseconds; 0: with the next look. */
  notBefore: number;
  cancelRetry: () => void;
};

/** How many documents sync at once. */
const AT_ONCE = 2;
/** What others did is looked for as often as this. */
const EVERY_MS = 3 * 60_000;

const idOf = ({ account, fileKey }: SyncName): string => `${account}\n${fileKey}`;

/** Keeps documents in sync while Picferry runs: after a save, at the start, on wake, with the network, and every few minutes. */
export class SyncLoop {
  readonly #known = new Map<string, Known>();
  readonly #wanted = new Set<string>();
  readonly #stop = new AbortController();
  #active = 0;
  #watch: FileWatch | null = null;
  #online: OnlineSource | null = null;
  #off: () => void = () => undefined;
  #cancelEvery: () => void = () => undefined;

  constructor(private readonly deps: LoopDeps) {}

  get online(): boolean {
    return this.#online?.current() ?? true;
  }

  get started(): boolean {
    return this.#online !== null;
  }

  /** The list of an account's documents is our own affair. */
  documents(): readonly SyncDocument[] {
    return [...this.#known.values()].filter(({ status }) => status.kind !== 'index').map((known) => this.#shown(known));
  }

  isRunning(name: SyncName): boolean {
    return (this.#known.get(idOf(name))?.running ?? 0) > 0;
  }

  shown(name: SyncName): SyncDocument | null {
    const known = this.#known.get(idOf(name));
    return known === undefined ? null : this.#shown(known);
  }

  /** Takes what the engine knows; documents that it has no more are forgotten. */
  take(statuses: readonly DocumentStatus[]): void {
    const there = new Set(statuses.map(idOf));
    for (const [id, known] of [...this.#known]) {
      if (there.has(id)) continue;
      known.cancelRetry();
      this.#known.delete(id);
    }
    for (const status of statuses) this.#put(status);
    this.#watchAll();
    this.deps.onChange();
  }

  #put(status: DocumentStatus): void {
    const known = this.#known.get(idOf(status));
    if (known !== undefined) this.#stands(known, status);
    else this.#known.set(idOf(status), { status, running: 0, atHost: 0, waiting: 0, failures: 0, notBefore: 0, cancelRetry: () => undefined });
  }

  /** What was read of a host's list before it lost versions is not there any more. */
  #stands(known: Known, status: DocumentStatus): void {
    known.status = status;
    if (status.state === 'rolled-back') known.atHost = 0;
  }

  /** From now on documents sync by themselves. */
  start(online: OnlineSource): void {
    if (this.#online !== null || this.#stop.signal.aborted) return;
    this.#online = online;
    this.#watch = this.deps.watch((path) => this.#saved(path));
    this.#watchAll();
    this.#off = online.onChange((now) => {
      if (now) this.wantAll(true);
      this.deps.onChange();
    });
    const again = (): void => {
      this.#cancelEvery = this.deps.after(EVERY_MS, () => {
        this.wantAll(false);
        again();
      });
    };
    again();
    this.wantAll(true);
  }

  /** `afresh`: what failed because of the network is tried at once. */
  wantAll(afresh: boolean): void {
    for (const known of this.#known.values()) {
      if (afresh && known.status.problem?.kind === 'network') known.notBefore = 0;
      this.want(known.status);
    }
  }

  /** Looks at everything that may run now, and waits for it; failures stay in the statuses. */
  async runAll(): Promise<void> {
    const waiting = [...this.#known.values()].filter(({ status }) => !this.deps.allPaused() && !status.paused);
    const next = async (): Promise<void> => {
      for (let known = waiting.shift(); known !== undefined; known = waiting.shift()) await this.#run(known, { byHand: true }).catch((error: unknown) => this.#told(error));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }

  /** Syncs soon, if it may. */
  want(name: SyncName): void {
    this.#wanted.add(idOf(name));
    this.#pump();
  }

  /** The list of versions was read: what is not here yet is taken soon, where documents sync by themselves. */
  saw(name: SyncName, newest: number): void {
    const known = this.#known.get(idOf(name));
    if (known === undefined || known.atHost === newest) return;
    known.atHost = newest;
    this.deps.onChange();
    if (known.status.version !== null && newest > known.status.version) this.want(name);
  }

  /** A refused key may be another one now. */
  accountsChanged(): void {
    this.deps.onChange();
    for (const known of this.#known.values()) if (known.status.problem?.kind === 'auth') this.#forgive(known);
  }

  #forgive(known: Known): void {
    known.notBefore = 0;
    known.failures = 0;
    this.#run(known, {}).catch((error: unknown) => this.#told(error));
  }

  /** Syncs now, whatever was planned. Rejects as the engine does. */
  async run(name: SyncName, options: { readonly note?: string; readonly signal?: AbortSignal }): Promise<void> {
    const known = this.#known.get(idOf(name));
    if (known !== undefined) await this.#run(known, { ...options, byHand: true });
    // The engine has the words for a document that nobody added.
    else await this.deps.engine.ask('run', [name, {}], options.signal);
  }

  close(): void {
    this.#stop.abort();
    this.#off();
    this.#cancelEvery();
    for (const known of this.#known.values()) known.cancelRetry();
    this.#watch?.close();
  }

  // ———

  /** How it stands, with what only we know: a library that is folded, an account that was removed. */
  dressed(plain: DocumentStatus): DocumentStatus {
    const status = this.deps.dress(plain);
    const gone = this.deps.goneName(status.account);
    if (gone === null) return status;
    return { ...status, state: status.state === 'paused' ? 'paused' : 'failed', problem: goneAccount(gone, this.deps.now()).problem };
  }

  #shown({ status: plain, running, atHost, waiting, notBefore }: Known): SyncDocument {
    const status = this.dressed(plain);
    const { account, fileKey, path, version, openConflicts, lastSync, note, canTakeBack, problem, paused, kind } = status;
    const isGone = this.deps.goneName(account) !== null;
    const reachable = isGone || this.online || this.deps.isLocal(account);
    return {
      account,
      fileKey,
      kind,
      path,
      state: stateOf({ status, waiting, paused: this.deps.allPaused(), reachable }),
      running: running > 0,
      waiting,
      conflicts: openConflicts,
      paused,
      version,
      newer: version !== null && atHost > version ? atHost : null,
      lastSync,
      nextTry: !isGone && problem?.kind !== 'file' && notBefore > this.deps.now() ? notBefore : null,
      note,
      ...(status.folded === true ? { folded: true } : {}),
      canTakeBack,
      ...(status.heldDecision === true ? { heldDecision: true } : {}),
      problem,
    };
  }

  #watchAll(): void {
    this.#watch?.set([...this.#known.values()].map(({ status }) => status.path));
  }

  #saved(path: string): void {
    for (const known of this.#known.values()) {
      if (known.status.path !== path) continue;
      // What was wrong with the file may be right now.
      if (known.status.problem?.kind === 'file') known.notBefore = 0;
      if (this.#mayRun(known)) this.want(known.status);
      else this.#count(known, true).catch((error: unknown) => this.#told(error));
    }
  }

  #mayRun({ status, notBefore }: Known): boolean {
    if (this.#stop.signal.aborted || this.#online === null || this.deps.allPaused() || status.paused || status.problem?.kind === 'auth' || this.deps.goneName(status.account) !== null) return false;
    return notBefore <= this.deps.now() && (this.online || this.deps.isLocal(status.account));
  }

  #pump(): void {
    for (const id of [...this.#wanted]) {
      if (this.#active >= AT_ONCE) return;
      const known = this.#known.get(id);
      // What runs looks again afterwards: the file may have changed behind it.
      if (known !== undefined && known.running > 0) continue;
      this.#wanted.delete(id);
      if (known === undefined || !this.#mayRun(known)) continue;
      this.#active += 1;
      this.#run(known, {})
        .catch((error: unknown) => this.#told(error))
        .finally(() => {
          this.#active -= 1;
          this.#pump();
        });
    }
  }

  /** What a person can do about it stands in the status. */
  #told(error: unknown): void {
    if (!(error instanceof PicferryError)) this.deps.onFault('a document was not synced', error);
  }

  async #run(known: Known, { note, signal, byHand = false }: { readonly note?: string; readonly signal?: AbortSignal; readonly byHand?: boolean }): Promise<void> {
    const { engine, onChange } = this.deps;
    const { account, fileKey, version } = known.status;
    const { atHost } = known;
    known.cancelRetry();
    const gone = this.deps.goneName(account);
    if (gone !== null) throw goneAccount(gone, this.deps.now());
    known.running += 1;
    onChange();
    this.deps.meet(known.status);
    try {
      const ending = signal ?? this.#stop.signal;
      this.#stands(known, await this.deps.through(known.status, () => engine.ask('run', [{ account, fileKey }, { byHand, ...(note === undefined ? {} : { note }) }], ending), ending));
      // The run has met the newest version. What was read of the list while it went on may be newer still.
      if (known.status.state === 'clean' && known.atHost === atHost) known.atHost = known.status.version ?? 0;
      known.failures = 0;
      known.notBefore = 0;
      if (version === null && known.status.version !== null && this.started) this.deps.onReached();
    } catch (error) {
      if (error instanceof PicferryError && !this.#stop.signal.aborted) await this.#failed(known, error.problem);
      throw error;
    } finally {
      known.running -= 1;
      this.deps.meet(known.status);
      if (!this.#stop.signal.aborted) await this.#count(known, false).catch((error: unknown) => this.#told(error));
      onChange();
      this.#pump();
    }
  }

  /** The wait is over, whatever the clock says: a timer may be a millisecond early, and a clock may be set back. */
  #tryAgain(known: Known): void {
    known.notBefore = 0;
    this.want(known.status);
  }

  async #failed(known: Known, problem: Problem): Promise<void> {
    if (problem.kind === 'cancelled') return;
    known.failures += 1;
    const wait = Math.max(problem.retryAfterMs ?? 0, backOffMs(known.failures, this.deps.random()));
    // A file is looked at when it changes; a key when the account does.
    const isTried = problem.kind !== 'auth' && problem.kind !== 'file';
    known.notBefore = problem.kind === 'auth' ? 0 : this.deps.now() + wait;
    known.status = { ...known.status, problem };
    if (isTried) known.cancelRetry = this.deps.after(wait, () => this.#tryAgain(known));
    const { account, fileKey } = known.status;
    const fresh = await this.deps.engine.ask('status', [{ account, fileKey }]);
    known.status = { ...fresh, problem: fresh.problem ?? problem };
  }

  /** How many changes the host does not have. A file that cannot be read has none that can be counted. */
  async #count(known: Known, saved: boolean): Promise<void> {
    const { account, fileKey } = known.status;
    const written = known.status.state === 'clean' && !saved ? 0 : await this.deps.engine.ask('waiting', [{ account, fileKey }]);
    known.waiting = written + this.deps.unwritten(known.status);
    this.deps.onChange();
  }
}
