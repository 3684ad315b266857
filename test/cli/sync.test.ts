import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestHost, type TestHost } from '../host/test-host';
import { type CliWorld, openCliWorld } from './cli-world';

/** Two data folders, as two computers have them, and one host. */
let desk: CliWorld;
let laptop: CliWorld;
let host: TestHost;
beforeAll(async () => {
  [desk, laptop, host] = [openCliWorld(), openCliWorld(), await startTestHost()];
  for (const world of [desk, laptop]) {
    const { code, err } = await world.feed(host.keys.wizs, 'accounts', 'add', 'wiz', '--provider', 'wizs', '--url', host.urls.wizs, '--secret', 'key=-');
    if (code !== 0) throw new Error(err);
  }
}, 60_000);
afterAll(async () => {
  await Promise.all([desk.close(), laptop.close()]);
  await host.stop();
});
beforeEach(() => host.control.reset());

const write = (world: CliWorld, name: string, value: unknown): void => writeFileSync(join(world.cwd, name), JSON.stringify(value));
const read = (world: CliWorld, name: string): unknown => JSON.parse(readFileSync(join(world.cwd, name), 'utf8')) as unknown;

describe('sync', { timeout: 120_000 }, () => {
  it('adds without sending, runs, asks about a clash with exit 1, and goes on once it is decided', async () => {
    write(desk, 'a.json', { theme: 'dark', size: 1 });
    expect(await desk.json(0, 'sync', 'add', 'settings', 'a.json', '--device-name', 'Desk')).toMatchObject({ key: 'settings', account: 'wiz', state: 'new', version: null, file: join(desk.cwd, 'a.json') });
    expect(host.control.requests()).toEqual([]);
    expect(await desk.json(0, 'sync', 'run', '--message', 'the first')).toMatchObject([{ key: 'settings', state: 'clean', version: 1, nextMessage: '', error: null }]);
    const kept = await desk.run('sync', 'run', 'settings', '--message', 'for later', '--json');
    expect([JSON.parse(kept.out), kept.err]).toMatchObject([[{ state: 'clean', version: 1, nextMessage: 'for later' }], expect.stringContaining('the message is kept for the next version')]);
    expect(await desk.json(0, 'sync', 'run', 'settings', '--message', '')).toMatchObject([{ version: 1, nextMessage: '' }]);

    expect((await laptop.run('sync', 'add', 'settings', 'b.json', '--device-name', 'Laptop')).code).toBe(0);
    await laptop.json(0, 'sync', 'run', 'settings');
    expect(read(laptop, 'b.json')).toEqual({ theme: 'dark', size: 1 });

    write(desk, 'a.json', { theme: 'light', size: 1 });
    write(laptop, 'b.json', { theme: 'blue', size: 2 });
    await desk.json(0, 'sync', 'run');
    const waiting = await laptop.run('sync', 'run', '--json');
    expect(waiting.code).toBe(1);
    expect(JSON.parse(waiting.out)).toMatchObject([{ state: 'conflict', openConflicts: 1 }]);
    expect(waiting.err).toContain('picferry sync conflicts settings');

    const [conflict] = (await laptop.json(0, 'sync', 'conflicts')) as { id: string }[];
    expect(conflict).toMatchObject({ key: 'settings', path: '/theme', kind: 'edit/edit', base: 'dark', mine: 'blue', theirs: 'light' });
    const { id = '' } = conflict ?? {};
    expect((await laptop.feed('"grey"\n', 'sync', 'resolve', id, '--content', '-')).code).toBe(0);
    expect(await laptop.json(0, 'sync', 'conflicts')).toEqual([]);
    expect(await laptop.json(0, 'sync', 'run')).toMatchObject([{ state: 'clean', version: 3 }]);
    await desk.json(0, 'sync', 'run');
    expect([read(desk, 'a.json'), read(laptop, 'b.json')]).toEqual([{ theme: 'grey', size: 2 }, { theme: 'grey', size: 2 }]);

    const settled = await laptop.run('sync', 'conflicts', 'settings', '--resolved');
    expect([settled.code, settled.out.trimEnd().split('\t')]).toEqual([0, [id, 'settings', 'edited', expect.stringContaining('T'), '/theme', '"grey"', 'wiz']]);
    host.control.failNext({ call: 'json-conflicts', status: 403 });
    const alone = await laptop.run('sync', 'conflicts', 'settings', '--resolved', '--json');
    expect([alone.code, JSON.parse(alone.out), alone.err]).toMatchObject([1, [{ id, where: 'here', path: '/theme', result: 'grey', account: 'wiz' }], expect.stringContaining('Only what was decided on this device is listed')]);

    expect(await desk.json(0, 'sync', 'history', 'settings')).toMatchObject([{ version: 3, thisDevice: false, marks: expect.arrayContaining(['decided']) as string[] }, { version: 2, thisDevice: true }, { version: 1, message: 'the first' }]);
    expect(JSON.parse((await desk.run('sync', 'show', 'settings', '1')).out)).toEqual({ theme: 'dark', size: 1 });
    expect(await desk.json(0, 'sync', 'devices', 'settings')).toMatchObject([{ name: 'Desk', thisDevice: true }, { name: 'Laptop', thisDevice: false }]);
    expect(await desk.json(0, 'sync', 'restore', 'settings', '1')).toMatchObject({ state: 'clean', version: 4 });
    expect(read(desk, 'a.json')).toEqual({ theme: 'dark', size: 1 });
    expect(await desk.json(0, 'sync', 'status')).toMatchObject([{ key: 'settings', state: 'clean', version: 4 }]);
    expect(await desk.json(0, 'sync', 'diff', 'settings', '1', '3')).toMatchObject({ added: 0, edited: 2, removed: 0 });
    expect(await desk.json(0, 'sync', 'restore', 'settings', '3', '--path', '/theme')).toMatchObject({ version: 5 });
    expect(read(desk, 'a.json')).toEqual({ theme: 'grey', size: 1 });

    write(laptop, 'c.json', { theme: 'own', more: true });
    await laptop.run('sync', 'remove', 'settings');
    await laptop.run('sync', 'add', 'settings', 'c.json', '--ask');
    const asked = await laptop.run('sync', 'run');
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('picferry sync begin settings') as string]);
    expect(await laptop.json(0, 'sync', 'begin', 'settings')).toMatchObject({ case: 'both', merge: { conflicts: 1 } });
    expect(await laptop.json(0, 'sync', 'begin', 'settings', '--with', 'cloud')).toMatchObject([{ state: 'clean', version: 5 }]);
    expect(read(laptop, 'c.json')).toEqual({ theme: 'grey', size: 1 });

    write(desk, 'a.json', { theme: 'unsent', size: 2 });
    expect(await desk.json(0, 'sync', 'status')).toMatchObject([{ state: 'waiting', version: 5, unsentChanges: 2 }]);
    await laptop.run('sync', 'add', 'typo', 'nowhere.json');
    const nowhere = await laptop.run('sync', 'run', 'typo');
    expect([nowhere.code, nowhere.out.split('\t')[1], nowhere.err]).toEqual([1, 'new', expect.stringContaining('nothing is at the host yet, and nothing in') as string]);
    expect((await laptop.run('sync', 'begin', 'settings')).code).toBe(1);

    expect((await desk.run('sync', 'remove', 'settings')).code).toBe(0);
    expect(await desk.json(0, 'sync', 'status')).toEqual([]);
  });

  it('lists what it sent, so that another device finds it', async () => {
    write(desk, 'listed.json', { theme: 'dark' });
    await desk.run('sync', 'add', 'listed', 'listed.json');
    await desk.json(0, 'sync', 'run', 'listed');
    expect(await laptop.json(0, 'sync', 'find')).toContainEqual({ key: 'listed', name: 'listed.json', kind: 'file', here: false, elsewhere: true, account: 'wiz' });
    await desk.run('sync', 'remove', 'listed');
    expect(await laptop.json(0, 'sync', 'find')).toContainEqual({ key: 'listed', name: 'listed.json', kind: 'file', here: false, elsewhere: false, account: 'wiz' });
    expect((await laptop.run('sync', 'find')).out).toMatch(/^listed\tlisted\.json\tkept at the host, synced on no device\twiz$/m);
  });

  it('looks at all accounts where none is named, and lists the others when one cannot be reached', async () => {
    write(desk, 'all.json', { n: 1 });
    await desk.run('sync', 'add', 'all', 'all.json', '--account', 'wiz');
    await desk.json(0, 'sync', 'run', 'all');
    const { code, err } = await desk.feed('key', 'accounts', 'add', 'down', '--provider', 'wizs', '--url', 'http://127.0.0.1:9', '--secret', 'key=-');
    expect([code, err]).toEqual([0, err]);
    await desk.run('accounts', 'default', 'down');
    const found = await desk.run('sync', 'find', '--json');
    expect(found.err).toMatch(/^down: /m);
    expect(found.code).toBe(1);
    expect(JSON.parse(found.out)).toContainEqual({ key: 'all', name: 'all.json', kind: 'file', here: true, elsewhere: false, account: 'wiz' });
    // Nobody knows what it has.
    const none = await desk.run('sync', 'find', '--account', 'down');
    expect([none.code, none.err.includes('Nothing found')]).toEqual([1, false]);
    // Only accounts with documents here are asked for these.
    expect(await desk.json(0, 'sync', 'devices')).toMatchObject([{ thisDevice: true, account: 'wiz' }]);
    expect((await desk.run('sync', 'devices')).out.split('\n')[0]).toMatch(/\tthis device\twiz$/);
    expect(await desk.run('sync', 'conflicts', '--resolved', '--json')).toMatchObject({ code: 0, out: '[]\n' });
    await desk.run('sync', 'remove', 'all');
    await desk.run('accounts', 'remove', 'down');
    await desk.run('accounts', 'default', 'wiz');
  });

  it('says that a host made lists of objects where it cannot be told of which', async () => {
    host.control.set({ wizs: { contentOut: 'string', phpRoundTrip: true } });
    write(desk, 'php.json', { items: Array.from({ length: 60 }, (_, n) => ({ n, meta: n % 3 === 0 ? {} : [] })) });
    await desk.run('sync', 'add', 'php', 'php.json');
    expect(await desk.json(0, 'sync', 'run', 'php')).toMatchObject([{ state: 'clean', folded: false }]);
    await laptop.run('sync', 'add', 'php', 'php.json');
    const { code, out, err } = await laptop.run('sync', 'run', 'php', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, [{ state: 'clean', folded: true }]]);
    expect(err).toContain('php: wiz turned empty objects {} into lists []');
  });

  it('restores over a broken file, above what others made, and says truly what came of it', async () => {
    write(desk, 'back.json', { n: 1 });
    await desk.run('sync', 'add', 'back', 'back.json');
    await desk.json(0, 'sync', 'run', 'back');
    const said = async (...args: string[]): Promise<unknown> => {
      const { code, err } = await desk.run('sync', 'restore', 'back', ...args);
      return [code, err.trim()];
    };
    expect(await said('1')).toEqual([0, 'back: nothing to restore; the file already is as in version 1 there.']);
    expect(await said('1', '--path', '/nothing')).toEqual([1, expect.stringContaining('Neither the file nor the version has a place /nothing.')]);
    await laptop.run('sync', 'add', 'back', 'back.json');
    await laptop.json(0, 'sync', 'run', 'back');
    write(laptop, 'back.json', { n: 2 });
    await laptop.json(0, 'sync', 'run', 'back');
    expect(await said('1')).toEqual([0, 'Version 1 of back is in the file again, as version 3.']);
    expect(read(desk, 'back.json')).toEqual({ n: 1 });
    writeFileSync(join(desk.cwd, 'back.json'), '{"n": ');
    expect(await said('2')).toEqual([0, 'Version 2 of back is in the file again, as version 4.']);
    writeFileSync(join(desk.cwd, 'back.json'), '{"n": ');
    expect(await said('4')).toEqual([0, 'Version 4 of back is in the file again. The host has it already.']);
    for (const world of [desk, laptop]) await world.run('sync', 'remove', 'back');
  });

  it('looks at a file before it is added: what cannot sync is refused, what is missing is told', async () => {
    mkdirSync(join(desk.cwd, 'folder'));
    writeFileSync(join(desk.cwd, 'half.json'), '{"a": 1,}');
    writeFileSync(join(desk.cwd, 'twice.json'), '{"a": 1, "a": 2}');
    writeFileSync(join(desk.cwd, 'large.json'), ' '.repeat(51 * 1024 * 1024));
    const refused = [
      ['folder', 'This is a folder.'],
      ['half.json', 'not valid JSON (line 1, column 9)'],
      ['twice.json', '"a" (1, 1)'],
      ['large.json', 'The file has 53.5 MB'],
      ['nowhere/a.json', 'There is no folder'],
    ] as const;
    for (const [file, said] of refused) expect(await desk.run('sync', 'add', 'looked', file)).toMatchObject({ code: 1, err: expect.stringContaining(said) as string });
    expect(await desk.run('sync', 'add', 'looked', 'later.json')).toMatchObject({ code: 0, err: expect.stringContaining('later.json is not there yet') as string });
    await desk.run('sync', 'remove', 'looked');
  });

  it('decides as the window does: every side, by a beginning of the id, several at once, and anew until it is sent', async () => {
    write(desk, 'many.json', { x: 'old', tags: ['one'] });
    await desk.run('sync', 'add', 'many', 'many.json');
    await desk.json(0, 'sync', 'run', 'many');
    await laptop.run('sync', 'add', 'many', 'many.json');
    await laptop.json(0, 'sync', 'run', 'many');
    write(desk, 'many.json', { x: 'a', tags: ['one', 'A'], z: 1 });
    write(laptop, 'many.json', { x: 'b', tags: ['one', 'B'], z: 2 });
    await desk.json(0, 'sync', 'run', 'many');
    await laptop.json(1, 'sync', 'run', 'many');
    type Row = { id: string; path: string; both: boolean; choice: string | null };
    const rows = async (): Promise<readonly Row[]> => (await laptop.json(0, 'sync', 'conflicts', 'many', '--decided')) as readonly Row[];
    const idOf = async (path: string): Promise<string> => (await rows()).find((row) => row.path === path)?.id ?? '';
    expect((await rows()).map(({ path, both, choice }) => [path, both, choice])).toEqual([['/x', false, null], ['/tags[before 2]', true, null], ['/z', false, null]]);
    const [x, tags, z] = [await idOf('/x'), await idOf('/tags[before 2]'), await idOf('/z')];
    expect(await laptop.run('sync', 'resolve', x, tags, '--keep', 'both')).toMatchObject({ code: 1, err: expect.stringContaining('At /x there is room for one value only') as string });
    expect(await laptop.feed('"str"', 'sync', 'resolve', tags, '--content', '-')).toMatchObject({ code: 1, err: expect.stringContaining('At /tags[before 2] a JSON list is wanted') as string });
    expect(await laptop.feed('{"k":1,"k":2}', 'sync', 'resolve', tags, '--content', '-')).toMatchObject({ code: 1, err: expect.stringContaining('The key "k" stands twice in one object of this value.') as string });
    expect(await laptop.run('sync', 'resolve', x.slice(0, 2), '--keep', 'mine')).toMatchObject({ code: 2, err: expect.stringContaining('at least its first 4 characters') as string });
    expect(await laptop.json(0, 'sync', 'resolve', x.slice(0, 12), z, '--keep', 'mine')).toEqual([{ id: x, key: 'many', path: '/x', choice: 'mine', left: 1 }, { id: z, key: 'many', path: '/z', choice: 'mine', left: 1 }]);
    const anew = await laptop.run('sync', 'resolve', z, '--keep', 'base');
    expect([anew.code, anew.err]).toEqual([0, '/z: nothing was there before, so neither value stays.\nDecided. Places of many still open: 1.\n']);
    expect(await laptop.json(0, 'sync', 'resolve', '--all', 'many', '--keep', 'both-theirs-first')).toMatchObject([{ id: tags, choice: 'both-theirs-first', left: 0 }]);
    expect((await rows()).map(({ path, choice }) => [path, choice])).toEqual([['/x', 'mine'], ['/tags[before 2]', 'both-theirs-first'], ['/z', 'base']]);
    expect(await laptop.json(0, 'sync', 'run', 'many')).toMatchObject([{ state: 'clean' }]);
    expect(read(laptop, 'many.json')).toEqual({ x: 'b', tags: ['one', 'A', 'B'] });
    expect((await laptop.run('sync', 'resolve', x, '--keep', 'mine')).code).toBe(1);
    expect(await laptop.run('sync', 'resolve', '--all', 'many', '--keep', 'mine')).toMatchObject({ code: 0, err: 'No open conflicts.\n' });
    for (const world of [desk, laptop]) await world.run('sync', 'remove', 'many');
  });

  it('prints places in lists as they can be given to restore', async () => {
    write(desk, 'places.json', { tags: ['a', 'b', 'c'], items: [{ id: 'x', n: 1 }] });
    await desk.run('sync', 'add', 'places', 'places.json');
    await desk.json(0, 'sync', 'run', 'places');
    write(desk, 'places.json', { tags: ['a', 'B', 'c', 'd'], items: [{ id: 'x', n: 2 }] });
    await desk.json(0, 'sync', 'run', 'places');
    const { changes } = (await desk.json(0, 'sync', 'diff', 'places', '2', '1')) as { changes: { path: string }[] };
    expect(changes.map(({ path }) => path)).toEqual(['/tags[2]', '/tags[4]', '/items[id="x"]/n']);
    expect(await desk.json(0, 'sync', 'restore', 'places', '1', '--path', '/tags[2]', '--path', '/items[id=x]')).toMatchObject({ version: 3 });
    expect(read(desk, 'places.json')).toEqual({ tags: ['a', 'b', 'c', 'd'], items: [{ id: 'x', n: 1 }] });
    expect(await desk.run('sync', 'restore', 'places', '1', '--path', '/tags[1]')).toMatchObject({ code: 0, err: expect.stringContaining('"picferry sync diff places 3 1" prints the places') as string });
    const [restored, , first] = (await desk.json(0, 'sync', 'history', 'places')) as unknown[];
    expect([restored, first]).toMatchObject([{ newest: true, parents: [2], marks: ['restored', 'here'] }, { newest: false, marks: [] }]);
    expect((await desk.run('sync', 'history', 'places')).out.split('\n')[0]).toMatch(/^3\t.*\tNewest, Restored, Here$/u);
    await desk.run('sync', 'remove', 'places');
  });

  it('says of a restore by place which places are back, and restores none of them where one cannot be', async () => {
    write(desk, 'part.json', { b: [{ id: 1, t: 'x' }], c: 'old', d: 0 });
    await desk.run('sync', 'add', 'part', 'part.json');
    await desk.json(0, 'sync', 'run', 'part');
    write(desk, 'part.json', { b: [], c: 'new', d: 1 });
    await desk.json(0, 'sync', 'run', 'part');
    const said = async (...places: string[]): Promise<unknown> => {
      const { code, err } = await desk.run('sync', 'restore', 'part', '1', ...places.flatMap((place) => ['--path', place]));
      return [code, err.trim()];
    };
    expect(await said('/b[id=1]/t', '/c')).toEqual([1, expect.stringContaining('Restore /b[id=1] instead; nothing was restored.')]);
    expect(read(desk, 'part.json')).toEqual({ b: [], c: 'new', d: 1 });
    expect(await said('/b[id=1]', '/c')).toEqual([0, 'part: /b[id=1], /c as in version 1 again, sent as version 3. Other places stay as they are.']);
    expect(read(desk, 'part.json')).toEqual({ b: [{ id: 1, t: 'x' }], c: 'old', d: 1 });
    expect(await said('/c')).toEqual([0, 'part: nothing to restore at /c; the file already is as in version 1 there.']);
    await desk.run('sync', 'remove', 'part');
  });

  it('lists what was kept before something was written over it, prints it and puts it back', async () => {
    write(desk, 'kept.json', { x: 1 });
    await desk.run('sync', 'add', 'kept', 'kept.json');
    expect(await desk.run('sync', 'copies', 'kept')).toMatchObject({ code: 0, out: '', err: expect.stringContaining('No copies yet') as string });
    await desk.json(0, 'sync', 'run', 'kept');
    write(desk, 'kept.json', { x: 'mine' });
    await desk.json(0, 'sync', 'restore', 'kept', '1');
    const copies = (await desk.json(0, 'sync', 'copies', 'kept')) as { id: string; whose: string; cause: string }[];
    const { id = '' } = copies.find(({ cause }) => cause === 'restore') ?? {};
    expect(copies[0]).toMatchObject({ whose: 'mine', cause: 'restore', bytes: 12 });
    expect((await desk.run('sync', 'copies', 'kept')).out.split('\n')[0]).toMatch(/^[0-9a-f]{12}\t.*Z\tYour file\tbefore a version was restored\t12$/u);
    expect((await desk.run('sync', 'copies', 'kept', '--show', id.slice(0, 8))).out).toBe('{"x":"mine"}\n');
    expect(await desk.json(0, 'sync', 'copies', 'kept', '--put-back', id.slice(0, 8))).toMatchObject({ id, putBack: true, state: 'clean', version: 2 });
    expect(read(desk, 'kept.json')).toEqual({ x: 'mine' });
    expect(await desk.run('sync', 'copies', 'kept', '--put-back', id)).toMatchObject({ code: 0, err: 'kept: the file is like this copy already.\n' });
    expect(await desk.json(1, 'sync', 'copies', 'kept', '--show', 'ffff')).toMatchObject({ error: { kind: 'not_found' } });
    expect((await desk.run('sync', 'copies', 'kept', '--show', id, '--put-back', id)).code).toBe(2);
    await desk.run('sync', 'remove', 'kept');
  });

  it('puts the question of a host with older data in words, with what each answer does', async () => {
    write(desk, 'old.json', { n: 1 });
    await desk.run('sync', 'add', 'old', 'old.json');
    await desk.json(0, 'sync', 'run', 'old');
    await host.control.reset();
    expect((await desk.run('sync', 'run', 'old')).code).toBe(1);
    const asked = await desk.run('sync', 'conflicts', 'old');
    expect([asked.code, asked.err]).toEqual([0, expect.stringMatching(/^old: the host has nothing of this document any more\. "picferry sync resolve rollback-\w+ --keep mine"/) as string]);
    await desk.run('sync', 'remove', 'old');
  });

  it('says what is wrong, in words and with its exit code', async () => {
    write(desk, 'broken.json', {});
    await desk.run('sync', 'add', 'broken', 'broken.json');
    writeFileSync(join(desk.cwd, 'broken.json'), '{"a": 1,}');
    const ended = await desk.run('sync', 'run', 'broken', '--json');
    expect([ended.code, ended.err]).toEqual([1, 'broken: The file is not valid JSON (line 1, column 9): a comma stands before a closing bracket. Remove the comma and try again; nothing was sent.\n']);
    expect(JSON.parse(ended.out)).toMatchObject([{ state: 'failed', error: { kind: 'file', retryable: false } }]);
    expect(await desk.json(1, 'sync', 'run', 'nobody')).toMatchObject({ error: { kind: 'bad_request' } });
    expect(await desk.json(1, 'sync', 'resolve', 'none', '--keep', 'mine')).toMatchObject({ error: { kind: 'bad_request' } });
    expect((await desk.run('sync', 'run', '--account', 'nobody')).code).toBe(2);
    expect((await desk.run('sync', 'resolve', 'x')).code).toBe(2);
    expect((await desk.run('sync', 'add', 'x', 'x.json', '--account', 'this-computer')).code).toBe(0);
    await desk.run('sync', 'remove', 'broken');
  });
});

