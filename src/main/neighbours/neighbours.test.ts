import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PicferryError } from '../../lib/picferry-error';
import { becomeOwner, type Handlers } from '../handover';
import { createNeighbours } from '.';

let root: string;
let own: string;
let other: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'picferry-neighbours-'));
  [own, other] = [join(root, 'own'), join(root, 'other')];
  mkdirSync(own);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const neighbours = () => createNeighbours({ own, now: () => 5 });
const handlers: Handlers = { command: () => Promise.resolve(0), window: () => 'yields' };
/** A Picferry that worked in the folder once. */
const wasThere = async (folder: string): Promise<void> => (await becomeOwner(folder))?.release();
const problemOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof PicferryError ? [error.problem.kind, error.problem.message, error.problem.retryable] : error),
  );

describe('a folder that is named', () => {
  it('is another Picferry when one worked there, wherever the path leads and however it is written', async () => {
    await wasThere(other);
    expect(neighbours().judge(` ${other}/ `)).toEqual({ folder: other, problem: 'none' });
    symlinkSync(other, join(root, 'link'));
    expect(neighbours().judge(join(root, 'link')).problem).toBe('none');
    expect(neighbours().judge('~/no-such-folder-of-picferry')).toEqual({ folder: join(homedir(), 'no-such-folder-of-picferry'), problem: 'no-data' });
  });

  it('is refused when it is our own, also by another way, and when no Picferry was there', async () => {
    await wasThere(own);
    symlinkSync(own, join(root, 'me'));
    expect(neighbours().judge(own).problem).toBe('own');
    expect(neighbours().judge(join(root, 'me')).problem).toBe('own');
    expect(neighbours().judge(root).problem).toBe('no-data');
    expect(neighbours().judge(relative(process.cwd(), other)).problem).toBe('relative');
  });
});

describe('two paths', () => {
  it('are one data folder when links lead from one to the other, or when the same id lies in both', async () => {
    const [third, fourth] = [join(root, 'third'), join(root, 'fourth')];
    for (const folder of [other, third, fourth]) await wasThere(folder);
    symlinkSync(other, join(root, 'link'));
    const { isSame } = neighbours();
    expect([isSame(other, `${other}/`), isSame(other, join(root, 'link')), isSame(other, third)]).toEqual([true, true, false]);
    for (const [folder, id] of [[other, 'a'], [third, 'a'], [fourth, 'b']] as const) writeFileSync(join(folder, 'store', 'folder-id'), `${id}\n`);
    expect([isSame(other, third), isSame(other, fourth)]).toEqual([true, false]);
  });
});

describe('the host of another Picferry', () => {
  it('is asked for anew each time, since its key changes with every start', async () => {
    const host = neighbours().at(other);
    for (const key of ['first', 'second']) {
      const owner = await becomeOwner(other);
      owner?.serve({ ...handlers, host: () => Promise.resolve({ url: 'http://127.0.0.1:4711', key }) });
      expect(await host.start()).toEqual({ url: 'http://127.0.0.1:4711', key });
      owner?.release();
    }
  });

  it('that cannot be had is a trouble with the next step, and tried again like a network', async () => {
    expect(await problemOf(neighbours().at(other).start())).toEqual(['network', 'neighbourAway', true]);
    const owner = await becomeOwner(other);
    owner?.serve({ ...handlers, host: () => Promise.reject(new Error('taken')) });
    expect(await problemOf(neighbours().at(other).start())).toEqual(['network', 'neighbourFailed', true]);
    owner?.release();
  });

  it('is never our own', async () => {
    expect(await problemOf(neighbours().at(own).start())).toEqual(['bad_request', 'neighbourOwn', false]);
  });

  it('is offered while it runs', async () => {
    const [mine, theirs] = [await becomeOwner(own), await becomeOwner(other)];
    for (const owner of [mine, theirs]) owner?.serve(handlers);
    const running = await neighbours().running();
    expect(running).toContain(other);
    expect(running).not.toContain(own);
    mine?.release();
    theirs?.release();
  });
});
