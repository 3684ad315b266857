import { sync as english } from '../../shared/i18n/en/window/sync';
import { sync as chinese } from '../../shared/i18n/zh/window/sync';
import type { ItemKind } from '../../shared/model/resolver';
import { keyWords, placeText } from '../../shared/place-text';
import { isObject, pathText, textPath, type Change, type Conflict, type Digest, type JsonValue, type Maybe, type Outcome, type Path, type Step, type TextPath } from '../../merge';

/** A place of the session: a conflict, or a change that the merge took by itself. */
export type Item = {
  /** The same in every merge that has this place with these values; of conflicts the same on every device. */
  readonly id: string;
  /** Its name in this merge. */
  readonly mergeId: string;
  readonly conflict: boolean;
  readonly kind: ItemKind;
  readonly path: Path;
  readonly name: string;
  /** Equal exactly for equal paths, and of the place above it. */
  readonly key: string;
  readonly parent: string;
  /** The key at the top that it lies under. */
  readonly group: string;
  readonly by: Change['by'] | null;
  readonly base: Maybe;
  readonly mine: Maybe;
  readonly theirs: Maybe;
  readonly provisional: 'mine' | 'theirs';
  readonly both: boolean;
  readonly longText: boolean;
  readonly inner: readonly Path[];
  /** Its place in the order of the list. */
  readonly order: number;
};

const shortly = (value: JsonValue): string => (typeof value === 'string' ? value : value === null ? 'null' : String(value instanceof Object && 'text' in value ? value.text : value));

const stepName = (step: Step): string => {
  if (typeof step === 'string') return keyWords(step);
  if ('idKey' in step) return `${step.idKey} ${shortly(step.idValue)}`;
  const [lo, hi] = step.list;
  if (lo === hi) return `#${String(lo + 1)}+`;
  return hi - lo === 1 ? `#${String(lo + 1)}` : `#${String(lo + 1)}–${String(hi)}`;
};

/** `accounts › id 2 › name`; items of lists are counted from 1. */
const pathName = (path: Path): string => path.map(stepName).join(' › ');

/** The window's words for a range of a list in every language: places are found by what their rows say. */
const RANGES = [english, chinese].map(({ syncGap, syncItem, syncItems_other: syncItems }) => ({ syncGap, syncItem, syncItems }));

const rowName = (path: TextPath, { syncGap, syncItem, syncItems }: (typeof RANGES)[number]): string =>
  path
    .map((step) => {
      if (typeof step === 'string') return keyWords(step);
      if ('idKey' in step) return `${step.idKey} ${step.idValue}`;
      const [lo, hi] = step.list;
      const words = lo === hi ? syncGap : hi - lo === 1 ? syncItem : syncItems;
      return words.replace('{{from}}', String(lo + 1)).replace('{{to}}', String(hi));
    })
    .join(' › ');

/** As it is searched: in any case of letters, with blanks or without. */
export const plainWords = (text: string): string => text.toLowerCase().replace(/[^\S\n]+/g, '');

/** `/rows/1`, as the keys around it are written. */
const slashed = (place: TextPath): string => placeText(place.map((step) => (typeof step === 'object' && 'list' in step && step.list[1] - step.list[0] === 1 ? String(step.list[1]) : step)));

const wordsOf = (path: Path): string => {
  const place = textPath(path);
  return plainWords([pathName(path), path.map((step) => (typeof step === 'string' ? step : stepName(step))).join(' › '), ...RANGES.map((words) => rowName(place, words)), placeText(place), slashed(place)].join('\n'));
};

const kept = new WeakMap<Path, string>();

/** All that a person may search for a place by, without blanks; put together when somebody searches. */
const keptWords = (path: Path): string => {
  const known = kept.get(path) ?? wordsOf(path);
  kept.set(path, known);
  return known;
};