test("this computer's own host syncs without any account", { timeout: 60_000 }, async () => {
  const alone = openCliWorld();
  try {
    write(alone, 'doc.json', { n: 1 });
    await alone.run('sync', 'add', 'doc', 'doc.json');
    expect(await alone.json(0, 'sync', 'run')).toMatchObject([{ key: 'doc', state: 'clean', version: 1 }]);
    expect(JSON.parse((await alone.run('sync', 'show', 'doc', '1')).out)).toEqual({ n: 1 });
  } finally {
    await alone.close();
  }
});

test('two accounts of one host and key have one list, in which both say what is here', { timeout: 60_000 }, async () => {
  const both = openCliWorld();
  try {
    for (const [account, key] of [['one', 'x'], ['two', 'y']] as const) {
      await both.feed(host.keys.wizs, 'accounts', 'add', account, '--provider', 'wizs', '--url', host.urls.wizs, '--secret', 'key=-');
      write(both, `${key}.json`, { n: 1 });
      await both.run('sync', 'add', key, `${key}.json`, '--account', account);
    }
    await both.json(0, 'sync', 'run');
    for (const account of ['one', 'two']) expect(await both.json(0, 'sync', 'find', '--account', account)).toEqual(expect.arrayContaining(['x', 'y'].map((key) => expect.objectContaining({ key, here: true, elsewhere: false }) as unknown)));
  } finally {
    await both.close();
  }
});

