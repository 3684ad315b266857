import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { newUpload, query } from '../../../../../test/library/library-world';
import { DOCUMENT, runningWorld, type Installation, type Running } from '../../../../../test/sync/running-world';

const { host, head, running } = runningWorld();

const ACCOUNT = DOCUMENT.account;
/** The documents at the host, as the account's list and the devices' own lists name them. */
const keys = (): readonly string[] => {
  const libraries = Object.keys((head('picferry-index') ?? {}) as object).filter((key) => key.startsWith('picferry-library.'));
  const parts = libraries.flatMap((key) => Object.keys((head(key) as { readonly parts: object }).parts).map((part) => `${key}.${part}`));
  return libraries.length === 0 ? [] : ['picferry-index', ...libraries, ...parts];
};
const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check);

const add = ({ library: { library } }: Installation, ...ids: readonly string[]): void => void library.addMany(ids.map((id) => newUpload({ id, deleteUrl: `https://h.example/delete/SECRET-${id}` })));
const idsOf = ({ library: { library } }: Installation): readonly string[] => library.rows(query(), 0, 100).map(({ id }) => id).sort();
const documentOf = ({ service }: Running) => service.view().documents.find(({ kind }) => kind === 'library');
const on = (one: Running): Promise<void> => one.service.setBuiltIn(ACCOUNT, 'library', true);
const settled = (one: Running): Promise<void> => until(() => expect(documentOf(one)).toMatchObject({ problem: null, state: 'up-to-date', running: false, waiting: 0 }));
/** Both look at what the other did. */
const exchange = async (...all: readonly Running[]): Promise<void> => {
  for (const one of [...all, ...all]) await one.service.runAll();
};
/** Two devices that share a library, each with a record of its own. */
const pair = async (): Promise<readonly [Running, Running]> => {
  const a = await running();
  add(a, 'of-a');
  await on(a);
  await settled(a);
  const b = await running();
  await on(b);
  await until(() => expect(idsOf(b)).toEqual(['of-a']));
  add(b, 'of-b');
  await settled(b);
  await exchange(a, b);
  expect([idsOf(a), idsOf(b)]).toEqual([['of-a', 'of-b'], ['of-a', 'of-b']]);
  return [a, b];
};

