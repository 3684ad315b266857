import type { TreeRow } from '../../shared/model/resolver';
import type { SyncStep } from '../../shared/model/sync';
import { isArray, isObject, pathText, same, textPath, typeOf, type JsonObject, type JsonValue, type Maybe, type Step } from '../../merge';
import type { Item } from './items';
import type { Session } from './session';
import { glance } from './value-text';

/** A key or an index. */
type Member = string | number;
/** An opened part of the tree; its children that are opened too, by their place. */
type Opened = { readonly value: JsonValue; readonly keys: readonly string[] | null; readonly opened: Map<number, Opened>; rows: number };

type Built = { readonly changed: number; readonly root: Opened | null; readonly value: Maybe };

/** Places of a session on the way down the document. */
type Marks = { /** The one that is shown here. */ readonly item: Item | null; readonly items: readonly Item[]; readonly below: ReadonlyMap<string, Marks>; readonly idKeys: readonly string[] };

const nodeOf = (path: readonly Member[]): string => JSON.stringify(path);
const membersOf = (node: string): readonly Member[] => JSON.parse(node) as readonly Member[];
const sizeOf = (value: JsonValue, keys: readonly string[] | null): number => keys?.length ?? (isArray(value) ? value.length : 0);
const isContainer = (value: Maybe): value is JsonValue => isArray(value) || isObject(value);
const memberAt = (value: JsonValue, keys: readonly string[] | null, place: number): readonly [Member, JsonValue] => {
  if (keys !== null) {
    const key = keys[place] as string;
    return [key, (value as JsonObject)[key] as JsonValue];
  }
  return [place, (value as readonly JsonValue[])[place] as JsonValue];
};

/**
 * The result as a tree of which a window shows some lines. What is opened is remembered by its path, so that it stays open
 * while the document below it changes. Only opened parts cost anything.
 */
export class ResultTree {
  readonly #open = new Set<string>([nodeOf([])]);
  /** Opened on the way to what is looked at; closed again when something else is. */
  #way: readonly string[] = [];
  #counted: { readonly changed: number; readonly open: Map<Marks, number> } = { changed: -1, open: new Map() };
  #marks: Marks | null = null;
  #built: Built | null = null;

  constructor(private readonly session: Session) {}

