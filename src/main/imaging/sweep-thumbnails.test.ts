import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SWEPT_AT_ONCE, sweepThumbnails } from './sweep-thumbnails';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-sweep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = 10 * 3_600_000;
const put = (name: string, ageMs = 2 * 3_600_000): string => {
  writeFileSync(join(folder, name), 'x');
  utimesSync(join(folder, name), (NOW - ageMs) / 1000, (NOW - ageMs) / 1000);
  return name;
};
const thumb = (number: number): string => `${String(number).padStart(64, '0')}.webp`;
const sweep = (used: readonly (readonly string[])[], goOn = () => true) => sweepThumbnails({ folder, used: () => used, now: () => NOW, goOn });
const left = (): readonly string[] => readdirSync(folder).sort();

test('takes away what no record names, and half-written leftovers', async () => {
  const [one, two, three] = [put(thumb(1)), put(thumb(2)), put(thumb(3))];
  put('.0b5bd8a2-0000-4000-8000-000000000000.tmp');
  expect(await sweep([[one], ['another.webp', three]])).toBe(2);
  expect(left()).toEqual([one, three]);
  expect(left()).not.toContain(two);
});

test('leaves what is young, and what is none of ours', async () => {
  const names = [put(thumb(1), 60_000), put('notes.txt'), put('photo.webp')].sort();
  expect(await sweep([])).toBe(0);
  expect(left()).toEqual(names);
});

test('takes away no more than its share at once', async () => {
  for (let number = 0; number < SWEPT_AT_ONCE + 5; number += 1) put(thumb(number));
  expect(await sweep([])).toBe(SWEPT_AT_ONCE);
  expect(left()).toHaveLength(5);
  expect(await sweep([])).toBe(5);
});

test('touches nothing when it is ended before every record was asked', async () => {
  put(thumb(1));
  expect(await sweep([[], []], () => false)).toBe(0);
  expect(left()).toHaveLength(1);
});

test('has nothing to do where no thumbnail was made yet', async () => {
  rmSync(folder, { recursive: true });
  expect(await sweep([])).toBe(0);
});

test('keeps the folder within its bound, by files and by bytes: what was not shown for longest goes first, used or not', async () => {
  const all = Array.from({ length: 10 }, (_, number) => put(thumb(number), (10 - number) * 60_000));
  const within = (bound: { readonly files: number; readonly bytes: number }) => sweepThumbnails({ folder, used: () => [all], now: () => NOW, goOn: () => true, bound });
  expect(await within({ files: 10, bytes: 10 })).toBe(0);
  expect(await within({ files: 5, bytes: 1000 })).toBe(6);
  expect(left()).toEqual(all.slice(6));
  expect(await within({ files: 100, bytes: 2 })).toBe(3);
  expect(left()).toEqual(all.slice(9));
});
