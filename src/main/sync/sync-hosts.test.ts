import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { badNetwork, CALM } from '../../../test/sync/bad-network';
import { DOCUMENT, KEY, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';
import { postsIn, settle, testDevices } from '../../../test/sync/test-devices';
import { PicferryError, problemOf as newProblem } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import type { DocumentSync } from '../providers/contract';
import { ProviderError } from '../providers/errors';
import { readMessage, withTag } from './tag';

const { world, device, pair, versions } = testDevices();
const set = (wizs: Parameters<SyncWorld['host']['control']['set']>[0]['wizs']): void => world.host.control.set({ wizs });
const problemOf = async (work: Promise<unknown>): Promise<Problem> => {
  const error = await work.then(
    () => 'nothing',
    (found: unknown) => found,
  );
  if (error instanceof PicferryError) return error.problem;
  throw new Error(`expected a PicferryError, got ${String(error)}`);
};

describe('servers that behave otherwise', () => {
  it.each([
    [{ baseTracking: 'none' }],
    [{ baseTracking: 'push' }],
    [{ baseTracking: 'none', contentOut: 'string' }],
    [{ sinceInclusive: true, descending: true }],
    [{ hashStyle: 'raw' }],
    [{ hashStyle: 'prefixed' }],
    [{ pullIgnoresVersion: true, hashStyle: 'raw' }],
    [{ autoMerge: 'shallow', baseTracking: 'push' }],
    [{ autoMerge: 'deep', baseTracking: 'push' }],
    [{ autoMerge: 'pushed' }],
    [{ historyLag: 2 }],
    [{ messageMax: 20 }],
    [{ phpRoundTrip: true, hashStyle: 'raw' }],
    [{ dedupe: false }],
  ] as const)('lose no edit that came between pull and push: %o', async (switches) => {
    set(switches);
    const [a, b] = await pair({ a: 1, b: 1, in: { x: 1 }, empty: {} });
    b.write({ a: 1, b: 2, in: { x: 1, y: 1 }, empty: {} });
    world.host.control.documents.raceNext({ file_key: KEY, device_id: 'other', content: { a: 1, b: 1, in: { x: 1 }, empty: {}, c: 1 } });
    await b.sync();
    a.write({ a: 2, b: 1, in: { x: 2 }, empty: {} });
    await settle(a, b);
    expect(a.read()).toEqual({ a: 2, b: 2, in: { x: 2, y: 1 }, empty: {}, c: 1 });
    expect(b.read()).toEqual(a.read());
    world.asked();
    await settle(a, b);
    expect(postsIn(world.asked())).toBe(0);
    expect(world.host.control.documents.versions(KEY).length).toBeLessThan(12);
  });
  it('closes the conflicts that the host counted, with the document both sides have', async () => {
    set({ baseTracking: 'push' });
    const [a, b] = await pair({ a: 1, b: 1 });
    a.write({ a: 2, b: 1 });
    await a.sync();
    b.write({ a: 1, b: 2 });
    await settle(b, a);
    const { service } = b;
    expect(await service.resolved(DOCUMENT.account, KEY)).toMatchObject({ rows: [{ where: 'host', choice: 'resolve_custom' }], problem: null });
    expect(b.read()).toEqual({ a: 2, b: 2 });
  });
  it('closes no conflict with a document that is not the newest any more', async () => {
    set({ baseTracking: 'push' });
    const [a, b] = await pair({ a: 1, b: 1, c: 1 });
    let late = true;
    const carried = badNetwork(() => 0, CALM).through;
    const through = (host: DocumentSync): DocumentSync => ({
      ...carried(host),
      // Somebody pushes in the moment between the question for conflicts and the answer to one.
      conflicts: async (...args) => {
        const found = await host.conflicts(...args);
        if (found.length > 0 && late) {
          late = false;
          await a.sync();
          a.write({ ...(a.read() as object), c: 2 });
          await a.sync();
        }
        return found;
      },
    });
    const third = device({ through });
    await third.sync();
    a.write({ a: 2, b: 1, c: 1 });
    await a.sync();
    third.write({ a: 1, b: 2, c: 1 });
    await third.sync();
    expect(late).toBe(false);
    await settle(third, a, b);
    for (const one of [a, b, third]) expect(one.read()).toEqual({ a: 2, b: 2, c: 2 });
  });
  it('finds what came between its last look and the closing of a conflict, even on a device that pushed none of it', async () => {
    set({ baseTracking: 'push' });
    const [a, c] = await pair({ a: 1, b: 1, c: 1 });
    const raced = device({
      through: (host) => ({
        ...badNetwork(() => 0, CALM).through(host),
        // Somebody who is never heard of again pushes between the last look and the answer.
        resolve: async (...args) => {
          world.host.control.documents.pushAs({ file_key: KEY, device_id: 'gone', content: { a: 2, b: 2, c: 2 }, message: withTag('', { op: 'GONE', base: versions().length, merged: [], digest: '0' }, null) });
          const receipt = await host.resolve(...args);
          // And so does this device itself.
          throw new ProviderError(newProblem({ kind: 'network', message: 'unreachable', retryable: true, detail: String(receipt.version) }, 0), true, 'never');
        },
      }),
    });
    await raced.sync();
    a.write({ a: 2, b: 1, c: 1 });
    await a.sync();
    raced.write({ a: 1, b: 2, c: 1 });
    await problemOf(raced.sync());
    expect(versions().at(-1)?.content).toBe(versions().at(-3)?.content);
    await settle(c, a);
    for (const one of [a, c]) expect(one.read()).toEqual({ a: 2, b: 2, c: 2 });
  });
  it('does not push an empty object again and again', async () => {
    set({ phpRoundTrip: true });
    const [a] = await pair({ empty: {}, list: { 0: 'a', 1: 'b' }, n: 1 });
    a.write({ empty: {}, list: { 0: 'a', 1: 'b' }, n: 2 });
    await settle(a);
    expect(versions()).toHaveLength(2);
    expect(a.read()).toEqual({ empty: {}, list: { 0: 'a', 1: 'b' }, n: 2 });
  });
  it("keep a person's note whole", async () => {
    const [a] = await pair({ n: 1 });
    a.write({ n: 2 });
    await a.sync('更新主题设置');
    expect(readMessage(versions().at(-1)?.message ?? '')).toMatchObject({ note: '更新主题设置', tag: { base: 1 } });
    expect((await a.service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ note: '更新主题设置', isThisDevice: true });
    set({ messageMax: 30 });
    const fresh = device();
    await fresh.sync();
    for (const [n, note] of [[3, 'x'], [4, 'a note of twenty-nine letters']] as const) {
      fresh.write({ n });
      await fresh.sync(note);
    }
    expect(versions().at(-1)?.message).toBe('a note of twenty-nine letters');
  });
});

describe('a host with older data', () => {
  const rolledBack = async (): Promise<readonly [TestDevice, TestDevice]> => {
    const [a, b] = await pair({ n: 1 });
    a.write({ n: 2 });
    await a.sync();
    a.write({ n: 3, more: 1 });
    await a.sync();
    world.host.control.documents.rollBack({ file_key: KEY, version: 1 });
    world.asked();
    return [a, b];
  };
  it('stops everything and asks', async () => {
    const [a] = await rolledBack();
    expect(await a.sync()).toMatchObject({ state: 'rolled-back', openConflicts: 1 });
    expect(a.read()).toEqual({ n: 3, more: 1 });
    expect(postsIn(world.asked())).toBe(0);
    expect(await a.sync()).toMatchObject({ state: 'rolled-back' });
    expect(a.service.conflicts()).toMatchObject([{ kind: 'rollback', version: 1 }]);
  });
  it.each([
    ['mine', { n: 3, more: 1 }, 2],
    ['theirs', { n: 1 }, 1],
  ] as const)('goes on with %s', async (take, expected, count) => {
    const [a, b] = await rolledBack();
    await a.sync();
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take });
    expect(await a.sync()).toMatchObject({ state: 'clean' });
    await b.sync();
    expect([a.read(), b.read()]).toEqual([expected, expected]);
    expect(versions()).toHaveLength(count);
  });
  it('is noticed when the document is gone altogether', async () => {
    const [a] = await rolledBack();
    world.host.control.documents.rollBack({ file_key: KEY, version: 0 });
    a.write({ n: 4 });
    expect(await a.sync()).toMatchObject({ state: 'rolled-back' });
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    await a.sync();
    expect(versions().map(({ content }) => JSON.parse(content) as unknown)).toEqual([{ n: 4 }]);
  });
});