  page(from: number, count: number): { readonly total: number; readonly rows: TreeRow[] } {
    const { root, value } = this.#build();
    if (value === undefined) return { total: 0, rows: [] };
    if (root === null) return { total: 1, rows: from === 0 ? [this.#scalar(value)] : [] };
    const rows: TreeRow[] = [];
    this.#emit(root, [], this.#allMarks(), 0, from, from + count, rows);
    return { total: root.rows, rows };
  }

  expand(node: string, expanded: boolean): void {
    if (expanded) this.#open.add(node);
    else {
      this.#open.delete(node);
      this.#way = this.#way.filter((one) => one !== node);
    }
    this.#built = null;
  }

  /** Opens the tree up to a place of the session; null where the result has nothing of it. */
  reveal(item: Item): { readonly node: string; readonly row: number } | null {
    const path: Member[] = [];
    let value = this.session.result();
    for (const step of item.path) {
      const member = memberOf(value, step);
      if (member === null) break;
      path.push(member);
      value = isArray(value) ? value[member as number] : (value as JsonObject)[member as string];
    }
    return path.length === 0 ? null : this.#show(path);
  }

  /** The next line whose key or scalar holds the text, from the start again at the end. */
  find(text: string, after: string | null): { readonly node: string; readonly row: number } | null {
    const wanted = text.toLowerCase();
    const start = after === null ? null : membersOf(after);
    const value = this.session.result();
    if (value === undefined) return null;
    const path = findIn(value, wanted, start) ?? (start === null ? null : findIn(value, wanted, null));
    return path === null ? null : this.#show(path);
  }

  #show(path: readonly Member[]): { readonly node: string; readonly row: number } | null {
    this.#way = path.map((_, depth) => nodeOf(path.slice(0, depth)));
    this.#built = null;
    const { root } = this.#build();
    let row = -1;
    let at: Opened | null = root;
    for (const member of path) {
      if (at === null) return null;
      const place = at.keys === null ? Number(member) : at.keys.indexOf(String(member));
      row += 1 + place;
      for (const [other, opened] of at.opened) if (other < place) row += opened.rows;
      at = at.opened.get(place) ?? null;
    }
    return { node: nodeOf(path), row };
  }

  #build(): Built {
    if (this.#built?.changed === this.session.changed) return this.#built;
    const value = this.session.result();
    const root = isContainer(value) ? opened(value) : null;
    // Shorter paths first, so that parents are there before what lies in them.
    const nodes = root === null ? [] : [...new Set([...this.#open, ...this.#way])].map(membersOf).sort((a, b) => a.length - b.length);
    for (const path of nodes) if (root !== null) openAt(root, path);
    if (root !== null) countRows(root);
    return (this.#built = { changed: this.session.changed, root, value });
  }

  #emit(part: Opened, path: readonly Member[], marks: Marks | null, start: number, from: number, to: number, rows: TreeRow[]): void {
    const size = sizeOf(part.value, part.keys);
    const inner = [...part.opened].sort(([a], [b]) => a - b);
    let [place, row, next] = [0, start, 0];
    while (place < size && row < to) {
      const [opens, open] = inner[next] ?? [size, null];
      // Lines without anything opened between them are skipped in one step.
      if (row < from && place < opens) {
        const skipped = Math.min(from - row, opens - place);
        place += skipped;
        row += skipped;
        continue;
      }
      const [member, value] = memberAt(part.value, part.keys, place);
      const own = marks === null ? null : marksBelow(marks, member, value);
      const expanded = place === opens ? open : null;
      if (row >= from) rows.push(this.#row([...path, member], stepOf(member, value, marks?.idKeys ?? []), value, own, expanded !== null, size, place));
      row += 1;
      if (expanded !== null) {
        if (row + expanded.rows > from) this.#emit(expanded, [...path, member], own, row, from, to, rows);
        row += expanded.rows;
        next += 1;
      }
      place += 1;
    }
  }

  #row(path: readonly Member[], step: SyncStep, value: JsonValue, marks: Marks | null, expanded: boolean, setSize: number, place: number): TreeRow {
    const item = marks?.item ?? null;
    const type = typeOf(value);
    const expandable = isContainer(value) && sizeOf(value, isObject(value) ? Object.keys(value) : null) > 0;
    return {
      node: nodeOf(path),
      level: path.length,
      step,
      type,
      preview: glance(value, 160),
      expandable,
      expanded,
      setSize,
      place: place + 1,
      mark: item === null ? null : this.session.stateOf(item),
      item: item?.id ?? null,
      inside: marks === null ? 0 : this.#openBelow(marks) - (item !== null && this.session.isOpen(item) ? 1 : 0),
    };
  }

  #scalar(value: JsonValue): TreeRow {
    const item = this.#allMarks().item;
    return { node: nodeOf([]), level: 1, step: null, type: typeOf(value), preview: glance(value, 160), expandable: false, expanded: false, setSize: 1, place: 1, mark: item === null ? null : this.session.stateOf(item), item: item?.id ?? null, inside: 0 };
  }

  /** Undecided places at and below; counted once for every state of the session. */
  #openBelow(marks: Marks): number {
    if (this.#counted.changed !== this.session.changed) this.#counted = { changed: this.session.changed, open: new Map() };
    const known = this.#counted.open.get(marks);
    if (known !== undefined) return known;
    let open = marks.items.filter((item) => this.session.isOpen(item)).length;
    for (const below of marks.below.values()) open += this.#openBelow(below);
    this.#counted.open.set(marks, open);
    return open;
  }

  #allMarks(): Marks {
    return (this.#marks ??= marksOf(this.session.items));
  }
}

const opened = (value: JsonValue): Opened => ({ value, keys: isObject(value) ? Object.keys(value) : null, opened: new Map(), rows: 0 });

const openAt = (root: Opened, path: readonly Member[]): void => {
  let at = root;
  for (const [depth, member] of path.entries()) {
    const place = at.keys === null ? (typeof member === 'number' ? member : -1) : at.keys.indexOf(String(member));
    if (place < 0 || place >= sizeOf(at.value, at.keys)) return;
    const known = at.opened.get(place);
    if (known !== undefined) at = known;
    else if (depth === path.length - 1) {
      const [, value] = memberAt(at.value, at.keys, place);
      if (isContainer(value)) at.opened.set(place, opened(value));
      return;
    } else return;
  }
};

const countRows = (part: Opened): number => {
  part.rows = sizeOf(part.value, part.keys);
  for (const inner of part.opened.values()) part.rows += countRows(inner);
  return part.rows;
};

/** The key or index a step leads to in this value. */
const memberOf = (value: Maybe, step: Step): Member | null => {
  if (typeof step === 'string') return isObject(value) && Object.hasOwn(value, step) ? step : null;
  if (!isArray(value)) return null;
  if ('list' in step) return value.length === 0 ? null : Math.min(step.list[0], value.length - 1);
  const at = value.findIndex((item) => isObject(item) && Object.hasOwn(item, step.idKey) && same(item[step.idKey], step.idValue));
  return at === -1 ? null : at;
};

const marksOf = (items: readonly Item[]): Marks => {
  type Growing = { item: Item | null; items: Item[]; below: Map<string, Growing>; idKeys: string[] };
  const fresh = (): Growing => ({ item: null, items: [], below: new Map(), idKeys: [] });
  const root = fresh();
  for (const item of items) {
    let at = root;
    for (const step of item.path) {
      // Items of a list have no place of their own in the result: their list is marked.
      if (typeof step === 'object' && 'list' in step) break;
      if (typeof step === 'object' && !at.idKeys.includes(step.idKey)) at.idKeys.push(step.idKey);
      const key = pathText([step]);
      const next = at.below.get(key) ?? fresh();
      at.below.set(key, next);
      at = next;
    }
    at.items.push(item);
    if (at.item === null || (item.conflict && !at.item.conflict)) at.item = item;
  }
  return root;
};

/** A member as the places of the session name it: an element by its identity where they do, otherwise counted from 1. */
const stepOf = (member: Member, value: JsonValue, idKeys: readonly string[]): SyncStep => {
  if (typeof member === 'string') return member;
  const idKey = isObject(value) ? idKeys.find((key) => Object.hasOwn(value, key)) : undefined;
  const idValue = idKey === undefined || !isObject(value) ? undefined : value[idKey];
  const [step] = textPath([idKey === undefined || idValue === undefined ? { list: [member, member + 1] } : { idKey, idValue }]);
  return step ?? String(member);
};

const marksBelow = (marks: Marks, member: Member, value: JsonValue): Marks | null => {
  if (typeof member === 'string') return marks.below.get(pathText([member])) ?? null;
  for (const idKey of marks.idKeys) {
    const idValue = isObject(value) && Object.hasOwn(value, idKey) ? value[idKey] : undefined;
    const found = idValue === undefined ? undefined : marks.below.get(pathText([{ idKey, idValue }]));
    if (found !== undefined) return found;
  }
  return null;
};

/** The first path in the document's order behind `after` whose key or scalar holds the text. */
const findIn = (root: JsonValue, wanted: string, after: readonly Member[] | null): Member[] | null => {
  const path: Member[] = [];
  const holds = (member: Member, value: JsonValue): boolean => {
    if (typeof member === 'string' && member.toLowerCase().includes(wanted)) return true;
    return !isContainer(value) && (typeof value === 'string' ? value : glance(value)).toLowerCase().includes(wanted);
  };
  /** `on`: everything so far is on the way to `after`, so what lies before it is passed over. */
  const walk = (value: JsonValue, on: boolean): boolean => {
    if (!isContainer(value)) return false;
    const keys = isObject(value) ? Object.keys(value) : null;
    const size = sizeOf(value, keys);
    const passed = on && after !== null ? after[path.length] : undefined;
    const first = passed === undefined ? 0 : keys === null ? Number(passed) : Math.max(0, keys.indexOf(String(passed)));
    for (let place = first; place < size; place += 1) {
      const [member, inner] = memberAt(value, keys, place);
      const still = passed !== undefined && place === first;
      path.push(member);
      if (!still && holds(member, inner)) return true;
      if (walk(inner, still)) return true;
      path.pop();
    }
    return false;
  };
  return walk(root, after !== null) ? path : null;
};
