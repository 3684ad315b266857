import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documents, LONG, RUNS, triples } from '../../../test/merge/documents';
import { sha256Hex } from '../../lib/canonical-json';
import type { Decided } from '../../shared/model/resolver';
import { merge, printValue, resolve, same, type JsonValue, type Maybe } from '../../merge';
import { Session } from './session';

const open = (base: JsonValue | undefined, mine: JsonValue, theirs: JsonValue): Session => {
  const text = (value: JsonValue): string => printValue(value, { indent: '  ', eol: '\n', spaced: true });
  const session = Session.open({ base: base === undefined ? null : text(base), mine: text(mine), theirs: text(theirs), policy: { fileKey: 'f' } }, sha256Hex);
  if (session === null) throw new Error('not opened');
  return session;
};
const ofTexts = (base: string, mine: string, theirs: string): Session => {
  const session = Session.open({ base, mine, theirs, policy: { fileKey: 'f' } }, sha256Hex);
  if (session === null) throw new Error('not opened');
  return session;
};
const idAt = (session: Session, name: string): string => session.items.find((item) => item.name === name)?.id ?? `nothing at ${name}`;
const text = (session: Session): string => {
  const value = session.result();
  return value === undefined ? 'nothing' : printValue(value, { indent: '', eol: '\n', spaced: false });
};

const any = triples({ lists: true });
const choice: fc.Arbitrary<Decided> = fc.oneof(
  fc.constantFrom<Decided>({ take: 'base' }, { take: 'mine' }, { take: 'theirs' }, { take: 'both', first: 'mine' }, { take: 'both', first: 'theirs' }),
  documents({ lists: true }).map((value): Decided => ({ take: 'edited', text: JSON.stringify(value) })),
  fc.constant<Decided>({ take: 'edited', text: '{ not JSON' }),
);
type Act = { readonly what: number; readonly where: number; readonly choice: Decided };
const acts = fc.array(fc.record({ what: fc.nat(9), where: fc.nat(), choice }), { maxLength: 12 });
const doIt = (session: Session, { what, where, choice: wanted }: Act): void => {
  const item = session.items[where % Math.max(1, session.items.length)];
  if (what === 0) session.takeAll(where % 2 === 0 ? 'mine' : 'theirs');
  else if (what === 1) session.replace(where % 2 === 0 ? 'mine' : 'theirs');
  else if (item === undefined) return;
  else if (what === 2) session.choose(item.id, null, 'this');
  else session.choose(item.id, wanted, what === 3 ? 'subtree' : what === 4 ? 'kind' : 'this');
};
const state = (session: Session): string => JSON.stringify([text(session), [...session.keep().decided].sort(([a], [b]) => (a < b ? -1 : 1)), session.whole]);
const law = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void => it(title, () => void fc.assert(fc.property(arbitrary, holds), RUNS), LONG);