describe('a library on two devices', () => {
  it('stays on each until a person switches it on', async () => {
    const one = await running();
    add(one, 'mine');
    await one.service.runAll();
    expect([one.service.view().builtIn, keys()]).toEqual([[], []]);
  });
  it('is one, over a restart too, and what came from elsewhere says where from', async () => {
    const [a, b] = await pair();
    expect([a.library.library.details('of-b')?.from, a.library.library.details('of-a')?.from]).toEqual([b.name, null]);
    expect(b.library.library.details('of-a')).toMatchObject({ from: a.name, events: [{ what: 'synced' }], upload: { hasDeleteLink: false } });
    await b.sync.close();
    const again = await running(b.name);
    expect(idsOf(again)).toEqual(['of-a', 'of-b']);
    add(a, 'later');
    await settled(a);
    await exchange(a, again);
    expect(idsOf(again)).toEqual(['later', 'of-a', 'of-b']);
  });
  it('never has a delete link in anything that is sent or copied for it', async () => {
    const [a, b] = await pair();
    await a.library.library.remove({ ids: ['of-a'] }, { everywhere: true });
    await exchange(a, b);
    const sent = keys().flatMap((key) => host().control.documents.versions(key).map(({ content }) => content));
    const copies = [a, b].flatMap(({ file, name }) => readdirSync(join(file, '..', `${name}-own`), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json')).map((path) => readFileSync(join(file, '..', `${name}-own`, path), 'utf8')));
    expect([sent.length > 3, copies.length > 3, [...sent, ...copies].join('').includes('SECRET')]).toEqual([true, true, false]);
  });
  it('loses everywhere what one deletes everywhere, and gets back what it brings back', async () => {
    const [a, b] = await pair();
    const { undo } = await b.library.library.remove({ ids: ['of-a', 'of-b'] }, { everywhere: true });
    await exchange(b, a);
    expect([idsOf(a), idsOf(b)]).toEqual([[], []]);
    await b.library.library.undoRemove(undo);
    await exchange(b, a, b);
    expect([idsOf(a), idsOf(b)]).toEqual([['of-a', 'of-b'], ['of-a', 'of-b']]);
    expect(a.library.library.deleteLink('of-a')).toBe('https://h.example/delete/SECRET-of-a');
  });
  it('keeps on others what one takes out of its own only, and does not bring it back there', async () => {
    const [a, b] = await pair();
    await b.library.library.remove({ ids: ['of-a', 'of-b'] });
    await exchange(b, a, b);
    expect([idsOf(a), idsOf(b)]).toEqual([['of-a', 'of-b'], []]);
  });
  it('has the last tags, note and album of a record, whoever owns it', async () => {
    const [a, b] = await pair();
    const { library, albums } = b.library;
    await library.tag({ ids: ['of-a'] }, ['cat'], []);
    library.setNote('of-a', 'from b');
    albums.create('Pets', { ids: ['of-a'] });
    await exchange(b, a);
    expect(a.library.library.details('of-a')).toMatchObject({ note: 'from b', upload: { tags: ['cat'] } });
    expect(a.library.albums.list()).toMatchObject([{ name: 'Pets', count: 1 }]);
    a.library.library.setNote('of-a', 'from a');
    await exchange(a, b);
    expect(b.library.library.details('of-a')?.note).toBe('from a');
  });
  it('is told of by each device in documents of its own only', async () => {
    const [a, b] = await pair();
    await a.library.library.tag({ ids: ['of-b'] }, ['x'], []);
    await exchange(a, b);
    for (const key of keys().filter((one) => one.startsWith('picferry-library.'))) {
      expect(new Set(host().control.documents.versions(key).map(({ deviceId }) => deviceId)).size, key).toBe(1);
    }
  });
  it('says nothing more when nothing changed', async () => {
    const [a, b] = await pair();
    await exchange(a, b);
    const versions = (): number => keys().reduce((sum, key) => sum + host().control.documents.versions(key).length, 0);
    const before = versions();
    await exchange(a, b);
    expect(versions()).toBe(before);
  });
});

describe('two libraries that meet', () => {
  const meeting = async (): Promise<readonly [Running, Running, { readonly account: string; readonly fileKey: string }]> => {
    const [a, b] = [await running(), await running()];
    add(a, 'of-a', 'both');
    add(b, 'of-b', 'both');
    await on(a);
    await settled(a);
    await on(b);
    await until(() => expect(documentOf(b)).toMatchObject({ state: 'first-choice' }));
    const name = { account: ACCOUNT, fileKey: documentOf(b)?.fileKey ?? '' };
    expect([idsOf(b), await b.service.firstRun(name)]).toMatchObject([['both', 'of-b'], { case: 'both', here: { places: 2 }, there: { places: 2 }, merge: { fromThere: 1, fromHere: 1, conflicts: 0 } }]);
    return [a, b, name];
  };
  it('become one by a merge', async () => {
    const [a, b, name] = await meeting();
    await b.service.begin(name, 'merge');
    await exchange(b, a);
    expect([idsOf(a), idsOf(b)]).toEqual([['both', 'of-a', 'of-b'], ['both', 'of-a', 'of-b']]);
  });
  it('leave those of this device here alone when the host’s are used', async () => {
    const [a, b, name] = await meeting();
    await b.service.begin(name, 'use-cloud');
    await exchange(b, a);
    add(b, 'later');
    await exchange(b, a);
    expect([idsOf(a), idsOf(b)]).toEqual([['both', 'later', 'of-a'], ['both', 'later', 'of-a', 'of-b']]);
  });
  it('leave the others’ out of sight when this device’s are used', async () => {
    const [a, b, name] = await meeting();
    await b.service.begin(name, 'use-device');
    await exchange(b, a);
    add(a, 'later');
    await exchange(a, b);
    expect([idsOf(a), idsOf(b)]).toEqual([['both', 'later', 'of-a', 'of-b'], ['both', 'later', 'of-b']]);
  });
});

describe('a library that is shared no more', () => {
  it('keeps the others’ records, or lets them go, as a person says', async () => {
    const [a, b] = await pair();
    await a.service.setBuiltIn(ACCOUNT, 'library', false, 'keep');
    await b.service.setBuiltIn(ACCOUNT, 'library', false, 'remove');
    expect([idsOf(a), idsOf(b), a.service.view().builtIn]).toEqual([['of-a', 'of-b'], ['of-b'], []]);
    add(a, 'unsaid');
    await on(b);
    await until(() => expect(idsOf(b)).toEqual(['of-a', 'of-b']));
    await on(a);
    await settled(a);
    await exchange(a, b);
    expect(idsOf(b)).toEqual(['of-a', 'of-b', 'unsaid']);
  });
});

describe('a library in trouble', () => {
  it('is whole again after the host went back to an older state', async () => {
    const [a, b] = await pair();
    const at = keys().map((key) => ({ key, version: 1 }));
    for (const { key, version } of at) host().control.documents.rollBack({ file_key: key, version });
    add(a, 'later');
    await exchange(a, b, a, b);
    expect([idsOf(a), idsOf(b)]).toEqual([['later', 'of-a', 'of-b'], ['later', 'of-a', 'of-b']]);
    const c = await running();
    await on(c);
    await until(() => expect(idsOf(c)).toEqual(['later', 'of-a', 'of-b']));
  });
  it('is whole again when its copies on this computer are gone', async () => {
    const [a, b] = await pair();
    for (const { file, name } of [a, b]) for (const folder of readdirSync(join(file, '..', `${name}-own`))) rmSync(join(file, '..', `${name}-own`, folder, 'library'), { recursive: true });
    await a.library.library.tag({ ids: ['of-a', 'of-b'] }, ['x'], []);
    add(b, 'later');
    await exchange(a, b, a);
    expect([idsOf(a), idsOf(b)]).toEqual([['later', 'of-a', 'of-b'], ['later', 'of-a', 'of-b']]);
    expect(b.library.library.byId('of-a')?.tags).toEqual(['x']);
  });
});
