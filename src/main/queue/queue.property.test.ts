import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createQueueWorld, refusal, untilAborted, type MemoryHost, type QueueWorld } from '../../../test/queue/queue-world';
import type { BatchResult, JobState } from '../../shared/model/job';
import type { UploadCall } from '../providers/contract';
import { allows, hasEnded, next } from './transitions';
import type { JobRecord } from './job-record';

let world: QueueWorld | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

/** An upload that stands at the host until a command of the test decides it. */
type Pending = { readonly name: string; readonly call: UploadCall; readonly decide: (how: Outcome) => void };
type Outcome = 'take' | 'refuse' | 'server' | 'lose-before' | 'lose-after';

function standing(host: MemoryHost): Pending[] {
  const pending: Pending[] = [];
  host.behave = async (source, call, take) => {
    const decided = new Promise<Outcome>((resolve) => {
      const one: Pending = {
        name: source.name,
        call,
        decide: (how) => {
          pending.splice(pending.indexOf(one), 1);
          resolve(how);
        },
      };
      pending.push(one);
      call.signal.addEventListener('abort', () => pending.includes(one) && pending.splice(pending.indexOf(one), 1), { once: true });
    });
    const how = await Promise.race([decided, untilAborted(call)]);
    if (how === 'refuse') throw refusal('rejected_file');
    if (how === 'server') throw refusal('server', { retry: 'backoff' });
    if (how === 'lose-before') throw refusal('network', { unknown: true });
    const receipt = await take();
    if (how === 'lose-after') throw refusal('network', { unknown: true });
    return receipt;
  };
  return pending;
}

type Step =
  | { readonly do: 'add'; readonly files: number }
  | { readonly do: 'decide'; readonly at: number; readonly how: Outcome }
  | { readonly do: 'cancel' | 'retry'; readonly at: number }
  | { readonly do: 'pause'; readonly paused: boolean }
  | { readonly do: 'wait' }
  | { readonly do: 'crash' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), files: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('decide' as const), at: fc.nat(20), how: fc.constantFrom<Outcome>('take', 'take', 'refuse', 'server', 'lose-before', 'lose-after') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'retry' as const), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const), paused: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'wait' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
);

/** Lets everything that can happen without the host or the clock happen. */
async function calm(current: QueueWorld, pending: readonly Pending[]): Promise<void> {
  await vi.waitFor(
    () => {
      const { jobs, summary } = current.queue.snapshot();
      const sending = jobs.filter(({ state }) => state === 'sending').length;
      const ready = jobs.filter(({ state, wait }) => state === 'queued' && wait === null).length;
      expect(jobs.some(({ state }) => state === 'preparing')).toBe(false);
      expect(sending).toBe(pending.length);
      if (!summary.paused && sending < 4) expect(ready).toBe(0);
    },
    { interval: 1, timeout: 5000 },
  );
}

