import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Thumbnail } from './contract';
import { createThumbnailer } from './thumbnailer';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-thumbs-'));
  mkdirSync(join(folder, 'intake'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bench = (answer: (path: string) => Thumbnail) => {
  const set: string[] = [];
  const faults: unknown[] = [];
  const read: string[] = [];
  let open: () => void = () => undefined;
  const quiet = new Promise<void>((resolve) => (open = resolve));
  const waitingFolder = join(folder, 'waiting');
  const thumbnailer = createThumbnailer({
    imaging: {
      thumbnail: async (path) => {
        read.push(readFileSync(path, 'utf8'));
        return answer(path);
      },
    },
    waitingFolder,
    isKept: (path) => path.startsWith(join(folder, 'intake')),
    setThumb: (id, name) => void set.push(`${id}=${name}`),
    quiet: () => quiet,
    onFault: (error) => void faults.push(error),
  });
  return { thumbnailer, set, faults, read, open: () => open(), waitingFolder };
};

test('waits until nothing is sent, and still has the bytes of a pasted picture then', async () => {
  const { thumbnailer, set, read, open, waitingFolder } = bench(() => ({ ok: true, name: 'n' }));
  const kept = join(folder, 'intake', 'paste.png');
  writeFileSync(kept, 'pixels');
  thumbnailer.uploaded({ id: 'u1', kind: 'image', path: kept });
  rmSync(kept);
  expect(read).toEqual([]);
  open();
  await thumbnailer.settled();
  expect([set, read, readdirSync(waitingFolder)]).toEqual([['u1=n'], ['pixels'], []]);
});

test('leaves the person\'s own file where it is, and takes no video', async () => {
  const { thumbnailer, set, open } = bench(() => ({ ok: true, name: 'n' }));
  const own = join(folder, 'own.png');
  writeFileSync(own, 'pixels');
  thumbnailer.uploaded({ id: 'u1', kind: 'image', path: own });
  thumbnailer.uploaded({ id: 'u2', kind: 'video', path: own });
  open();
  await thumbnailer.settled();
  expect([set, existsSync(own)]).toEqual([['u1=n'], true]);
});

test('goes on after a picture that fails', async () => {
  const { thumbnailer, set, faults, open } = bench((path) => {
    if (path.endsWith('bad.png')) throw new Error('fault');
    return path.endsWith('none.png') ? { ok: false, reason: 'failed' } : { ok: true, name: 'n' };
  });
  for (const name of ['bad.png', 'none.png', 'good.png']) {
    writeFileSync(join(folder, name), 'x');
    thumbnailer.uploaded({ id: name, kind: 'image', path: join(folder, name) });
  }
  thumbnailer.uploaded({ id: 'gone', kind: 'image', path: join(folder, 'intake', 'gone.png') });
  open();
  await thumbnailer.settled();
  expect(set).toEqual(['good.png=n']);
  expect(faults).toHaveLength(2);
});

test('tells of which upload a thumbnail is being made, until it was tried', async () => {
  const { thumbnailer, set, open } = bench((path) => (path.endsWith('bad.png') ? { ok: false, reason: 'failed' } : { ok: true, name: 'n' }));
  for (const name of ['own.png', 'bad.png']) {
    writeFileSync(join(folder, name), 'pixels');
    thumbnailer.uploaded({ id: name, kind: 'image', path: join(folder, name) });
  }
  const making = [thumbnailer.making('own.png'), thumbnailer.making('bad.png')];
  expect([making.every((one) => one !== undefined), thumbnailer.making('another')]).toEqual([true, undefined]);
  open();
  await making[0];
  expect([set, thumbnailer.making('own.png')]).toEqual([['own.png=n'], undefined]);
  await making[1];
  expect(thumbnailer.making('bad.png')).toBeUndefined();
});

test('works in between only while no thumbnail is made', async () => {
  const order: string[] = [];
  const { thumbnailer, open, faults } = bench((path) => {
    order.push(path.slice(-5));
    return { ok: true, name: 'n' };
  });
  for (const name of ['1.png', '2.png']) writeFileSync(join(folder, name), 'x');
  thumbnailer.uploaded({ id: '1', kind: 'image', path: join(folder, '1.png') });
  const swept = thumbnailer.between(() => {
    order.push('sweep');
    return Promise.reject(new Error('fault'));
  });
  thumbnailer.uploaded({ id: '2', kind: 'image', path: join(folder, '2.png') });
  open();
  await swept;
  await thumbnailer.settled();
  expect([order, faults.length]).toEqual([['1.png', 'sweep', '2.png'], 1]);
});
