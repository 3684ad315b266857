import type { Change, Conflict, ConflictKind, Note, Side } from './conflict';
import { canonicalText, type Digest } from './canonical';
import { type Draft, itemsHole, valueHole, type Merged, type Sides } from './draft';
import { ExactNumber } from './exact-number';
import { isArray, isObject, own, same, typeOf, type JsonArray, type JsonValue, type Maybe } from './json';
import { pathForm, pathText, type Path, type Step } from './path';
import type { Policy } from './policy';

export type WalkOptions = {
  readonly policy: Policy;
  readonly digest: Digest;
  /** Whether clean changes are recorded and can be undone by choices. */
  readonly track: boolean;
};

/** Texts longer than this, of several lines, are worth a merge by lines in the resolver. */
const LONG_TEXT = 200;
const isLongText = (value: Maybe): boolean => typeof value === 'string' && value.length > LONG_TEXT && value.includes('\n');

/** More inner edits than these are not listed for one deletion. */
const MOST_INNER = 50;

/** Longer forms are named by their hash. */
const LONG_FORM = 1000;

/** A list's canonical form, where somebody knows it already. */
type KnownForm = (items: JsonArray) => string | null;

/** The value as it counts for an id. Absence has a form that no value has: null is a value. */
const formOf = (value: Maybe, digest: Digest, known?: KnownForm): string => {
  if (value === undefined) return '';
  const text = (isArray(value) ? known?.(value) : null) ?? canonicalText(value).text;
  return text.length > LONG_FORM ? `hash ${digest(text)}` : text;
};

const maybe = <K extends string>(key: K, value: Maybe): { [P in K]?: JsonValue } => (value === undefined ? {} : ({ [key]: value } as { [P in K]: JsonValue }));

/** Where each side differs from the base, and what was found there, while three documents are walked together. */
export class Walk {
  readonly conflicts: Conflict[] = [];
  readonly changes: Change[] = [];
  readonly notes: Note[] = [];
  readonly track: boolean;
  readonly #options: WalkOptions;
  #path: Step[] = [];
  readonly #alike = new Map<string, number>();

  constructor(options: WalkOptions) {
    this.#options = options;
    this.track = options.track;
  }

  /** Conflicts and recorded changes so far: when it has not grown, nothing below is a draft. */
  get found(): number {
    return this.conflicts.length + this.changes.length;
  }

  enter(step: Step): void {
    this.#path.push(step);
  }

  leave(): void {
    this.#path.pop();
  }

