import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../lib/canonical-json';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';
import { problemOf } from '../../lib/picferry-error';
import { documentHash, type JsonValue } from '../../merge';
import { ProviderError } from '../providers/errors';
import type { Decision } from './engine-contract';
import { missingSync } from './sync-problems';
import { tagText } from './tag';

const { world, device, deviceVia, pair, withVersions, contents } = testDevices();

const settle = async (one: TestDevice, result: JsonValue, decisions: readonly Decision[] = []): Promise<boolean> => {
  const path = join(one.folder, 'result.gz');
  writeFileSync(path, gzipSync(JSON.stringify(result)));
  return one.service.settle(DOCUMENT, { stamp: (await one.service.sides(DOCUMENT))?.stamp ?? '', result: { path }, decisions });
};

/** Two devices; the second one decided for the first one's value, and has not synced since. */
const decided = async (second?: () => TestDevice, result: JsonValue = { x: 'a', more: true }): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = second === undefined ? await pair({ x: 0 }) : [await withVersions({ x: 0 }), second()];
  await b.sync();
  a.write({ x: 'a' });
  await a.sync();
  b.write({ x: 'b', more: true });
  await b.sync();
  await settle(b, result, [{ id: 'one', path: ['x'], choice: 'theirs', result: '"a"' }]);
  return [a, b];
};
const marksOf = async (one: TestDevice): Promise<unknown> => (await one.service.history(DOCUMENT, 1)).rows.map(({ version, marks }) => [version, marks.filter((mark) => mark !== 'here').join(' ')]);
const settledOf = async (one: TestDevice): Promise<unknown> => (await one.service.resolved(DOCUMENT.account, KEY)).rows.filter(({ where }) => where === 'here').map(({ path, choice, takenBack }) => [path, choice, takenBack !== null]);

describe('what a person lets be written over the file can be taken back to the letter', () => {
  it('a version that was put back and sent: as a further version', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    a.writeText('{\n\t"x": 2.0,\n\t"unsent": 1\n}\n');
    await a.service.restore(DOCUMENT, 1);
    await a.sync();
    expect(await a.service.takeBack(DOCUMENT)).toBe('back');
    expect(a.text()).toBe('{\n\t"x": 2.0,\n\t"unsent": 1\n}\n');
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 4 });
    expect(contents().at(-1)).toEqual({ x: 2, unsent: 1 });
  });

  it('a version that was put back and is not sent yet: with its note, as if nothing had been', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    await a.service.restore(DOCUMENT, 1, null, { note: 'From version 1' });
    expect(await a.service.takeBack(DOCUMENT)).toBe('back');
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 2 });
    a.write({ x: 3 });
    await a.sync();
    expect((await a.service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ version: 3, note: '', marks: ['here'] });
  });

  it("the host's document at the first meeting: which then waits for the person again, with nothing sent", async () => {
    await withVersions({ there: 1 });
    const b = device({ add: false });
    b.writeText('{ "here": 1 }');
    b.service.add(DOCUMENT, b.file, { ask: true });
    await b.sync();
    await b.service.begin(DOCUMENT, 'use-cloud');
    await b.sync();
    expect(b.read()).toEqual({ there: 1 });
    expect(await b.service.takeBack(DOCUMENT)).toBe('asked');
    expect(b.text()).toBe('{ "here": 1 }');
    expect(await b.sync()).toMatchObject({ state: 'first-choice', version: null });
    expect(contents()).toEqual([{ there: 1 }]);
    await b.service.begin(DOCUMENT, 'merge');
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    expect(b.read()).toEqual({ there: 1, here: 1 });
  });

  it('the older document of a host: as a new version there', async () => {
    const a = await withVersions({ n: 1 }, { n: 2 }, { n: 3, more: 1 });
    const before = a.text();
    world.host.control.documents.rollBack({ file_key: KEY, version: 1 });
    await a.sync();
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    await a.sync();
    expect(a.read()).toEqual({ n: 1 });
    expect(await a.service.takeBack(DOCUMENT)).toBe('back');
    expect(a.text()).toBe(before);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 2 });
    expect(contents()).toEqual([{ n: 1 }, { n: 3, more: 1 }]);
  });

  it('never over a later edit', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    await a.service.restore(DOCUMENT, 1);
    a.write({ x: 'later' });
    expect(await a.service.takeBack(DOCUMENT)).toBe('not');
    expect(a.read()).toEqual({ x: 'later' });
  });
});

