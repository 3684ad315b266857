import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';
import type { OpenSides } from './engine-contract';
import { missingSync } from './sync-problems';

const { world, device, deviceVia, pair, withVersions, contents, versions } = testDevices();
const PAGE = { offset: 0, limit: 100 } as const;
const headOf = (): unknown => contents().at(-1) ?? null;
const versionCount = (): number => versions().length;

describe('an old version', () => {
  it('comes back whole as a new one, and unsent edits of other places stay', async () => {
    const a = await withVersions({ x: 1, y: 1, gone: true }, { x: 2, y: 1 });
    a.write({ x: 2, y: 1, unsent: 'mine' });
    expect(await a.service.restorePlan(DOCUMENT, 1, null, { offset: 0, limit: 10 })).toMatchObject({ replaced: 0, diff: { counts: { added: 1, edited: 1, removed: 0 }, total: 2 } });
    expect(a.read()).toEqual({ x: 2, y: 1, unsent: 'mine' });
    await a.service.restore(DOCUMENT, 1);
    expect(a.read()).toEqual({ x: 1, y: 1, gone: true, unsent: 'mine' });
    await a.sync('back');
    expect([headOf(), versionCount()]).toEqual([{ x: 1, y: 1, gone: true, unsent: 'mine' }, 3]);
    expect((await a.service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ version: 3, note: 'back', marks: ['restored', 'here'], parents: [2] });
  });
  it('comes back in the chosen places only', async () => {
    const a = await withVersions({ x: 1, in: { p: 1, q: 1 }, items: [{ id: 1, n: 'a' }, { id: 2, n: 'b' }] }, { x: 2, in: { p: 2, q: 2 }, items: [{ id: 1, n: 'A' }, { id: 2, n: 'B' }] });
    await a.service.restore(DOCUMENT, 1, [['in'], ['items', { idKey: 'id', idValue: '2' }, 'n']]);
    expect(a.read()).toEqual({ x: 2, in: { p: 1, q: 1 }, items: [{ id: 1, n: 'A' }, { id: 2, n: 'b' }] });
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 3 });
  });
  it('comes back in a range of a list, also where a larger range around it is named', async () => {
    const a = await withVersions({ list: ['a', 'b', 'c', 'd'] }, { list: ['a', 'B', 'c', 'D', 'e'] });
    await a.service.restore(DOCUMENT, 1, [['list', { list: [1, 3] }]]);
    expect(a.read()).toEqual({ list: ['a', 'b', 'c', 'D', 'e'] });
    expect(await a.service.restore(DOCUMENT, 1, [['list', { list: [0, 1] }]])).toBe(false);
  });
  it('takes the place of an unsent edit that clashes, says so before, and keeps a copy', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    a.write({ x: 'unsent' });
    expect(await a.service.restorePlan(DOCUMENT, 1, null, { offset: 0, limit: 10 })).toMatchObject({ replaced: 1 });
    await a.service.restore(DOCUMENT, 1);
    expect(a.read()).toEqual({ x: 1 });
    expect(backedUp(a)).toContain('{\n  "x": "unsent"\n}');
  });
  it('keeps the layout of the file and the spelling of numbers', async () => {
    const a = await withVersions({ n: 1, keep: 1 }, { n: 2, keep: 1 });
    a.writeText('{\n\t"n": 2,\n\t"keep": 1.0\n}\n');
    await a.service.restore(DOCUMENT, 1);
    expect(a.text()).toBe('{\n\t"n": 1,\n\t"keep": 1.0\n}\n');
  });
  it('comes back whole over a broken file and where the file is gone; what was broken is kept, and comes back to the letter', async () => {
    const a = await withVersions({ x: 1 }, { x: 2, y: 1 });
    const half = '{"x": 2, "y"';
    a.writeText(half);
    await expect(a.sync()).rejects.toMatchObject({ problem: { message: 'syncNotJson' } });
    expect(await a.service.restorePlan(DOCUMENT, 1, null, { offset: 0, limit: 10 })).toMatchObject({ instead: 'broken', replaced: 0, diff: { total: 0 } });
    await expect(a.service.restore(DOCUMENT, 1, [['x']])).rejects.toMatchObject({ problem: { message: 'syncRestorePlaces' } });
    expect(a.text()).toBe(half);
    expect(await a.service.restore(DOCUMENT, 1)).toBe(true);
    expect(a.read()).toEqual({ x: 1 });
    expect(backedUp(a)).toContain(half);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 3 });
    expect(await a.service.takeBack(DOCUMENT)).toBe('back');
    expect(a.text()).toBe(half);
    expect(await a.service.restore(DOCUMENT, 3)).toBe(true);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 3 });
    expect(await a.service.takeBack(DOCUMENT)).toBe('back');
    expect(a.text()).toBe(half);
    rmSync(a.file);
    expect(await a.service.restorePlan(DOCUMENT, 2, null, { offset: 0, limit: 10 })).toMatchObject({ instead: 'gone' });
    await a.service.restore(DOCUMENT, 2);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 4 });
    expect([a.read(), headOf()]).toEqual([{ x: 2, y: 1 }, { x: 2, y: 1 }]);
  });
  it('comes back whole over a file that is no text, and its bytes are kept beside it to the last', async () => {
    const a = await withVersions({ x: 1 }, { x: 2, name: '图' });
    const cut = Buffer.from(a.text()).subarray(0, -4);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(cut)).toThrow();
    for (const version of [1, 2]) {
      writeFileSync(a.file, cut);
      await expect(a.sync()).rejects.toMatchObject({ problem: { message: 'syncNotText' } });
      expect(await a.service.restorePlan(DOCUMENT, version, null, { offset: 0, limit: 10 })).toMatchObject({ instead: 'no-text', replaced: 0, diff: { total: 0 } });
      await expect(a.service.restore(DOCUMENT, version, [['x']])).rejects.toMatchObject({ problem: { message: 'syncNotText' } });
      expect(readFileSync(a.file)).toEqual(cut);
      expect(await a.service.restore(DOCUMENT, version)).toBe(true);
      expect(a.read()).toEqual(version === 1 ? { x: 1 } : { x: 2, name: '图' });
      expect(await a.sync()).toMatchObject({ state: 'clean' });
    }
    const kept = readdirSync(dirname(a.file)).filter((name) => name.startsWith(`${basename(a.file, '.json')}.broken-`));
    expect(kept.map((name) => readFileSync(join(dirname(a.file), name)))).toEqual([cut, cut]);
  });
  it('is a new version above what others made meanwhile, also the one that this device stands on', async () => {
    const [a, b] = await pair({ x: 1, other: 1 });
    b.write({ x: 2, other: 2 });
    await b.sync();
    expect(await a.service.restore(DOCUMENT, 1, null, { sync: true })).toBe(true);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 3 });
    expect([a.read(), headOf(), versionCount()]).toEqual([{ x: 1, other: 1 }, { x: 1, other: 1 }, 3]);
    b.writeText('{"x": ');
    expect(await b.service.restore(DOCUMENT, 2, null, { sync: true })).toBe(true);
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 4 });
    expect([b.read(), headOf()]).toEqual([{ x: 2, other: 2 }, { x: 2, other: 2 }]);
  });
  it('is not named by a later version once nothing of it was left', async () => {
    const [a, b] = await pair({ x: 1 });
    a.write({ x: 2 });
    await a.sync();
    await b.sync();
    b.write({ x: 3 });
    await b.sync();
    await a.service.restore(DOCUMENT, 1);
    expect(await a.sync()).toMatchObject({ state: 'conflict' });
    const [conflict] = a.service.conflicts();
    await a.service.resolve(conflict?.id ?? '', { take: 'theirs' });
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 3 });
    a.write({ x: 3, unrelated: true });
    await a.sync();
    expect((await a.service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ version: 4, marks: ['here'] });
  });
  it('that the file has already changes nothing and says so; a place that nobody has is refused', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    expect(await a.service.restore(DOCUMENT, 2)).toBe(false);
    expect(await a.service.restore(DOCUMENT, 2, [['x']])).toBe(false);
    await expect(a.service.restore(DOCUMENT, 1, [['x'], ['nothing']])).rejects.toMatchObject({ problem: { message: 'syncNoPlace', params: { place: '/nothing' } } });
    expect(a.read()).toEqual({ x: 2 });
    a.write({ x: 'unsent', more: 1 });
    expect(await a.service.restorePlan(DOCUMENT, 2, null, { offset: 0, limit: 10 })).toMatchObject({ replaced: 2, diff: { total: 2 } });
    expect(await a.service.restore(DOCUMENT, 2)).toBe(true);
    expect(a.read()).toEqual({ x: 2 });
    expect(versionCount()).toBe(2);
  });
});

