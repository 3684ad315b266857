import { sha256Hex } from '../../lib/canonical-json';
import {
  countChanges,
  diff,
  isArray,
  isObject,
  merge,
  readJson,
  resolve,
  takeAll,
  textChange,
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
import type { SyncChange, SyncDiff, SyncPath, SyncStep } from '../../shared/model/sync';
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

/** Whether the place lies at or below one of these. */
const isWithin = (path: SyncPath, wanted: Wanted): boolean => {
  for (let length = path.length; length >= 0; length -= 1) if (wanted.exact.has(JSON.stringify(path.slice(0, length)))) return true;
  return wanted.ranges.some((place) => place.length <= path.length && place.every((step, index) => covers(step, path[index])));
};

/** Places by what is equal to them, and those with ranges in them, which hold smaller ones. */
type Wanted = { readonly exact: ReadonlySet<string>; readonly ranges: readonly SyncPath[] };
const wantedOf = (paths: readonly SyncPath[]): Wanted => ({ exact: new Set(paths.map((path) => JSON.stringify(path))), ranges: paths.filter((path) => path.some((step) => typeof step === 'object' && 'list' in step)) });

const covers = (wanted: SyncStep, step: SyncStep | undefined): boolean => {
  if (typeof wanted === 'string' || 'idKey' in wanted) return JSON.stringify(wanted) === JSON.stringify(step);
  if (typeof step !== 'object' || !('list' in step)) return false;
  const [[lo, hi], [from, to]] = [wanted.list, step.list];
  // A gap at the edge of a range lies beside it.
  return from === to ? (from > lo && from < hi) || (from === lo && to === hi) : from >= lo && to <= hi;
};

/** The places that a person would count: everything that holds no further value. */
const countPlaces = (value: Maybe): number => {
  if (value === undefined) return 0;
  const inner = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return inner.length === 0 ? 1 : inner.reduce<number>((sum, one) => sum + countPlaces(one), 0);
};

const shared = (value: JsonValue, policy: Policy): JsonValue => withoutLocal(value, policy) ?? null;

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
    const options = { policy, digest: sha256Hex };
    const from = shared(base.value, policy);
    const back = merge(from, from, shared(target.value, policy), { ...options, changes: true });
    const wanted = paths === null ? null : wantedOf(paths);
    const left = back.changes.filter(({ path }) => wanted !== null && !isWithin(textPath(path), wanted));
    const theirs = resolve(back, new Map<string, Choice>(left.map(({ id }) => [id, { take: 'base' }]))).value;
    const joined = merge(from, mine.value, theirs, options);
    const { value } = resolve(joined, takeAll(joined, new Map(), 'theirs'));
    const text = value === undefined ? texts.mine : writeBack(texts.mine, mine.value, value);
    return { ok: true, text, replaced: joined.conflicts.length, diff: pageOf(back.changes.filter((change) => !left.includes(change)), page) };
  },
  async meet(mineText, theirsText, policy) {
    const [mine, theirs] = [read(mineText, 'mine'), read(theirsText, 'theirs')];
    if (!mine.ok) return mine;
    if (!theirs.ok) return theirs;
    const [here, there] = [shared(mine.value, policy), shared(theirs.value, policy)];
    const { changes, conflicts } = merge(undefined, here, there, { policy, digest: sha256Hex, changes: true });
    const by = (side: Change['by']): ChangeCounts => countChanges(changes.filter((change) => change.by === side));
    const [fromMine, fromTheirs] = [by('mine'), by('theirs')];
    const same = conflicts.length === 0 && fromMine.added + fromMine.edited + fromTheirs.added + fromTheirs.edited === 0;
    return { ok: true, same, mine: countPlaces(here), theirs: countPlaces(there), fromMine, fromTheirs, conflicts: conflicts.length };
  },
};
