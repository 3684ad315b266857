import { readJson, textPath, valueAt, type Change, type Maybe } from '../../merge';
import type { SyncPath, SyncStep } from '../../shared/model/sync';

/** Places that a person asked for: by what is equal to them, and those with ranges in them, which hold smaller ones. */
export type Asked = { readonly exact: ReadonlySet<string>; readonly ranges: readonly SyncPath[] };

export const hasRange = (path: SyncPath): boolean => path.some((step) => typeof step === 'object' && 'list' in step);

export const askedOf = (paths: readonly SyncPath[]): Asked => ({ exact: new Set(paths.map((path) => JSON.stringify(path))), ranges: paths.filter(hasRange) });

/** Whether the place lies at or below one of these. */
export const isWithin = (path: SyncPath, asked: Asked): boolean => {
  for (let length = path.length; length >= 0; length -= 1) if (asked.exact.has(JSON.stringify(path.slice(0, length)))) return true;
  return asked.ranges.some((place) => place.length <= path.length && place.every((step, index) => covers(step, path[index])));
};

const isList = (step: SyncStep | undefined): step is Extract<SyncStep, { readonly list: unknown }> => typeof step === 'object' && 'list' in step;

const covers = (asked: SyncStep, step: SyncStep | undefined): boolean => {
  if (!isList(asked)) return JSON.stringify(asked) === JSON.stringify(step);
  if (!isList(step)) return false;
  const [[lo, hi], [from, to]] = [asked.list, step.list];
  // A gap at the edge of a range lies beside it.
  return from === to ? (from > lo && from < hi) || (from === lo && to === hi) : from >= lo && to <= hi;
};

const meets = (asked: SyncStep, step: SyncStep): boolean => {
  if (covers(asked, step)) return true;
  if (isList(asked) && isList(step)) return Math.max(asked.list[0], step.list[0]) < Math.min(asked.list[1], step.list[1]) || covers(step, asked);
  // An item by its identity may be any of a range.
  return typeof asked === 'object' && typeof step === 'object' && isList(asked) !== isList(step);
};

/** Whether a change at `path` reaches into the place that was asked for without lying in it. */
const reachesInto = (path: SyncPath, asked: SyncPath): boolean => {
  const [length, own] = [Math.min(path.length, asked.length), askedOf([asked])];
  return asked.slice(0, length).every((step, index) => meets(step, path[index] ?? step)) && !isWithin(path, own);
};

/** The smallest of these changes that holds the place, or a part of it, among others. */
export const holderOf = (asked: SyncPath, changes: readonly Change[]): SyncPath | null => {
  const reaching = changes.map(({ path }) => textPath(path)).filter((path) => reachesInto(path, asked));
  return reaching.reduce<SyncPath | null>((longest, path) => (longest === null || path.length > longest.length ? path : longest), null);
};

/** What stands at a place. */
export const valueOfPlace = (value: Maybe, path: SyncPath): Maybe =>
  valueAt(
    value,
    path.map((step) => {
      if (typeof step === 'string' || 'list' in step) return step;
      const id = readJson(step.idValue);
      return { idKey: step.idKey, idValue: id.ok ? id.value : step.idValue };
    }),
  );

export const hasPlace = (text: string, path: SyncPath): boolean => {
  const read = readJson(text);
  return read.ok && valueOfPlace(read.value, path) !== undefined;
};
