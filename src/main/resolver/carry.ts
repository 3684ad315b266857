import type { Decided, ItemState, NewerSide } from '../../shared/model/resolver';
import type { SyncPath } from '../../shared/model/sync';
import type { Again, Kept, Step, Whole } from './choices';
import type { Item } from './items';
import { knownPlace, type KnownPlace, type SeenSides } from './seen-place';

/** One merge as the next one of the same document looks back at it: in front of the person just now, or as it was kept. */
export type Earlier = {
  readonly places: readonly KnownPlace[];
  /** Those are all that the merge had, and not the decided ones alone. */
  readonly all: boolean;
  readonly kept: Kept;
  /** The name that its place has, by the names it had in merges before. */
  readonly aliases: ReadonlyMap<string, string>;
};

/** What became of the places and the decisions of the merge before. */
export type Renewal = {
  /** Decided, and still so: both sides are what they were. */
  readonly kept: readonly SyncPath[];
  /** Another value to look at, and nothing decided. */
  readonly again: readonly SyncPath[];
  readonly closed: readonly SyncPath[];
  readonly added: readonly SyncPath[];
  /** What was typed at places that are closed. */
  readonly left: readonly { readonly path: SyncPath; readonly text: string }[];
};

type CarriedOver = { readonly kept: Kept; readonly aliases: ReadonlyMap<string, string>; readonly renewal: Renewal };

const equal = (side: 'base' | 'mine' | 'theirs', before: SeenSides, after: SeenSides): boolean => before[side].is === after[side].is;

/** A decision was made between two values: it stays where the person saw both of them. */
const stillMeant = (decided: Decided, before: SeenSides, after: SeenSides): boolean =>
  equal('mine', before, after) && equal('theirs', before, after) && (decided.take !== 'base' || equal('base', before, after));

const newerSides = (before: SeenSides, after: SeenSides, known: readonly NewerSide[]): NewerSide[] =>
  (['mine', 'theirs'] as const).flatMap((side) => {
    const was = known.find((one) => one.side === side);
    if (equal(side, before, after)) return was === undefined ? [] : [was];
    return [{ side, was: was === undefined ? before[side].said : was.was, is: after[side].said }];
  });

const stateOf = (decided: Decided, conflict: boolean): ItemState => {
  if (!conflict && decided.take === 'base') return 'reverted';
  return decided.take === 'both' ? `both-${decided.first}` : decided.take;
};

/** What was decided over `before`, as it goes on over `items`: by the name of its place, or where that is another one by its path. */
export const carryOver = ({ places, all, kept, aliases }: Earlier, items: readonly Item[], wholeNow: () => string): CarriedOver => {
  const now = new Map(items.map((item) => [item.id, knownPlace(item)]));
  const old = new Map(places.map((place) => [place.id, place]));
  const fresh = new Map([...now.values()].filter(({ id }) => !old.has(id)).map((place) => [place.place, place]));
  const moved = new Map<string, KnownPlace>();
  for (const { id, place } of places) {
    const found = now.has(id) ? undefined : fresh.get(place);
    if (found !== undefined) moved.set(id, found);
  }
  const placeNow = (id: string): KnownPlace | undefined => now.get(id) ?? moved.get(id);
  const nameNow = (id: string): string => moved.get(id)?.id ?? id;
  const one = (id: string, decided: Decided | null): Decided | null => {
    const [from, to] = [old.get(id), placeNow(id)];
    if (decided === null || from === undefined || to === undefined) return decided;
    return stillMeant(decided, from.seen(), to.seen()) ? decided : null;
  };
  const isSame = kept.wholeOf !== null && kept.wholeOf === wholeNow();
  const whole = (taken: Whole): Whole => (isSame ? taken : null);
  const steps = (some: readonly Step[]): Step[] =>
    some.map(({ changes, whole: [from, to] }) => ({ changes: changes.map(([id, was, is]) => [nameNow(id), one(id, was), one(id, is)] as const), whole: [whole(from), whole(to)] as const }));
  const decided = kept.decided.flatMap(([id, what]) => ((is) => (is === null ? [] : [[nameNow(id), is] as const]))(one(id, what)));
  const dropped = new Map(kept.decided.flatMap(([id, what]) => (one(id, what) === null ? [[id, what] as const] : [])));
  const typed = new Map([...kept.drafts, ...kept.decided.flatMap(([id, { take, ...what }]) => (take === 'edited' && 'text' in what ? [[id, what.text] as const] : []))]);
  const drafts = [...kept.drafts, ...[...dropped].flatMap(([id, what]) => (what.take === 'edited' ? [[id, what.text] as const] : []))];
  const known = new Map(kept.again);
  const again = [...new Set([...known.keys(), ...moved.keys(), ...dropped.keys()])].flatMap((id): (readonly [string, Again])[] => {
    const [from, to, was, gone] = [old.get(id), placeNow(id), known.get(id), dropped.get(id)];
    if (to === undefined) return [];
    const had = gone === undefined ? (was?.had ?? null) : stateOf(gone, to.conflict);
    return [[to.id, { sides: from === undefined ? (was?.sides ?? []) : newerSides(from.seen(), to.seen(), was?.sides ?? []), had }]];
  });
  const isDecided = new Set(decided.map(([id]) => id));
  const isAgain = new Set([...[...moved.values()].filter(({ conflict, id }) => conflict && !isDecided.has(id)).map(({ id }) => id), ...[...dropped.keys()].map(nameNow)]);
  const gone = places.filter(({ id }) => placeNow(id) === undefined);
  const isMoved = new Set([...moved.values()].map(({ id }) => id));
  const paths = (which: (place: KnownPlace) => boolean): SyncPath[] => [...now.values()].filter(which).map(({ path }) => path);
  return {
    kept: { decided, past: steps(kept.past), future: steps(kept.future), whole: whole(kept.whole), drafts: drafts.map(([id, text]) => [nameNow(id), text] as const), again, places: [], wholeOf: null },
    aliases: new Map([...[...aliases].map(([id, to]) => [id, nameNow(to)] as const), ...[...moved].map(([id, to]) => [id, to.id] as const)]),
    renewal: {
      kept: paths(({ id }) => isDecided.has(id)),
      again: [...(kept.whole !== null && !isSame ? [[]] : []), ...paths(({ id }) => isAgain.has(id))],
      closed: gone.filter(({ conflict }) => conflict).map(({ path }) => path),
      added: all ? paths(({ id, conflict }) => conflict && !old.has(id) && !isMoved.has(id)) : [],
      left: gone.flatMap(({ id, path }) => ((text) => (text === undefined ? [] : [{ path, text }]))(typed.get(id))),
    },
  };
};
