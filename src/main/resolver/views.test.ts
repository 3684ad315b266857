import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documents, LONG, RUNS, triples } from '../../../test/merge/documents';
import { sha256Hex } from '../../lib/canonical-json';
import type { ItemFilter, ListRow, TreeRow } from '../../shared/model/resolver';
import { isArray, isObject, printValue, type JsonValue } from '../../merge';
import { ListView } from './list-view';
import { ResultTree } from './result-tree';
import { Session } from './session';
import { textSpans } from './text-diff';
import { glance, lineCount, linesOf } from './value-text';

const WIDE = { indent: '  ', eol: '\n', spaced: true } as const;
const open = (base: JsonValue, mine: JsonValue, theirs: JsonValue): Session => {
  const [b, m, t] = [base, mine, theirs].map((value) => printValue(value, WIDE)) as [string, string, string];
  const session = Session.open({ base: b, mine: m, theirs: t, policy: {} }, sha256Hex);
  if (session === null) throw new Error('not opened');
  return session;
};
const law = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void => it(title, () => void fc.assert(fc.property(arbitrary, holds), RUNS), LONG);
const any = documents({ lists: true });
const ALL: ItemFilter = { show: 'all', kind: null, text: '' };

describe('a printed value', () => {
  law('has the same lines in pages as whole', fc.tuple(any, fc.nat(30), fc.integer({ min: 1, max: 10 })), ([value, from, count]) => {
    const whole = printValue(value, WIDE).split('\n');
    expect(lineCount(value)).toBe(whole.length);
    expect(linesOf(value, from, count)).toEqual(whole.slice(from, from + count));
  });

  it('is glanced at in one short line, however long it is', () => {
    expect(glance({ a: [1, { b: 'x' }], c: null })).toBe('{"a": [1, {"b": "x"}], "c": null}');
    expect(glance(Array.from({ length: 1e6 }, (_, i) => i), 20)).toBe('[0, 1, 2, 3, 4, 5, 6…');
  });
});

describe('two texts', () => {
  law('are the second, in runs', fc.tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 })), ([before, after]) => {
    const spans = textSpans(before, after);
    expect(spans.map(({ text }) => text).join('')).toBe(after);
    const kept = spans.filter(({ same }) => same).flatMap(({ text }) => [...text]);
    let at = -1;
    const characters = [...before];
    for (const one of kept) at = characters.indexOf(one, at + 1);
    expect(kept.length === 0 || at !== -1).toBe(true);
  });

  it('that are alike share all; what is alike by chance is no part of an edit', () => {
    expect(textSpans('JetBrains Mono', 'Fira Code')).toEqual([{ text: 'Fira Code', same: false }]);
    expect(textSpans('https://img.example.org/a', 'https://pics.example.org/a')).toEqual([{ text: 'https://', same: true }, { text: 'pics', same: false }, { text: '.example.org/a', same: true }]);
    expect(textSpans('abc', 'abc')).toEqual([{ text: 'abc', same: true }]);
    expect(textSpans('the old cat', 'the new cat')).toEqual([{ text: 'the ', same: true }, { text: 'new', same: false }, { text: ' cat', same: true }]);
    expect(textSpans('', '')).toEqual([]);
  });
});

