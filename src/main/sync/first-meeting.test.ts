import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, type TestDevice } from '../../../test/sync/sync-world';
import { settle, testDevices } from '../../../test/sync/test-devices';
import { sha256Hex } from '../../lib/canonical-json';
import type { TextFile } from './engine-contract';
import { localTexts } from './local-texts';
import type { Open } from './record';

const { world, device, contents, withVersions } = testDevices();

type Questions = readonly { readonly id: string; readonly path: readonly unknown[]; readonly kind: string }[];
const questionsOf = (one: TestDevice): Questions => one.service.conflicts().map(({ id, path, kind }) => ({ id, path, kind }));
const choose = (one: TestDevice, key: string, take: 'mine' | 'theirs'): Promise<unknown> => one.service.resolve(questionsOf(one).find(({ path }) => path.at(-1) === key)?.id ?? '', { take });

/** `c` has pushed its document; `d` has another one under the same name and asks about the places that both have otherwise. */
const met = async (there: unknown, here: unknown): Promise<readonly [TestDevice, TestDevice]> => {
  const [c, d] = [await withVersions(there), device()];
  d.write(here);
  expect(await d.sync()).toMatchObject({ state: 'conflict' });
  return [c, d];
};

describe('what two devices have otherwise when they meet for the first time', () => {
  const [THERE, HERE] = [{ font: 'a', n: 1 }, { font: 'dd', n: 1, onlyD: 'k' }];
  const FONT = [{ path: ['font'], kind: 'add/add' }];

  /** What may go on before the person answers; `file`: what d's file then holds beside its font, `asks` the same to the end. */
  const meanwhile: readonly { readonly name: string; readonly goesOn: (c: TestDevice, d: TestDevice) => Promise<unknown>; readonly file: object }[] = [
    { name: 'nothing changes', goesOn: async (_c, d) => [await d.sync(), await d.sync()], file: { n: 1, onlyD: 'k' } },
    {
      name: 'Picferry starts again',
      goesOn: (_c, d) => {
        d.restart();
        return d.sync();
      },
      file: { n: 1, onlyD: 'k' },
    },
    {
      name: 'the file is edited here',
      goesOn: (_c, d) => {
        d.write({ ...HERE, mine: true });
        return d.sync();
      },
      file: { n: 1, onlyD: 'k', mine: true },
    },
    {
      name: 'the other device changes and adds something',
      goesOn: async (c, d) => {
        c.write({ font: 'a', n: 2, onlyC: 'c' });
        return [await c.sync(), await d.sync(), await d.sync()];
      },
      file: { n: 2, onlyD: 'k', onlyC: 'c' },
    },
    {
      name: 'both edit',
      goesOn: async (c, d) => {
        await d.sync();
        c.write({ font: 'a', n: 2 });
        d.write({ ...HERE, mine: true });
        return [await c.sync(), await d.sync(), await d.sync()];
      },
      file: { n: 2, onlyD: 'k', mine: true },
    },
    {
      name: 'something that only this device had is deleted here',
      goesOn: async (_c, d) => {
        await d.sync();
        d.write({ font: 'dd', n: 1 });
        return [await d.sync(), await d.sync()];
      },
      file: { n: 1 },
    },
    {
      name: 'something that both had is deleted there',
      goesOn: async (c, d) => {
        await d.sync();
        c.write({ font: 'a' });
        return [await c.sync(), await d.sync(), await d.sync()];
      },
      file: { onlyD: 'k' },
    },
  ];
  const answers = [['mine', 'dd'], ['theirs', 'a']] as const;

  it.each(meanwhile.flatMap((one) => answers.map(([take, font]) => [one.name, take, font, one] as const)))('is the same question when %s, and %s as answer costs nothing beside it', async (_name, take, font, { goesOn, file }) => {
    const [c, d] = await met(THERE, HERE);
    const asked = questionsOf(d);
    expect(asked).toMatchObject(FONT);
    await goesOn(c, d);
    expect([d.service.status(DOCUMENT).state, d.read(), questionsOf(d)]).toEqual(['conflict', { font: 'dd', ...file }, asked]);
    await choose(d, 'font', take);
    expect(await d.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    await settle(c, d);
    expect([c.read(), d.read(), contents().at(-1)]).toEqual(Array.from({ length: 3 }, () => ({ font, ...file })));
  });

  it.each(answers)('is asked and answered with %s alike where the person chose to merge', async (take, font) => {
    const [c, d] = [await withVersions(THERE), device({ add: false })];
    d.write(HERE);
    d.service.add(DOCUMENT, d.file, { ask: true });
    expect(await d.sync()).toMatchObject({ state: 'first-choice' });
    await d.service.begin(DOCUMENT, 'merge');
    for (let look = 0; look < 3; look += 1) expect(await d.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect([questionsOf(d), d.read()]).toMatchObject([FONT, HERE]);
    await choose(d, 'font', take);
    await settle(d, c);
    expect([c.read(), d.read()]).toEqual(Array.from({ length: 2 }, () => ({ ...HERE, font })));
  });

  it('stays answered at one place while another is open, also over a further version', async () => {
    const [c, d] = await met({ font: 'a', size: 1, n: 1 }, { font: 'dd', size: 2, n: 1, onlyD: 'k' });
    const asked = questionsOf(d);
    await choose(d, 'font', 'theirs');
    for (let look = 0; look < 2; look += 1) expect(await d.sync()).toMatchObject({ state: 'conflict' });
    c.write({ font: 'a', size: 1, n: 2 });
    await c.sync();
    await d.sync();
    expect([questionsOf(d), d.read()]).toEqual([asked.filter(({ path }) => path[0] === 'size'), { font: 'a', size: 2, n: 2, onlyD: 'k' }]);
    await choose(d, 'size', 'mine');
    await settle(d, c);
    expect([c.read(), d.read()]).toEqual(Array.from({ length: 2 }, () => ({ font: 'a', size: 2, n: 2, onlyD: 'k' })));
  });

  it('is asked about deep in objects and elements that both have, with all that lies beside it', async () => {
    const side = (x: number, n: number, own: object) => ({ o: { p: { x, n, ...own } }, items: [{ id: 1, x, n, ...own }, { id: 2, n }] });
    const [c, d] = await met(side(1, 0, {}), side(2, 0, { onlyD: 'k' }));
    const asked = questionsOf(d);
    expect(asked).toMatchObject([{ path: ['o', 'p', 'x'], kind: 'add/add' }, { path: ['items', { idKey: 'id', idValue: '1' }, 'x'], kind: 'add/add' }]);
    c.write(side(1, 5, {}));
    await c.sync();
    for (let look = 0; look < 2; look += 1) await d.sync();
    expect([d.read(), questionsOf(d)]).toEqual([side(2, 5, { onlyD: 'k' }), asked]);
    for (const { id } of asked) await d.service.resolve(id, { take: 'theirs' });
    await settle(d, c);
    expect([c.read(), d.read()]).toEqual(Array.from({ length: 2 }, () => side(1, 5, { onlyD: 'k' })));
  });

  it('is one question in the resolver too, where the other device has gone on at another place', async () => {
    const [c, d] = await met({ ...THERE, onlyC: 'c' }, HERE);
    const asked = questionsOf(d);
    const inResolver = async () => {
      const sides = await d.service.sides(DOCUMENT);
      const textOf = (side: TextFile | null | undefined): string | null => (side == null ? null : gunzipSync(readFileSync(side.path)).toString('utf8'));
      const merged = await localTexts.merge(textOf(sides?.base), textOf(sides?.mine) ?? '', textOf(sides?.theirs) ?? '', sides?.policy ?? {}, {});
      if (merged.status !== 'conflicts') throw new Error(merged.status);
      return { questions: merged.conflicts.map(({ id, path, kind }) => ({ id, path, kind })), document: JSON.parse(merged.text) as unknown };
    };
    expect(await inResolver()).toEqual({ questions: asked, document: { font: 'dd', n: 1, onlyC: 'c', onlyD: 'k' } });
    for (const n of [2, 3]) {
      c.write({ ...THERE, n, onlyC: 'c' });
      await c.sync();
      await d.sync();
      expect(await inResolver()).toEqual({ questions: asked, document: { font: 'dd', n, onlyC: 'c', onlyD: 'k' } });
    }
    c.write({ ...THERE, n: 3 });
    await c.sync();
    await d.sync();
    expect(await inResolver()).toEqual({ questions: asked, document: { font: 'dd', n: 3, onlyD: 'k' } });
  });

  it('is the whole document where they are of two kinds, and stays that', async () => {
    const [c, d] = await met({ n: 1 }, [1, 2]);
    const asked = questionsOf(d);
    expect(asked).toMatchObject([{ path: [], kind: 'add/add' }]);
    for (let look = 0; look < 2; look += 1) await d.sync();
    c.write({ n: 2 });
    await c.sync();
    await d.sync();
    expect([d.read(), d.service.conflicts()]).toMatchObject([[1, 2], [{ path: [], kind: 'add/add', mine: '[1,2]', theirs: '{"n":2}' }]]);
    await d.service.resolve(questionsOf(d)[0]?.id ?? '', { take: 'theirs' });
    await settle(d, c);
    expect([c.read(), d.read()]).toEqual([{ n: 2 }, { n: 2 }]);
  });
});

describe('a first meeting as a build before left it, with the document null for a base', () => {
  const NULL_TEXT = 'null\n';
  const NULL_BLOB = sha256Hex(NULL_TEXT);
  const WHOLE = [{ id: 'whole', path: [], kind: 'type', base: 'null', mine: '{}', theirs: '{}', provisional: 'mine', both: false, longText: false, inner: [] }];

  /** Closes the device, makes its record what that build would have left, and opens it again. */
  const asLeft = (one: TestDevice, change: (open: Open) => object): void => {
    const at = readdirSync(one.folder, { recursive: true, encoding: 'utf8' }).find((name) => basename(name) === 'record.json') ?? '';
    const path = join(one.folder, at);
    const record = JSON.parse(readFileSync(path, 'utf8')) as { open: Open };
    writeFileSync(join(dirname(path), 'blobs', `${NULL_BLOB}.gz`), gzipSync(NULL_TEXT));
    writeFileSync(path, JSON.stringify({ ...record, open: { ...record.open, ...change(record.open) } }));
    one.restart();
  };
  const made = ({ made: of }: Open): object => ({ made: { ...of, ancestor: NULL_BLOB } });
  const left: readonly (readonly [string, (open: Open) => object])[] = [
    ['before it looked again', () => ({ base: NULL_BLOB })],
    ['after it asked about the whole document', () => ({ base: NULL_BLOB, conflicts: WHOLE })],
    ['after a further version', (open) => ({ base: NULL_BLOB, conflicts: WHOLE, ...made(open) })],
    ['in an older form yet', () => ({ base: NULL_BLOB, conflicts: WHOLE, made: null })],
  ];
  it.each(left)('asks about the places that both have otherwise, %s', async (_name, change) => {
    const [c, d] = await met({ font: 'a', size: 1, n: 1, onlyC: 'c' }, { font: 'dd', size: 2, n: 1, onlyD: 'k' });
    const asked = questionsOf(d);
    await choose(d, 'size', 'theirs');
    asLeft(d, change);
    expect(questionsOf(d).filter(({ path }) => path.length === 0)).toEqual([]);
    for (let look = 0; look < 2; look += 1) await d.sync();
    // What was answered stays answered.
    expect(questionsOf(d)).toEqual(asked.filter(({ path }) => path[0] === 'font'));
    c.write({ font: 'a', size: 1, n: 2, onlyC: 'c' });
    await c.sync();
    await d.sync();
    expect(questionsOf(d)).toEqual(asked.filter(({ path }) => path[0] === 'font'));
    await choose(d, 'font', 'mine');
    await settle(d, c);
    expect([c.read(), d.read()]).toEqual(Array.from({ length: 2 }, () => ({ font: 'dd', size: 1, n: 2, onlyC: 'c', onlyD: 'k' })));
  });

  it('leaves a base that was the document null: both sides have made something else of it', async () => {
    world.host.control.set({ wizs: { contentOut: 'string', baseTracking: 'none' } });
    const [c, d] = [await withVersions(null), device()];
    await d.sync();
    c.write({ n: 1 });
    d.write({ n: 2 });
    await c.sync();
    await d.sync();
    const asked = questionsOf(d);
    expect(asked).toMatchObject([{ path: [], kind: 'type' }]);
    d.restart();
    expect(questionsOf(d)).toEqual(asked);
    await d.sync();
    expect(questionsOf(d)).toEqual(asked);
  });
});

describe('what two devices both made since they know each other', () => {
  it('keeps what lies beside the open place: the other device goes on there, and nothing more is asked', async () => {
    const [c, d] = [await withVersions({}), device()];
    await d.sync();
    c.write({ theme: { colour: 'red', n: 1, old: true } });
    d.write({ theme: { colour: 'blue', n: 1, old: true } });
    await c.sync();
    expect(await d.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    c.write({ theme: { colour: 'red', n: 2 } });
    await c.sync();
    expect(await d.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(d.read()).toEqual({ theme: { colour: 'blue', n: 2 } });
    await choose(d, 'colour', 'mine');
    await settle(d, c);
    expect([c.read(), d.read()]).toEqual(Array.from({ length: 2 }, () => ({ theme: { colour: 'blue', n: 2 } })));
    expect(world.host.control.documents.versions('doc')).toHaveLength(4);
  });
});
