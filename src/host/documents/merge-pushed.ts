import { canonicalText } from '../../lib/canonical-json';
import { numbersSurvive } from '../../lib/json-text';
import type { Switches } from '../switches';

type Members = ReadonlyMap<string, unknown>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const membersOf = (value: Readonly<Record<string, unknown>>): Members => new Map(Object.entries(value));
const equal = (a: unknown, b: unknown): boolean => a === b || (a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b));

/** What a push on an older base is saved as. `base` is the version the device last had, `{}` when the server knows of none. */
export function mergePushed(base: string, head: string, pushed: string, how: Switches['wizs']['autoMerge']): string {
  // A value that a double cannot hold would come out rounded.
  if (how === 'pushed' || ![base, head, pushed].every(numbersSurvive)) return pushed;
  const [before, theirs, ours] = [base, head, pushed].map((text) => JSON.parse(text) as unknown);
  const merged = how === 'three-way' ? threeWay(before, theirs, ours) : laidOver(theirs, ours, how === 'deep');
  return equal(merged, ours) ? pushed : JSON.stringify(merged);
}

/** Objects by key; a change of one side only is kept, and where both changed the pushed side wins. */
function threeWay(base: unknown, head: unknown, pushed: unknown): unknown {
  if (equal(head, pushed) || equal(head, base)) return pushed;
  if (equal(pushed, base)) return head;
  if (!isObject(head) || !isObject(pushed)) return pushed;
  const [before, theirs, ours] = [membersOf(isObject(base) ? base : {}), membersOf(head), membersOf(pushed)];
  const merged: [string, unknown][] = [];
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    const value = threeWay(before.get(key), theirs.get(key), ours.get(key));
    if (value !== undefined) merged.push([key, value]);
  }
  return Object.fromEntries(merged);
}

/** The pushed members over the head's. */
function laidOver(head: unknown, pushed: unknown, deep: boolean): unknown {
  if (!isObject(head) || !isObject(pushed)) return pushed;
  const [theirs, ours] = [membersOf(head), membersOf(pushed)];
  const both = new Map(theirs);
  for (const [key, value] of ours) both.set(key, deep && theirs.has(key) ? laidOver(theirs.get(key), value, true) : value);
  return Object.fromEntries(both);
}
