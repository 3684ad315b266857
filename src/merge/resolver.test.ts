import { describe, expect, it } from 'vitest';
import { countChanges, diff, merge, openMerge, readChoice, resolve, takeAll, textChange, textConflict, valueAt, withoutLocal, withOpenPlaces, ExactNumber, type Choice, type JsonValue, type Outcome } from './index';

const digest = (text: string): string => `#${String(text.length)} ${text}`;
const merged = (base: JsonValue | undefined, mine: JsonValue, theirs: JsonValue, changes = false): Outcome => merge(base, mine, theirs, { digest, changes });

/** The document when each conflict is decided so. */
const chosen = (outcome: Outcome, ...choices: readonly Choice[]): unknown => resolve(outcome, new Map(outcome.conflicts.map(({ id }, i) => [id, choices[i] ?? { take: 'mine' }]))).value;

describe('a choice', () => {
  const scalar = merged({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 5 });

  it.each<[string, Choice, unknown]>([
    ['mine', { take: 'mine' }, { a: 2, b: 5 }],
    ['theirs', { take: 'theirs' }, { a: 3, b: 5 }],
    ['the base', { take: 'base' }, { a: 1, b: 5 }],
    ['an edited value', { take: 'edited', value: { x: [1] } }, { a: { x: [1] }, b: 5 }],
    ['both, which a scalar cannot be, so the provisional side', { take: 'both', first: 'theirs' }, { a: 2, b: 5 }],
  ])('takes %s', (_name, choice, result) => expect(chosen(scalar, choice)).toEqual(result));

  it('deletes, or keeps what was edited', () => {
    const outcome = merged({ a: 1, b: 1 }, { b: 1 }, { a: 2, b: 1 });
    expect(chosen(outcome, { take: 'mine' })).toEqual({ b: 1 });
    expect(chosen(outcome, { take: 'theirs' })).toEqual({ a: 2, b: 1 });
    expect(chosen(outcome, { take: 'base' })).toEqual({ a: 1, b: 1 });
  });

  it('keeps both insertions of a list, in either order', () => {
    const outcome = merged([1, 9], [1, 'm', 9], [1, 't', 9]);
    expect(chosen(outcome, { take: 'both', first: 'mine' })).toEqual([1, 'm', 't', 9]);
    expect(chosen(outcome, { take: 'both', first: 'theirs' })).toEqual([1, 't', 'm', 9]);
    expect(chosen(outcome, { take: 'base' })).toEqual([1, 9]);
    expect(chosen(outcome, { take: 'edited', value: ['x', 'y'] })).toEqual([1, 'x', 'y', 9]);
    expect(chosen(outcome, { take: 'edited', value: 'one item' })).toEqual([1, 'one item', 9]);
  });

  it('keeps both elements that were made with one identity, the second with a new one', () => {
    const outcome = merged([{ id: 4 }], [{ id: 4 }, { id: 5, n: 'm' }], [{ id: 4 }, { id: 5, n: 't' }]);
    expect(chosen(outcome, { take: 'both', first: 'mine' })).toEqual([{ id: 4 }, { id: 5, n: 'm' }, { id: 6, n: 't' }]);
    expect(chosen(outcome, { take: 'both', first: 'theirs' })).toEqual([{ id: 4 }, { id: 5, n: 't' }, { id: 6, n: 'm' }]);
  });

  it('finds a new identity for a text, too, that nobody has', () => {
    const outcome = merged([{ id: 'a-2' }], [{ id: 'a-2' }, { id: 'a', n: 'm' }], [{ id: 'a-2' }, { id: 'a', n: 't' }]);
    expect(chosen(outcome, { take: 'both', first: 'mine' })).toEqual([{ id: 'a-2' }, { id: 'a', n: 'm' }, { id: 'a-3', n: 't' }]);
  });

  it('decides an order, or gives another one; what it leaves out follows what it followed', () => {
    const outcome = merged([{ id: 1 }, { id: 2 }, { id: 3 }], [{ id: 2 }, { id: 1 }, { id: 3 }], [{ id: 1 }, { id: 3 }, { id: 2 }]);
    const ids = (choice: Choice): unknown => (chosen(outcome, choice) as { id: number }[]).map(({ id }) => id);
    expect(ids({ take: 'theirs' })).toEqual([1, 3, 2]);
    expect(ids({ take: 'base' })).toEqual([1, 2, 3]);
    expect(ids({ take: 'edited', value: [3, 2, 1] })).toEqual([3, 2, 1]);
    expect(ids({ take: 'edited', value: [3, 3, 'nobody', 1] })).toEqual([2, 3, 1]);
  });

  it('may come as a message, and says when its text is no JSON', () => {
    expect(readChoice({ take: 'both', first: 'mine' })).toEqual({ ok: true, choice: { take: 'both', first: 'mine' } });
    expect(readChoice({ take: 'edited', text: '1.0' })).toEqual({ ok: true, choice: { take: 'edited', value: new ExactNumber('1.0') } });
    expect(readChoice({ take: 'edited', text: '{"a":1,"a":2}' })).toMatchObject({ ok: false, refusal: { code: 'duplicate-keys' } });
  });
});

