import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { png } from '../../../test/queue/queue-world';
import { AS_IT_IS } from '../../shared/model/preparation-profiles';
import { createPrepareFile, inputsFromPaths } from '.';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-walk-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = (): number => 1_700_000_000_000;
const prepare = createPrepareFile({ folder: 'unused', newId: randomUUID, now, studio: { make: () => Promise.resolve({ type: 'alone', why: 'nothing' }) } });
const write = (name: string, content: Uint8Array = png()): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};

describe('inputs from paths', () => {
  const pathsOf = async (...paths: readonly string[]) => (await inputsFromPaths(paths, now)).map((input) => (input.type === 'file' ? input.path.slice(folder.length + 1) : input.type === 'bad' ? `! ${input.problem.message}` : input));

  it('walks folders in the order people count, takes pictures and videos only and leaves hidden files alone', async () => {
    for (const name of ['d/10.png', 'd/9.png', 'd/2/b.mp4', 'd/notes.txt', 'd/.hidden.png', 'd/.git/x.png', 'd/scan']) write(name);
    write('d/readme', Buffer.from('words'));
    expect(await pathsOf(join(folder, 'd'), write('single.txt'))).toEqual(['d/2/b.mp4', 'd/9.png', 'd/10.png', 'd/scan', 'single.txt']);
  });

  it('keeps the slot of what leads nowhere', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await pathsOf(join(folder, 'gone.png'), join(folder, 'empty'), write('a.png'))).toEqual(['! fileMissing', '! folderEmpty', 'a.png']);
  });

  it('keeps the slot of what has a name that is no text, in a folder too, and says so when it is to be sent', async () => {
    const odd = (...parts: readonly (string | number)[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
    write('d/a.png');
    for (const name of [odd(`${folder}/d/caf`, 0xe9, '.png'), odd(`${folder}/d/scan`, 0xe9)]) writeFileSync(name, png());
    mkdirSync(odd(`${folder}/d/f`, 0xe9));
    writeFileSync(odd(`${folder}/d/f`, 0xe9, '/b.png'), png());
    expect([...(await pathsOf(join(folder, 'd')))].sort()).toEqual(['d/a.png', 'd/caf\uFFFD.png', 'd/f\uFFFD', 'd/scan\uFFFD']);
    expect(await pathsOf(join(folder, 'd/caf\uFFFD.png'), join(folder, 'd/f\uFFFD/b.png'))).toEqual(['! fileNameNotText', '! fileNameNotText']);
    for (const name of ['caf\uFFFD.png', 'f\uFFFD']) await expect(prepare({ path: join(folder, 'd', name), name, profile: AS_IT_IS }, new AbortController().signal)).rejects.toMatchObject({ problem: { message: 'fileNameNotText' } });
    // A name may hold the very sign that stands for such bytes.
    expect(await pathsOf(write('d/\uFFFD.png'))).toEqual(['d/\uFFFD.png']);
  });

  it('keeps every slot of a large drop in its place, though many files are looked at together', async () => {
    const paths = Array.from({ length: 300 }, (_, index) => (index % 7 === 0 ? join(folder, `gone-${index}.png`) : write(`many/${index}.png`)));
    expect(await pathsOf(...paths)).toEqual(paths.map((path, index) => (index % 7 === 0 ? '! fileMissing' : path.slice(folder.length + 1))));
    const inFolder = Array.from({ length: 300 }, (_, index) => index).filter((index) => index % 7 !== 0);
    expect(await pathsOf(join(folder, 'many'))).toEqual(inFolder.map((index) => `many/${index}.png`));
  });

  it('comes to an end where links lead in circles', async () => {
    write('loop/a.png');
    symlinkSync(join(folder, 'loop'), join(folder, 'loop/again'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'loop/dead.png'));
    expect(await pathsOf(join(folder, 'loop'))).toEqual(['loop/a.png']);
  });
});
