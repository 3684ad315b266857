import type { Account } from '../../shared/model/account';
import { createAlarm } from './alarm';
import { isWaitedFor, type JobRecord } from './job-record';
import type { JobTable } from './job-table';
import { createLanes, type Gate, type Lane } from './lanes';
import type { QueueDeps } from './queue-deps';

/** Decides which job moves when. It starts work and never waits for it. */
export interface Dispatcher {
  /** Puts a queued job in line; `first` before the others. */
  enqueue(record: JobRecord, first?: boolean): void;
  /** Lets the host's wish be: no job of the account goes before `until`. */
  holdAccount(accountId: string, until: number): void;
  setOnline(online: boolean): void;
  isOnline(accountId: string): boolean;
  readonly offline: boolean;
  gate(record: JobRecord): Gate | null;
  /** Looks at everything again, soon. */
  pump(): void;
  /** Starts nothing new until `work` has ended: for changes to many jobs, a slice at a time. */
  holding<T>(work: () => Promise<T>): Promise<T>;
  /** What holds jobs back may have changed: shows it, ends command line jobs of paused accounts, goes on. */
  regate(): void;
  account(id: string): Account | undefined;
  /** True when nothing can move by itself: what is left waits for a person. */
  isIdle(): boolean;
  /** Stops starting work; resolves when all that was started has come to rest. */
  close(): Promise<void>;
}

export type Work = {
  /** Never rejects. */
  readonly prepare: (id: string) => Promise<void>;
  readonly send: (id: string) => Promise<void>;
  /** A command line job met an account that waits for a person. */
  readonly refuse: (record: JobRecord, account: Account) => void;
  readonly onIdle: () => void;
};

/** Files looked at, and hashed, at once. */
const PREPARING = 4;