describe('single places of an old version', () => {
  it('are restored all or not at all: one that came or went with its item names the item to ask for', async () => {
    const a = await withVersions({ b: [{ id: 1, t: 'x' }], c: 'old' }, { b: [], c: 'new' });
    const item = { idKey: 'id', idValue: '1' } as const;
    for (const paths of [[['b', item, 't'], ['c']], [['b', item, 't']]]) {
      await expect(a.service.restore(DOCUMENT, 1, paths)).rejects.toMatchObject({ problem: { message: 'syncPartOfPlace', params: { place: '/b[id=1]/t', whole: '/b[id=1]' } } });
    }
    expect(a.read()).toEqual({ b: [], c: 'new' });
    expect(await a.service.restore(DOCUMENT, 1, [['b', item], ['c']])).toBe(true);
    expect(a.read()).toEqual({ b: [{ id: 1, t: 'x' }], c: 'old' });
  });
  it('inside a container that the file has no more, and in a range that changed as one, name what to ask for', async () => {
    const a = await withVersions({ o: { p: { q: 1 } }, l: [1, 2, 3] }, { l: [7, 8, 9] });
    await expect(a.service.restore(DOCUMENT, 1, [['o', 'p', 'q']])).rejects.toMatchObject({ problem: { message: 'syncPartOfPlace', params: { whole: '/o' } } });
    await expect(a.service.restore(DOCUMENT, 1, [['l', { list: [1, 2] }]])).rejects.toMatchObject({ problem: { message: 'syncPartOfPlace', params: { place: '/l[2]', whole: '/l[1-3]' } } });
    expect(a.read()).toEqual({ l: [7, 8, 9] });
    expect(await a.service.restore(DOCUMENT, 1, [['l', { list: [0, 3] }]])).toBe(true);
    expect(a.read()).toEqual({ l: [1, 2, 3] });
  });
  it('come back over edits that were not sent, also where the version is the one that the file stands on', async () => {
    const a = await withVersions({ c: 'old', d: 1, e: 1 }, { c: 'new', d: 1, e: 1 });
    a.write({ c: 'new', d: 'unsent', e: 'stays' });
    expect(await a.service.restorePlan(DOCUMENT, 1, [['c'], ['d']], PAGE)).toMatchObject({ replaced: 1, diff: { total: 2 } });
    expect(await a.service.restore(DOCUMENT, 1, [['c'], ['d']])).toBe(true);
    expect(a.read()).toEqual({ c: 'old', d: 1, e: 'stays' });
    expect(await a.service.restore(DOCUMENT, 1, [['c'], ['d']])).toBe(false);
  });
});

