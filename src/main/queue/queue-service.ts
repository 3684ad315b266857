import { inSlices } from '../../lib/in-slices';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { createAdding, notSaved, saving } from './add-jobs';
import { createChanging, watchProfiles } from './change-jobs';
import type { QueueChange, QueueService } from './contract';
import { createDispatcher, type Dispatcher } from './dispatcher';
import { arrivalFrom, createFinish } from './finish';
import type { JobRecord } from './job-record';
import { createLoading } from './load-jobs';
import { reportOf } from './job-report';
import { createJobStore } from './job-store';
import { createJobTable, type JobTable } from './job-table';
import { createProgressMeter } from './progress-meter';
import type { QueueDeps } from './queue-deps';
import { notArrivedProblem } from './queue-problems';
import { createRunner, type Runner } from './runner';
import { allows, hasEnded, movedTo } from './transitions';

/** Removes ended jobs from sight; of one whose outcome is unknown the bytes' fate must stay known. */
function takeAway(table: JobTable, ended: readonly JobRecord[]): void {
  const unknown = ended.filter(({ state }) => state === 'unknown');
  table.remove(ended.filter(({ state }) => state !== 'unknown').map(({ id }) => id));
  for (const record of unknown) {
    table.replace({ ...record, dismissed: true });
    table.feed.removed(record.id);
  }
}

/** Bytes that are ours: those kept for a job, and the copy that is still to be sent. */
const ownPaths = (record: JobRecord): readonly string[] => [
  ...(record.input.type === 'kept' ? [record.input.path] : []),
  ...(record.facts === null || record.facts.prepared === null || hasEnded(record) ? [] : [record.facts.prepared]),
];

/**
 * The queue over an open database. Nothing is read or sent before `start`, `add` or `snapshot`; `add` starts what an
 * earlier process left, too. Nothing is sent before all of that is in memory: some of it may hold the same bytes.
 */
