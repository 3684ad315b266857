import { expect, test, vi } from 'vitest';
import { CallFailure } from '../bridge';
import { createPages } from './pages';

const numbers = (offset: number, limit: number, total: number): number[] => Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => offset + index);
const failure = new CallFailure({ code: 'failed', id: 'x', problem: { kind: 'network', sub: null, message: 'internal', params: {}, retryable: true, retryAfterMs: null, detail: null, at: 0 } });

test('reads the first page first, then what comes into view, each page once', async () => {
  const read = vi.fn(async (offset: number, limit: number) => ({ rows: numbers(offset, limit, 25), total: 25 }));
  const pages = createPages(10, read);
  await pages.want(0, 0);
  await pages.want(5, 21);
  await pages.want(0, 24);
  expect(read.mock.calls).toEqual([[0, 10], [10, 10], [20, 10]]);
  expect([...pages.store.getState().rows.values()].sort((a, b) => a - b)).toEqual(numbers(0, 25, 25));
  expect(pages.store.getState()).toMatchObject({ total: 25, loaded: true, problem: null });
});

test('asks for nothing beyond the end', async () => {
  const read = vi.fn(async () => ({ rows: [] as number[], total: 0 }));
  const pages = createPages(10, read);
  await pages.want(0, 100);
  expect(read).toHaveBeenCalledTimes(1);
});

test('says why a page cannot be had, and reads it again when asked to', async () => {
  let fails = true;
  const pages = createPages<number>(10, async (offset, limit) => {
    if (fails) throw failure;
    return { rows: numbers(offset, limit, 3), total: 3 };
  });
  await pages.want(0, 5);
  expect(pages.store.getState()).toMatchObject({ loaded: true, problem: failure.error.problem });
  fails = false;
  await pages.refresh();
  expect(pages.store.getState()).toMatchObject({ total: 3, problem: null });
});

test('drops an answer that a refresh overtook', async () => {
  const answers: ((rows: number[]) => void)[] = [];
  const pages = createPages<number>(10, () => new Promise((resolve) => answers.push((rows) => resolve({ rows, total: rows.length }))));
  const first = pages.want(0, 0);
  const second = pages.refresh();
  answers[1]?.([2]);
  answers[0]?.([1]);
  await Promise.all([first, second]);
  expect([...pages.store.getState().rows.values()]).toEqual([2]);
});
