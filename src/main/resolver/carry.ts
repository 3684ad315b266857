import type { Decided, NewerSide } from '../../shared/model/resolver';
import type { SyncPath } from '../../shared/model/sync';
import { same, textPath, type Maybe } from '../../merge';
import type { Kept, Step, Whole } from './choices';
import type { Item } from './items';
import { glance } from './value-text';

/** One merge as the next one of the same document looks back at it. */
export type Earlier = {
  readonly items: readonly Item[];
  readonly keep: () => Kept;
  /** The whole of a side. */
  readonly side: (side: 'mine' | 'theirs') => Maybe;
  /** The name that its place has, by the names it had in merges before. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly newer: ReadonlyMap<string, readonly NewerSide[]>;
};

/** What became of the places and the decisions of the merge before. */
export type Renewal = {
  /** Decided, and still so; a place whose values are others now keeps what does not hang on them. */
  readonly kept: readonly SyncPath[];
  /** Another value to look at, and nothing decided. */
  readonly again: readonly SyncPath[];
  readonly closed: readonly SyncPath[];
  readonly added: readonly SyncPath[];
  /** What was typed at places that are closed. */
  readonly left: readonly { readonly path: SyncPath; readonly text: string }[];
};

type CarriedOver = { readonly kept: Kept; readonly aliases: ReadonlyMap<string, string>; readonly newer: ReadonlyMap<string, readonly NewerSide[]>; readonly renewal: Renewal };

/** Equal for one place of one sort, whatever its values are. */
const placeOf = ({ conflict, kind, key }: Item): string => `${conflict ? 'conflict' : 'change'} ${kind.startsWith('order') ? 'order' : ''} ${key}`;

/** What was taken stays where taking it still gives what the person saw; what they typed stays always. */
const stillMeant = (decided: Decided, before: Item, after: Item): boolean => {
  if (decided.take === 'edited') return true;
  if (decided.take === 'both') return same(before.mine, after.mine) && same(before.theirs, after.theirs);
  return same(before[decided.take], after[decided.take]);
};

const newerSides = (before: Item, after: Item, known: readonly NewerSide[]): NewerSide[] =>
  (['mine', 'theirs'] as const).flatMap((side) => {
    const was = known.find((one) => one.side === side);
    if (same(before[side], after[side])) return was === undefined ? [] : [was];
    const said = (value: Maybe): string | null => (value === undefined ? null : glance(value, 200));
    return [{ side, was: was === undefined ? said(before[side]) : was.was, is: said(after[side]) }];
  });

/** What was decided over `before`, as it goes on over `items`: by the name of its place, or where that is another one by its path. */
export const carryOver = (before: Earlier, items: readonly Item[], side: Earlier['side']): CarriedOver => {
  const [old, now] = [new Map(before.items.map((item) => [item.id, item])), new Map(items.map((item) => [item.id, item]))];
  const fresh = new Map(items.filter(({ id }) => !old.has(id)).map((item) => [placeOf(item), item]));
  const moved = new Map<string, Item>();
  for (const item of before.items) {
    const found = now.has(item.id) ? undefined : fresh.get(placeOf(item));
    if (found !== undefined) moved.set(item.id, found);
  }
  const one = (id: string, decided: Decided | null): Decided | null => {
    const [from, to] = [old.get(id), moved.get(id)];
    if (decided === null || from === undefined || to === undefined) return decided;
    return stillMeant(decided, from, to) ? decided : null;
  };
  const whole = (taken: Whole): Whole => (taken !== null && same(before.side(taken), side(taken)) ? taken : null);
  const nameNow = (id: string): string => moved.get(id)?.id ?? id;
  const steps = (all: readonly Step[]): Step[] =>
    all.map(({ changes, whole: [from, to] }) => ({ changes: changes.map(([id, was, is]) => [nameNow(id), one(id, was), one(id, is)] as const), whole: [whole(from), whole(to)] as const }));
  const kept = before.keep();
  const decided = kept.decided.flatMap(([id, what]) => ((is) => (is === null ? [] : [[nameNow(id), is] as const]))(one(id, what)));
  const isDecided = new Set(decided.map(([id]) => id));
  const gone = before.items.filter(({ id }) => !now.has(id) && !moved.has(id));
  const pathOf = (item: Item): SyncPath => textPath(item.path);
  const moves = new Set([...moved.values()].map(({ id }) => id));
  const typed = new Map(kept.decided.flatMap(([id, what]) => (what.take === 'edited' ? [[id, what.text]] : [])));
  return {
    kept: { decided, past: steps(kept.past), future: steps(kept.future), whole: whole(kept.whole) },
    aliases: new Map([...[...before.aliases].map(([id, to]) => [id, nameNow(to)] as const), ...[...moved].map(([id, to]) => [id, to.id] as const)]),
    newer: new Map([
      ...[...before.newer].filter(([id]) => now.has(id)),
      ...[...moved].map(([id, to]) => [to.id, newerSides(old.get(id) ?? to, to, before.newer.get(id) ?? [])] as const),
    ]),
    renewal: {
      kept: items.filter(({ id }) => isDecided.has(id)).map(pathOf),
      again: [...(kept.whole !== null && whole(kept.whole) === null ? [[]] : []), ...items.filter(({ id, conflict }) => moves.has(id) && conflict && !isDecided.has(id)).map(pathOf)],
      closed: gone.filter(({ conflict }) => conflict).map(pathOf),
      added: items.filter(({ id, conflict }) => conflict && !old.has(id) && !moves.has(id)).map(pathOf),
      left: gone.flatMap((item) => ((text) => (text === undefined ? [] : [{ path: pathOf(item), text }]))(typed.get(item.id))),
    },
  };
};
