import { createChangeFeed } from '../../lib/change-feed';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { diskProblem } from '../../lib/disk-problem';
import type { UploadSelection } from '../../shared/model/library-query';
import type { ItemOutcome, Operation, OperationKind } from '../../shared/model/operation';
import type { Problem } from '../../shared/model/problem';
import type { LibraryService } from '../library';
import type { Timers } from '../queue';
import { listerOf } from '../remote';
import { checkLinks, type CheckLinksDeps } from './check-links';
import type { OperationsService } from './contract';
import { deleteItems } from './delete-items';
import { importRemote, type ImportRemoteDeps } from './import-remote';
import { createOperationItems, type OperationItems } from './operation-items';
import type { Work } from './work';

export type OperationsDeps = Omit<CheckLinksDeps, 'library'> &
  Omit<ImportRemoteDeps, 'library'> & {
    readonly library: Pick<LibraryService, 'resolve' | 'byId' | 'delete' | 'setLinkState' | 'addMany' | 'byRemote'>;
    readonly timers: Timers;
    /** How long `close` waits for the hosts' last answers, in milliseconds. */
    readonly closeMs?: number;
  };

/** What a person may want to have tried again. */
const NOT_WELL: ReadonlySet<ItemOutcome> = new Set(['failed', 'refused', 'unconfirmed', 'unsure', 'cancelled']);

/** Ended operations beyond this are forgotten, oldest first. */
const KEPT = 20;

const CLOSE_MS = 5000;

type Entry = {
  readonly id: string;
  readonly kind: OperationKind;
  readonly items: OperationItems;
  /** Resolves with true when nothing was left out. */
  readonly work: (work: Work) => Promise<boolean>;
  /** Whether a retry lists everything anew instead of taking up what is open. */
  readonly startsOver: boolean;
  readonly createdAt: number;
  state: Operation['state'];
  startsAt: number | null;
  total: number | null;
  subject: string;
  problem: Problem | null;
  finishedAt: number | null;
  stop: AbortController;
  /** Ends the wait of a delete that has not begun. */
  unwait: (() => void) | null;
  ended: Promise<void>;
  tellEnd: () => void;
};