/** One item of a list, as the forms of `wordsOf` name it. */
const ONE_ITEM = /(?:item|第|#|\[|\/)(\d{1,9})/g;

/** Whether a place is found by these words, of `plainWords`: by its own, or as one of the items that its range holds. */
export const isFoundBy = ({ path }: Pick<Item, 'path'>, wanted: string): boolean =>
  keptWords(path).includes(wanted) ||
  [...wanted.matchAll(ONE_ITEM)].some(([, digits]) => {
    const item = Number(digits);
    return path.some((step, at) => typeof step === 'object' && 'list' in step && step.list[0] < item && item <= step.list[1] && wordsOf(path.with(at, { ...step, list: [item - 1, item] })).includes(wanted));
  });

const kindOf = (kind: Change['kind']): ItemKind => (kind === 'list' ? 'list-change' : kind === 'order' ? 'order-change' : kind);

/** What is known of a place before it has its place among the others. */
type Loose = Omit<Item, 'order' | 'group'>;

const namesOf = (path: Path): Pick<Item, 'path' | 'name' | 'key' | 'parent'> => ({ path, name: pathName(path), key: pathText(path), parent: pathText(path.slice(0, -1)) });

/** Whether a place lies below another one, or is it. */
export const isBelow = ({ key }: Pick<Item, 'key'>, parent: string): boolean => parent === '[]' || key === parent || key.startsWith(`${parent.slice(0, -1)},`);

const ofConflict = (conflict: Conflict): Loose => ({
  id: conflict.id,
  mergeId: conflict.id,
  conflict: true,
  kind: conflict.kind,
  ...namesOf(conflict.path),
  by: null,
  base: conflict.base,
  mine: conflict.mine,
  theirs: conflict.theirs,
  provisional: conflict.provisional,
  both: conflict.both,
  longText: conflict.longText,
  inner: conflict.inner,
});

const ofChange = (change: Change, id: string): Loose => ({
  id,
  mergeId: change.id,
  conflict: false,
  kind: kindOf(change.kind),
  ...namesOf(change.path),
  by: change.by,
  base: change.before,
  mine: change.by === 'theirs' ? change.before : change.after,
  theirs: change.by === 'mine' ? change.before : change.after,
  provisional: change.by === 'theirs' ? 'theirs' : 'mine',
  both: false,
  longText: false,
  inner: [],
});

type Sides = { readonly base: Maybe; readonly mine: Maybe; readonly theirs: Maybe };

/** The keys of the first document in its order, and those that only others have behind the ones that they stand behind there. */
const keysInOrder = (documents: readonly Maybe[]): string[] => {
  const [first = [], ...others] = documents.map((document) => (isObject(document) ? Object.keys(document) : []));
  const known = new Set(first);
  const behind = new Map<string | null, string[]>();
  for (const keys of others) {
    let last: string | null = null;
    for (const key of keys) {
      if (!known.has(key)) {
        known.add(key);
        behind.set(last, [key, ...(behind.get(last) ?? [])]);
      }
      last = key;
    }
  }
  const ordered: string[] = [];
  const stack = [...(behind.get(null) ?? []), ...first].reverse();
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    ordered.push(key);
    for (const next of [...(behind.get(key) ?? [])].reverse()) stack.push(next);
  }
  return ordered;
};

/**
 * All places of a merge, grouped by the key at the top in the document's order; conflicts of a group come first. `digest`
 * names changes by what they are, so that a later merge with the same change has the same name for it. Where both sides
 * meet for the first time (`hasBase` false), what is equal on both was changed by nobody.
 */
export const itemsOf = (outcome: Outcome, { base, mine, theirs }: Sides, digest: Digest, print: (value: JsonValue) => string): Item[] => {
  const hasBase = base !== undefined;
  const named = new Map<string, number>();
  const changeId = (change: Change): string => {
    const of = digest(JSON.stringify([change.kind, change.by, pathText(change.path), ...[change.before, change.after].map((value) => (value === undefined ? null : print(value)))]));
    const times = (named.get(of) ?? 0) + 1;
    named.set(of, times);
    return `change-${of.slice(0, 40)}-${String(times)}`;
  };
  const found = [...outcome.conflicts.map(ofConflict), ...outcome.changes.filter(({ by }) => hasBase || by !== 'both').map((change) => ofChange(change, changeId(change)))];
  const groups = new Map<string, Loose[]>(keysInOrder([mine, theirs, base]).map((key) => [key, []]));
  for (const item of found) {
    const [first] = item.path;
    const group = typeof first === 'string' ? first : '';
    const members = groups.get(group) ?? [];
    if (members.length === 0) groups.set(group, members);
    members.push(item);
  }
  return [...groups].flatMap(([group, members]) => members.map((item) => ({ ...item, group }))).map((item, order) => ({ ...item, order }));
};