  note(code: Note['code']): void {
    this.notes.push({ path: [...this.#path], code });
  }

  /** Forgets what was found since `found` was this; its places are to be one decision. */
  forget(conflicts: number, changes: number): void {
    this.conflicts.length = conflicts;
    this.changes.length = changes;
  }

  /** Values that are not looked into: the node rule, whole. */
  leaf(base: Maybe, mine: Maybe, theirs: Maybe): Merged {
    if (same(mine, theirs)) return this.track && !same(base, mine) ? this.#changed('both', { base, mine, theirs }) : mine;
    if (same(base, mine)) return this.track ? this.#changed('theirs', { base, mine, theirs }) : theirs;
    if (same(base, theirs)) return this.track ? this.#changed('mine', { base, mine, theirs }) : mine;
    return this.clash(kindOf(base, mine, theirs), { base, mine, theirs });
  }

  /** Records a conflict over one value. */
  clash(kind: ConflictKind, sides: Sides, both = false): Merged {
    const usual = sides.mine === undefined ? 'theirs' : 'mine';
    return valueHole(this.#conflict(kind, sides, usual, both), sides, usual);
  }

  /** Records a conflict over items of a list. */
  clashOfItems(range: readonly [number, number], sides: { readonly [S in Side]: JsonArray }, { both = true, known }: { readonly both?: boolean; readonly known?: KnownForm } = {}): Draft {
    return this.#within({ list: range }, () => itemsHole(this.#conflict('list', sides, 'mine', both, known), sides, 'mine'));
  }

  /** Records a conflict over the order of a keyed array; the values are identities, of them `asked` name it. Gives its id. */
  clashOfOrder(sides: { readonly [S in Side]: JsonArray }, asked: { readonly [S in Side]: JsonArray }): string {
    return this.#conflict('order', sides, 'mine', false, undefined, asked);
  }

  /** Records a change of a list's items. It is added to `linked`, the changes that are undone with it. */
  changedItems(by: Change['by'], range: readonly [number, number], sides: { readonly [S in Side]: JsonArray }, linked: string[] = []): Draft {
    const usual = by === 'theirs' ? 'theirs' : 'mine';
    return this.#within({ list: range }, () => {
      const id = this.#change('list', by, sides.base, sides[usual]);
      linked.push(id);
      return itemsHole(id, sides, usual, linked);
    });
  }

  /** Records that one side alone (or both alike) ordered the elements anew. Gives its id. */
  changedOrder(by: Change['by'], before: JsonArray, after: JsonArray): string {
    return this.#change('order', by, before, after);
  }

  #within<T>(step: Step, act: () => T): T {
    this.enter(step);
    const result = act();
    this.leave();
    return result;
  }

  #changed(by: Change['by'], sides: Sides): Merged {
    const usual = by === 'theirs' ? 'theirs' : 'mine';
    const after = sides[usual];
    const kind = sides.base === undefined ? 'added' : after === undefined ? 'removed' : 'edited';
    return valueHole(this.#change(kind, by, sides.base, after), sides, usual);
  }

  #change(kind: Change['kind'], by: Change['by'], before: Maybe, after: Maybe): string {
    const path = [...this.#path];
    const id = `${this.changes.length} ${pathText(path)}`;
    this.changes.push({ id, path, kind, by, ...maybe('before', before), ...maybe('after', after) });
    return id;
  }

  /** A range is named by what stands there: where it lies in its list changes when something is merged before it. */
  #numbered(name: string): string {
    const before = this.#alike.get(name) ?? 0;
    this.#alike.set(name, before + 1);
    return `${name} ${before}`;
  }

  #conflict(kind: ConflictKind, { base, mine, theirs }: Sides, provisional: 'mine' | 'theirs', both: boolean, known?: KnownForm, named: Sides = { base, mine, theirs }): string {
    const path = [...this.#path];
    const { digest, policy } = this.#options;
    const sides = [formOf(named.mine, digest, known), formOf(named.theirs, digest, known)].sort();
    const name = (where: Path): string => JSON.stringify([policy.fileKey ?? '', pathForm(where), formOf(named.base, digest, known), sides, kind === 'order']);
    const id = digest(kind === 'list' ? this.#numbered(name(path.slice(0, -1))) : name(path));
    const deletion = kind === 'delete/edit' || kind === 'edit/delete';
    this.conflicts.push({
      id,
      path,
      kind,
      ...maybe('base', base),
      ...maybe('mine', mine),
      ...maybe('theirs', theirs),
      provisional,
      both,
      longText: isLongText(mine) && isLongText(theirs),
      inner: deletion ? innerEdits(base, mine ?? theirs, path) : [],
    });
    return id;
  }
}

const kindOf = (base: Maybe, mine: Maybe, theirs: Maybe): ConflictKind => {
  if (mine === undefined) return 'delete/edit';
  if (theirs === undefined) return 'edit/delete';
  if (base === undefined) return 'add/add';
  if (typeOf(mine) !== typeOf(theirs) || typeOf(mine) !== typeOf(base)) return 'type';
  return typeOf(mine) === 'number' && double(mine) === double(theirs) ? 'precision' : 'edit/edit';
};

const double = (value: JsonValue): number => (value instanceof ExactNumber ? Number(value.text) : Number(value));

/** Where an edited value differs from the base: keys of objects are followed, all else is one place. */
const innerEdits = (base: Maybe, edited: Maybe, path: Path, found: Path[] = []): Path[] => {
  if (found.length >= MOST_INNER || same(base, edited)) return found;
  if (!isObject(base) || !isObject(edited)) {
    found.push(path);
    return found;
  }
  for (const key of new Set([...Object.keys(base), ...Object.keys(edited)])) innerEdits(own(base, key), own(edited, key), [...path, key], found);
  return found;
};
