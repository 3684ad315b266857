import { sha256Hex } from '../../lib/canonical-json';
import {
  countChanges,
  diff,
  isArray,
  isObject,
  merge,
  readJson,
  resolve,
  same,
  takeAll,
  textChange,
  textConflict,
  textPath,
  withoutLocal,
  writeBack,
  type Change,
  type ChangeCounts,
  type Choice,
  type JsonValue,
  type Maybe,
  type Policy,
  type SideRefusal,
} from '../../merge';
import type { SyncChange, SyncDiff, SyncMeeting, SyncPath } from '../../shared/model/sync';
import { askedOf, hasRange, holderOf, isWithin, valueOfPlace } from './asked-places';
import { placeWords } from './place-words';
import type { DocumentTexts, Page } from './texts';

/** Longer values are cut: a view shows them as a beginning. */
const LONGEST_VALUE = 2_000;

const NOTHING: ChangeCounts = { added: 0, edited: 0, removed: 0 };

const short = (text: string | undefined): string | undefined => (text === undefined || text.length <= LONGEST_VALUE ? text : text.slice(0, LONGEST_VALUE));

const shown = (change: Change): SyncChange => {
  const { path, kind, before, after } = textChange(change);
  const sides = { before: short(before), after: short(after) };
  return {
    path,
    kind,
    ...(sides.before === undefined ? {} : { before: sides.before }),
    ...(sides.after === undefined ? {} : { after: sides.after }),
    cut: sides.before !== before || sides.after !== after,
  };
};

/** So many places of a first meeting are told one by one. */
const MOST_MET = 300;

/** Two lists with nothing in common differ as a whole: no item is before another. */
const wholeList = (path: SyncPath): SyncPath => {
  const last = path.at(-1);
  return typeof last === 'object' && 'list' in last ? path.slice(0, -1) : path;
};

const metAt = (path: SyncPath, ours: string | undefined, others: string | undefined): SyncMeeting => {
  const [here, there] = [short(ours), short(others)];
  const from = ours === undefined ? 'there' : others === undefined ? 'here' : 'both';
  return { path, from, ...(here === undefined ? {} : { here }), ...(there === undefined ? {} : { there }), cut: here !== ours || there !== others };
};

const pageOf = (changes: readonly Change[], { offset, limit }: Page): SyncDiff => ({
  counts: countChanges(changes),
  changes: changes.slice(offset, offset + limit).map(shown),
  offset,
  total: changes.length,
});

type Read = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly refusal: SideRefusal };

const read = (text: string, side: SideRefusal['side']): Read => {
  const reading = readJson(text);
  return reading.ok ? reading : { ok: false, refusal: { ...reading.refusal, side } };
};

/** The places that a person would count: everything that holds no further value. */
const countPlaces = (value: Maybe): number => {
  if (value === undefined) return 0;
  const inner = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return inner.length === 0 ? 1 : inner.reduce<number>((sum, one) => sum + countPlaces(one), 0);
};

const shared = (value: JsonValue, policy: Policy): JsonValue => withoutLocal(value, policy) ?? null;

type Sides = { readonly base: JsonValue; readonly mine: JsonValue; readonly target: JsonValue };
type Patch = { readonly value: Maybe; readonly all: readonly Change[]; readonly taken: readonly Change[]; readonly replaced: number };

/** Mine with those changes from the base to the target that lie in these places; over edits of mine. */
const patched = ({ base, mine, target }: Sides, paths: readonly SyncPath[] | null, policy: Policy): Patch => {
  const options = { policy, digest: sha256Hex };
  const back = merge(base, base, target, { ...options, changes: true });
  const asked = paths === null ? null : askedOf(paths);
  const left = new Set(back.changes.filter(({ path }) => asked !== null && !isWithin(textPath(path), asked)));
  const theirs = resolve(back, new Map<string, Choice>([...left].map(({ id }) => [id, { take: 'base' }]))).value;
  const joined = merge(base, mine, theirs, options);
  return { value: resolve(joined, takeAll(joined, new Map(), 'theirs')).value, all: back.changes, taken: back.changes.filter((change) => !left.has(change)), replaced: joined.conflicts.length };
};

