import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { png } from '../host/pictures';
import { type CliWorld, openCliWorld, type Started } from './cli-world';

/** Two data folders on one computer; neither has an account at any site. */
let first: CliWorld;
let second: CliWorld;
beforeEach(() => {
  [first, second] = [openCliWorld(), openCliWorld()];
});
afterEach(() => Promise.all([first.close(), second.close()]));

const write = (world: CliWorld, value: unknown): void => writeFileSync(join(world.cwd, 'doc.json'), JSON.stringify(value));
const read = (world: CliWorld): unknown => JSON.parse(readFileSync(join(world.cwd, 'doc.json'), 'utf8')) as unknown;
const hostOf = async (world: CliWorld): Promise<Started> => {
  const host = world.start('host');
  await host.says('http://127.0.0.1:');
  return host;
};
const addOther = () => second.run('accounts', 'add', 'other', '--provider', 'picferry', '--folder', first.home);

describe('two Picferrys on one computer', { timeout: 120_000 }, () => {
  it('keep one document between them, also after a new start of the one whose host they meet at, and settle a conflict', async () => {
    write(first, { theme: 'dark', size: 1 });
    expect((await first.run('sync', 'add', 'doc', 'doc.json', '--account', 'this-computer', '--device-name', 'First')).code).toBe(0);
    expect(await addOther()).toMatchObject({ code: 0, err: expect.stringContaining(first.home) as string });
    expect((await second.run('sync', 'add', 'doc', 'doc.json', '--account', 'other', '--device-name', 'Second')).code).toBe(0);
    let host = await hostOf(first);
    await first.json(0, 'sync', 'run');
    await second.json(0, 'sync', 'run');
    expect(read(second)).toEqual({ theme: 'dark', size: 1 });

    host.child.kill('SIGINT');
    await host.ended;
    expect(await second.run('sync', 'run')).toMatchObject({ code: 1, err: expect.stringContaining(`No Picferry answers for ${first.home}. Open that Picferry, or run "picferry host" there.`) as string });

    host = await hostOf(first);
    write(first, { theme: 'light', size: 1 });
    write(second, { theme: 'blue', size: 2 });
    await first.json(0, 'sync', 'run');
    expect(await second.json(1, 'sync', 'run')).toMatchObject([{ state: 'conflict', openConflicts: 1, account: 'other' }]);
    const [conflict] = (await second.json(0, 'sync', 'conflicts')) as { id: string }[];
    expect((await second.run('sync', 'resolve', conflict?.id ?? '', '--keep', 'mine')).code).toBe(0);
    await second.json(0, 'sync', 'run');
    await first.json(0, 'sync', 'run');
    expect([read(first), read(second)]).toEqual([{ theme: 'blue', size: 2 }, { theme: 'blue', size: 2 }]);
    expect(await second.json(0, 'sync', 'devices', 'doc')).toMatchObject([{ name: 'Second', thisDevice: true }, { name: 'First', thisDevice: false }]);
  });

  it('take each other\'s pictures, with the mark that the links open only here, and write no key to a disk', async () => {
    const host = await hostOf(first);
    await addOther();
    writeFileSync(join(second.cwd, 'a.png'), png());
    const sent = await second.run('upload', 'a.png', '--account', 'other', '--format', 'url');
    expect(sent).toMatchObject({ code: 0, err: expect.stringContaining('opens only here') as string });
    expect((await fetch(sent.out.trim())).status).toBe(200);
    const [upload] = (await second.json(0, 'library')) as { id: string }[];
    expect(upload).toMatchObject({ provider: 'picferry', onlyThisComputer: true });
    expect(await second.json(0, 'delete', upload?.id ?? '')).toMatchObject([{ status: 'deleted' }]);
    expect((await fetch(sent.out.trim())).status).toBe(404);
    expect(await second.json(0, 'accounts', 'list')).toMatchObject([{ name: 'other', url: '', default: false, secretsSet: [], settings: { folder: first.home } }, { name: 'this-computer', default: true }]);
    host.child.kill('SIGINT');
    await host.ended;
  });

  it('are told apart from one\'s own folder, from a folder without Picferry, and from a site', async () => {
    const add = (...args: string[]) => second.run('accounts', 'add', 'other', '--provider', 'picferry', ...args);
    expect(await add('--folder', second.home)).toMatchObject({ code: 2, err: expect.stringContaining('you are working in') as string });
    expect(await add('--folder', 'empty')).toMatchObject({ code: 2, err: expect.stringContaining(`No Picferry has worked in ${join(second.cwd, 'empty')} yet`) as string });
    expect(await add()).toMatchObject({ code: 2, err: expect.stringContaining('--folder DIR') as string });
    expect(await add('--folder', first.home, '--url', 'https://img.example.org')).toMatchObject({ code: 2, err: expect.stringContaining('has no address') as string });
    expect(await second.run('accounts', 'add', 'blog', '--provider', 'wizs', '--folder', first.home, '--secret', 'key=invented')).toMatchObject({ code: 2, err: expect.stringContaining('folder') as string });
  });
});