describe('a session', () => {
  law('is where it was, to the byte, when everything is undone, and where it went when all is done again', fc.tuple(any, acts), ([{ base, mine, theirs }, all]) => {
    const session = open(base, mine, theirs);
    const states = [state(session)];
    for (const act of all) {
      doIt(session, act);
      // An act that changes nothing is no step, and typing at one place is one.
      if (session.keep().past.length === states.length) states.push(state(session));
      else states[states.length - 1] = state(session);
    }
    const end = states.at(-1);
    for (const before of states.slice(0, -1).reverse()) {
      session.undo();
      expect(state(session)).toBe(before);
    }
    expect(session.counts().canUndo).toBe(false);
    while (session.counts().canRedo) session.redo();
    expect(state(session)).toBe(end);
  });

  law('comes to one document in whatever order its places are decided', fc.tuple(any, fc.array(choice, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat())), ([{ base, mine, theirs }, choices, order]) => {
    const [one, other] = [open(base, mine, theirs), open(base, mine, theirs)];
    const wanted = one.items.map(({ id }, i) => [id, choices[i % choices.length] as Decided, order.next().value ?? 0] as const);
    for (const [id, what] of wanted) one.choose(id, what, 'this');
    for (const [id, what] of [...wanted].sort((a, b) => a[2] - b[2])) other.choose(id, what, 'this');
    expect(text(other)).toBe(text(one));
  });

  law('goes on where it was when what is kept is taken up again', fc.tuple(any, acts), ([{ base, mine, theirs }, all]) => {
    const [one, other] = [open(base, mine, theirs), open(base, mine, theirs)];
    for (const act of all) doIt(one, act);
    other.takeUp(JSON.parse(JSON.stringify(one.keep())) as ReturnType<Session['keep']>);
    expect(state(other)).toBe(state(one));
    while (one.counts().canUndo) one.undo();
    while (other.counts().canUndo) other.undo();
    expect(state(other)).toBe(state(one));
  });

  law('shows what the merge shows, and counts its places', any, ({ base, mine, theirs }) => {
    const session = open(base, mine, theirs);
    const outcome = merge(base, mine, theirs, { digest: sha256Hex, policy: { fileKey: 'f' }, changes: true });
    expect(text(session)).toBe(outcome.value === undefined ? 'nothing' : printValue(outcome.value, { indent: '', eol: '\n', spaced: false }));
    expect(session.counts()).toMatchObject({ conflicts: outcome.conflicts.length, open: outcome.conflicts.length, merged: outcome.changes.filter(({ by }) => base !== undefined || by !== 'both').length });
    expect(new Set(session.items.map(({ id }) => id)).size).toBe(session.items.length);
  });

  law('with mine for all is mine and the clean changes of the other', any, ({ base, mine, theirs }) => {
    const session = open(base, mine, theirs);
    session.takeAll('mine');
    const outcome = merge(base, mine, theirs, { digest: sha256Hex, policy: { fileKey: 'f' } });
    const expected: Maybe = resolve(outcome, new Map(outcome.conflicts.map(({ id }) => [id, { take: 'mine' }]))).value;
    // Where changes are recorded too, keys may stand in another order.
    expect(same(session.result(), expected)).toBe(true);
  });
});

