import { sha256Hex } from '../../lib/canonical-json';
import { documentHash, textPath, type Maybe } from '../../merge';
import type { SyncPath } from '../../shared/model/sync';
import type { Item } from './items';
import { glance } from './value-text';

/** A value that a person had before them: equal exactly for equal ones, and in short words; both null where nothing stood. */
export type Seen = { readonly is: string | null; readonly said: string | null };
export type SeenSides = { readonly base: Seen; readonly mine: Seen; readonly theirs: Seen };

/** A place by what it is, whatever its values are. */
export type KnownPlace = { readonly id: string; readonly place: string; readonly path: SyncPath; readonly conflict: boolean; readonly seen: () => SeenSides };
/** One that is kept with the decision about it. */
export type KeptPlace = Omit<KnownPlace, 'seen'> & SeenSides;

const MOST_SAID = 200;

export const seenValue = (value: Maybe): Seen => (value === undefined ? { is: null, said: null } : { is: documentHash(value, sha256Hex), said: glance(value, MOST_SAID) });

const placeOf = ({ conflict, kind, key }: Item): string => `${conflict ? 'conflict' : 'change'} ${kind.startsWith('order') ? 'order' : ''} ${key}`;

const sidesOf = new WeakMap<Item, SeenSides>();

export const seenSides = (item: Item): SeenSides => {
  const sides = sidesOf.get(item) ?? { base: seenValue(item.base), mine: seenValue(item.mine), theirs: seenValue(item.theirs) };
  sidesOf.set(item, sides);
  return sides;
};

export const knownPlace = (item: Item): KnownPlace => ({ id: item.id, place: placeOf(item), path: textPath(item.path), conflict: item.conflict, seen: () => seenSides(item) });

export const keptPlace = (item: Item): KeptPlace => {
  const { seen, ...place } = knownPlace(item);
  return { ...place, ...seen() };
};