export function createQueue(deps: QueueDeps): QueueService {
  const { accounts, settings, timers } = deps;
  const store = createJobStore(deps.db);
  const listeners = new Set<(change: QueueChange) => void>();
  const idleWaiters = new Set<() => void>();
  const background = new Set<Promise<void>>();
  const ending = new AbortController();
  const total = createProgressMeter(timers.now);
  let [gone, state] = [0, 'new' as 'new' | 'running' | 'closed'];

  const table: JobTable = createJobTable({
    store,
    timers,
    gate: (record) => dispatcher.gate(record),
    tell(upsert, removed) {
      const jobs = upsert.flatMap((id) => viewOf(id));
      const change = { upsert: jobs, removed, summary: summary() };
      for (const listener of [...listeners]) listener(change);
    },
  });
  const finish = createFinish(deps, table);
  const runner: Runner = createRunner(deps, table, finish, () => dispatcher);
  const dispatcher: Dispatcher = createDispatcher(deps, table, {
    prepare: runner.prepare,
    send: async (id) => {
      await runner.send(id);
      gone += table.get(id)?.state === 'done' ? (table.get(id)?.facts?.bytes ?? 0) : 0;
    },
    refuse(record, account) {
      if (account.paused !== null) table.apply(record.id, { type: 'fail', at: timers.now(), problem: account.paused });
    },
    onIdle() {
      for (const waiter of [...idleWaiters]) waiter();
      idleWaiters.clear();
    },
  });
  table.onEnded((record) => {
    runner.forgetCopy(record);
    runner.release(record);
  });

  const viewOf = (id: string) => {
    const record = table.get(id);
    return record === undefined || record.dismissed ? [] : [table.view(record)];
  };
  const summary = () => {
    const sent = table.sentNow();
    total.report(gone + sent);
    return table.tally.summary({ paused: settings.current().queuePaused, offline: dispatcher.offline, bytesPerSecond: total.speed(), sent });
  };
  const unsubscribe = [
    accounts.onChange(() => state === 'running' && dispatcher.regate()),
    watchProfiles(settings, (before, after) => state === 'running' && inBackground(profilesChanged(before, after))),
    settings.onChange(() => state === 'running' && dispatcher.regate()),
    deps.library.onChange(({ upsert }) => {
      const byId = new Map(upsert.map((upload) => [upload.id, upload]));
      if (state !== 'running' || byId.size === 0) return;
      for (const record of table.records()) {
        const upload = record.uploadId === null ? undefined : byId.get(record.uploadId);
        if (upload !== undefined && upload.thumb !== record.thumb) table.replace({ ...record, ...arrivalFrom(upload) });
      }
    }),
  ];

  const inBackground = (work: Promise<unknown>): void => {
    const quiet = work.then(() => undefined, () => undefined);
    background.add(quiet);
    void quiet.finally(() => background.delete(quiet));
  };

  /** `absent` says what becomes of a job that the host does not list: soon after a crash its upload may still be on the way into the list. */
  const settle = async (id: string, signal: AbortSignal, absent: 'fails' | 'stays'): Promise<'found' | 'not_found' | 'cannot_tell'> => {
    const record = table.get(id);
    if (record === undefined || record.state !== 'unknown') return record?.state === 'done' ? 'found' : 'cannot_tell';
    const answer = await finish.ask(record, signal);
    const now = table.get(id);
    if (answer === 'absent' && absent === 'fails' && now?.state === 'unknown') {
      table.apply(id, { type: 'fail', at: timers.now(), problem: notArrivedProblem(record.accountName, timers.now()) });
    }
    if (answer === 'found' && now?.state === 'done') answerOthers(now);
    return answer === 'absent' ? 'not_found' : answer;
  };
  /** Jobs that were not sent because of this unknown one have their answer now. */
  const answerOthers = (record: JobRecord): void => {
    const upload = record.uploadId === null ? undefined : deps.library.byId(record.uploadId);
    if (upload === undefined) return;
    for (const other of table.same.unknown(record)) finish.withUpload(other, upload);
  };

  const loading = createLoading({
    store,
    table,
    now: timers.now,
    enqueue: (record) => dispatcher.enqueue(record),
    onDone(lost) {
      for (const { id } of lost) inBackground(settle(id, ending.signal, 'stays'));
      dispatcher.regate();
    },
  });
  const isRunning = (): boolean => state === 'running';
  const start = (): void => {
    if (state !== 'new') return;
    state = 'running';
    void dispatcher.holding(() => loading.ended);
    loading.step();
    if (!loading.done) inBackground(loading.rest(isRunning));
  };
  /** For those who need every job now. */
  const startAll = (): void => {
    start();
    if (isRunning()) loading.all();
  };
  const loaded = async (): Promise<void> => {
    start();
    if (loading.done) return;
    await loading.rest(isRunning).catch((error: unknown) => {
      throw notSaved(error, timers.now());
    });
  };

  const adding = createAdding(deps, { store, table, enqueue: (record) => dispatcher.enqueue(record), isRunning });
  const open = (): void => {
    if (state === 'closed') throw new PicferryError(problemOf({ kind: 'internal', message: 'internal', retryable: true, detail: 'closed' }, timers.now()));
    startAll();
  };
  /** Changes many jobs; those that wait their turn do not start meanwhile. */
  const change = (records: readonly JobRecord[], work: (ids: readonly string[]) => void): Promise<void> => {
    const all = dispatcher.holding(async () => {
      await inSlices(
        records.map(({ id }) => id),
        (ids) => saving(() => work(ids), timers.now),
      );
    });
    inBackground(all);
    return all;
  };

  const pick = (ids: readonly string[]): readonly JobRecord[] => ids.flatMap((id) => table.get(id) ?? []);
  const visible = (): readonly JobRecord[] => [...table.records()].filter((record) => !record.dismissed);
  const { profilesChanged, ...changing } = createChanging({ table, runner, dispatcher, settings, open, add: adding.add, change: (ids, work) => change(pick(ids), work) });
  return {
    add(inputs, options) {
      open();
      return adding.add(inputs, options);
    },
    async addMany(inputs, options) {
      if (isRunning()) await loaded();
      open();
      return adding.addMany(inputs, options);
    },
    start,
    loaded,
    settle: (id, signal) => {
      startAll();
      return settle(id, signal, 'fails');
    },
    snapshot(limit = Infinity) {
      startAll();
      const batches = new Map<string, JobRecord[]>();
      for (const record of visible()) {
        const batch = batches.get(record.batchId);
        if (batch === undefined) batches.set(record.batchId, [record]);
        else batch.push(record);
      }
      const newestFirst = [...batches.values()].reverse().flat();
      for (const { id } of newestFirst.slice(limit)) table.feed.changed(id);
      return { jobs: newestFirst.slice(0, limit).map((record) => table.view(record)), summary: summary() };
    },
    summary,
    rev: () => table.feed.rev(),
    pause(paused) {
      if (settings.current().queuePaused !== paused) settings.update((current) => ({ ...current, queuePaused: paused }));
    },
    cancel: (ids) =>
      change(ids === 'all' ? visible() : pick(ids), (some) => {
        for (const { id } of table.applyAll(some, { type: 'cancel', at: timers.now() })) runner.abort(id);
      }),
    retry: (ids) =>
      change(ids === 'failed' ? visible().filter(({ state: was }) => was === 'failed') : pick(ids), (some) => {
        for (const record of table.applyAll(some.filter((id) => !finish.saveAgain(id)), { type: 'retry' })) dispatcher.enqueue(record);
      }),
    sendAnyway(id) {
      const record = table.get(id);
      if (record === undefined || !allows(record, 'force')) return;
      dispatcher.enqueue(table.apply(id, { type: 'force' }));
    },
    setAlbum(ids, albumId) {
      start();
      saving(() => table.replaceAll(movedTo(albumId, pick([...new Set(ids)]))), timers.now);
    },
    ...changing,
    dismiss: (ids) =>
      change(ids === 'finished' ? visible() : pick(ids), (some) => {
        const chosen = pick(some).filter(hasEnded);
        takeAway(table, chosen);
        for (const { input } of chosen) if (input.type === 'kept') deps.forget(input.path);
      }),
    keptPaths() {
      startAll();
      return new Set([...table.records()].flatMap(ownPaths));
    },
    report: (ids) => reportOf(pick(ids), timers.now()),
    setOnline: (online) => dispatcher.setOnline(online),
    async idle() {
      await loaded();
      await Promise.all(background);
      if (dispatcher.isIdle()) return;
      await new Promise<void>((resolve) => {
        idleWaiters.add(resolve);
        dispatcher.pump();
      });
    },
    async close() {
      if (state === 'closed') return;
      state = 'closed';
      for (const off of unsubscribe) off();
      runner.abortAll();
      ending.abort();
      await dispatcher.close();
      await Promise.all(background);
      table.feed.close();
      for (const waiter of idleWaiters) waiter();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBatchFinished: (listener) => table.batches.onFinished(listener),
  };
}
