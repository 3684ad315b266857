import fc from 'fast-check';
import { expect, it } from 'vitest';
import { invented, sumOf } from '../../../test/operations/operations-world';
import { fakeTimers } from '../../../test/queue/queue-world';
import type { DeleteResult, Upload } from '../../shared/model/upload';
import type { OperationsService } from './contract';
import { createOperations, type OperationsDeps } from './operations-service';

const statuses = ['deleted', 'already_gone', 'unconfirmed', 'refused', 'failed'] as const;

/** Operations over a library of invented uploads, whose host answers as told; `asked` holds who was asked and not undone. */
function bench(answers: readonly DeleteResult['status'][]): { readonly operations: OperationsService; readonly timers: ReturnType<typeof fakeTimers>; readonly asked: string[]; readonly good: Set<string> } {
  const timers = fakeTimers();
  const asked: string[] = [];
  const good = new Set<string>();
  let turn = 0;
  let ids = 0;
  const deps = {
    library: {
      resolve: (selection: { readonly ids: readonly string[] }) => selection.ids,
      byId: (id: string) => ({ ...invented(id), accountId: `account-${Number(id.slice(1)) % 3}` }) as unknown as Upload,
      delete: async ([id = '']: readonly string[]): Promise<readonly DeleteResult[]> => {
        asked.push(id);
        await new Promise((resolve) => setImmediate(resolve));
        const status = answers[(turn += 1) % answers.length] ?? 'deleted';
        if (status === 'deleted' || status === 'already_gone') good.add(id);
        return [{ id, status, problem: null }];
      },
    },
    accounts: { byId: () => undefined },
    timers,
    newId: () => `operation-${(ids += 1)}`,
  } as unknown as OperationsDeps;
  return { operations: createOperations(deps), timers, asked, good };
}

it('accounts for every item, whatever is cancelled, begun or tried again, and asks twice only for what did not end well', async () => {
  const act = fc.constantFrom('cancel', 'begin', 'retry', 'turn', 'advance', 'end', 'dismiss');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 7 }), fc.constantFrom(0, 1000), fc.array(act, { maxLength: 14 }), async (count, answers, undoMs, acts) => {
      const { operations, timers, asked, good } = bench(answers);
      const ids = Array.from({ length: count }, (_, n) => `u${n}`);
      const { id } = operations.delete({ ids }, undoMs);
      let cancelledFirst = false;
      for (const [step, each] of acts.entries()) {
        const now = operations.list()[0];
        if (now === undefined) break;
        const alreadyGood = new Set(good);
        const before = asked.length;
        if (each === 'cancel') operations.cancel(id);
        else if (each === 'begin') operations.begin(id);
        else if (each === 'retry') operations.retry(id);
        else if (each === 'advance') timers.advance(1000);
        else if (each === 'dismiss' && step > 10) operations.dismiss(id);
        else if (each === 'end' && now.state === 'running') await operations.finished(id);
        else await new Promise((resolve) => setImmediate(resolve));
        if (now.state === 'waiting' && each === 'cancel') cancelledFirst = asked.length === 0;
        // What ended well is never asked about again.
        expect(asked.slice(before).filter((one) => alreadyGood.has(one))).toEqual([]);
        const seen = operations.list()[0];
        if (seen === undefined) break;
        expect(sumOf(seen)).toBeLessThanOrEqual(count);
        expect(seen.done).toBe(sumOf(seen) - (seen.outcomes['cancelled'] ?? 0));
        if (seen.state === 'done' || seen.state === 'cancelled') expect(sumOf(seen)).toBe(count);
        if (seen.state === 'waiting') expect(asked).toEqual([]);
      }
      if (cancelledFirst && !acts.includes('retry')) expect(asked).toEqual([]);
      await operations.close();
      for (const ended of operations.list()) {
        expect(sumOf(ended)).toBe(count);
        expect((ended.outcomes['deleted'] ?? 0) + (ended.outcomes['already_gone'] ?? 0)).toBe(good.size);
        const items = operations.items(id, 0, 500, null);
        expect(items.items.map((item) => item.id)).toEqual(ids);
        expect(items.items.every(({ outcome }) => outcome !== null)).toBe(true);
      }
    }),
    { numRuns: process.env['PICFERRY_LONG'] === '1' ? 1000 : 100 },
  );
}, 60_000);
