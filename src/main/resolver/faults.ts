import type { ValueFault } from '../../shared/model/resolver';
import { isArray, isObject, MOST_DEPTH, printValue, readJson, same, type JsonArray, type JsonObject, type JsonValue, type Maybe, type Refusal } from '../../merge';
import type { Item } from './items';

const LINE = { indent: '', eol: '\n', spaced: false } as const;

export type FaultRules = {
  readonly identityKeys: readonly string[];
  /** The list that a keyed place stands in, as the result has it now. */
  readonly siblings: (item: Item) => JsonArray;
};

const own = (value: JsonObject, key: string): Maybe => (Object.hasOwn(value, key) ? value[key] : undefined);

export const faultOf = (refusal: Refusal): ValueFault => {
  if (refusal.code === 'not-json') return { code: 'not-json', line: refusal.line, column: refusal.column };
  if (refusal.code === 'too-deep') return { code: 'too-deep', most: refusal.most };
  return { code: 'duplicate-keys', key: refusal.duplicates[0]?.key ?? '' };
};

type Twins = { readonly key: string; readonly value: JsonValue };

/** Elements of one list with one identity, where all of its elements have one. */
const twinsOf = (array: JsonArray, keys: readonly string[]): Twins | null => {
  for (const key of keys) {
    const seen = new Set<string>();
    let twin: JsonValue | undefined;
    const all = array.every((item) => {
      const id = isObject(item) ? own(item, key) : undefined;
      if (typeof id !== 'string' && typeof id !== 'number') return false;
      const text = `${typeof id} ${String(id)}`;
      if (seen.has(text)) twin ??= id;
      seen.add(text);
      return true;
    });
    if (all && array.length > 0) return twin === undefined ? null : { key, value: twin };
  }
  return null;
};

/** All lists in a value whose identities are not unique. */
export const findTwins = (value: JsonValue, keys: readonly string[], found: Twins[] = []): Twins[] => {
  if (isArray(value)) {
    const twins = twinsOf(value, keys);
    if (twins !== null) found.push(twins);
    for (const item of value) if (typeof item === 'object') findTwins(item, keys, found);
  } else if (isObject(value)) for (const key of Object.keys(value)) if (typeof value[key] === 'object') findTwins(value[key] as JsonValue, keys, found);
  return found;
};

const isIn = (twins: Twins, known: readonly Twins[]): boolean => known.some(({ key, value }) => key === twins.key && same(value, twins.value));

export const twinsFault = ({ key, value }: Twins): ValueFault => ({ code: 'duplicate-ids', key, value: printValue(value, LINE) });

/** Identities that the result has twice and none of the sides has. */
export const newTwins = (result: JsonValue, sides: readonly Maybe[], keys: readonly string[]): ValueFault | null => {
  const found = findTwins(result, keys);
  if (found.length === 0) return null;
  const known = sides.flatMap((side) => (side === undefined ? [] : findTwins(side, keys)));
  const fresh = found.find((twins) => !isIn(twins, known));
  return fresh === undefined ? null : twinsFault(fresh);
};

const depthOf = (value: JsonValue): number => {
  if (value === null || typeof value !== 'object') return 0;
  if (isArray(value)) return 1 + value.reduce<number>((most, item) => Math.max(most, depthOf(item)), 0);
  return isObject(value) ? 1 + Object.values(value).reduce<number>((most, item) => Math.max(most, depthOf(item)), 0) : 0;
};

/** Why a typed text cannot stand at a place; null when it can. */
export const typedFault = (item: Item, text: string, rules: FaultRules): ValueFault | null => {
  const reading = readJson(text);
  if (!reading.ok) return faultOf(reading.refusal);
  const { value } = reading;
  if ((item.kind === 'order' || item.kind === 'order-change') && !isArray(value)) return { code: 'not-a-list' };
  if (item.path.length + depthOf(value) > MOST_DEPTH) return { code: 'too-deep', most: MOST_DEPTH };
  const inside = newTwins(value, [item.base, item.mine, item.theirs], rules.identityKeys);
  return inside ?? besideFault(item, value, rules);
};

/** An element that takes the identity of another one of its list. */
const besideFault = (item: Item, value: JsonValue, rules: FaultRules): ValueFault | null => {
  const last = item.path.at(-1);
  if (typeof last !== 'object' || !('idKey' in last) || !isObject(value)) return null;
  const id = own(value, last.idKey);
  if (id === undefined || same(id, last.idValue)) return null;
  const taken = rules.siblings(item).some((other) => isObject(other) && same(own(other, last.idKey), id));
  return taken ? twinsFault({ key: last.idKey, value: id }) : null;
};
