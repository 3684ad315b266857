import { appendFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPictureSources, SOURCES_KEPT, type PictureSources } from './picture-sources';

let folder: string;
let faults: unknown[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-sources-'));
  faults = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'sources.jsonl');
const open = (): PictureSources => createPictureSources({ file: file(), isKept: (path) => path.includes('kept'), onFault: (error) => void faults.push(error) });
const picture = (name: string, text = 'pixels'): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('finds the file of an upload that another process noted, and one noted since', async () => {
  const [first, second] = [picture('图 1.png'), picture('2.png')];
  open().note({ id: 'u1', kind: 'image', path: first });
  const sources = open();
  expect(await sources.find('u1')).toBe(first);
  sources.note({ id: 'u2', kind: 'image', path: second });
  expect(await sources.find('u2')).toBe(second);
  expect(await sources.find('u3')).toBeUndefined();
  expect(faults).toEqual([]);
});

test('gives no file that was changed, moved or deleted since', async () => {
  const [changed, touched, gone] = [picture('a.png'), picture('b.png'), picture('c.png')];
  const sources = open();
  for (const path of [changed, touched, gone]) sources.note({ id: path, kind: 'image', path });
  writeFileSync(changed, 'other pixels');
  utimesSync(touched, new Date(1000), new Date(1000));
  rmSync(gone);
  for (const path of [changed, touched, gone]) expect(await sources.find(path)).toBeUndefined();
});

test('notes no video and no bytes that are taken away', async () => {
  const sources = open();
  sources.note({ id: 'u1', kind: 'video', path: picture('a.mp4') });
  sources.note({ id: 'u2', kind: 'image', path: picture('kept.png') });
  expect([await sources.find('u1'), await sources.find('u2')]).toEqual([undefined, undefined]);
});

test('reads past lines that a crash cut off', async () => {
  const path = picture('a.png');
  open().note({ id: 'u1', kind: 'image', path });
  appendFileSync(file(), '{"id":"u2","pa\n[1]\n\n');
  open().note({ id: 'u3', kind: 'image', path });
  const sources = open();
  expect([await sources.find('u1'), await sources.find('u2'), await sources.find('u3')]).toEqual([path, undefined, path]);
});

test('forgets the oldest when there are too many', async () => {
  const path = picture('a.png');
  open().note({ id: 'old', kind: 'image', path });
  const line = readFileSync(file(), 'utf8');
  writeFileSync(file(), line + line.replace('"old"', '"new"').repeat(2 * SOURCES_KEPT));
  const sources = open();
  expect([await sources.find('old'), await sources.find('new')]).toEqual([undefined, path]);
  expect(readFileSync(file(), 'utf8').trim().split('\n')).toHaveLength(SOURCES_KEPT);
});

test('costs no more than the thumbnail when nothing can be written', () => {
  const sources = createPictureSources({ file: join(folder, 'nowhere', 'x'), isKept: () => false, onFault: (error) => void faults.push(error) });
  sources.note({ id: 'u1', kind: 'image', path: picture('a.png') });
  expect(faults).toHaveLength(1);
});
