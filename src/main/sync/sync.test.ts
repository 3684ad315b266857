import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type SyncWorld } from '../../../test/sync/sync-world';
import { postsIn, settle, testDevices } from '../../../test/sync/test-devices';
import { canonicalText, sha256Hex } from '../../lib/canonical-json';
import { PicferryError } from '../../lib/picferry-error';
import { DIGEST_LENGTH, tagText } from './tag';

const { world, device, pair, versions } = testDevices();
const set = (wizs: Parameters<SyncWorld['host']['control']['set']>[0]['wizs']): void => world.host.control.set({ wizs });
const fail: SyncWorld['host']['control']['failNext'] = (fault) => world.host.control.failNext(fault);
/** The message of a client of ours that pushes this on that version. */
const tagOn = (base: number, content: unknown): string => tagText({ op: 'OTHER', base, merged: [], digest: sha256Hex(canonicalText(content) ?? '').slice(0, DIGEST_LENGTH) });

describe('the first sync', () => {
  it('sends what is here when the host has nothing, and brings it to a device that has nothing', async () => {
    const [a, b] = await pair({ theme: 'dark', n: 1 });
    expect(b.read()).toEqual({ theme: 'dark', n: 1 });
    expect(a.service.status(DOCUMENT)).toMatchObject({ state: 'clean', version: 1, problem: null });
    expect(versions()).toHaveLength(1);
  });
  it.each(['{}', '[]', ' ', '{ }\n'])('takes the other side where this one is only %s', async (blank) => {
    const [a, b] = [device(), device()];
    a.write({ n: 1 });
    await a.sync();
    b.writeText(blank);
    await b.sync();
    expect(b.read()).toEqual({ n: 1 });
    expect(versions()).toHaveLength(1);
  });
  it('merges two documents that do not clash, and takes absence for no deletion', async () => {
    const [a, b] = [device(), device()];
    a.write({ same: 1, a: 1 });
    b.write({ same: 1, b: 1 });
    await settle(a, b);
    expect(a.read()).toEqual({ same: 1, a: 1, b: 1 });
    expect(b.read()).toEqual(a.read());
  });
  it('leaves a clash to the person, replaces nothing and sends nothing', async () => {
    const [a, b] = [device(), device()];
    a.write({ x: 'a', only: 'a' });
    await a.sync();
    b.write({ x: 'b' });
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(b.read()).toEqual({ x: 'b', only: 'a' });
    expect(versions()).toHaveLength(1);
  });
  it('has nothing to do without a file and without a document', async () => {
    expect(await device().sync()).toMatchObject({ state: 'new', version: null });
    expect(postsIn(world.asked())).toBe(0);
  });
});