export function createDispatcher(deps: QueueDeps, table: JobTable, work: Work): Dispatcher {
  const { accounts, settings, timers } = deps;
  const lanes = createLanes();
  const running = new Set<Promise<void>>();
  let [preparing, holds, online, closed, planned] = [0, 0, true, false, false];
  let cache: { rev: number; byId: Map<string, Account | undefined> } = { rev: -1, byId: new Map() };
  let shown = new Map<string, string>();

  const account = (id: string): Account | undefined => {
    const rev = accounts.rev();
    if (rev !== cache.rev) cache = { rev, byId: new Map() };
    if (!cache.byId.has(id)) cache.byId.set(id, accounts.byId(id));
    return cache.byId.get(id);
  };
  const isOnline = (accountId: string): boolean => online || isOnThisComputer(account(accountId));
  const isAwaited = (record: JobRecord): boolean => [record, ...table.same.followers(record.id).map((id) => table.get(id))].some((job) => job !== undefined && isWaitedFor(job));
  const gate = (record: JobRecord): Gate | null => {
    if (record.state !== 'queued') return null;
    // A command line upload is a wish of this moment and has nobody to lift the pause for it.
    if (settings.current().queuePaused && !isAwaited(record)) return { wait: 'paused', until: null };
    if (isPaused(account(record.accountId))) return { wait: 'account_paused', until: null };
    if (!isOnline(record.accountId)) return { wait: 'offline', until: null };
    const { notBefore } = lanes.of(record.accountId);
    return notBefore > timers.now() ? { wait: 'rate_limit', until: notBefore } : null;
  };

  const start = (job: Promise<void>): void => {
    running.add(job);
    void job.finally(() => {
      running.delete(job);
      pump();
    });
  };
  /** The next job of a list that still stands in line and is not held back. */
  const take = (list: string[], prepared: boolean, free: (record: JobRecord) => boolean): JobRecord | null => {
    for (let index = 0; index < list.length; index += 1) {
      const record = table.get(list[index] ?? '');
      if (record === undefined || record.state !== 'queued' || record.wait !== null || (record.facts !== null) !== prepared) {
        list.splice(index, 1);
        index -= 1;
        continue;
      }
      if (free(record)) {
        list.splice(index, 1);
        return record;
      }
      // What holds one window job back holds all of them; only the command line's may pass.
      if (!list.some((id) => table.get(id)?.origin !== record.origin)) return null;
    }
    return null;
  };
  const concurrency = (lane: Lane): number => {
    const own = account(lane.accountId)?.settings['concurrency'];
    return typeof own === 'number' && own >= 1 ? own : settings.current().concurrency;
  };
  const startSending = (lane: Lane): void => {
    while (lane.sending < concurrency(lane)) {
      const record = take(lane.ready, true, (candidate) => gate(candidate) === null);
      if (record === null) return;
      lane.sending += 1;
      start(
        work.send(record.id).finally(() => {
          lane.sending -= 1;
        }),
      );
    }
  };
  const startPreparing = (): void => {
    let moved = true;
    while (moved) {
      moved = false;
      // Round the accounts, so that a long batch to one does not keep the others waiting.
      for (const lane of lanes.all()) {
        if (preparing >= PREPARING) return;
        const full = lane.ready.length >= Math.max(8, 2 * concurrency(lane));
        if (full && lane.sending >= concurrency(lane)) continue;
        // With a place free those that are ready are held back: only who is not may pass them.
        const record = take(lane.toPrepare, false, (candidate) => !full || gate(candidate) === null);
        if (record === null) continue;
        moved = true;
        preparing += 1;
        start(
          work.prepare(record.id).finally(() => {
            preparing -= 1;
          }),
        );
      }
    }
  };
  const pumpNow = (): void => {
    planned = false;
    if (closed || holds > 0) return;
    for (const lane of lanes.all()) startSending(lane);
    startPreparing();
    if (isIdle()) work.onIdle();
  };
  const pump = (): void => {
    if (planned || closed) return;
    planned = true;
    queueMicrotask(pumpNow);
  };

  const due = new Map<string, number>();
  const ring = (): number | null => {
    const now = timers.now();
    let next: number | null = null;
    const later = (at: number): void => {
      next = next === null ? at : Math.min(next, at);
    };
    for (const [id, at] of due) {
      const record = table.get(id);
      if (record?.state !== 'queued' || record.waitUntil !== at) due.delete(id);
      else if (at > now) later(at);
      else {
        due.delete(id);
        lanes.enqueue(table.apply(id, { type: 'wait', wait: null }), true);
      }
    }
    for (const lane of lanes.all()) if (lane.notBefore > now) later(lane.notBefore);
    regate();
    return next;
  };
  const alarm = createAlarm(timers, ring);

  const regate = (): void => {
    if (closed) return;
    const now = new Map<string, string>();
    for (const record of table.records()) {
      if (record.state !== 'queued') continue;
      const paused = account(record.accountId);
      if (paused !== undefined && isPaused(paused) && isWaitedFor(record)) {
        work.refuse(record, paused);
        continue;
      }
      const held = gate(record);
      const word = held === null ? '' : `${held.wait} ${held.until ?? ''}`;
      now.set(record.id, word);
      if (shown.get(record.id) !== word) table.feed.changed(record.id);
    }
    shown = now;
    table.feed.touched();
    pump();
  };
  const isIdle = (): boolean => {
    if (running.size > 0 || planned || holds > 0) return false;
    for (const record of table.records()) {
      if (record.state === 'preparing' || record.state === 'sending') return false;
      // Whom a person has to name waits for that person.
      if (record.state !== 'queued' || record.wait === 'name') continue;
      const wait = gate(record)?.wait;
      if (wait !== 'paused' && wait !== 'account_paused') return false;
    }
    return true;
  };

  return {
    enqueue(record, first) {
      const paused = account(record.accountId);
      if (isWaitedFor(record) && paused !== undefined && isPaused(paused)) return work.refuse(record, paused);
      if (record.waitUntil !== null && record.wait !== null) {
        if (record.wait === 'rate_limit') lanes.of(record.accountId).notBefore = Math.max(lanes.of(record.accountId).notBefore, record.waitUntil);
        due.set(record.id, record.waitUntil);
        alarm.by(record.waitUntil);
      } else if (record.wait === null) lanes.enqueue(record, first);
      pump();
    },
    holdAccount(accountId, until) {
      const lane = lanes.of(accountId);
      lane.notBefore = Math.max(lane.notBefore, until);
      alarm.by(lane.notBefore);
      regate();
    },
    setOnline(value) {
      online = value;
      regate();
    },
    isOnline,
    get offline() {
      return !online;
    },
    gate,
    pump,
    async holding(work) {
      holds += 1;
      try {
        return await work();
      } finally {
        holds -= 1;
        pump();
      }
    },
    regate,
    account,
    isIdle,
    async close() {
      closed = true;
      alarm.stop();
      while (running.size > 0) await Promise.all(running);
    },
  };
}

const isPaused = (account: Account | undefined): boolean => (account?.paused ?? null) !== null;

/** An account whose host runs on this computer needs no network. */
function isOnThisComputer(account: Account | undefined): boolean {
  if (account === undefined) return false;
  if (account.onlyThisComputer) return true;
  return /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i.test(account.url);
}
