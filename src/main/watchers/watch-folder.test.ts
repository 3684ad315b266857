import { once } from 'node:events';
import { createWriteStream, renameSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { png } from '../../../test/host/pictures';
import { isPictureName } from './name-pattern';
import { watchFolder, type FolderWatch } from './watch-folder';
import { wholenessOf } from './whole-picture';

const folders: string[] = [];
const watches: FolderWatch[] = [];
afterEach(async () => {
  watches.splice(0).forEach((watch) => watch.close());
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const bench = async (before: Readonly<Record<string, Uint8Array>> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-watch-'));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(before)) await writeFile(join(folder, name), bytes);
  const found: string[] = [];
  const faults: unknown[] = [];
  const there: boolean[] = [];
  const watch: FolderWatch = await watchFolder({
    folder,
    wants: isPictureName,
    onNew: (path) => found.push(path.slice(folder.length + 1)),
    onThere: () => there.push(watch.there()),
    now: Date.now,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    onFault: (error) => faults.push(error),
  });
  watches.push(watch);
  return { folder, found, faults, there, watch };
};

const slowly = async (path: string, bytes: Uint8Array, between: number): Promise<void> => {
  const out = createWriteStream(path);
  for (let part = 0; part < 4; part += 1) {
    out.write(bytes.subarray(Math.floor((bytes.length * part) / 4), Math.floor((bytes.length * (part + 1)) / 4)));
    await pause(between);
  }
  out.end();
  await once(out, 'close');
};

const picture = (at: number): Uint8Array => png(8 + at, 8);

test('of 100 files written slowly, renamed into place, rewritten or deleted early each comes once, when it is whole', async () => {
  const { folder, found, faults } = await bench({ 'old.png': picture(0) });
  const whole: { name: string; at: number }[] = [];
  const names = Array.from({ length: 100 }, (_, at) => `${['slow', 'renamed', 'rewritten', 'deleted'][at % 4]}-${at}.png`);
  await Promise.all(
    names.map(async (name, at) => {
      const path = join(folder, name);
      await pause(at * 5);
      if (name.startsWith('slow')) await slowly(path, picture(at), 250);
      else if (name.startsWith('renamed')) {
        await slowly(`${path}.part`, picture(at), 20);
        await rename(`${path}.part`, path);
      } else if (name.startsWith('rewritten')) {
        await writeFile(path, picture(at));
        await pause(150);
        await slowly(path, picture(at + 100), 60);
      } else {
        await writeFile(path, picture(at).subarray(0, 40));
        await pause(200);
        await unlink(path);
      }
      whole.push({ name, at: found.length });
    }),
  );
  const expected = names.filter((name) => !name.startsWith('deleted')).sort();
  await vi.waitFor(() => expect([...found].sort()).toEqual(expected), { timeout: 10_000, interval: 50 });
  // None came before it was whole.
  for (const { name, at } of whole.filter(({ name: done }) => !done.startsWith('deleted'))) expect(found.indexOf(name)).toBeGreaterThanOrEqual(at);
  // Written over, it stays the same picture.
  await writeFile(join(folder, names[0] ?? ''), picture(300));
  await writeFile(join(folder, 'old.png'), picture(301));
  await writeFile(join(folder, 'last.png'), picture(302));
  await vi.waitFor(() => expect(found).toContain('last.png'), { timeout: 5000 });
  expect(found).toHaveLength(expected.length + 1);
  expect(faults).toEqual([]);
}, 30_000);

test('leaves alone what is no picture, hidden, in a folder below, or never becomes whole', async () => {
  const { folder, found } = await bench();
  await mkdir(join(folder, 'below.png'));
  await writeFile(join(folder, '.hidden.png'), picture(1));
  await writeFile(join(folder, 'notes.txt'), 'x');
  await writeFile(join(folder, 'cut.png'), picture(1).subarray(0, 50));
  await writeFile(join(folder, 'room.png'), new Uint8Array(4096));
  await writeFile(join(folder, 'good.png'), picture(2));
  await vi.waitFor(() => expect(found).toEqual(['good.png']), { timeout: 5000 });
  await writeFile(join(folder, 'cut.png'), picture(3));
  await vi.waitFor(() => expect(found).toEqual(['good.png', 'cut.png']), { timeout: 5000 });
});

test('a picture that was taken away and comes again is new, and a folder may come later', async () => {
  const { folder, found, watch } = await bench();
  await writeFile(join(folder, 'shot.png'), picture(1));
  await vi.waitFor(() => expect(found).toHaveLength(1), { timeout: 5000 });
  await unlink(join(folder, 'shot.png'));
  await watch.lookAgain();
  await writeFile(join(folder, 'shot.png'), picture(2));
  await vi.waitFor(() => expect(found).toHaveLength(2), { timeout: 5000 });
  await rm(folder, { recursive: true });
  await watch.lookAgain();
  expect(watch.there()).toBe(false);
  await mkdir(folder);
  await writeFile(join(folder, 'again.png'), picture(3));
  await watch.lookAgain();
  expect(watch.there()).toBe(true);
  await vi.waitFor(() => expect(found).toContain('again.png'), { timeout: 5000 });
});

/** A folder with a picture, made so long ago that every clock tells. */
const longBefore = async (name: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-before-'));
  folders.push(folder);
  await writeFile(join(folder, name), picture(1));
  await pause(100);
  return folder;
};

test('a folder that another one takes the place of is watched on, and what that one had in it before is old', async () => {
  const other = await longBefore('long there.png');
  const { folder, found, faults, there } = await bench({ 'old.png': picture(1) });
  const away = `${folder}-away`;
  folders.push(away);
  await writeFile(join(folder, 'a.png'), picture(3));
  await vi.waitFor(() => expect(found).toEqual(['a.png']), { timeout: 5000 });
  // In one moment, as a program does that swaps folders.
  renameSync(folder, away);
  renameSync(other, folder);
  await writeFile(join(folder, 'b.png'), picture(4));
  await vi.waitFor(() => expect(found).toEqual(['a.png', 'b.png']), { timeout: 5000 });
  await writeFile(join(away, 'elsewhere.png'), picture(5));

  // Removed and made anew, without anybody looking.
  await rm(folder, { recursive: true });
  await vi.waitFor(() => expect(there.at(-1)).toBe(false), { timeout: 5000 });
  await mkdir(folder);
  await writeFile(join(folder, 'c.png'), picture(6));
  await vi.waitFor(() => expect(found).toEqual(['a.png', 'b.png', 'c.png']), { timeout: 10_000 });
  expect(there.at(-1)).toBe(true);
  await writeFile(join(folder, 'd.png'), picture(7));
  await vi.waitFor(() => expect(found.at(-1)).toBe('d.png'), { timeout: 10_000 });
  expect([found.length, faults]).toEqual([4, []]);
}, 30_000);

test('a drive that comes late brings nothing new', async () => {
  const drive = await longBefore('holiday.png');
  const { folder, found, watch } = await bench();
  await rm(folder, { recursive: true });
  await watch.lookAgain();
  renameSync(drive, folder);
  await watch.lookAgain();
  await writeFile(join(folder, 'shot.png'), picture(2));
  await vi.waitFor(() => expect(found).toEqual(['shot.png']), { timeout: 5000 });
});

test('knows the end of each format', async () => {
  const { folder } = await bench();
  const judge = async (bytes: Uint8Array | string) => {
    await writeFile(join(folder, 'x'), bytes);
    return wholenessOf(join(folder, 'x'));
  };
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const riff = Buffer.concat([latin('RIFF'), Buffer.from([20, 0, 0, 0]), latin('WEBPVP8 '), Buffer.alloc(12)]);
  expect(await judge(picture(1))).toBe('whole');
  expect(await judge(latin('\xff\xd8\xff\xe0 0123456789 \xff\xd9'))).toBe('whole');
  expect(await judge(latin('\xff\xd8\xff\xe0 0123456789 0123'))).toBe('part');
  expect(await judge(latin('\xff\xd8\xff\xe0 0123456789 \xff\xd9 more'))).toBe('unsure');
  expect(await judge(riff)).toBe('whole');
  expect(await judge(riff.subarray(0, 20))).toBe('part');
  expect(await judge('GIF89a0123456789;')).toBe('whole');
  expect(await judge('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('unsure');
  expect(await judge('')).toBe('part');
});