describe('a decision that is taken back', () => {
  it('is asked again, with nothing sent, and says so where it is listed', async () => {
    const [a, b] = await decided();
    const before = b.service.copies(DOCUMENT).find(({ whose, cause }) => whose === 'mine' && cause === 'decided');
    await b.sync();
    expect([await marksOf(b), await settledOf(b)]).toEqual([[[3, 'decided'], [2, ''], [1, '']], [[['x'], 'theirs', false]]]);
    expect(await b.service.takeBack(DOCUMENT)).toBe('asked');
    expect([sha256Hex(b.text()), b.service.conflicts()]).toMatchObject([before?.id, [{ path: ['x'], base: '0', mine: '"b"', theirs: '"a"' }]]);
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    b.restart();
    expect([await marksOf(b), await settledOf(b)]).toEqual([[[3, 'decided'], [2, ''], [1, '']], [[['x'], 'theirs', true]]]);
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    await b.sync();
    await a.sync();
    expect([a.read(), b.read()]).toEqual([{ x: 'b', more: true }, { x: 'b', more: true }]);
    expect(await marksOf(a)).toEqual([[4, 'decided'], [3, 'decided'], [2, ''], [1, '']]);
  });

  it('brings back every question with what the other device had, whatever was decided', async () => {
    const [a, b] = await pair({ cells: { a: 0, b: 0, c: 0, d: 0 }, list: ['u'], items: [{ id: 1, n: 0 }], gone: 1 });
    await b.sync();
    a.write({ cells: { a: 1, b: 1, c: 1, d: 1 }, list: ['u', 'a'], items: [{ id: 1, n: 1 }], gone: 2, further: 'a' });
    await a.sync();
    b.write({ cells: { a: 2, b: 2, c: 2, d: 2 }, list: ['u', 'b'], items: [{ id: 1, n: 2 }], more: 'b' });
    await b.sync();
    const [before, asked] = [b.text(), b.service.conflicts().map(({ path, base, mine, theirs }) => ({ path, base, mine, theirs }))];
    await settle(b, { cells: { a: 1, b: 2, c: 0, d: 'typed' }, list: ['u', 'a', 'b'], items: [{ id: 1, n: 1 }], further: 'a', more: 'b' });
    await b.sync();
    expect(await b.service.takeBack(DOCUMENT)).toBe('asked');
    expect([b.text(), b.service.conflicts()]).toMatchObject([before, asked]);
    // Beside them it goes on from what was sent.
    await a.sync();
    const { more: _more, ...rest } = a.read() as { more: string };
    a.write(rest);
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'conflict' });
    expect(b.read()).not.toHaveProperty('more');
  });

  it('is asked again over a further version that has nothing new', async () => {
    const [a, b] = await decided();
    world.host.control.set({ wizs: { dedupe: false } });
    await world.hostOf().push({ fileKey: KEY, text: JSON.stringify(a.read()), deviceId: 'else', deviceName: 'else', message: '' }, { signal: new AbortController().signal });
    world.host.control.failNext({ call: 'json-push', status: 503 });
    await expect(b.sync()).rejects.toThrow();
    expect([b.service.status(DOCUMENT).version, await b.service.takeBack(DOCUMENT)]).toEqual([3, 'asked']);
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(contents()).toHaveLength(3);
  });

  it.each([
    ['mine', { x: 'b', more: true }],
    ['theirs', { x: 'a', more: true }],
    ['the base', { x: 0, more: true }],
    ['what was typed', { x: 'typed', more: true }],
  ])('stays a question over whatever others change beside it: %s', async (_what, result) => {
    const [a, b] = await decided(undefined, result);
    await b.sync();
    await b.service.takeBack(DOCUMENT);
    for (const further of ['one', 'two']) {
      await a.sync();
      a.write({ ...(a.read() as object), further });
      await a.sync();
      expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
      expect([b.read(), b.service.conflicts()]).toMatchObject([{ x: 'b', more: true, further }, [{ path: ['x'], base: '0', mine: '"b"', theirs: '"a"' }]]);
      b.restart();
    }
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    await b.sync();
    await a.sync();
    expect([a.read(), b.read()]).toEqual(Array.from({ length: 2 }, () => ({ x: 'a', more: true, further: 'two' })));
  });

  it('is refused while another question waits, which would be answered with it', async () => {
    const [a, b] = await decided(undefined, { x: 'a', more: true });
    a.write({ x: 'a', more: 'a' });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'conflict' });
    expect([await b.service.takeBack(DOCUMENT), b.read(), b.service.conflicts()]).toMatchObject(['not', { x: 'a', more: true }, [{ path: ['more'], mine: 'true', theirs: '"a"' }]]);
  });

  it('asks about what others made of the place since', async () => {
    const [a, b] = await decided(undefined, { x: 'b', more: true });
    await b.sync();
    await b.service.takeBack(DOCUMENT);
    await a.sync();
    a.write({ ...(a.read() as object), x: 'newer' });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(b.service.conflicts()).toMatchObject([{ path: ['x'], mine: '"b"', theirs: '"newer"' }]);
  });

  it.each([
    ['arrived', true],
    ['did not arrive', false],
  ])('is asked again while nobody knows whether it was sent: it %s', async (_what, arrives) => {
    let isLost = false;
    const lost = new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true }, 0), true, 'backoff');
    const [a, b] = await decided(() =>
      deviceVia((host) => ({
        push: async (...args) => {
          if (isLost && arrives) await host.push(...args);
          if (isLost) throw lost;
          return host.push(...args);
        },
      })),
    );
    isLost = true;
    await expect(b.sync()).rejects.toThrow();
    isLost = false;
    expect([await b.service.takeBack(DOCUMENT), b.service.conflicts()]).toMatchObject(['asked', [{ path: ['x'], mine: '"b"', theirs: '"a"' }]]);
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    await a.sync();
    a.write({ ...(a.read() as object), further: 1 });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect([b.read(), contents().at(-1)]).toMatchObject([{ x: 'b', further: 1 }, { x: 'a', further: 1 }]);
  });

  it('the choice of the cloud is none any more after an edit, were that reverted', async () => {
    const a = await withVersions({ there: 1 });
    const b = device({ add: false });
    b.writeText('{ "here": 1 }');
    b.service.add(DOCUMENT, b.file, { ask: true });
    await b.sync();
    await b.service.begin(DOCUMENT, 'use-cloud');
    await b.sync();
    const text = b.text();
    b.write({ there: 1, x: 1 });
    await b.sync();
    b.writeText(text);
    await b.sync();
    expect(await b.service.takeBack(DOCUMENT)).toBe('not');
    for (const one of [b, a]) await one.sync();
    expect([a.read(), b.read()]).toEqual([{ there: 1 }, { there: 1 }]);
  });

  it('keeps all that was not sent beside it, where the push of it did not arrive', async () => {
    const [a, b] = await pair({ x: 0, gone: 1, list: ['u'] });
    a.write({ x: 'a', gone: 1, list: ['u'] });
    await a.sync();
    b.write({ x: 'b', more: true, list: ['u', 'v'] });
    await b.sync();
    await settle(b, { x: 'a', more: true, list: ['u', 'v'] });
    world.host.control.failNext({ call: 'json-push', status: 503 });
    await expect(b.sync()).rejects.toThrow();
    expect(await b.service.takeBack(DOCUMENT)).toBe('asked');
    a.write({ ...(a.read() as object), further: 1 });
    await a.sync();
    for (let look = 0; look < 2; look += 1) {
      expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
      expect(b.read()).toEqual({ x: 'b', more: true, list: ['u', 'v'], further: 1 });
    }
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    for (const one of [b, a]) await one.sync();
    expect([a.read(), b.read()]).toEqual([b.read(), { x: 'b', more: true, list: ['u', 'v'], further: 1 }]);
  });

  it('that was decided anew before it is known whether the first decision arrived is what was decided last', async () => {
    const [a, b] = await pair({ x: 0 });
    a.write({ x: 'a' });
    await a.sync();
    b.write({ x: 'b', more: true });
    await b.sync();
    await settle(b, { x: 'a', more: true });
    world.host.control.failNext({ call: 'json-push', status: 503 });
    await expect(b.sync()).rejects.toThrow();
    await b.service.takeBack(DOCUMENT);
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    a.write({ x: 'a', further: 1 });
    await a.sync();
    for (const one of [b, a]) expect(await one.sync()).toMatchObject({ state: 'clean' });
    expect([a.read(), b.read()]).toEqual([b.read(), { x: 'b', more: true, further: 1 }]);
  });

  it('is asked again where the file was edited while it waited, also where what the merge showed there was removed', async () => {
    const [a, b] = await pair({ theme: 0, size: 13 });
    a.write({ theme: 'a', size: 15 });
    await a.sync();
    b.write({ theme: 'b' });
    await b.sync();
    expect(b.read()).toEqual({ theme: 'b', size: 15 });
    b.write({ theme: 'c' });
    await settle(b, { theme: 'a', size: 15 });
    await b.sync();
    expect([await b.service.takeBack(DOCUMENT), b.read()]).toEqual(['asked', { theme: 'c' }]);
    for (let look = 0; look < 2; look += 1) {
      expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 2 });
      expect(b.service.conflicts().map(({ path, mine, theirs }) => [path, mine, theirs])).toEqual([[['theme'], '"c"', '"a"'], [['size'], undefined, '15']]);
    }
    a.write({ theme: 'a', size: 15, more: 1 });
    await a.sync();
    await b.sync();
    await b.service.resolve(b.service.conflicts().map(({ id }) => id), { take: 'mine' });
    for (const one of [b, a]) expect(await one.sync()).toMatchObject({ state: 'clean' });
    expect([a.read(), b.read()]).toEqual([{ theme: 'c', more: 1 }, { theme: 'c', more: 1 }]);
  });

  it('stays as it is once the file was another one, were it just the same again', async () => {
    const [a, b] = await pair({ x: 0, y: 1 });
    a.write({ x: 'a', y: 1 });
    await a.sync();
    b.write({ x: 'b', y: 1 });
    await b.sync();
    await settle(b, { x: 'a', y: 1, more: true });
    await b.sync();
    const after = b.text();
    await a.sync();
    a.write({ ...(a.read() as object), y: 2, k: 1 });
    for (const one of [a, b]) await one.sync();
    b.writeText(after);
    expect(await b.service.takeBack(DOCUMENT)).toBe('not');
    for (const one of [b, a]) await one.sync();
    expect([a.read(), b.read()]).toEqual([{ x: 'a', y: 1, more: true }, { x: 'a', y: 1, more: true }]);
  });

  it('can be made again by restoring its version', async () => {
    const [a, b] = await decided();
    await b.sync();
    await b.service.takeBack(DOCUMENT);
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    await b.sync();
    await b.service.restore(DOCUMENT, 3);
    await b.sync();
    await a.sync();
    expect([a.read(), await marksOf(a)]).toEqual([{ x: 'a', more: true }, [[5, 'restored'], [4, 'decided'], [3, 'decided'], [2, ''], [1, '']]]);
  });

  it('before it was sent, leaves no word of it in the versions', async () => {
    const [, b] = await decided();
    expect(await b.service.takeBack(DOCUMENT)).toBe('asked');
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect([await marksOf(b), await settledOf(b)]).toEqual([[[2, ''], [1, '']], [[['x'], 'theirs', true]]]);
  });

  it.each([
    ['while it was not sent', false, 3],
    ['once it was', true, 4],
  ] as const)('about what another device had overwritten is asked again %s', async (_what, isSent, version) => {
    const [a, b] = await pair({ x: 0 });
    await b.sync();
    b.write({ x: 'b' });
    await b.sync();
    await world.hostOf().push({ fileKey: KEY, text: JSON.stringify({ x: 'else' }), deviceId: 'else', deviceName: 'else', message: tagText({ op: 'else', base: 1, merged: [], digest: documentHash({ x: 'else' }, sha256Hex).slice(0, 12), exact: null }) }, { signal: new AbortController().signal });
    expect(await a.sync()).toMatchObject({ state: 'conflict' });
    const before = a.text();
    await settle(a, { x: 'b' });
    if (isSent) expect(await a.sync()).toMatchObject({ state: 'clean', version: 4 });
    expect([await a.service.takeBack(DOCUMENT), a.text(), a.service.conflicts()]).toMatchObject(['asked', before, [{ path: ['x'], base: '0', mine: '"else"', theirs: '"b"' }]]);
    expect(await a.sync()).toMatchObject({ state: 'conflict', version });
  });

  it('stays made where the file was edited since, and is no mark of what comes later', async () => {
    const [, b] = await decided();
    await b.sync();
    b.write({ x: 'later', more: true });
    expect(await b.service.takeBack(DOCUMENT)).toBe('not');
    await b.sync();
    expect([await marksOf(b), await settledOf(b)]).toEqual([[[4, ''], [3, 'decided'], [2, ''], [1, '']], [[['x'], 'theirs', false]]]);
  });
});