/** Comparing in this process. */
export const comparing: Pick<DocumentTexts, 'counts' | 'places' | 'changes' | 'patch' | 'meet'> = {
  async counts(before, after, policy) {
    const [from, to] = [before === null ? null : readJson(before), readJson(after)];
    if (from?.ok === false || !to.ok) return NOTHING;
    return countChanges(diff(from === null ? undefined : shared(from.value, policy), shared(to.value, policy), policy));
  },
  async places(before, after, policy, most) {
    const [from, to] = [before === null ? null : readJson(before), readJson(after)];
    if (from?.ok === false || !to.ok) return [];
    const whole = shared(to.value, policy);
    // Of a first version each key is a place.
    const changes = diff(from === null ? (isObject(whole) ? {} : undefined) : shared(from.value, policy), whole, policy);
    return changes.slice(0, most).map(({ path }) => placeWords(textPath(path)));
  },
  async changes(before, after, policy, page) {
    const [from, to] = [read(before, 'base'), read(after, 'theirs')];
    if (!from.ok) return from;
    if (!to.ok) return to;
    return { ok: true, ...pageOf(diff(shared(from.value, policy), shared(to.value, policy), policy), page) };
  },
  async patch(texts, paths, policy, page) {
    const [base, mine, target] = [read(texts.base, 'base'), read(texts.mine, 'mine'), read(texts.target, 'theirs')];
    for (const side of [base, mine, target]) if (!side.ok) return side;
    if (!base.ok || !mine.ok || !target.ok) throw new Error('a side that was read is not there');
    const sides = { base: shared(base.value, policy), mine: mine.value, target: shared(target.value, policy) };
    const first = patched(sides, paths, policy);
    const found = new Set(first.taken.flatMap(({ path }) => textPath(path).map((_, index, steps) => JSON.stringify(steps.slice(0, index + 1)))));
    const open = (paths ?? []).filter((path) => !found.has(JSON.stringify(path)));
    // Where the version has what the base has, it is the edits since that go.
    const others = open.filter((path) => !hasRange(path));
    const here = first.value ?? null;
    const second = others.length === 0 ? null : patched({ base: shared(here, policy), mine: here, target: sides.target }, others, policy);
    const value = second === null ? first.value : second.value;
    const after = value === undefined ? null : shared(value, policy);
    const unlike = others.filter((path) => !same(valueOfPlace(after, path), valueOfPlace(sides.target, path)));
    const partly = [
      ...unlike.map((path) => ({ path, whole: holderOf(path, [...first.all, ...(second?.all ?? [])]) })),
      ...open.filter(hasRange).map((path) => ({ path, whole: holderOf(path, first.all) })),
    ].flatMap(({ path, whole }) => (whole === null ? [] : [{ path, whole }]));
    return {
      ok: true,
      text: value === undefined ? texts.mine : writeBack(texts.mine, mine.value, value),
      replaced: first.replaced + (second?.taken.length ?? 0),
      diff: pageOf([...first.taken, ...(second?.taken ?? [])], page),
      partly: partly[0] ?? null,
    };
  },
  async meet(mineText, theirsText, policy) {
    const [mine, theirs] = [read(mineText, 'mine'), read(theirsText, 'theirs')];
    if (!mine.ok) return mine;
    if (!theirs.ok) return theirs;
    const [here, there] = [shared(mine.value, policy), shared(theirs.value, policy)];
    const { changes, conflicts } = merge(undefined, here, there, { policy, digest: sha256Hex, changes: true });
    const by = (side: Change['by']): readonly Change[] => changes.filter((change) => change.by === side);
    const [ofMine, ofTheirs] = [by('mine'), by('theirs')];
    const open = conflicts.slice(0, MOST_MET).map(textConflict);
    const rows = [
      ...open.map(({ path, mine: ours, theirs: others }) => metAt(wholeList(path), ours, others)),
      ...ofTheirs.slice(0, MOST_MET - open.length).map((change) => metAt(textPath(change.path), undefined, textChange(change).after)),
      ...ofMine.slice(0, Math.max(0, MOST_MET - open.length - ofTheirs.length)).map((change) => metAt(textPath(change.path), textChange(change).after, undefined)),
    ];
    const same = conflicts.length + ofMine.length + ofTheirs.length === 0;
    return { ok: true, same, mine: countPlaces(here), theirs: countPlaces(there), fromMine: ofMine.length, fromTheirs: ofTheirs.length, conflicts: conflicts.length, rows };
  },
};