describe('what is said early, with the file untouched and nothing sent', () => {
  it.each([
    ['no JSON', '{"a": 1,}', { kind: 'file', sub: 'not-json', message: 'syncTrailingComma', params: { line: 1, column: 9 } }],
    ['a key that stands twice', '{"a": 1, "a": 2}', { kind: 'file', sub: 'duplicate-keys', message: 'syncDuplicateKeys', params: { keys: '"a" (1, 1)' } }],
    ['too many levels', `${'['.repeat(600)}${']'.repeat(600)}`, { kind: 'file', sub: 'too-deep', message: 'syncTooDeep' }],
  ])('%s', async (_what, text, problem) => {
    const [a] = await pair({ a: 1 });
    a.writeText(text);
    expect(await problemOf(a.sync())).toMatchObject(problem);
    expect([a.text(), postsIn(world.asked()), a.service.status(DOCUMENT).state]).toEqual([text, 0, 'failed']);
    a.write({ a: 5 });
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 2 });
  });
  it('a file that is no text', async () => {
    const a = device();
    writeFileSync(a.file, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(await problemOf(a.sync())).toMatchObject({ kind: 'file', message: 'syncNotText' });
  });
  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe that nobody writes into', (path: string) => execFileSync('mkfifo', [path])],
  ])('%s where the file was', async (_what, put) => {
    const [a] = await pair({ a: 1 });
    rmSync(a.file);
    put(a.file);
    expect(await problemOf(a.sync())).toMatchObject({ kind: 'file', message: 'syncNotAFile' });
    expect(postsIn(world.asked())).toBe(0);
  });
  it('a file that went away', async () => {
    const [a] = await pair({ a: 1 });
    rmSync(a.file);
    expect(await problemOf(a.sync())).toMatchObject({ kind: 'file', message: 'syncFileGone' });
    expect([existsSync(a.file), versions().length]).toEqual([false, 1]);
  });
  it('a host whose document cannot be read', async () => {
    const [a] = await pair({ a: 1 });
    world.host.control.documents.pushAs({ file_key: KEY, device_id: 'other', content: '{"a":1,"a":2}' });
    expect(await problemOf(a.sync())).toMatchObject({ kind: 'protocol', message: 'syncHostUnreadable' });
    expect(a.read()).toEqual({ a: 1 });
  });
  it('a key or a file that is in use, a key that no host takes, a document nobody added', async () => {
    const [a] = await pair({ a: 1 });
    const add = async (fileKey: string, file: string): Promise<Problem> => problemOf((async () => a.service.add({ account: DOCUMENT.account, fileKey }, file))());
    expect(await add(KEY, '/tmp/other.json')).toMatchObject({ kind: 'bad_request', message: 'syncKeyTaken' });
    expect(await add('other', a.file)).toMatchObject({ message: 'syncFileTaken', params: { key: KEY } });
    symlinkSync(a.file, `${a.file}.link`);
    expect(await add('other', `${a.file}.link`)).toMatchObject({ message: 'syncFileTaken', params: { key: KEY } });
    expect(await add('a b', '/tmp/other.json')).toMatchObject({ message: 'syncBadKey' });
    expect(await problemOf(a.service.run({ account: DOCUMENT.account, fileKey: 'none' }))).toMatchObject({ message: 'syncNoDocument' });
  });
});

