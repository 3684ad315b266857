import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomOf } from '../../../test/sync/random';
import { DOCUMENT, startShortWorld, type SimulatedWorld, type TestDevice } from '../../../test/sync/sync-world';
import { sha256Hex } from '../../lib/canonical-json';
import { merge, openMerge, resolve, type Choice, type TextChoice } from '../../merge';
import type { TextFile } from './engine-contract';

type List = readonly string[];
type Document = { readonly list: List; readonly [key: string]: unknown };

let world: SimulatedWorld;
beforeEach(() => {
  world = startShortWorld();
});
afterEach(() => world.stop());

const read = (one: TestDevice): Document => one.read() as Document;
const idsAt = (one: TestDevice): string[] => one.service.conflicts().map(({ id }) => id);

/** Two devices that have the same list, and then each its own; the second one is asked about the first one's. */
const asked = async ({ base, theirs, mine }: { readonly base: List; readonly theirs: List; readonly mine: List }): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = [world.device('a'), world.device('b')];
  a.write({ list: base, p: 1 });
  for (const one of [a, b]) await one.sync();
  a.write({ list: theirs, p: 1 });
  await a.sync();
  b.write({ list: mine, p: 1 });
  await b.sync();
  return [a, b];
};

const CASES = {
  'an item put in where the other one removed its neighbour': { base: ['u1', 'u2', 'u3'], theirs: ['T', 'u1', 'item', 'u2', 'u3'], mine: ['M', 'u1', 'u3'] },
  'an item put in before one that the other one changed': { base: ['u1', 'u2', 'u3'], theirs: ['T', 'u1', 'item', 'u2', 'u3'], mine: ['M', 'u1', 'U2', 'u3'] },
  'an item put in behind one that the other one changed': { base: ['u1', 'u2', 'u3'], theirs: ['T', 'u1', 'u2', 'item', 'u3'], mine: ['M', 'u1', 'U2', 'u3'] },
  'an item put in beside the open place alone': { base: ['u1', 'u2', 'u3'], theirs: ['T', 'u1', 'item', 'u2', 'u3'], mine: ['M', 'u1', 'u2', 'u3'] },
  'an item put in right before what both changed': { base: ['a', 'b'], theirs: ['new', 'a', 'x', 'b'], mine: ['c'] },
  'two open places, with changes of both between and around': { base: ['a', 'b', 'c', 'd', 'e', 'f'], theirs: ['t0', 'a', 'B', 'c', 'tx', 'd', 'E', 'f', 't1'], mine: ['m0', 'a', 'b2', 'c', 'D', 'e', 'f', 'm1'] },
} as const;
const TAKES = [{ take: 'mine' }, { take: 'theirs' }, { take: 'base' }, { take: 'both', first: 'mine' }] as const;

/** What may come before the answer; each gives the rest of the document then. */
const BETWEEN: { readonly [name: string]: (a: TestDevice, b: TestDevice) => Promise<Partial<Document>> } = {
  nothing: () => Promise.resolve({}),
  'an edit of the file': async (_a, b) => {
    b.write({ ...read(b), p: 2 });
    await b.sync();
    return { p: 2 };
  },
  'a further version': async (a, b) => {
    a.write({ ...read(a), q: 1 });
    await a.sync();
    await b.sync();
    return { q: 1 };
  },
  'both, twice': async (a, b) => {
    for (const n of [3, 4]) {
      b.write({ ...read(b), p: n });
      a.write({ ...read(a), q: n });
      await a.sync();
      await b.sync();
      await b.sync();
    }
    return { p: 4, q: 4 };
  },
};

