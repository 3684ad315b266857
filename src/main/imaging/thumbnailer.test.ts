import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Thumbnail } from './create-imaging';
import type { PictureSources } from './picture-sources';
import { createThumbnailer } from './thumbnailer';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-thumbs-'));
  mkdirSync(join(folder, 'intake'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bench = (answer: (path: string) => Thumbnail, sources?: PictureSources) => {
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
      close: () => undefined,
    },
    waitingFolder,
    isKept: (path) => path.startsWith(join(folder, 'intake')),
    setThumb: (id, name) => void set.push(`${id}=${name}`),
    quiet: () => quiet,
    onFault: (error) => void faults.push(error),
    ...(sources === undefined ? {} : { sources }),
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

test('makes a missing thumbnail when the upload is looked at, once, from a file that is still there', async () => {
  const own = join(folder, 'own.png');
  writeFileSync(own, 'pixels');
  const asked: string[] = [];
  const find: PictureSources['find'] = (id) => {
    asked.push(id);
    if (id === 'broken') return Promise.reject(new Error('fault'));
    return Promise.resolve(id === 'u1' ? own : undefined);
  };
  const { thumbnailer, set, faults, open } = bench(() => ({ ok: true, name: 'n' }), { note: () => undefined, find });
  const missing = { kind: 'image', thumb: null } as const;
  for (let time = 0; time < 2; time += 1) {
    thumbnailer.looked([{ id: 'broken', ...missing }, { id: 'u1', ...missing }, { id: 'gone', ...missing }, { id: 'has', kind: 'image', thumb: 't' }, { id: 'film', kind: 'video', thumb: null }]);
  }
  open();
  await thumbnailer.settled();
  expect([set, asked, faults.length, existsSync(own)]).toEqual([['u1=n'], ['broken', 'u1', 'gone'], 1, true]);
});

test('notes where a finished upload lies, and does not make its thumbnail twice', async () => {
  const noted: string[] = [];
  const { thumbnailer, set, open } = bench(() => ({ ok: true, name: 'n' }), { note: ({ id }) => void noted.push(id), find: () => expect.fail('nothing is missing') });
  const own = join(folder, 'own.png');
  writeFileSync(own, 'pixels');
  thumbnailer.uploaded({ id: 'u1', kind: 'image', path: own });
  thumbnailer.looked([{ id: 'u1', kind: 'image', thumb: null }]);
  open();
  await thumbnailer.settled();
  expect([set, noted]).toEqual([['u1=n'], ['u1']]);
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