const backedUp = ({ folder }: TestDevice): string[] => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.gz')).map((name) => join(folder, name));
  return files.map((path) => gunzipSync(readFileSync(path)).toString('utf8'));
};

describe('the versions that changed a place', () => {
  it('are found by a part of its path, however its steps are joined, and where a container came or went as well', async () => {
    const a = await withVersions({ editor: { 'font.size': 1 }, items: [{ id: 'x', n: 1 }] }, { editor: { 'font.size': 2 }, items: [{ id: 'x', n: 1 }] });
    a.write({ items: [{ id: 'x', n: 2 }] });
    await a.sync();
    const found = async (text: string): Promise<readonly number[]> => a.service.changedAt(DOCUMENT, [3, 2, 1], text);
    expect(await found('Editor › Font.Size')).toEqual([3, 2, 1]);
    expect(await found('font')).toEqual([2]);
    expect(await found('items/id')).toEqual([3, 1]);
    expect(await found('items.n')).toEqual([1]);
    expect(await found('nowhere')).toEqual([]);
  });
  it('are told page by page by what a restore would change', async () => {
    const a = await withVersions({ a: 1, b: 1, c: 1 }, { a: 2, b: 2, c: 2 });
    const paths = async (offset: number) => (await a.service.restorePlan(DOCUMENT, 1, null, { offset, limit: 2 })).diff.changes.map(({ path }) => path[0]);
    expect([await paths(0), await paths(2)]).toEqual([['a', 'b'], ['c']]);
  });
});