describe('a document on two devices', () => {
  it('keeps edits of different places', async () => {
    const [a, b] = await pair({ a: 1, b: 1, list: [1, 2, 3] });
    a.write({ a: 2, b: 1, list: [0, 1, 2, 3] });
    b.write({ a: 1, b: 2, list: [1, 2, 3, 4] });
    await settle(a, b);
    expect(a.read()).toEqual({ a: 2, b: 2, list: [0, 1, 2, 3, 4] });
    expect(b.read()).toEqual(a.read());
  });
  it('costs one look and nothing else when nothing changed', async () => {
    const [a] = await pair({ a: 1 });
    await a.sync();
    expect(world.asked()).toEqual(['json-history']);
  });
  it.each([
    ['key order', '{"b":[1,2],"a":1}'],
    ['blanks', '{\n\t"a" : 1 ,\n\t"b": [ 1,2 ]\n}\n'],
    ['the spelling of a number', '{"a":1.0,"b":[1e0,2]}'],
    ['line ends', '{\r\n"a":1,\r\n"b":[1,2]}\r\n'],
    ['a byte order mark', '\ufeff{"a":1,"b":[1,2]}'],
  ])('sends nothing for a change of %s', async (_what, text) => {
    const [a] = await pair({ a: 1, b: [1, 2] });
    a.writeText(text);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 1 });
    expect(postsIn(world.asked())).toBe(0);
    expect(a.text()).toBe(text);
  });
  it('keeps the layout of the file and the spelling of numbers it does not change', async () => {
    const [a, b] = await pair({ a: 1, n: 1 });
    b.writeText('{\n    "n": 9007199254740993,\n    "a": 1\n}\n');
    await b.sync();
    a.write({ a: 2, n: 1 });
    await settle(a, b);
    expect(b.text()).toBe('{\n    "n": 9007199254740993,\n    "a": 2\n}\n');
    expect(versions().at(-1)?.content).toContain('9007199254740993');
  });
  it.each([
    ['mine', { take: 'mine' }, 'b'],
    ['theirs', { take: 'theirs' }, 'a'],
    ['another value', { take: 'edited', text: '"both"' }, 'both'],
  ] as const)('asks where both changed one place, and goes on with %s', async (_which, choice, expected) => {
    const [a, b] = await pair({ x: 'old', y: 0 });
    a.write({ x: 'a', y: 1 });
    await a.sync();
    b.write({ x: 'b', y: 0, z: 1 });
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(b.read()).toEqual({ x: 'b', y: 1, z: 1 });
    const [conflict] = b.service.conflicts();
    expect(conflict).toMatchObject({ document: DOCUMENT, path: ['x'], kind: 'edit/edit', base: '"old"', mine: '"b"', theirs: '"a"', version: 2 });
    b.restart();
    await b.service.resolve(conflict?.id ?? '', choice);
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    await a.sync();
    expect(a.read()).toEqual({ x: expected, y: 1, z: 1 });
    expect(b.read()).toEqual(a.read());
  });
  it('keeps taking what others change while a place is open, and asks on', async () => {
    const [a, b] = await pair({ x: 0, y: 0 });
    a.write({ x: 'a', y: 0 });
    await a.sync();
    b.write({ x: 'b', y: 0 });
    await b.sync();
    a.write({ x: 'a', y: 'later' });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'conflict' });
    expect(b.read()).toEqual({ x: 'b', y: 'later' });
    expect(b.service.conflicts()).toMatchObject([{ path: ['x'], mine: '"b"', theirs: '"a"' }]);
    expect(versions()).toHaveLength(3);
  });
  it('closes a question that the other side answered the same way', async () => {
    const [a, b] = await pair({ x: 0 });
    a.write({ x: 'a' });
    await a.sync();
    b.write({ x: 'b' });
    await b.sync();
    a.write({ x: 'b' });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    expect(b.service.conflicts()).toEqual([]);
  });
  it('takes a later edit of the file for the answer', async () => {
    const [a, b] = await pair({ x: 0 });
    a.write({ x: 'a' });
    await a.sync();
    b.write({ x: 'b' });
    await b.sync();
    b.write({ x: 'a' });
    expect(await b.sync()).toMatchObject({ state: 'clean' });
  });
  it('lets an edit that comes while the file is written win a second look', async () => {
    const [a, b] = await pair({ x: 0, y: 0 });
    a.write({ x: 1, y: 0 });
    await a.sync();
    let once = true;
    b.restart((point) => {
      if (point !== 'before-file' || !once) return;
      once = false;
      b.write({ x: 0, y: 'just now' });
    });
    await b.sync();
    expect(b.read()).toEqual({ x: 1, y: 'just now' });
    expect(JSON.parse(versions().at(-1)?.content ?? '')).toEqual({ x: 1, y: 'just now' });
  });
});