describe('deciding', () => {
  it('takes a side, both in either order, the base, or another value', () => {
    const session = open({ a: 1, l: [1] }, { a: 2, l: [1, 'm'] }, { a: 3, l: [1, 't'] });
    const [a, l] = [idAt(session, 'a'), idAt(session, 'l › #2+')];
    const results = (['base', 'mine', 'theirs'] as const).map((take) => (session.choose(a, { take }, 'this'), text(session)));
    expect(results).toEqual(['{"a":1,"l":[1,"m"]}', '{"a":2,"l":[1,"m"]}', '{"a":3,"l":[1,"m"]}']);
    session.choose(l, { take: 'both', first: 'theirs' }, 'this');
    expect(text(session)).toBe('{"a":3,"l":[1,"t","m"]}');
    session.choose(l, { take: 'both', first: 'mine' }, 'this');
    session.choose(a, { take: 'edited', text: '9007199254740993' }, 'this');
    expect(text(session)).toBe('{"a":9007199254740993,"l":[1,"m","t"]}');
    expect(session.view(l)).toMatchObject({ state: 'both-mine', result: { text: '[\n  "m",\n  "t"\n]' } });
  });

  it('keeps what was chosen where both cannot be kept', () => {
    const session = open({ a: 1, c: 1 }, { a: 2, c: 1 }, { a: 3 });
    const [a, c] = [idAt(session, 'a'), idAt(session, 'c')];
    session.choose(a, { take: 'theirs' }, 'this');
    session.choose(c, { take: 'base' }, 'this');
    for (const id of [a, c]) session.choose(id, { take: 'both', first: 'mine' }, 'this');
    expect(session.view(a)).toMatchObject({ both: false, state: 'theirs' });
    expect(session.view(c)).toMatchObject({ both: false, state: 'reverted' });
    expect(session.counts().open).toBe(0);
  });

  it('of one kind or below one place leaves what is decided already', () => {
    const doc = (v: number) => ({ o: { x: v, y: v, z: v }, p: v });
    const session = open(doc(0), doc(1), doc(2));
    session.choose(idAt(session, 'o › x'), { take: 'mine' }, 'this');
    session.choose(idAt(session, 'o › y'), { take: 'theirs' }, 'subtree');
    expect(text(session)).toBe('{"o":{"x":1,"y":2,"z":2},"p":1}');
    expect(session.counts()).toMatchObject({ open: 1, blocked: { code: 'open', count: 1, id: idAt(session, 'p') } });
    session.undo();
    session.choose(idAt(session, 'o › y'), { take: 'theirs' }, 'kind');
    expect(text(session)).toBe('{"o":{"x":1,"y":2,"z":2},"p":2}');
  });

  it('counts no change that nobody made: what is equal on both sides when they meet for the first time', () => {
    const session = open(undefined, { a: 1, same: 1, o: { same: [1], mine: 1 } }, { a: 2, same: 1, o: { same: [1] } });
    expect(session.items.map(({ name }) => name)).toEqual(['a', 'o › mine']);
    expect(session.counts()).toMatchObject({ conflicts: 1, merged: 1 });
    expect(open({ a: 1 }, { a: 2 }, { a: 2 }).counts()).toMatchObject({ conflicts: 0, merged: 1 });
  });

  it('has its places in the order of the document, deleted ones too', () => {
    const of = (value: number): Record<string, number> => ({ first: value, gone: value, third: value, away: value });
    const without = (key: string, value: number): Record<string, number> => Object.fromEntries(Object.entries(of(value)).filter(([name]) => name !== key));
    const session = open({ ...of(1), old: 1 }, { ...without('gone', 2), old: 1 }, { fresh: 1, ...without('away', 3) });
    expect(session.items.map(({ name }) => name)).toEqual(['fresh', 'first', 'gone', 'third', 'away', 'old']);
  });

  it('takes back a change that needed nobody, and lets it be again', () => {
    const session = open({ a: 1, b: 1, c: 1 }, { a: 2, b: 1, c: 1 }, { a: 3, b: 2 });
    expect(session.counts()).toMatchObject({ conflicts: 1, merged: 2, reverted: 0 });
    session.choose(idAt(session, 'c'), { take: 'base' }, 'this');
    session.choose(idAt(session, 'b'), { take: 'mine' }, 'this');
    expect(text(session)).toBe('{"a":2,"b":1,"c":1}');
    expect(session.counts().reverted).toBe(2);
    session.choose(idAt(session, 'b'), { take: 'theirs' }, 'this');
    expect(session.view(idAt(session, 'b'))?.state).toBe('merged');
  });

  it('makes one step of typing at one place, until something else is done', () => {
    const session = open({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    for (const typed of ['4', '42', '42,', '421']) session.choose(idAt(session, 'a'), { take: 'edited', text: typed }, 'this');
    expect(session.keep().past).toHaveLength(1);
    session.choose(idAt(session, 'b'), { take: 'mine' }, 'this');
    session.choose(idAt(session, 'a'), { take: 'edited', text: '5' }, 'this');
    expect(session.keep().past).toHaveLength(3);
    session.undo();
    expect(text(session)).toBe('{"a":421,"b":2}');
  });

  it('has what was decided before again when what is typed is set aside, and the text as a draft', () => {
    const session = open({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    const a = idAt(session, 'a');
    const type = (text: string, anew = false): void => session.choose(a, { take: 'edited', text }, 'this', anew);
    session.choose(a, { take: 'theirs' }, 'this');
    type('7', true);
    type('78');
    session.setAside(a);
    expect(session.view(a)).toMatchObject({ state: 'theirs', typed: null, draft: { text: '78', fault: null } });
    expect(session.keep().past).toHaveLength(1);
    // Set aside, a text is neither lost nor put back by an undo; editing goes on with it.
    session.undo();
    expect(session.editText(session.item(a) as never, false)).toBe('78');
    type('789', true);
    expect(session.view(a)).toMatchObject({ state: 'edited', typed: '789', draft: null });
    // Another visit is typing of its own: what was decided by the one before stands again.
    type('{', true);
    session.setAside(a);
    expect(session.view(a)).toMatchObject({ state: 'edited', typed: '789', draft: { text: '{', fault: { code: 'not-json' } } });
    session.setAside(a);
    expect(session.view(a)).toMatchObject({ state: 'edited', typed: '789' });
    // Taking the choice back leaves the draft; once more throws it away.
    session.choose(a, null, 'this');
    expect(session.view(a)).toMatchObject({ state: 'open', draft: { text: '{' } });
    session.choose(a, null, 'this');
    expect(session.view(a)).toMatchObject({ state: 'open', draft: null });
  });

  it('sets aside what is typed over a change from elsewhere as well', () => {
    const before = open({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    before.choose(idAt(before, 'a'), { take: 'mine' }, 'this');
    before.choose(idAt(before, 'a'), { take: 'edited', text: '5' }, 'this', true);
    const now = open({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 4 });
    now.goOn(before);
    now.setAside(idAt(now, 'a'));
    expect(now.view(idAt(now, 'a'))).toMatchObject({ state: 'mine', draft: { text: '5' } });
  });

  it('replaces the whole document by one side only when that is asked for, and says what it would change', () => {
    const session = open({ a: 1, b: 1 }, { a: 2, b: 1, m: 1 }, { a: 3, b: 2 });
    expect(session.replaceCounts('theirs')).toEqual({ added: 0, edited: 1, removed: 1 });
    session.replace('theirs');
    expect([text(session), session.counts().blocked]).toEqual(['{"a":3,"b":2}', null]);
    session.undo();
    expect(text(session)).toBe('{"a":2,"b":2,"m":1}');
  });

  it('shows every place as replaced then, takes no single choice, and has the choices back when that ends', () => {
    const session = open({ a: 1, b: 1, c: 1 }, { a: 2, b: 1, c: 2 }, { a: 3, b: 2, c: 3 });
    const [a, c] = [idAt(session, 'a'), idAt(session, 'c')];
    session.choose(c, { take: 'mine' }, 'this');
    session.replace('theirs');
    for (const id of [a, c, idAt(session, 'b')]) expect(session.view(id)).toMatchObject({ state: 'replaced-theirs', openPlace: null });
    expect(session.view(c)).toMatchObject({ result: { text: '3' } });
    expect(session.counts()).toMatchObject({ conflicts: 3 - 1, open: 0, blocked: null });
    session.choose(a, { take: 'mine' }, 'this');
    session.choose(c, null, 'this');
    session.takeAll('mine');
    expect(text(session)).toBe('{"a":3,"b":2,"c":3}');
    session.replace(null);
    expect([session.view(a)?.state, session.view(c)?.state]).toEqual(['open', 'mine']);
    session.undo();
    expect(session.view(c)?.state).toBe('replaced-theirs');
  });
});

describe('what cannot be applied', () => {
  it('is said: something undecided, a typed value that is none, no document', () => {
    const session = open({ a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 });
    expect(session.finish()).toEqual({ blocked: { code: 'open', count: 2, id: idAt(session, 'a') } });
    session.takeAll('mine');
    session.choose(idAt(session, 'a'), { take: 'edited', text: '{"x": }' }, 'this');
    expect(session.finish()).toEqual({ blocked: { code: 'fault', fault: { code: 'not-json', line: 1, column: 7 }, path: ['a'], id: idAt(session, 'a') } });
    expect(session.view(idAt(session, 'a'))).toMatchObject({ state: 'faulty', typed: '{"x": }', result: { text: '2' } });
    session.choose(idAt(session, 'a'), { take: 'edited', text: '{"x": 1}' }, 'this');
    expect(session.finish()).toEqual({ text: '{\n  "a": {\n    "x": 1\n  },\n  "b": 2\n}' });
    const none = open(undefined, 1, 2);
    none.choose(none.items[0]?.id ?? '', { take: 'base' }, 'this');
    expect(none.finish()).toEqual({ blocked: { code: 'no-document' } });
  });

  it.each([
    ['a key twice', '{"k":1,"k":2}', { code: 'duplicate-keys', key: 'k' }],
    ['nesting that is too deep', `${'['.repeat(600)}${']'.repeat(600)}`, { code: 'too-deep', most: 500 }],
    ['identities that stand twice', '{"id":1,"l":[{"id":7},{"id":7}]}', { code: 'duplicate-ids', key: 'id', value: '7' }],
    ['the identity of another element', '{"id":2}', { code: 'duplicate-ids', key: 'id', value: '2' }],
  ])('is a typed value with %s', (_what, typed, fault) => {
    const session = open([{ id: 1, v: 1 }, { id: 2 }], [{ id: 2 }], [{ id: 1, v: 2 }, { id: 2 }]);
    const id = idAt(session, 'id 1');
    session.choose(id, { take: 'edited', text: typed }, 'this');
    expect(session.counts().blocked).toMatchObject({ code: 'fault', id, fault });
  });

  it('is no order that is no list', () => {
    const at = (...ids: readonly number[]) => ids.map((id) => ({ id }));
    const session = open(at(1, 2, 3), at(3, 1, 2), at(2, 3, 1));
    const [item] = session.items;
    expect(item?.kind).toBe('order');
    session.choose(item?.id ?? '', { take: 'edited', text: '1' }, 'this');
    expect(session.counts().blocked).toMatchObject({ code: 'fault', fault: { code: 'not-a-list' } });
    session.choose(item?.id ?? '', { take: 'edited', text: '[1,3,2]' }, 'this');
    expect(text(session)).toBe('[{"id":1},{"id":3},{"id":2}]');
  });
});

describe('what is written', () => {
  it('has the layout of mine and the spelling of every number', () => {
    const session = ofTexts('{"a":1,"n":1}', '{\n\t"a": 2.50,\n\t"n": 1\n}\n', '{"a":3,"n":1e3}');
    session.choose(idAt(session, 'a'), { take: 'mine' }, 'this');
    expect(session.finish()).toEqual({ text: '{\n\t"a": 2.50,\n\t"n": 1e3\n}\n' });
  });

  it('shows long texts by lines, with the changes of both', () => {
    const lines = (...changed: readonly [number, string][]) => Array.from({ length: 60 }, (_, i) => changed.find(([at]) => at === i)?.[1] ?? `line ${String(i)}`).join('\n');
    const session = open({ t: lines() }, { t: lines([3, 'mine']) }, { t: lines([50, 'theirs']) });
    const item = session.item(idAt(session, 't'));
    if (item === null) throw new Error('no item');
    expect(session.view(item.id)?.longText).toBe(true);
    expect(JSON.parse(session.editText(item, true) ?? '')).toBe(lines([3, 'mine'], [50, 'theirs']));
  });

  it('tells numbers and texts apart from the base', () => {
    const session = open({ n: 10, s: 'a quiet day' }, { n: 12.5, s: 'a quiet night' }, { n: 3, s: 'one quiet day' });
    expect(session.view(idAt(session, 'n'))).toMatchObject({ mine: { delta: '+2.5' }, theirs: { delta: '−7' } });
    expect(session.view(idAt(session, 's'))?.mine.spans).toEqual([{ text: 'a quiet ', same: true }, { text: 'night', same: false }]);
  });
});
