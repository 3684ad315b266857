import type { Choice, Choices, Side } from './conflict';
import { ExactNumber } from './exact-number';
import { isArray, isObject, own, put, same, type JsonArray, type JsonValue, type Maybe, type MutableObject } from './json';
import { place, type Id } from './order';

/** A merged value with places in it that choices decide. Values without such places are kept as they are. */
export class Draft {
  /** The value under these choices, or undefined where it is then absent. */
  readonly render: (choices: Choices) => Maybe;
  /** The same as items of an array: none, one, or several. */
  readonly items: (choices: Choices) => readonly JsonValue[];
  /** True for a deletion, which only a choice can undo. */
  readonly absent: boolean;

  constructor(render: (choices: Choices) => Maybe, items: (choices: Choices) => readonly JsonValue[], absent = false) {
    this.render = render;
    this.items = items;
    this.absent = absent;
  }
}

export type Merged = JsonValue | Draft | undefined;

export const render = (value: Merged, choices: Choices): Maybe => (value instanceof Draft ? value.render(choices) : value);

const itemsOf = (value: Merged, choices: Choices): readonly JsonValue[] => {
  if (value instanceof Draft) return value.items(choices);
  return value === undefined ? [] : [value];
};

/** What the three sides have at one place. */
export type Sides = { readonly [S in Side]: Maybe };

const isSide = (choice: Choice): choice is { readonly take: Side } => choice.take !== 'both' && choice.take !== 'edited';

/** An identity that no element of these has: a number one higher than all, or the text with a number behind it. */
const freeId = (taken: readonly JsonValue[], clash: JsonValue): JsonValue => {
  if (typeof clash === 'number' || clash instanceof ExactNumber) {
    const numbers = taken.map((id) => (typeof id === 'number' && Number.isSafeInteger(id) ? id : 0));
    return numbers.reduce((a, b) => Math.max(a, b), 0) + 1;
  }
  let n = 2;
  while (taken.includes(`${String(clash)}-${n}`)) n += 1;
  return `${String(clash)}-${n}`;
};

/** One value to decide. */
export const valueHole = (id: string, sides: Sides, usual: Side): Draft => {
  const value = (choices: Choices): Maybe => {
    const choice = choices.get(id) ?? { take: usual };
    if (choice.take === 'edited') return choice.value;
    return sides[isSide(choice) ? choice.take : usual];
  };
  const items = (choices: Choices): readonly JsonValue[] => {
    const choice = choices.get(id);
    if (choice?.take !== 'both') return itemsOf(value(choices), choices);
    return [sides[choice.first], sides[choice.first === 'mine' ? 'theirs' : 'mine']].filter((item) => item !== undefined);
  };
  return new Draft(value, items, sides[usual] === undefined);
};

/** Items of a list to decide. Without a choice of their own they follow those `linked` with them back to the base: an item came from there. */
export const itemsHole = (id: string, sides: { readonly [S in Side]: JsonArray }, usual: Side, linked: readonly string[] = []): Draft => {
  const items = (choices: Choices): JsonArray => {
    const choice = choices.get(id) ?? { take: linked.some((other) => choices.get(other)?.take === 'base') ? 'base' : usual };
    if (choice.take === 'edited') return isArray(choice.value) ? choice.value : [choice.value];
    if (choice.take === 'both') return choice.first === 'mine' ? [...sides.mine, ...sides.theirs] : [...sides.theirs, ...sides.mine];
    return sides[choice.take];
  };
  return new Draft(items, items);
};

/** An object with drafts among its values. */
export const objectDraft = (keys: readonly string[], values: readonly Merged[]): Draft => {
  const object = (choices: Choices): JsonValue => {
    const result: MutableObject = {};
    keys.forEach((key, i) => {
      const value = render(values[i], choices);
      if (value !== undefined) put(result, key, value);
    });
    return result;
  };
  return new Draft(object, (choices) => [object(choices)]);
};

/** A list of settled runs and drafts. */
export const listDraft = (parts: readonly (JsonArray | Draft)[]): Draft => {
  const list = (choices: Choices): JsonArray => parts.flatMap((part) => (part instanceof Draft ? part.items(choices) : part));
  return new Draft(list, (choices) => [list(choices)]);
};

/** A value that is absent when the base, which has none, is chosen for each of these. */
export const unlessAllBase = (draft: Draft, ids: readonly string[]): Draft => {
  const undone = (choices: Choices): boolean => ids.every((id) => choices.get(id)?.take === 'base');
  const value = (choices: Choices): Maybe => (undone(choices) ? undefined : draft.render(choices));
  return new Draft(value, (choices) => (undone(choices) ? [] : draft.items(choices)), draft.absent);
};

/** The orders a keyed array may take, and who decides. */
export type OrderHole = {
  readonly id: string;
  readonly usual: Side;
  readonly orders: { readonly [S in Side]: readonly Id[] };
  /** The identity as a value of the document, and back. */
  readonly idOf: (value: JsonValue) => Id | undefined;
};

const orderOf = (order: readonly Id[] | OrderHole, choices: Choices): readonly Id[] => {
  if (!('orders' in order)) return order;
  const choice = choices.get(order.id) ?? { take: order.usual };
  if (choice.take !== 'edited') return order.orders[isSide(choice) ? choice.take : order.usual];
  const wanted = isArray(choice.value) ? choice.value.map(order.idOf).filter((id) => id !== undefined) : [];
  return place([...new Set(wanted)].filter((id) => order.orders[order.usual].includes(id)), order.orders[order.usual], []);
};

/** The merged elements by identity. */
export type Elements = (id: Id) => Merged;

/** A keyed array with drafts among its elements, or with its order to decide. */
export const keyedDraft = (elements: Elements, order: readonly Id[] | OrderHole, idKey: string): Draft => {
  const array = (choices: Choices): JsonArray => {
    const result: JsonValue[] = [];
    const twins: number[] = [];
    for (const id of orderOf(order, choices)) {
      const items = itemsOf(elements(id), choices);
      result.push(...items);
      if (items.length > 1) twins.push(result.length - 1);
    }
    for (const at of twins) giveNewId(result, at, idKey);
    return result;
  };
  return new Draft(array, (choices) => [array(choices)]);
};

/** The second of two kept elements with one identity gets another. */
const giveNewId = (items: JsonValue[], at: number, idKey: string): void => {
  const item = items[at];
  if (!isObject(item)) return;
  const clash = own(item, idKey);
  const taken = items.flatMap((other) => (isObject(other) ? [own(other, idKey) ?? null] : []));
  if (clash === undefined || taken.filter((id) => same(id, clash)).length < 2) return;
  const copy: MutableObject = {};
  for (const key of Object.keys(item)) put(copy, key, key === idKey ? freeId(taken, clash) : (own(item, key) ?? null));
  items[at] = copy;
};