describe('a push whose answer is lost', () => {
  it.each([
    ['was stored and the connection closed', { cut: true }, 2],
    ['was stored and answered 500', { status: 500, afterWork: true }, 2],
    ['was stored and answered by a page', { html: true, afterWork: true }, 2],
    ['was stored and answered with half of the JSON', { cutJson: true }, 2],
    ['was not stored and answered by a page', { html: true }, 2],
    ['was not stored and answered 502', { status: 502 }, 2],
  ] as const)('that %s becomes one version', async (_what, fault, expected) => {
    const [a, b] = await pair({ a: 1 });
    a.write({ a: 2 });
    fail({ call: 'json-push', ...fault });
    await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
    expect(a.service.status(DOCUMENT).state).toBe('failed');
    a.restart();
    expect(await a.sync()).toMatchObject({ state: 'clean', problem: null });
    expect(versions()).toHaveLength(expected);
    await b.sync();
    expect(b.read()).toEqual({ a: 2 });
  });
  it('and that another device overwrote unseen is merged again', async () => {
    set({ baseTracking: 'none' });
    const [a, b] = await pair({ a: 1, b: 1 });
    a.write({ a: 2, b: 1 });
    fail({ call: 'json-push', cut: true });
    await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
    b.write({ a: 1, b: 2 });
    const unaware = { a: 1, b: 1, c: 1 };
    world.host.control.documents.raceNext({ file_key: KEY, device_id: 'other', content: unaware, message: tagOn(1, unaware) });
    await settle(b, a, b);
    expect(a.read()).toEqual({ a: 2, b: 2, c: 1 });
    expect(b.read()).toEqual(a.read());
  });
  it('is known again at a host that keeps no tag, and is not asked about when the file has changed since', async () => {
    set({ messageMax: 12 });
    const [a, b] = await pair({ a: 1 });
    a.write({ a: 2 });
    fail({ call: 'json-push', cut: true });
    await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
    a.write({ a: 3 });
    expect(await a.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    await b.sync();
    expect([versions().map(({ content }) => JSON.parse(content) as unknown), b.read()]).toEqual([[{ a: 1 }, { a: 2 }, { a: 3 }], { a: 3 }]);
  });
  it('does not bring back what was deleted', async () => {
    const [a, b] = await pair({ keep: 1, gone: 1 });
    a.write({ keep: 1 });
    fail({ call: 'json-push', cut: true });
    await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
    b.write({ keep: 2, gone: 1 });
    await settle(b, a);
    expect([a.read(), b.read()]).toEqual([{ keep: 2 }, { keep: 2 }]);
  });
  it.each(['json-history', 'json-pull', 'json-version', 'json-conflicts', 'json-resolve'] as const)('loses nothing when %s fails instead', async (call) => {
    set({ baseTracking: 'push', hashStyle: 'raw' });
    const [a, b] = await pair({ a: 1, b: 1 });
    a.write({ a: 2, b: 1 });
    b.write({ a: 1, b: 2 });
    await a.sync();
    fail({ call, cut: true });
    await b.sync().catch((error: unknown) => expect(error).toBeInstanceOf(PicferryError));
    await settle(b, a);
    expect([a.read(), b.read()]).toEqual([{ a: 2, b: 2 }, { a: 2, b: 2 }]);
  });
});

describe('a document that was removed', () => {
  it('is unknown to whatever waited behind that, which leaves nothing behind', async () => {
    const [a] = await pair({ x: 1 });
    a.write({ x: 2 });
    const [first, removed, unknown] = [a.sync(), a.service.remove(DOCUMENT), { problem: { message: 'syncNoDocument', params: { key: KEY } } }];
    const waiting = [a.sync(), a.service.pause(DOCUMENT, true), a.service.restore(DOCUMENT, 1), a.service.remove(DOCUMENT)].map((one) => expect(one).rejects.toMatchObject(unknown));
    expect(await first).toMatchObject({ state: 'clean', version: 2 });
    await removed;
    await Promise.all(waiting);
    a.restart();
    expect(a.service.list()).toEqual([]);
    a.service.add(DOCUMENT, a.file);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 2 });
  });
});