describe('two versions side by side', () => {
  it('show what differs with its figures, page by page, against the file as well', async () => {
    const a = await withVersions({ a: 1, b: 1, list: [1, 2] }, { a: 2, c: 1, list: [1, 2, 3, 4] });
    const diff = await a.service.diff(DOCUMENT, { before: 1, after: 2 }, PAGE);
    expect(diff).toMatchObject({ counts: { added: 3, edited: 1, removed: 1 }, total: 4 });
    expect(diff.changes).toContainEqual({ path: ['a'], kind: 'edited', before: '1', after: '2', cut: false });
    expect((await a.service.diff(DOCUMENT, { before: 1, after: 2 }, { offset: 3, limit: 1 })).changes).toEqual([diff.changes[3]]);
    expect(await a.service.counts(DOCUMENT, 2)).toEqual({ ...diff.counts, bytes: 66, grown: 14 });
    expect(await a.service.counts(DOCUMENT, 1)).toEqual({ added: 1, edited: 0, removed: 0, bytes: 52, grown: null });
    a.write({ a: 'x'.repeat(5_000), c: 1, list: [1, 2, 3, 4] });
    const [change] = (await a.service.diff(DOCUMENT, { before: 2, after: 'file' }, PAGE)).changes;
    expect([change?.cut, change?.after?.length]).toEqual([true, 2_000]);
    await expect(a.service.show(DOCUMENT, 'file', 100)).rejects.toMatchObject({ problem: { message: 'syncTooLongToShow' } });
  });
  it('name a merge with all it was made on', async () => {
    const [a, b] = [await withVersions({ a: 1, b: 1 }), device()];
    await b.sync();
    world.host.control.set({ wizs: { baseTracking: 'none' } });
    a.write({ a: 2, b: 1 });
    b.write({ a: 1, b: 2 });
    world.host.control.documents.raceNext({ file_key: KEY, device_id: 'other', content: { a: 1, b: 1, c: 1 } });
    await b.sync();
    await a.sync();
    const { rows } = await a.service.history(DOCUMENT, 1);
    expect(rows.some(({ marks, parents }) => marks.includes('merge') && parents.length > 1)).toBe(true);
    expect(rows.find(({ deviceId }) => deviceId === a.service.device().id)).toMatchObject({ isThisDevice: true, deviceName: a.service.device().name });
  });
  it('name a device that joined since the versions were looked at', async () => {
    const a = await withVersions({ a: 1 });
    await a.service.history(DOCUMENT, 1);
    const b = device();
    await b.sync();
    b.write({ a: 2 });
    await b.sync();
    expect((await a.service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ isThisDevice: false, deviceName: b.service.device().name });
  });
});

