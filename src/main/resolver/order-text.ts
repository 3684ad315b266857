import type { ShownValue } from '../../shared/model/resolver';
import { isArray, isObject, type JsonValue, type Maybe } from '../../merge';
import { glance } from './value-text';

/** Fields by which people know an element, the best first. */
const NAMES = ['name', 'title', 'label', 'displayName', 'text', 'url', 'path', 'command', 'key'];
const MOST_LINES = 40;
const MOST_NAME = 60;

const nameIn = (item: Readonly<Record<string, Maybe>>, idKey: string): string | null => {
  const found = NAMES.map((key) => (key !== idKey && Object.hasOwn(item, key) ? item[key] : undefined)).find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof found === 'string' ? (found.length > MOST_NAME ? `${found.slice(0, MOST_NAME)}…` : found).replaceAll('\n', ' ') : null;
};

/** What the elements of keyed lists are called beside their identities, by the JSON text of that. */
export const namesOfItems = (lists: readonly Maybe[], keys: readonly string[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const item of lists.flatMap((list) => (isArray(list) ? list : []))) {
    if (!isObject(item)) continue;
    const idKey = keys.find((key) => Object.hasOwn(item, key));
    const id = idKey === undefined ? undefined : item[idKey];
    const name = idKey === undefined ? null : nameIn(item, idKey);
    if (id === undefined || name === null) continue;
    const known = glance(id);
    if (!names.has(known)) names.set(known, name);
  }
  return names;
};

/** An order, one element per line: its identity, and what it is called. Any other value stays as it is shown. */
export const shownOrder = (shown: ShownValue, order: Maybe, names: ReadonlyMap<string, string>): ShownValue => {
  if (!isArray(order) || order.length === 0) return shown;
  const line = (id: JsonValue): string => ((known) => [known, names.get(known)].filter((part) => part !== undefined).join('  '))(glance(id));
  return { ...shown, text: order.slice(0, MOST_LINES).map(line).join('\n'), cut: order.length > MOST_LINES };
};