describe('the queue under any order of commands, answers and crashes', () => {
  it('ends each input exactly once, in its place, and sends no job twice unless that was allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const current = createQueueWorld();
        world = current;
        const pending = standing(current.hosts.first);
        const batches: { readonly names: readonly string[]; results: readonly BatchResult[] | null; lost: boolean }[] = [];
        const retried = new Set<string>();
        let files = 0;
        const nameAt = (at: number) => {
          const { jobs } = current.queue.snapshot();
          return jobs[at % Math.max(1, jobs.length)];
        };
        const play = async (one: Step): Promise<void> => {
          if (one.do === 'add') {
            const names = Array.from({ length: one.files }, () => `${(files += 1)}.png`);
            const batch = { names, results: null as readonly BatchResult[] | null, lost: false };
            batches.push(batch);
            void current.add(names.map((name) => current.file(name))).finished.then((results) => (batch.results = results));
          } else if (one.do === 'decide') pending[one.at % Math.max(1, pending.length)]?.decide(one.how);
          else if (one.do === 'cancel') void current.queue.cancel([nameAt(one.at)?.id ?? '']);
          else if (one.do === 'retry') {
            const job = nameAt(one.at);
            if (job !== undefined) retried.add(job.name);
            void current.queue.retry([job?.id ?? '']);
          } else if (one.do === 'pause') current.queue.pause(one.paused);
          else if (one.do === 'wait') current.timers.advance(5000);
          else {
            current.crash();
            pending.splice(0);
            for (const batch of batches) batch.lost ||= batch.results === null;
          }
          await calm(current, pending);
        };
        for (const one of steps) await play(one);
        await play({ do: 'pause', paused: false });
        for (let rounds = 0; current.queue.snapshot().jobs.some((job) => !hasEnded(job)); rounds += 1) {
          expect(rounds).toBeLessThan(400);
          if (pending.length > 0) await play({ do: 'decide', at: 0, how: 'take' });
          else await play({ do: 'wait' });
        }
        const { jobs, summary } = current.queue.snapshot();
        expect(jobs.map(({ name }) => name).sort()).toEqual(batches.flatMap(({ names }) => names).sort());
        expect(summary).toMatchObject({ total: jobs.length, active: 0, waiting: 0, done: jobs.filter(({ state }) => state === 'done').length });
        for (const batch of batches) {
          if (batch.lost) continue;
          await vi.waitFor(() => expect(batch.results).not.toBeNull());
          expect(batch.results?.map(({ file }) => file.split(/[\\/]/).at(-1))).toEqual(batch.names);
        }
        for (const { name, state, url } of jobs) {
          const taken = current.hosts.first.taken.filter((file) => file.name === name).length;
          expect(taken).toBeLessThanOrEqual(1);
          if (state === 'done') expect([taken, url]).toEqual([1, expect.any(String)]);
          if (state === 'failed' && !retried.has(name)) expect(taken).toBe(0);
        }
        await current.close();
        world = null;
      }),
      { numRuns: process.env['PICFERRY_LONG'] === '1' ? 300 : 25 },
    );
  }, 120_000);
});

describe('transitions', () => {
  const record = (state: JobState, sentAt: number | null = null): JobRecord => ({
    id: 'a',
    batchId: 'b',
    position: 0,
    origin: 'window',
    input: { type: 'file', path: '/a.png' },
    name: 'a.png',
    accountId: 'first',
    accountName: 'first',
    adapted: null,
    sourceSha256: null,
    named: false,
    provider: 'wizs',
    onlyThisComputer: false,
    albumId: null,
    force: false,
    replaces: null,
    profile: null,
    facts: null,
    state,
    wait: null,
    waitUntil: null,
    attempts: 1,
    sentAt,
    problem: null,
    uploadId: null,
    url: null,
    width: null,
    height: null,
    duplicate: false,
    pendingReview: false,
    thumb: null,
    dismissed: false,
    createdAt: 0,
    finishedAt: null,
  });
  const problem = refusal('unknown').problem;

  it('makes of a crash what the disk can prove: unknown only where bytes may have left', () => {
    const restart = (state: JobState, sentAt: number | null) => next(record(state, sentAt), { type: 'restart', at: 1, problem }).state;
    expect([restart('preparing', null), restart('sending', null), restart('sending', 5), restart('queued', null)]).toEqual(['queued', 'queued', 'unknown', 'queued']);
  });

  it('sends nothing of itself that is unknown, cancelled or done', () => {
    for (const state of ['unknown', 'cancelled', 'done', 'failed'] as const) {
      expect(allows(record(state), 'send')).toBe(false);
      expect(allows(record(state), 'restart')).toBe(false);
      expect(() => next(record(state), { type: 'send' })).toThrow(/cannot happen/);
    }
    expect(allows(record('unknown'), 'retry')).toBe(false);
    expect(allows(record('unknown'), 'force')).toBe(true);
    expect(allows(record('done'), 'force')).toBe(false);
    expect(allows({ ...record('done'), duplicate: true }, 'force')).toBe(true);
  });
});
