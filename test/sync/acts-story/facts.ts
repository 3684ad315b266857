import type { OpenConflict } from '../../../src/main/sync/engine-contract';
import type { SyncPath } from '../../../src/shared/model/sync';

/** What a document says, place by place: a cell, an element, a field of one, an item of the list. */
export type Facts = ReadonlyMap<string, string>;

/** What stands at a place where nothing does. */
export const NOTHING = 'nothing';
const THERE = 'there';

export const factAt = (facts: Facts, place: string): string => facts.get(place) ?? NOTHING;

export const placeInList = (item: string): string => `list/${item}`;
export const isInList = (place: string): boolean => place.startsWith('list/');
/** The element that a place lies in. */
export const elementOf = (place: string): string | null => /^(items\/[^/]+)\//.exec(place)?.[1] ?? null;
/** Whether one of the places holds the other. */
export const meet = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

const collect = (place: string, value: unknown, facts: Map<string, string>): void => {
  if (Array.isArray(value)) {
    for (const one of value as readonly (string | { readonly id: string })[]) {
      if (typeof one === 'string') facts.set(`${place}/${one}`, THERE);
      else collect(`${place}/${one.id}`, one, facts);
    }
  } else if (typeof value === 'object' && value !== null) {
    if (place.startsWith('items/')) facts.set(place, THERE);
    for (const [key, inner] of Object.entries(value)) if (key !== 'id') collect(place === '' ? key : `${place}/${key}`, inner, facts);
  } else facts.set(place, String(value));
};

export const factsAt = (place: string, value: unknown): Facts => {
  const facts = new Map<string, string>();
  if (value !== undefined) collect(place, value, facts);
  return facts;
};

export const factsOf = (document: unknown): Facts => factsAt('', document);

/** The place of a path; a range of the list is the list. */
export const placeOf = (path: SyncPath): string => path.flatMap((step) => (typeof step === 'string' ? [step] : 'idValue' in step ? [String(JSON.parse(step.idValue))] : [])).join('/');

const SIDES = ['base', 'mine', 'theirs'] as const;

/** What one side of a question says; an order of elements says nothing. */
export const factsOfSide = (conflict: OpenConflict, side: (typeof SIDES)[number]): Facts => {
  const text = conflict[side];
  return conflict.kind === 'order' || text === undefined ? new Map() : factsAt(placeOf(conflict.path), JSON.parse(text));
};

/** What a question shows of each place: the values of its sides. */
export const shownBy = (conflict: OpenConflict): ReadonlyMap<string, readonly string[]> => {
  const sides = SIDES.map((side) => factsOfSide(conflict, side));
  const places = new Set(sides.flatMap((facts) => [...facts.keys()]));
  return new Map([...places].map((place) => [place, sides.map((facts) => factAt(facts, place))]));
};
