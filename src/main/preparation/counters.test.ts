import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLibraryDatabase } from '../database';
import { createCounters, type Counters } from './counters';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-counters-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): { readonly counters: Counters; readonly close: () => void } => {
  const library = openLibraryDatabase(folder, { now: Date.now, after: () => () => undefined });
  return { counters: createCounters(library.db), close: () => library.db.close() };
};

test('each profile counts on its own, over restarts, and from where it was set', () => {
  const first = open();
  expect([first.counters.next('a'), first.counters.take('a', 'x'), first.counters.take('a', 'y'), first.counters.take('b', 'x')]).toEqual([1, 1, 2, 1]);
  expect(first.counters.next('a')).toBe(3);
  first.close();
  const second = open();
  expect(second.counters.take('a', 'z')).toBe(3);
  second.counters.set('a', 100);
  expect([second.counters.next('a'), second.counters.take('a', 'w'), second.counters.take('a', 'v'), second.counters.next('b')]).toEqual([100, 100, 101, 2]);
  second.counters.set('c', 7);
  expect(second.counters.take('c', 'x')).toBe(7);
  second.close();
});

test('a file that is made ready again keeps its number', () => {
  const { counters, close } = open();
  expect([counters.take('a', 'x'), counters.take('a', 'x'), counters.take('a', 'y'), counters.take('a', 'x')]).toEqual([1, 1, 2, 1]);
  close();
});