describe('a merge that waits for a person', () => {
  const clash = async (): Promise<readonly [TestDevice, TestDevice]> => {
    const [a, b] = [await withVersions({ x: 'old', y: 0 }), device()];
    await b.sync();
    a.write({ x: 'a', y: 1 });
    await a.sync();
    b.write({ x: 'b', y: 0 });
    await b.sync();
    return [a, b];
  };
  const textOf = ({ path }: { readonly path: string }): unknown => JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
  const sidesOf = async (one: TestDevice): Promise<OpenSides> => {
    const sides = await one.service.sides(DOCUMENT);
    if (sides === null) throw new Error('no merge waits');
    return sides;
  };
  const settle = (one: TestDevice, stamp: string, value: unknown): Promise<boolean> => {
    const path = join(one.folder, 'result.gz');
    writeFileSync(path, gzipSync(JSON.stringify(value)));
    return one.service.settle(DOCUMENT, { stamp, result: { path }, decisions: [{ id: 'c', path: ['x'], choice: 'edited', result: '"ab"' }] });
  };
  it('gives its three texts, ends with the text that was made of them, and says later who decided what', async () => {
    const [a, b] = await clash();
    const sides = await sidesOf(b);
    expect([sides.base, sides.mine, sides.theirs].map((side) => side && textOf(side))).toEqual([{ x: 'old', y: 0 }, { x: 'b', y: 0 }, { x: 'a', y: 1 }]);
    expect(await settle(b, sides.stamp, { x: 'ab', y: 1 })).toBe(true);
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    await a.sync();
    expect([a.read(), b.read()]).toEqual([{ x: 'ab', y: 1 }, { x: 'ab', y: 1 }]);
    expect((await b.service.resolved(DOCUMENT.account, KEY)).rows).toMatchObject([{ where: 'here', path: ['x'], choice: 'edited', result: '"ab"', deviceId: b.service.device().id, otherDeviceId: a.service.device().id }]);
    expect(await b.service.sides(DOCUMENT)).toBeNull();
  });
  it('is ended once, wherever it is killed while it ends: the decision and its text are there together, or neither is', { timeout: 60_000 }, async () => {
    class Killed extends Error {}
    const killed = (error: unknown): void => expect(error).toBeInstanceOf(Killed);
    let points = Infinity;
    for (let n = 1; n <= points; n += 1) {
      await world.host.control.reset();
      const [a, b] = await clash();
      const sides = await sidesOf(b);
      let reached = 0;
      b.restart(() => {
        reached += 1;
        if (reached >= n) throw new Killed();
      });
      const done = await settle(b, sides.stamp, { x: 'ab', y: 1 }).catch(killed);
      if (done === true) points = 0;
      b.restart();
      await b.sync();
      // Where it was too early the merge still waits, and Apply is pressed again.
      if ((await b.service.sides(DOCUMENT)) !== null) expect(await settle(b, sides.stamp, { x: 'ab', y: 1 })).toBe(true);
      for (const one of [b, a]) expect(await one.sync()).toMatchObject({ state: 'clean' });
      expect([a.read(), b.read(), world.host.control.documents.versions(KEY).length], `killed at point ${n}`).toEqual([{ x: 'ab', y: 1 }, { x: 'ab', y: 1 }, 3]);
      expect((await b.service.resolved(DOCUMENT.account, KEY)).rows.map(({ path }) => path)).toEqual([['x']]);
    }
    expect(points).toBe(0);
  });
  it('takes no text for another merge than it was made of: after an edit here, or a newer version there', async () => {
    const [a, b] = await clash();
    const first = await sidesOf(b);
    b.write({ x: 'b', y: 1, z: 'just now' });
    expect(await settle(b, first.stamp, { x: 'ab', y: 1 })).toBe(false);
    expect(b.read()).toEqual({ x: 'b', y: 1, z: 'just now' });
    await b.sync();
    const second = await sidesOf(b);
    a.write({ x: 'a', y: 2 });
    await a.sync();
    await b.sync();
    expect(await settle(b, second.stamp, { x: 'ab', y: 1 })).toBe(false);
    expect(b.read()).toEqual({ x: 'b', y: 2, z: 'just now' });
  });
  it('says who decided what also while the host cannot be asked, and why nothing of the host is there', async () => {
    const [a] = await pair({ x: 'old' });
    const b = deviceVia((host) => ({ conflicts: (fileKey, resolved, call) => (resolved ? Promise.reject(missingSync('wiz', 0)) : host.conflicts(fileKey, resolved, call)) }));
    await b.sync();
    a.write({ x: 'a' });
    await a.sync();
    b.write({ x: 'b' });
    await b.sync();
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    await b.sync();
    expect(await b.service.resolved(DOCUMENT.account, KEY)).toMatchObject({ rows: [{ where: 'here', path: ['x'], choice: 'theirs', result: '"a"' }], problem: { message: 'syncUnavailable' } });
  });
  it('remembers choices made one by one, and an edit of the file that answered', async () => {
    const [, b] = await clash();
    const [conflict] = b.service.conflicts();
    await b.service.resolve(conflict?.id ?? '', { take: 'theirs' });
    await b.sync();
    expect((await b.service.resolved(DOCUMENT.account, KEY)).rows).toMatchObject([{ id: conflict?.id, choice: 'theirs', result: '"a"' }]);
  });
});