describe('a resolver', () => {
  const outcome = merged({ a: 1, b: 1, c: 1 }, { a: 2, b: 2, c: 1 }, { a: 3, b: 3, c: 1 });
  const [a = '', b = ''] = outcome.conflicts.map(({ id }) => id);

  it('knows what is open, and which choices belong to nothing any more', () => {
    const { open, stale } = resolve(outcome, new Map([[a, { take: 'mine' }], ['gone', { take: 'mine' }]]));
    expect([open, stale]).toEqual([[b], ['gone']]);
  });

  it('takes all for what is open only', () => {
    const choices = takeAll(outcome, new Map([[a, { take: 'base' }]]), 'theirs');
    expect(resolve(outcome, choices).value).toEqual({ a: 1, b: 3, c: 1 });
  });

  it('shares untouched parts with the inputs', () => {
    const [deep, base] = [{ x: [1, 2, 3] }, { x: [1, 2, 3] }];
    const { value } = merged({ deep: base, a: 1 }, { deep, a: 2 }, { deep: base, a: 3 });
    expect((value as { deep: unknown }).deep).toBe(deep);
  });
});

describe('a conflict', () => {
  it('about a deletion lists the edits inside', () => {
    const { conflicts } = merged({ o: { a: 1, b: { c: 1, d: 1 }, e: 1 } }, {}, { o: { a: 2, b: { c: 2, d: 1 }, f: 1 } });
    expect(conflicts.map(({ inner }) => inner)).toEqual([[['o', 'a'], ['o', 'b', 'c'], ['o', 'e'], ['o', 'f']]]);
  });

  it('has no field for a side that has nothing there, and one for a null', () => {
    const [conflict] = merged({ a: 1 }, { a: null }, {}).conflicts;
    expect(conflict && Object.keys(conflict)).toEqual(expect.arrayContaining(['base', 'mine']));
    expect(conflict && 'theirs' in conflict).toBe(false);
  });

  it('says when both are long texts of several lines', () => {
    const text = (end: string): string => `${'line\n'.repeat(50)}${end}`;
    const flags = (base: string, mine: string, theirs: string): unknown => merged({ t: base }, { t: mine }, { t: theirs }).conflicts.map(({ longText }) => longText);
    expect(flags(text('a'), text('b'), text('c'))).toEqual([true]);
    expect(flags('a', 'b', 'c')).toEqual([false]);
  });

  it('is named by document, place and values, not by who is who', () => {
    const id = (base: JsonValue, mine: JsonValue, theirs: JsonValue, fileKey = 'f'): string | undefined => merge({ a: base }, { a: mine }, { a: theirs }, { digest, policy: { fileKey } }).conflicts[0]?.id;
    expect(id(1, 2, 3)).toBe(id(1, 3, 2));
    expect(new Set([id(1, 2, 3), id(0, 2, 3), id(1, 2, 4), id(1, 2, 3, 'g'), id(1, 2, '3'), id(1, 2, null), id(1, 2, { a: 3 })]).size).toBe(7);
  });

  it('becomes a message that structured cloning does not change', () => {
    const [conflict] = merged([{ id: new ExactNumber('9007199254740993'), v: 1 }], [{ id: new ExactNumber('9007199254740993'), v: new ExactNumber('2.0') }], [{ id: new ExactNumber('9007199254740993'), v: 3 }]).conflicts;
    if (!conflict) throw new Error('no conflict');
    const message = textConflict(conflict);
    expect(structuredClone(message)).toEqual(message);
    expect(message).toMatchObject({ path: [{ idKey: 'id', idValue: '9007199254740993' }, 'v'], base: '1', mine: '2.0', theirs: '3' });
  });
});