test('a key that several accounts have is run and shown at each, and to be told apart for anything else', { timeout: 60_000 }, async () => {
  const both = openCliWorld();
  try {
    await both.feed(host.keys.wizs, 'accounts', 'add', 'wiz', '--provider', 'wizs', '--url', host.urls.wizs, '--secret', 'key=-');
    for (const account of ['wiz', 'this-computer']) {
      write(both, `${account}.json`, { n: 1 });
      await both.run('sync', 'add', 'twice', `${account}.json`, '--account', account);
    }
    for (const verb of ['run', 'status']) expect(await both.json(0, 'sync', verb, 'twice')).toHaveLength(2);
    const removed = await both.run('sync', 'remove', 'twice');
    expect([removed.code, removed.err]).toEqual([2, expect.stringMatching(/Several accounts have a document "twice" here: .*wiz.*--account/)]);
    expect((await both.run('sync', 'remove', 'twice', '--account', 'wiz')).code).toBe(0);
    expect(await both.json(0, 'sync', 'status', 'twice')).toHaveLength(1);
    const place = await both.run('sync', 'restore', 'twice', '1', '--path', 'n');
    expect([place.code, place.err]).toEqual([2, expect.stringContaining('Places begin with a slash')]);
  } finally {
    await both.close();
  }
});