describe('a decision while the host cannot be reached', () => {
  it('is said to be held back as what it is, and names the other device as the host last called it', async () => {
    const away = missingSync('wiz', 0);
    let isAway = false;
    const either = <T>(there: () => Promise<T>): Promise<T> => (isAway ? Promise.reject(away) : there());
    const [a, b] = await decided(() =>
      deviceVia((host) => ({
        history: (...args) => either(() => host.history(...args)),
        devices: (...args) => either(() => host.devices(...args)),
        conflicts: (...args) => either(() => host.conflicts(...args)),
      })),
    );
    const { devices } = await b.service.devices(DOCUMENT.account, KEY);
    const name = devices.find(({ deviceId }) => deviceId === a.service.device().id)?.name;
    isAway = true;
    await expect(b.sync()).rejects.toThrow();
    expect(b.service.status(DOCUMENT)).toMatchObject({ canTakeBack: true, heldDecision: true });
    b.restart();
    expect((await b.service.resolved(DOCUMENT.account, KEY)).rows).toMatchObject([{ otherDeviceId: a.service.device().id, otherDeviceName: name }]);
    expect(name).toBeTypeOf('string');
    isAway = false;
    await b.sync();
    expect(b.service.status(DOCUMENT)).not.toHaveProperty('heldDecision');
    await b.service.restore(DOCUMENT, 1);
    await b.service.pause(DOCUMENT, true);
    expect([b.service.status(DOCUMENT).canTakeBack, 'heldDecision' in b.service.status(DOCUMENT)]).toEqual([true, false]);
  });
});

it('a version that takes back a restored one says so', async () => {
  const a = await withVersions({ x: 1 }, { x: 2 });
  await a.service.restore(DOCUMENT, 1);
  await a.sync();
  await a.service.takeBack(DOCUMENT);
  await a.sync();
  expect(await marksOf(a)).toEqual([[4, 'undone'], [3, 'restored'], [2, ''], [1, '']]);
});