describe('recorded changes', () => {
  it('tell who made them, and are undone one by one', () => {
    const outcome = merged({ a: 1, b: 1, c: 1, l: [1, 2] }, { a: 2, b: 1, c: 1, l: [1, 2, 3] }, { a: 1, c: 9, d: 1, l: [1, 2] }, true);
    expect(outcome.changes.map(({ path, kind, by }) => [path[0], kind, by])).toEqual([['a', 'edited', 'mine'], ['c', 'edited', 'theirs'], ['d', 'added', 'theirs'], ['l', 'list', 'mine'], ['b', 'removed', 'theirs']]);
    const undo = (name: string): unknown => resolve(outcome, new Map(outcome.changes.filter(({ path }) => path[0] === name).map(({ id }) => [id, { take: 'base' }]))).value;
    expect(outcome.value).toEqual({ a: 2, c: 9, d: 1, l: [1, 2, 3] });
    expect(undo('b')).toEqual({ a: 2, b: 1, c: 9, d: 1, l: [1, 2, 3] });
    expect(undo('d')).toEqual({ a: 2, c: 9, l: [1, 2, 3] });
    expect(undo('l')).toEqual({ a: 2, c: 9, d: 1, l: [1, 2] });
  });

  it('bring a deleted element back to where it stood', () => {
    const outcome = merged([{ id: 1 }, { id: 2 }, { id: 3 }], [{ id: 1 }, { id: 3 }, { id: 4 }], [{ id: 1 }, { id: 2 }, { id: 3 }], true);
    const removed = outcome.changes.filter(({ kind }) => kind === 'removed').map(({ id }) => [id, { take: 'base' }] as const);
    expect(resolve(outcome, new Map(removed)).value).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
  });

  it('restore a version by path: only what is wanted of it comes back', () => {
    const [now, then] = [{ a: 1, b: { c: 1 }, d: 1 }, { a: 0, b: { c: 0 } }];
    const outcome = merge(now, now, then, { digest, changes: true });
    const unwanted = outcome.changes.filter(({ path }) => path[0] !== 'b').map(({ id }) => [id, { take: 'base' }] as const);
    expect(resolve(outcome, new Map(unwanted)).value).toEqual({ a: 1, b: { c: 0 }, d: 1 });
  });

  it('can be sent, and counted', () => {
    const changes = diff({ a: 1, l: [1, 2, 3], k: [{ id: 1 }, { id: 2 }] }, { a: new ExactNumber('2.0'), b: null, l: [1, 'x', 3, 4, 5], k: [{ id: 2 }, { id: 1 }] });
    expect(changes.map(textChange).map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['edited', '1', '2.0'],
      ['list', '[2]', '["x"]'],
      ['list', '[]', '[4,5]'],
      ['order', '[1,2]', '[2,1]'],
      ['added', undefined, 'null'],
    ]);
    expect(countChanges(changes)).toEqual({ added: 3, removed: 0, edited: 3 });
    expect(countChanges(diff([1, 2, 3], [3]))).toEqual({ added: 0, removed: 2, edited: 0 });
  });
});

describe('values that stay on this device', () => {
  const policy = { rules: [{ path: '/window', as: 'local-only' }, { path: '/accounts/*/token', as: 'local-only' }] } as const;

  it('are left out of what is sent, and the rest is shared', () => {
    const accounts = [{ id: 1, token: 'secret' }, { id: 2 }];
    const other = { deep: [1] };
    expect(withoutLocal({ window: { x: 1 }, accounts, other }, policy)).toEqual({ accounts: [{ id: 1 }, { id: 2 }], other });
    expect((withoutLocal({ window: 1, other }, policy) as { other: unknown }).other).toBe(other);
    const untouched = { other };
    expect(withoutLocal(untouched, policy)).toBe(untouched);
  });

  it('come back by the merge', () => {
    const mine = { window: { x: 1 }, accounts: [{ id: 1, token: 'secret', name: 'a' }] };
    const sent = withoutLocal(mine, policy) ?? null;
    const theirs = { accounts: [{ id: 1, name: 'b' }] };
    expect(merge(sent, mine, theirs, { digest, policy }).value).toEqual({ window: { x: 1 }, accounts: [{ id: 1, token: 'secret', name: 'b' }] });
  });
});