describe('the first meeting of two sides that both have something', () => {
  const meeting = async (here: unknown, there: unknown): Promise<readonly [TestDevice, TestDevice]> => {
    const [a, b] = [await withVersions(there), device({ add: false })];
    b.write(here);
    b.service.add(DOCUMENT, b.file, { ask: true });
    return [a, b];
  };
  it('waits for the person, with nothing sent or changed, and says what each way would do', async () => {
    const [, b] = await meeting({ same: 1, here: 1, clash: 'b' }, { same: 1, there: [1, 2], clash: 'a' });
    expect(await b.sync()).toMatchObject({ state: 'first-choice', version: null });
    expect([b.read(), versionCount()]).toEqual([{ same: 1, here: 1, clash: 'b' }, 1]);
    expect(await b.service.firstRun(DOCUMENT)).toMatchObject({
      case: 'both',
      here: { places: 3 },
      there: { places: 4, version: 1 },
      merge: { fromThere: 1, fromHere: 1, conflicts: 1 },
    });
    b.restart();
    expect(b.service.status(DOCUMENT).state).toBe('first-choice');
  });
  it('counts and names each place once, what a person decides with both values: a list is one place', async () => {
    const [, b] = await meeting({ list: [1, 2, 3, 9], here: { a: 1 }, same: [0] }, { list: [2, 3, 4], there: 'x'.repeat(3000), same: [0] });
    await b.sync();
    expect(await b.service.firstRun(DOCUMENT)).toMatchObject({
      merge: { fromThere: 1, fromHere: 1, conflicts: 1 },
      rows: [
        { path: ['list'], from: 'both', here: '[1,2,3,9]', there: '[2,3,4]', cut: false },
        { path: ['there'], from: 'there', cut: true },
        { path: ['here'], from: 'here', here: '{"a":1}', cut: false },
      ],
    });
  });
  it.each([
    ['merge', { same: 1, here: 1, there: 1 }],
    ['use-cloud', { same: 1, there: 1 }],
    ['use-device', { same: 1, here: 1 }],
  ] as const)('begins with %s, and both sides are still to be had afterwards', async (how, expected) => {
    const [a, b] = await meeting({ same: 1, here: 1 }, { same: 1, there: 1 });
    await b.sync();
    await b.service.begin(DOCUMENT, how);
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    await a.sync();
    expect([a.read(), b.read()]).toEqual([expected, expected]);
    const kept = backedUp(b).map((text) => JSON.parse(text) as unknown);
    expect(kept).toContainEqual({ same: 1, here: 1 });
    expect(kept).toContainEqual({ same: 1, there: 1 });
    await expect(b.service.begin(DOCUMENT, how)).rejects.toMatchObject({ problem: { message: 'syncBegunAlready' } });
  });
  it.each([
    ['tabs, CRLF and a final line break', '{\r\n\t"n": 1.0,\r\n\t"mine": [1, 2],\r\n\t"same": {"on": "one line"}\r\n}\r\n', '{\r\n\t"there": {\r\n\t\t"x": 1\r\n\t},\r\n\t"n": 1.0,\r\n\t"same": {"on": "one line"}\r\n}\r\n'],
    ['nothing in common', '[\n    "mine"\n]\n', '{\n    "there": {\n        "x": 1\n    },\n    "same": {\n        "on": "one line"\n    },\n    "n": 1\n}\n'],
    ['nothing that was written yet', ' {}\n', null],
  ])('takes what the cloud has in the layout of the file: %s', async (_name, mine, expected) => {
    const there = { there: { x: 1 }, same: { on: 'one line' }, n: 1 };
    const [a, b] = await meeting({}, there);
    b.writeText(mine);
    await b.sync();
    if (b.service.status(DOCUMENT).state === 'first-choice') await b.service.begin(DOCUMENT, 'use-cloud');
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 1 });
    expect(b.read()).toEqual(there);
    expect(b.text()).toBe(expected ?? JSON.stringify(there, null, 2));
    expect([versionCount(), a.service.status(DOCUMENT).state]).toEqual([1, 'clean']);
  });
  it('asks nothing where one side is empty or both are the same', async () => {
    const [, b] = await meeting({ n: 1 }, { n: 1.0 });
    expect(await b.service.firstRun(DOCUMENT)).toMatchObject({ case: 'same', merge: { fromThere: 0, fromHere: 0, conflicts: 0 } });
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 1 });
    const fresh = device({ add: false });
    fresh.service.add(DOCUMENT, fresh.file, { ask: true });
    expect(await fresh.service.firstRun(DOCUMENT)).toMatchObject({ case: 'only-there', here: null, merge: null });
    expect(await fresh.sync()).toMatchObject({ state: 'clean' });
    await world.host.control.reset();
    expect(await fresh.service.firstRun(DOCUMENT)).toMatchObject({ case: 'only-here', there: null });
  });
});

describe('the devices of a document', () => {
  it('say how far behind they are, as far as the host knows', async () => {
    const [a, b] = [await withVersions({ n: 1 }), device()];
    await b.sync();
    a.write({ n: 2 });
    await a.sync();
    const { devices } = await a.service.devices(DOCUMENT.account, KEY);
    expect(devices[0]).toMatchObject({ isThis: true, files: [{ fileKey: KEY, version: 2, behind: 0 }] });
    const other = devices.find(({ isThis }) => !isThis);
    if (other !== undefined) expect(other.files[0]?.behind).toBe(1);
  });
});