describe('the list of places', () => {
  law('is the same in pages as whole, and finds the row of each', fc.tuple(triples({ lists: true }), fc.nat(10), fc.integer({ min: 1, max: 5 })), ([{ base, mine, theirs }, from, count]) => {
    const session = open(base, mine, theirs);
    const list = new ListView(session);
    const all = list.page(ALL, 0, 10_000);
    expect(all.rows).toHaveLength(all.total);
    expect(list.page(ALL, from, count).rows).toEqual(all.rows.slice(from, from + count));
    for (const [row, one] of all.rows.entries()) if (one.type === 'item') expect(list.row(ALL, one.id)).toBe(row);
    expect(all.rows.filter(({ type }) => type === 'item')).toHaveLength(session.items.length);
  });

  it('goes from one undecided place to the next, and round', () => {
    const session = open({ a: 1, b: 1, c: 1, d: 1 }, { a: 2, b: 2, c: 2, d: 5 }, { a: 3, b: 3, c: 3, d: 1 });
    const list = new ListView(session);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => session.items.find((item) => item.name === name)?.id ?? '');
    session.choose(b ?? '', { take: 'mine' }, 'this');
    expect(list.next(ALL, null, false, true)?.id).toBe(a);
    expect(list.next(ALL, a ?? null, false, true)?.id).toBe(c);
    expect(list.next(ALL, c ?? null, false, true)?.id).toBe(a);
    expect(list.next(ALL, a ?? null, true, true)?.id).toBe(c);
    expect(list.next(ALL, a ?? null, false, false)?.id).toBe(b);
  });

  it('names items of a list by their places, for words in any language', () => {
    const session = open({ list: ['a', 'b'] }, { list: ['a', 'm'] }, { list: ['a', 't'] });
    const rows = new ListView(session).page(ALL, 0, 10).rows;
    expect(rows.map((row: ListRow) => (row.type === 'item' ? row.path : null))).toEqual([null, [{ list: [1, 2] }]]);
  });

  it('is filtered by state, kind and path, under headings that end where their places end', () => {
    const session = open({ accounts: { a: 1, b: 1 }, theme: 'x', z: 1 }, { accounts: { a: 2, b: 2 }, theme: 'y' }, { accounts: { a: 3, b: 3 }, theme: 'x', z: 2 });
    const list = new ListView(session);
    const names = (filter: Partial<ItemFilter>) => list.page({ ...ALL, ...filter }, 0, 100).rows.map((row: ListRow) => (row.type === 'group' ? `[${row.name} ${String(row.open)}/${String(row.count)}]` : `${row.below ? '  ' : ''}${row.path.join(' › ')}`));
    expect(names({})).toEqual(['[accounts 2/2]', '  a', '  b', 'theme', 'z']);
    expect(names({ show: 'merged' })).toEqual(['theme']);
    expect(names({ kind: 'delete/edit' })).toEqual(['z']);
    expect(names({ text: 'ACC' })).toEqual(['[accounts 2/2]', '  a', '  b']);
    session.takeAll('mine');
    expect(names({ show: 'open' })).toEqual([]);
  });
  it('is found by what its rows say in any language, and by the place as one word', () => {
    const session = open({ tags: ['a', 'b', 'c'], items: [{ id: 'x', n: 1 }] }, { tags: ['a', 'B', 'c', 'mine'], items: [{ id: 'x', n: 2 }] }, { tags: ['a', 'bb', 'c', 'theirs'], items: [{ id: 'x', n: 3 }] });
    const list = new ListView(session);
    const found = (text: string): unknown => list.page({ ...ALL, text }, 0, 100).rows.flatMap((row) => (row.type === 'item' ? [row.path.at(-1)] : []));
    const [item, gap] = [{ list: [1, 2] }, { list: [3, 3] }];
    for (const text of ['item 2', 'Item 2', '第 2 项', '第2项', 'tags › item 2', '#2', '/tags[2]']) expect([text, found(text)]).toEqual([text, [item]]);
    for (const text of ['before item 4', '第 4 项之前', '[before 4]']) expect([text, found(text)]).toEqual([text, [gap]]);
    for (const text of ['id x', 'id "x"', '[id="x"]/n']) expect([text, found(text)]).toEqual([text, ['n']]);
    for (const text of ['/tags/2', 'tags/2']) expect([text, found(text)]).toEqual([text, [item]]);
    expect(found('item 9')).toEqual([]);
  });

  it('has a key that holds what parts keys in quotes, and is found with them or without', () => {
    const session = open({ 'a › d': { x: 1 } }, { 'a › d': { x: 2 } }, { 'a › d': { x: 3 } });
    expect(session.items.map(({ name }) => name)).toEqual(['"a › d" › x']);
    for (const text of ['"a › d" › x', 'a › d › x', 'a›d']) expect(new ListView(session).page({ show: 'all', kind: null, text }, 0, 9).items).toBe(1);
  });

  it('shows what the elements of an order are called', () => {
    const of = (...ids: readonly number[]): JsonValue => ids.map((id) => ({ id, name: `Album ${String(id)}` }));
    const session = open(of(1, 2, 3), of(3, 1, 2), of(2, 3, 1));
    expect(session.view(session.items[0]?.id ?? '')).toMatchObject({ kind: 'order', mine: { text: '3  Album 3\n1  Album 1\n2  Album 2' } });
  });

  it('shows long texts from a line before the first difference', () => {
    const text = (last: string): string => `${'a line that is alike\n'.repeat(300)}${last}`;
    const session = open({ t: text('first') }, { t: text('mine') }, { t: text('theirs') });
    const view = session.view(session.items[0]?.id ?? '');
    expect(view?.mine).toMatchObject({ skipped: 5985, cut: false });
    expect(view?.mine.text).toMatch(/^a line that is alike\n[^]*\nmine$/);
    expect([view?.base.skipped, view?.theirs.skipped, view?.result.skipped]).toEqual([5985, 5985, 5985]);
  });

  it('is found by each item that a range of it holds', () => {
    const session = open({ rows: ['a', 'b', 'c', 'd'], o: { 7: 1 } }, { rows: ['a', 'B', 'C', 'd'], o: { 7: 2 } }, { rows: ['a', 'bb', 'cc', 'd'], o: { 7: 3 } });
    const list = new ListView(session);
    const found = (text: string): unknown => list.page({ ...ALL, text }, 0, 100).rows.flatMap((row) => (row.type === 'item' ? [row.path.at(-1)] : []));
    for (const text of ['items 2–3', 'item 2', 'item 3', '第 2 项', '第 3 项', '#3', '[2]', '/rows[3]', '/rows/2', 'rows › item 3']) expect([text, found(text)]).toEqual([text, [{ list: [1, 3] }]]);
    for (const text of ['item 1', 'item 4', '[1]', '/rows/4', '/other/2']) expect([text, found(text)]).toEqual([text, []]);
    expect(found('/o/7')).toEqual(['7']);
  });
});