describe('the base while conflicts are open', () => {
  it('keeps the ancestor at open places, and is the new head elsewhere', () => {
    const [ancestor, head] = [{ a: 1, o: { x: 1, y: 1 }, l: [1], k: [{ id: 1, v: 1 }, { id: 2, v: 1 }] }, { a: 3, o: { x: 3, y: 3 }, l: [3], k: [{ id: 2, v: 3 }, { id: 1, v: 3 }] }];
    const open = [['o', 'x'], ['l', { list: [0, 1] }], ['k', { idKey: 'id', idValue: 1 }, 'v']] as const;
    expect(withOpenPlaces(head, ancestor, open.map((path) => ({ path: [...path] })))).toEqual({ a: 3, o: { x: 1, y: 3 }, l: [1], k: [{ id: 2, v: 3 }, { id: 1, v: 1 }] });
  });

  it('takes away again what the ancestor did not have, and puts back what the head has deleted', () => {
    expect(withOpenPlaces({ a: 3, b: 1 }, { b: 1 }, [{ path: ['a'] }])).toEqual({ b: 1 });
    expect(withOpenPlaces({ b: 1 }, { a: 1, b: 1 }, [{ path: ['a'] }])).toEqual({ a: 1, b: 1 });
    expect(withOpenPlaces([{ id: 2 }], [{ id: 1 }, { id: 2 }], [{ path: [{ idKey: 'id', idValue: 1 }] }])).toEqual([{ id: 2 }, { id: 1 }]);
    expect(withOpenPlaces({}, { o: { a: 1 } }, [{ path: ['o', 'a'] }])).toEqual({ o: { a: 1 } });
  });
});

describe('an open merge of texts', () => {
  it('writes each state in the layout of mine', () => {
    const open = openMerge('{"a":1,"l":[]}', '{\n  "a": 2,\n  "l": []\n}\n', '{"a":3,"l":[1]}', { digest });
    if ('code' in open) throw new Error(open.code);
    const id = open.outcome.conflicts[0]?.id ?? '';
    expect(open.text(new Map())).toBe('{\n  "a": 2,\n  "l": [\n    1\n  ]\n}\n');
    expect(open.text(new Map([[id, { take: 'theirs' }]]))).toBe('{\n  "a": 3,\n  "l": [\n    1\n  ]\n}\n');
    expect(open.text(new Map([[id, { take: 'edited', value: new ExactNumber('4.50') }]]))).toBe('{\n  "a": 4.50,\n  "l": [\n    1\n  ]\n}\n');
  });

  it('has no text where the choices leave no document', () => {
    const open = openMerge(null, '1', '2', { digest });
    if ('code' in open) throw new Error(open.code);
    expect(open.text(new Map([[open.outcome.conflicts[0]?.id ?? '', { take: 'base' }]]))).toBeNull();
  });
});

describe('a path', () => {
  it('leads to a key, an element and a range', () => {
    const document = { k: [{ id: 1 }, { id: 2, l: [1, 2, 3] }] };
    expect(valueAt(document, ['k', { idKey: 'id', idValue: 2 }, 'l', { list: [1, 3] }])).toEqual([2, 3]);
    expect(valueAt(document, ['k', { idKey: 'id', idValue: 3 }, 'l'])).toBeUndefined();
    expect(valueAt(document, ['constructor'])).toBeUndefined();
  });
});

describe('a document of many members', () => {
  const many = Array.from({ length: 200_000 }, (_, i) => i);

  it('takes any number of new keys and elements at one place', () => {
    const [keys, elements] = [Object.fromEntries(many.map((i) => [`k${String(i)}`, i])), many.map((id) => ({ id }))];
    const outcome = merged({ o: { z: 1 }, l: [{ id: -1 }] }, { o: { ...keys, z: 1 }, l: [{ id: -1 }, ...elements] }, { o: { z: 2 }, l: [{ id: -1 }, { id: -2 }] }, true);
    expect(outcome.value).toEqual({ o: { ...keys, z: 2 }, l: [{ id: -1 }, { id: -2 }, ...elements] });
  });

  it('takes any number of deletions on both sides, each of which can be undone', () => {
    const all = Object.fromEntries(many.slice(0, 50_000).map((i) => [`k${String(i)}`, i]));
    const outcome = merged(all, {}, {}, true);
    expect(outcome.value).toEqual({});
    expect(resolve(outcome, new Map(outcome.changes.map(({ id }) => [id, { take: 'base' }]))).value).toEqual(all);
  });
});