describe.each(Object.entries(CASES))('a list that is asked about: %s', (_name, lists) => {
  it.each(Object.entries(BETWEEN))('is decided as the resolver shows it, and asked about once, with %s before that', async (_what, between) => {
    for (const answer of TAKES) {
      await world.stop();
      world = startShortWorld();
      const outcome = merge(lists.base, lists.mine, lists.theirs, { digest: sha256Hex });
      const expected = resolve(outcome, new Map(outcome.conflicts.map(({ id }) => [id, answer as Choice]))).value;
      const [a, b] = await asked(lists);
      const first = idsAt(b);
      const rest = await between(a, b);
      expect([idsAt(b), read(b).list]).toEqual([first, outcome.value]);
      await b.service.resolve(first, answer);
      for (const one of [b, a]) expect(await one.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
      for (const one of [b, a]) expect(read(one)).toEqual({ p: 1, ...rest, list: expected });
    }
  });
});

describe('an item beside an open place', () => {
  it('stays out of the question when the other device removed what stood between', async () => {
    for (const answer of TAKES) {
      await world.stop();
      world = startShortWorld();
      const [a, b] = await asked({ base: ['a', 'b', 'c', 'd', 'e'], theirs: ['t', 'b', 'c', 'd'], mine: ['m', 'n', 'e', 'o'] });
      await b.service.resolve(idsAt(b), answer);
      for (const one of [b, a]) expect(await one.sync()).toMatchObject({ state: 'clean' });
      for (const one of [b, a]) expect(read(one).list.at(-1)).toBe('o');
    }
  });

  it('that both put in, and the other device then removed, is in no text that the resolver is given', async () => {
    const [a, b] = await asked({ base: ['u1', 'u2'], theirs: ['T', 'u1', 'x', 'u2'], mine: ['M', 'u1', 'x', 'u2'] });
    a.write({ list: ['T', 'u1', 'u2'], p: 1 });
    await a.sync();
    await b.sync();
    expect(read(b).list).toEqual(['M', 'u1', 'u2']);
    const sides = await b.service.sides(DOCUMENT);
    const textOf = (file: TextFile | null | undefined): string | null => (file == null ? null : gunzipSync(readFileSync(file.path)).toString('utf8'));
    const open = openMerge(textOf(sides?.base), textOf(sides?.mine) ?? '', textOf(sides?.theirs) ?? '', { policy: sides?.policy ?? {}, digest: sha256Hex });
    if ('code' in open) throw new Error(open.code);
    expect([open.outcome.value, open.outcome.conflicts.map(({ id }) => id)]).toEqual([read(b), idsAt(b)]);
  });

  it('that was taken from the other device stays away when it is removed before the answer', async () => {
    const [a, b] = await asked(CASES['an item put in beside the open place alone']);
    b.write({ list: ['M', 'u1', 'u2', 'u3'], p: 1 });
    await b.sync();
    a.write({ ...read(a), p: 2 });
    await a.sync();
    await b.sync();
    await b.service.resolve(idsAt(b), { take: 'both', first: 'mine' });
    for (const one of [b, a]) await one.sync();
    expect([read(a), read(b)]).toEqual(Array.from({ length: 2 }, () => ({ list: ['M', 'T', 'u1', 'u2', 'u3'], p: 2 })));
  });
});

const SEEDS = process.env['PICFERRY_LONG'] === '1' ? 600 : 40;

/** One list that two devices edit, while the second one is asked and answers now and then. */
const story = async (seed: number): Promise<readonly string[]> => {
  const random = randomOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const [a, b] = [world.device(`a${seed}`), world.device(`b${seed}`)];
  const problems: string[] = [];
  const [put, removed, inAsked, answered] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const fresh = (): string => {
    const item = `${String(seed)}.${String(put.size)}`;
    put.add(item);
    return item;
  };
  const edit = (one: TestDevice): void => {
    const items = [...read(one).list];
    const what = random();
    if (what < 0.6 || items.length === 0) items.splice(below(items.length + 1), 0, fresh());
    else for (const gone of items.splice(below(items.length), 1, ...(what < 0.8 ? [fresh()] : []))) removed.add(gone);
    one.write({ ...read(one), list: items, ...(random() < 0.3 ? { [one === a ? 'p' : 'q']: put.size } : {}) });
  };
  const sync = async (one: TestDevice): Promise<void> => {
    await one.sync();
    for (const { id, base, mine, theirs } of one.service.conflicts()) {
      if (answered.has(id)) problems.push('a place was asked about twice');
      for (const side of [base, mine, theirs]) for (const item of JSON.parse(side ?? '[]') as List) inAsked.add(item);
    }
  };
  const answer = async (one: TestDevice, share: number): Promise<void> => {
    const chosen: string[] = [];
    for (const { id, mine, theirs } of one.service.conflicts()) {
      if (random() > share) continue;
      // Whoever keeps both of what overlaps gets it twice.
      const overlaps = (JSON.parse(mine ?? '[]') as List).some((item) => (theirs ?? '').includes(JSON.stringify(item)));
      const takes: readonly TextChoice[] = overlaps ? TAKES.slice(0, 3) : TAKES;
      await one.service.resolve(id, takes[below(takes.length)] as TextChoice);
      chosen.push(id);
    }
    const all = one.service.conflicts().length === 0;
    await sync(one);
    if (all) for (const id of chosen) answered.add(id);
  };
  a.write({ list: Array.from({ length: 2 + below(5) }, fresh) });
  for (const one of [a, b, a]) await sync(one);
  for (let step = 0; step < 12; step += 1) {
    const one = random() < 0.5 ? a : b;
    for (let n = 1 + below(3); n > 0; n -= 1) if (random() < 0.7) edit(one);
    await sync(one);
    if (random() < 0.3) await answer(one, 0.7);
  }
  for (let round = 0; round < 4; round += 1) for (const one of [a, b]) await answer(one, 2);
  const { list } = read(a);
  if (JSON.stringify(read(b)) !== JSON.stringify(read(a))) problems.push('the devices differ');
  if (new Set(list).size < list.length) problems.push(`twice: ${JSON.stringify(list)}`);
  const lost = [...put].filter((item) => !list.includes(item) && !removed.has(item) && !inAsked.has(item));
  if (lost.length > 0) problems.push(`lost: ${lost.join(' ')}`);
  return problems;
};

it('a list has no item twice that each side had once, loses none but by an answer, and asks once, in whatever order two devices edit, sync and answer', async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    world.host.control.reset();
    expect([seed, await story(seed)]).toEqual([seed, []]);
  }
}, 900_000);