/** All lines of the tree as they should be. */
const flattened = (value: JsonValue, opened: ReadonlySet<string>, path: readonly (string | number)[] = []): string[] => {
  const members: readonly (readonly [string | number, JsonValue])[] = isArray(value) ? value.map((item, i) => [i, item] as const) : isObject(value) ? Object.keys(value).map((key) => [key, value[key] as JsonValue] as const) : [];
  return members.flatMap(([member, inner]) => {
    const node = JSON.stringify([...path, member]);
    return [node, ...(opened.has(node) ? flattened(inner, opened, [...path, member]) : [])];
  });
};

describe('the tree of the result', () => {
  law('is the same in pages as whole, whatever is opened', fc.tuple(any, fc.array(fc.nat(), { maxLength: 8 }), fc.nat(12), fc.integer({ min: 1, max: 6 })), ([value, places, from, count]) => {
    const tree = new ResultTree(open(value, value, value));
    const opened = new Set<string>();
    for (const place of places) {
      const shown = flattened(value, opened);
      const node = shown[place % Math.max(1, shown.length)];
      if (node === undefined) continue;
      tree.expand(node, true);
      opened.add(node);
    }
    const whole = flattened(value, opened);
    const all = tree.page(0, 10_000);
    expect(isArray(value) || isObject(value) ? all.total : 0).toBe(whole.length);
    if (!isArray(value) && !isObject(value)) return;
    expect(all.rows.map(({ node }: TreeRow) => node)).toEqual(whole);
    expect(tree.page(from, count).rows).toEqual(all.rows.slice(from, from + count));
  });

  it('marks decided and merged places, opens up to one, and stays open while the document changes', () => {
    const session = open({ a: [{ id: 1, v: 1 }, { id: 2, v: 1 }], b: 1 }, { a: [{ id: 1, v: 2 }, { id: 2, v: 1 }], b: 1 }, { a: [{ id: 2, v: 1 }, { id: 1, v: 3 }], b: 2 });
    const tree = new ResultTree(session);
    const item = session.items.find(({ name }) => name === 'a › id 1 › v');
    if (item === undefined) throw new Error('no such place');
    const found = tree.reveal(item);
    const marks = () => tree.page(0, 100).rows.map(({ node, mark }) => [node, mark]);
    expect(tree.page(0, 2).rows.map(({ inside }) => inside)).toEqual([1, 0]);
    expect(marks()).toEqual([['["a"]', 'merged'], ['["a",0]', null], ['["a",1]', null], ['["a",1,"id"]', null], ['["a",1,"v"]', 'open'], ['["b"]', 'merged']]);
    expect(found).toEqual({ node: '["a",1,"v"]', row: 4 });
    session.choose(item.id, { take: 'theirs' }, 'this');
    expect(tree.page(4, 1).rows).toMatchObject([{ mark: 'theirs', preview: '3', level: 3, place: 2, setSize: 2 }]);
  });

  it('names the elements of lists as the places are named: by their identity, or counted from 1', () => {
    const session = open({ l: ['a', 'b'], k: [{ id: 'x', v: 1 }] }, { l: ['a', 'M'], k: [{ id: 'x', v: 2 }] }, { l: ['a', 'T'], k: [{ id: 'x', v: 3 }] });
    const tree = new ResultTree(session);
    for (const node of ['["l"]', '["k"]']) tree.expand(node, true);
    expect(session.items.map(({ path }) => path.at(-1))).toEqual([{ list: [1, 2] }, 'v']);
    expect(tree.page(0, 9).rows.map(({ step }) => step)).toEqual(['l', { list: [0, 1] }, { list: [1, 2] }, 'k', { idKey: 'id', idValue: '"x"' }]);
    expect(new ResultTree(open({}, 1, 1)).page(0, 9).rows.map(({ step }) => step)).toEqual([null]);
  });

  it('finds keys and values, one after the other and round', () => {
    const tree = new ResultTree(open({}, { apple: 1, b: { pear: ['apple pie', 2] }, c: 'APPLE' }, {}));
    const seen: string[] = [];
    let at: string | null = null;
    for (let i = 0; i < 4; i += 1) {
      at = tree.find('apple', at)?.node ?? null;
      seen.push(at ?? '');
    }
    expect(seen).toEqual(['["apple"]', '["b","pear",0]', '["c"]', '["apple"]']);
    expect(tree.find('nowhere', null)).toBeNull();
  });

  it('shows the end of a million items without walking through them', () => {
    const items = Array.from({ length: 1_000_000 }, (_, i) => i);
    const tree = new ResultTree(open({}, { items }, {}));
    tree.expand('["items"]', true);
    tree.page(0, 1);
    const before = performance.now();
    expect(tree.page(999_990, 50).rows).toHaveLength(11);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