describe('what a device keeps', () => {
  const blobs = (one: TestDevice): string[] => {
    const [account = ''] = readdirSync(one.folder).filter((name) => name.startsWith('account'));
    const [document = ''] = readdirSync(join(one.folder, account));
    const folder = join(one.folder, account, document, 'blobs');
    return readdirSync(folder).map((name) => join(folder, name));
  };
  it('is never believed when it is damaged', async () => {
    const [a, b] = await pair({ a: 1, b: 1 });
    for (const blob of blobs(b)) writeFileSync(blob, 'damaged');
    a.write({ a: 2, b: 1 });
    await a.sync();
    b.write({ a: 1, b: 2 });
    await settle(b, a);
    expect([a.read(), b.read()]).toEqual([{ a: 2, b: 2 }, { a: 2, b: 2 }]);
  });
  it('may be damaged anywhere while a deletion waits for a person: it is asked on and not settled', { timeout: 60_000 }, async () => {
    for (let at = 0, all = 1; at < all; at += 1) {
      await world.host.control.reset();
      const [a, b] = await pair({ k: 1, z: 0 });
      a.write({ k: 2, z: 0, c: 1 });
      await a.sync();
      b.write({ z: 0 });
      await b.sync();
      const kept = blobs(b).sort();
      all = kept.length;
      writeFileSync(kept[at] ?? '', 'damaged');
      a.write({ k: 2, z: 1, c: 1 });
      await a.sync();
      b.restart();
      expect(await b.sync(), String(at)).toMatchObject({ state: 'conflict', openConflicts: 1 });
      await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
      for (const one of [b, a]) await one.sync();
      expect([a.read(), b.read()], String(at)).toEqual([{ z: 1, c: 1 }, { z: 1, c: 1 }]);
    }
  });
  it('is missed by an open question, which is then asked again', async () => {
    const [a, b] = await pair({ x: 'old', y: 0 });
    a.write({ x: 'a', y: 0 });
    await a.sync();
    b.write({ x: 'b', y: 0 });
    await b.sync();
    for (const blob of blobs(b)) writeFileSync(blob, 'damaged');
    a.write({ x: 'a', y: 1 });
    await a.sync();
    world.asked();
    expect(await b.sync()).toMatchObject({ state: 'conflict' });
    expect([b.read(), postsIn(world.asked())]).toMatchObject([{ x: 'b' }, 0]);
    expect(b.service.conflicts().map(({ path }) => path)).toContainEqual(['x']);
  });
  it('holds a copy of whatever a sync replaced', async () => {
    const [a, b] = await pair({ a: 1 });
    a.write({ a: 2 });
    await a.sync();
    expect(blobs(b).length).toBeGreaterThan(0);
    await b.sync();
    expect(blobs(b).length).toBeGreaterThan(1);
  });
  test('a copied installation becomes a device of its own', async () => {
    const [a, b] = await pair({ a: 1, b: 1 });
    const { id } = JSON.parse(readFileSync(join(a.folder, 'device.json'), 'utf8')) as { id: string };
    writeFileSync(join(b.folder, 'device.json'), JSON.stringify({ id, name: 'copy' }));
    b.restart();
    a.write({ a: 2, b: 1 });
    await a.sync();
    b.write({ a: 1, b: 2 });
    await settle(b, a);
    expect([a.read(), b.read()]).toEqual([{ a: 2, b: 2 }, { a: 2, b: 2 }]);
    expect((await a.service.devices(DOCUMENT.account, KEY)).devices).toHaveLength(2);
  });
});