/** Operations over many uploads, in memory. Nothing is asked of anybody before one begins. */
export function createOperations(deps: OperationsDeps): OperationsService {
  const { library, accounts, timers } = deps;
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  const abort = new AbortController();
  let closed = false;
  const feed = createChangeFeed(timers, () => {
    for (const listener of [...listeners]) listener();
  });

  const must = (id: string): Entry => {
    const entry = entries.get(id);
    if (entry !== undefined) return entry;
    throw new PicferryError(problemOf({ kind: 'not_found', message: 'operationGone' }, timers.now()));
  };

  const add = (kind: OperationKind, ids: readonly string[], subject: string, work: Entry['work']): Entry => {
    if (closed) throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, timers.now()));
    const entry: Entry = {
      id: deps.newId(),
      kind,
      items: createOperationItems(ids),
      work,
      startsOver: kind === 'import_remote',
      createdAt: timers.now(),
      state: 'waiting',
      startsAt: null,
      total: kind === 'import_remote' ? null : ids.length,
      subject,
      problem: null,
      finishedAt: null,
      stop: new AbortController(),
      unwait: null,
      ...endOf(),
    };
    entries.set(entry.id, entry);
    forgetOld();
    return entry;
  };
  const forgetOld = (): void => {
    const ended = [...entries.values()].filter(isOver);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - KEPT))) entries.delete(id);
  };

  const end = (entry: Entry, state: 'done' | 'cancelled'): void => {
    entry.items.endAll('cancelled');
    entry.state = state;
    entry.startsAt = null;
    entry.unwait = null;
    entry.finishedAt = timers.now();
    if (entry.kind === 'import_remote') entry.total = entry.items.size();
    entry.tellEnd();
    feed.changed();
  };
  const workOf = (entry: Entry, stop: AbortSignal): Work => ({
    items: entry.items,
    stop,
    abort: abort.signal,
    ended(index, outcome, problem = null) {
      if (entry.items.end(index, outcome, problem)) feed.changed();
    },
    found(item, outcome, problem = null) {
      entry.items.addEnded(item, outcome, problem);
      feed.changed();
    },
    expect(total) {
      entry.total = total;
      feed.changed();
    },
    trouble(problem) {
      entry.problem = problem;
    },
  });
  const run = async (entry: Entry): Promise<void> => {
    const { stop } = entry;
    let whole = true;
    try {
      whole = await entry.work(workOf(entry, stop.signal));
    } catch (error) {
      const problem = problemFrom(error, timers.now());
      entry.problem = problem;
      entry.items.endAll('failed', problem);
    }
    // A cancel that came after the last item's turn changed nothing.
    end(entry, whole ? 'done' : 'cancelled');
  };
  const begin = (entry: Entry): void => {
    if (entry.state !== 'waiting') return;
    entry.unwait?.();
    Object.assign(entry, { unwait: null, state: 'running', startsAt: null });
    feed.changed();
    void run(entry);
  };

  const viewOf = (entry: Entry): Operation => {
    const outcomes = entry.items.counts();
    const done = Object.entries(outcomes).reduce((sum, [outcome, count]) => (outcome === 'cancelled' ? sum : sum + count), 0);
    const { id, kind, state, startsAt, total, subject, problem, createdAt, finishedAt } = entry;
    return { id, kind, state, startsAt, total, done, outcomes, subject, problem, createdAt, finishedAt };
  };
  /** The one account that all uploads belong to; '' when there are several. */
  const subjectOf = (ids: readonly string[]): string => {
    const first = library.byId(ids[0] ?? '');
    if (first === undefined) return '';
    // Asking for a few is as good as asking for all: it is a word in a title.
    const step = Math.max(1, Math.floor(ids.length / 50));
    for (let at = step; at < ids.length; at += step) if (library.byId(ids[at] ?? '')?.accountId !== first.accountId) return '';
    return accounts.byId(first.accountId)?.name ?? first.accountName;
  };
  const over = (selection: UploadSelection): readonly string[] => [...new Set(library.resolve(selection))];

  return {
    list: () => [...entries.values()].map(viewOf),
    rev: () => feed.rev(),
    delete(selection, undoMs) {
      const ids = over(selection);
      const entry = add('delete', ids, subjectOf(ids), (work) => deleteItems(work, { library }));
      if (undoMs > 0) {
        entry.startsAt = timers.now() + undoMs;
        entry.unwait = timers.after(undoMs, () => begin(entry));
        feed.changed();
      } else begin(entry);
      return viewOf(entry);
    },
    checkLinks(selection) {
      const ids = over(selection);
      const entry = add('check_links', ids, subjectOf(ids), (work) => checkLinks(work, deps));
      begin(entry);
      return viewOf(entry);
    },
    importRemote(accountId) {
      const { account } = listerOf(accountId, accounts, timers.now());
      const entry = add('import_remote', [], account.name, (work) => importRemote(work, accountId, deps));
      begin(entry);
      return viewOf(entry);
    },
    cancel(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      if (entry.state === 'waiting') {
        entry.unwait?.();
        end(entry, 'cancelled');
      } else entry.stop.abort();
    },
    begin(id) {
      const entry = entries.get(id);
      if (entry !== undefined) begin(entry);
    },
    retry(id) {
      const entry = must(id);
      if (!isOver(entry) || closed) return viewOf(entry);
      if (entry.startsOver) entry.items.clear();
      else if (entry.items.reopen(NOT_WELL) === 0) return viewOf(entry);
      Object.assign(entry, { state: 'waiting', problem: null, finishedAt: null, stop: new AbortController(), ...endOf() });
      begin(entry);
      return viewOf(entry);
    },
    dismiss(id) {
      const entry = entries.get(id);
      if (entry === undefined || !isOver(entry)) return;
      entries.delete(id);
      feed.changed();
    },
    items: (id, offset, limit, outcomes) => must(id).items.slice(offset, limit, outcomes, (upload) => library.byId(upload)?.name ?? ''),
    async finished(id) {
      const entry = must(id);
      await entry.ended;
      return viewOf(entry);
    },
    busy: () => [...entries.values()].some((entry) => !isOver(entry)),
    async close() {
      if (closed) return;
      closed = true;
      const running = [...entries.values()].filter(({ state }) => state === 'running');
      for (const entry of entries.values()) {
        if (entry.state !== 'waiting') continue;
        entry.unwait?.();
        end(entry, 'cancelled');
      }
      for (const { stop } of running) stop.abort();
      const giveUp = timers.after(deps.closeMs ?? CLOSE_MS, () => abort.abort());
      await Promise.all(running.map(({ ended }) => ended));
      giveUp();
      feed.close();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const isOver = ({ state }: Pick<Entry, 'state'>): boolean => state === 'done' || state === 'cancelled';

const endOf = (): Pick<Entry, 'ended' | 'tellEnd'> => {
  let tellEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (tellEnd = resolve));
  return { ended, tellEnd: () => tellEnd() };
};

const problemFrom = (error: unknown, at: number): Problem => {
  if (error instanceof PicferryError) return error.problem;
  return diskProblem(error, at) ?? problemOf({ kind: 'internal', message: 'internal', detail: codeOf(error) || (error instanceof Error ? error.name : null) }, at);
};