describe('history and devices', () => {
  it('shows versions, puts an old one back as a new one, and names devices', async () => {
    const [a, b] = await pair({ n: 1 });
    a.write({ n: 2 });
    await a.sync('two');
    await b.sync();
    const page = await b.service.history(DOCUMENT, 1);
    expect(page).toMatchObject({ currentVersion: 2, rows: [{ version: 2, note: 'two', isThisDevice: false }, { version: 1, note: '' }] });
    expect(JSON.parse(await b.service.show(DOCUMENT, 1))).toEqual({ n: 1 });
    expect(await problemOf(b.service.show(DOCUMENT, 9))).toMatchObject({ kind: 'not_found', message: 'syncVersionMissing' });
    await b.service.restore(DOCUMENT, 1);
    b.service.renameDevice('Desk');
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 3 });
    expect((await b.service.devices(DOCUMENT.account, KEY)).devices.find(({ isThis }) => isThis)).toMatchObject({ name: 'Desk' });
    await a.sync();
    expect(a.read()).toEqual({ n: 1 });
  });
  it('forgets a document here and leaves file and host as they are', async () => {
    const [a] = await pair({ n: 1 });
    await a.service.remove(DOCUMENT);
    expect([a.service.list(), a.read(), versions().length]).toEqual([[], { n: 1 }, 1]);
    a.restart();
    a.service.add(DOCUMENT, a.file);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 1 });
  });
  it('does not write over a file that its owner made read-only, also where the system would let it, and does it later', async () => {
    const [a, b] = await pair({ n: 1 });
    a.write({ n: 2 });
    await a.sync();
    chmodSync(b.file, 0o444);
    for (let tries = 0; tries < 2; tries += 1) expect(await problemOf(b.sync())).toMatchObject({ kind: 'file', message: 'syncFileNotWritten', params: { code: 'EACCES' } });
    expect([b.read(), statSync(b.file).mode & 0o777]).toEqual([{ n: 1 }, 0o444]);
    chmodSync(b.file, 0o644);
    await b.sync();
    expect(b.read()).toEqual({ n: 2 });
  });
  it('says what the system does not let it write, and does it later', async () => {
    const [a, b] = await pair({ n: 1 });
    a.write({ n: 2 });
    await a.sync();
    b.restart((point) => {
      if (point === 'before-file') throw Object.assign(new Error('refused'), { code: 'EACCES' });
    });
    expect(await problemOf(b.sync())).toMatchObject({ kind: 'file', message: 'syncFileNotWritten', params: { code: 'EACCES' } });
    expect(b.read()).toEqual({ n: 1 });
    b.restart();
    await b.sync();
    expect(b.read()).toEqual({ n: 2 });
  });
});
