import type { Blocked, Decided, ItemKind, ItemState, ItemView, ReplaceCounts, ValueSide } from '../../shared/model/resolver';
import {
  countChanges,
  diff,
  IDENTITY_KEYS,
  isArray,
  openMerge,
  printValue,
  readJson,
  resolve,
  textPath,
  valueAt,
  writeBack,
  type Digest,
  type JsonArray,
  type JsonValue,
  type Maybe,
  type Outcome,
  type Policy,
} from '../../merge';
import { carryOver, type Earlier, type Renewal } from './carry';
import { ChoiceBook, type Again, type Kept, type Whole } from './choices';
import { faultOf, newTwins, typedFault, type FaultRules } from './faults';
import { isBelow, itemsOf, type Item } from './items';
import { mergedLines } from './merged-lines';
import type { Counts } from './messages';
import { namesOfItems, shownOrder } from './order-text';
import { keptPlace, knownPlace, seenValue } from './seen-place';
import { firstShown, linesOf, shownValue } from './value-text';

/** The texts of a merge that waits for a person. Base null: no common ancestor is known. */
export type SessionTexts = { readonly base: string | null; readonly mine: string; readonly theirs: string; readonly policy: Policy };

const LINE = { indent: '', eol: '\n', spaced: false } as const;
const WIDE = { indent: '  ', eol: '\n', spaced: true } as const;

/** Longer values are decided by taking a side. */
const MOST_EDITED = 1_000_000;

/** One merge in front of a person: places, decisions, and the document that comes of them. Pure but for what it remembers. */
export class Session {
  readonly items: readonly Item[];
  readonly #outcome: Outcome;
  readonly #sides: { readonly base: Maybe; readonly mine: JsonValue; readonly theirs: JsonValue };
  readonly #mineText: string;
  readonly #keys: readonly string[];
  readonly #policy: Policy;
  readonly #byId: ReadonlyMap<string, Item>;
  readonly #book: ChoiceBook;
  #result: { readonly value: Maybe } | null = null;
  /** Names that places had in merges before this one. */
  #aliases: ReadonlyMap<string, string> = new Map();
  /** What a side had before, and what was decided then, at places that are not decided since. */
  #again = new Map<string, Again>();
  /** What was typed at places and does not count. */
  #drafts = new Map<string, string>();
  #wholeOf: string | null = null;
  /** Grows with every decision. */
  changed = 0;

  private constructor(outcome: Outcome, texts: SessionTexts, sides: { readonly base: Maybe; readonly mine: JsonValue; readonly theirs: JsonValue }, digest: Digest) {
    this.#outcome = outcome;
    this.#sides = sides;
    this.#mineText = texts.mine;
    this.#policy = texts.policy;
    this.#keys = texts.policy.identityKeys ?? IDENTITY_KEYS;
    this.items = itemsOf(outcome, sides, digest, (value) => printValue(value, LINE));
    this.#byId = new Map(this.items.map((item) => [item.id, item]));
    this.#book = new ChoiceBook(this.#byId, this.rules);
  }

  /** Null when one of the texts cannot be read. */
  static open(texts: SessionTexts, digest: Digest): Session | null {
    const opened = openMerge(texts.base, texts.mine, texts.theirs, { policy: texts.policy, digest, changes: true });
    if ('code' in opened) return null;
    return new Session(opened.outcome, texts, { base: opened.values.base, mine: opened.values.mine, theirs: opened.values.theirs }, digest);
  }

  get whole(): Whole {
    return this.#book.whole;
  }

  get rules(): FaultRules {
    return { identityKeys: this.#keys, siblings: (item) => this.#siblings(item) };
  }

  /** By its name, or by one that its place had before its values changed. */
  item(id: string): Item | null {
    return this.#byId.get(id) ?? this.#byId.get(this.#aliases.get(id) ?? '') ?? null;
  }

  /** The document as it is decided so far; undefined when the decisions leave none. */
  result(): Maybe {
    this.#result ??= { value: this.#book.whole === null ? resolve(this.#outcome, this.#book.forMerge()).value : this.#sides[this.#book.whole] };
    return this.#result.value;
  }

  stateOf(item: Item): ItemState {
    return this.whole === null ? this.#book.stateOf(item) : `replaced-${this.whole}`;
  }

  isOpen(item: Item): boolean {
    return this.whole === null && this.#book.isOpen(item);
  }

  // ——— decisions

  /** `scope`: also everything undecided below the same parent, or of the same kind. `anew`: what is typed goes on with no typing before it. */
  choose(id: string, choice: Decided | null, scope: 'this' | 'subtree' | 'kind', anew = false): void {
    const item = this.item(id);
    if (item === null) return;
    // Single choices are none while the whole document is a side's; ending that brings them back.
    if (this.whole !== null) return;
    // Nothing is decided over values that the person cannot have seen; what they type is kept.
    if (item.id !== id) return choice?.take === 'edited' ? this.#do(() => void this.#drafts.set(item.id, choice.text)) : undefined;
    // What was chosen before stays where both cannot be kept.
    if (choice?.take === 'both' && !item.both) return;
    if (choice?.take !== 'edited') this.#again.delete(item.id);
    if (choice?.take === 'edited' || (choice === null && this.#book.of(item.id) === null)) this.#drafts.delete(item.id);
    if (anew) this.#book.goOnTyping(null);
    const others = scope === 'this' || choice === null || choice.take === 'edited' ? [] : this.#alike(item, scope).filter((other) => choice.take !== 'both' || other.both);
    this.#do(() => this.#book.decide([item, ...others].map((one) => [one.id, choice]), choice?.take === 'edited' ? item.id : null));
  }

  /** What was typed at a place just now does not count, and is kept for the next time: what was decided before stands again. */
  setAside(id: string): void {
    const item = this.item(id);
    const text = item === null ? null : this.#do(() => this.#book.putTypingBack(item.id));
    if (item !== null && text !== null) this.#drafts.set(item.id, text);
  }

  takeAll(take: 'mine' | 'theirs'): void {
    const open = this.items.filter((item) => this.isOpen(item) && this.stateOf(item) === 'open');
    this.#do(() => this.#book.decide(open.map(({ id }) => [id, { take }])));
  }

  /** Null: the document is what the single choices make of it again. */
  replace(side: Whole): void {
    this.#do(() => this.#book.replace(side));
  }

  undo(): string | null {
    return this.#do(() => this.#book.undo());
  }

  redo(): string | null {
    return this.#do(() => this.#book.redo());
  }

  keep(): Kept {
    const kept = this.#keptHere();
    const named = new Set([...kept.decided, ...kept.drafts, ...kept.again].map(([id]) => id));
    return { ...kept, places: this.items.filter(({ id }) => named.has(id)).map(keptPlace) };
  }

  /** Takes up what was kept of the same merge, or of one before it; null when that changed nothing. */
  takeUp(kept: Kept): Renewal | null {
    const places = kept.places.map(({ base, mine, theirs, ...place }) => ({ ...place, seen: () => ({ base, mine, theirs }) }));
    const renewal = this.#carry({ places, all: false, kept, aliases: new Map() });
    return renewal.again.length + renewal.closed.length + renewal.left.length === 0 ? null : renewal;
  }

  /** Goes on where the person was in an earlier merge of the document. */
  goOn(before: Session): Renewal {
    const renewal = this.#carry({ places: before.items.map(knownPlace), all: true, kept: before.#keptHere(), aliases: before.#aliases });
    this.#book.goOnTyping(before.#book.typing === null ? null : (this.item(before.#book.typing)?.id ?? null));
    return renewal;
  }

  #carry(before: Earlier): Renewal {
    const { kept, aliases, renewal } = carryOver(before, this.items, () => this.#wholes());
    this.#aliases = aliases;
    this.#again = new Map(kept.again.filter(([id]) => this.#byId.has(id)));
    this.#drafts = new Map(kept.drafts.filter(([id]) => this.#byId.has(id)));
    this.#do(() => this.#book.restore(kept.decided, kept.past, kept.future, kept.whole));
    return renewal;
  }

  /** All but the places. */
  #keptHere(): Kept {
    const book = this.#book;
    const [past, future] = [book.stepsBack(), book.stepsForward()];
    const replaces = book.whole !== null || [...past, ...future].some(({ whole: [from, to] }) => from !== to);
    return { decided: book.decided(), past, future, whole: book.whole, drafts: [...this.#drafts], again: [...this.#again], places: [], wholeOf: replaces ? this.#wholes() : null };
  }

  #wholes(): string {
    this.#wholeOf ??= JSON.stringify([seenValue(this.#sides.mine).is, seenValue(this.#sides.theirs).is]);
    return this.#wholeOf;
  }

  /** What was typed, by its place. */
  typed(): Renewal['left'] {
    const texts = [...this.#drafts, ...this.#book.decided().flatMap(([id, decided]) => (decided.take === 'edited' ? [[id, decided.text] as const] : []))];
    return texts.flatMap(([id, text]) => ((item) => (item === null ? [] : [{ path: textPath(item.path), text }]))(this.item(id)));
  }

  /** Whether a person has to look at it once more: another value came, and nothing is decided since. */
  isAgain(item: Item): boolean {
    const again = this.#again.get(item.id);
    return again !== undefined && (item.conflict || again.had !== null) && this.whole === null && this.#book.of(item.id) === null;
  }

  // ——— what is shown

  counts(): Counts {
    let [conflicts, open, merged, reverted] = [0, 0, 0, 0];
    const kinds = new Map<ItemKind, { count: number; open: number }>();
    for (const item of this.items) {
      const kind = kinds.get(item.kind) ?? { count: 0, open: 0 };
      kinds.set(item.kind, kind);
      kind.count += 1;
      if (!item.conflict) {
        if (this.stateOf(item) === 'reverted') reverted += 1;
        merged += 1;
      } else {
        conflicts += 1;
        if (this.isOpen(item)) {
          open += 1;
          kind.open += 1;
        }
      }
    }
    const { whole, canUndo, canRedo } = this.#book;
    return {
      conflicts,
      open,
      merged,
      reverted,
      kinds: [...kinds].map(([kind, { count, open: left }]) => ({ kind, count, open: left })),
      whole,
      canUndo,
      canRedo,
      touched: this.#book.size > 0 || whole !== null,
      blocked: this.blocked(),
    };
  }

  /** Why the document cannot be applied, as far as that is known without reading it anew; see `finish`. */
  blocked(): Blocked | null {
    if (this.#book.whole !== null) return null;
    for (const item of this.items) {
      const fault = this.#book.of(item.id)?.fault ?? null;
      if (fault !== null) return { code: 'fault', fault, path: textPath(item.path), id: item.id };
    }
    const open = this.items.filter((item) => this.isOpen(item));
    const [first] = open;
    if (first !== undefined) return { code: 'open', count: open.length, id: first.id };
    return this.result() === undefined ? { code: 'no-document' } : null;
  }

  view(id: string): ItemView | null {
    const item = this.item(id);
    if (item === null) return null;
    const [used, draft] = [this.#book.of(item.id), this.#drafts.get(item.id)];
    const openPlace = this.isOpen(item) ? this.items.filter((other) => other.order <= item.order && this.isOpen(other)).length : null;
    return {
      id: item.id,
      conflict: item.conflict,
      kind: item.kind,
      state: this.stateOf(item),
      path: textPath(item.path),
      by: item.by,
      both: item.both,
      longText: item.longText,
      inner: item.inner.map(textPath),
      ...this.#shown(item),
      fault: used?.fault ?? null,
      typed: used?.decided.take === 'edited' ? used.decided.text : null,
      alike: { subtree: this.#alike(item, 'subtree').length + 1, kind: this.#alike(item, 'kind').length + 1 },
      openPlace,
      newer: [...(this.#again.get(item.id)?.sides ?? [])],
      had: used === null ? (this.#again.get(item.id)?.had ?? null) : null,
      draft: draft === undefined ? null : { text: draft, fault: typedFault(item, draft, this.rules) },
    };
  }

  /** One side's value; of two that are both kept, a list of them. */
  valueOf(item: Item, side: ValueSide): Maybe {
    if (side !== 'result') return item[side];
    if (this.whole !== null) return item[this.whole];
    const choice = this.#book.of(item.id)?.choice ?? { take: item.provisional };
    if (choice.take === 'edited') return choice.value;
    if (choice.take !== 'both') return item[choice.take];
    const both = choice.first === 'mine' ? [item.mine, item.theirs] : [item.theirs, item.mine];
    return both.flatMap((value): JsonArray => (value === undefined ? [] : item.kind === 'list' && isArray(value) ? value : [value]));
  }

  lines(item: Item, side: ValueSide, from: number, count: number): { readonly total: number; readonly lines: string[] } {
    const value = this.valueOf(item, side);
    return value === undefined ? { total: 0, lines: [] } : { total: shownValue(value, undefined).lines, lines: linesOf(value, from, count) };
  }

  /** What is edited at a place: what was typed last, or what stands there; `lines`: both texts merged by lines. Null: too long. */
  editText(item: Item, lines: boolean): string | null {
    const used = this.#book.of(item.id);
    if (lines && typeof item.mine === 'string' && typeof item.theirs === 'string') {
      const text = JSON.stringify(mergedLines(typeof item.base === 'string' ? item.base : '', item.mine, item.theirs));
      return text.length > MOST_EDITED ? null : text;
    }
    const typed = this.#drafts.get(item.id) ?? (used?.decided.take === 'edited' ? used.decided.text : undefined);
    if (typed !== undefined) return typed;
    const value = this.valueOf(item, 'result');
    const text = value === undefined ? 'null' : printValue(value, WIDE);
    return text.length > MOST_EDITED ? null : text;
  }

  replaceCounts(side: 'mine' | 'theirs'): ReplaceCounts {
    return countChanges(diff(this.result(), this.#sides[side], this.#policy));
  }

  /** The whole text to be written, or why it cannot be: read anew, and looked through for identities that stand twice. */
  finish(): { readonly text: string } | { readonly blocked: Blocked } {
    const blocked = this.blocked();
    if (blocked !== null) return { blocked };
    const value = this.result();
    if (value === undefined) return { blocked: { code: 'no-document' } };
    const text = writeBack(this.#mineText, this.#sides.mine, value);
    const reading = readJson(text);
    if (!reading.ok) return { blocked: { code: 'result', fault: faultOf(reading.refusal) } };
    const twins = newTwins(value, [this.#sides.mine, this.#sides.theirs, this.#sides.base], this.#keys);
    return twins === null ? { text } : { blocked: { code: 'result', fault: twins } };
  }

  // ———

  #do<T>(act: () => T): T {
    const done = act();
    this.#result = null;
    this.changed += 1;
    return done;
  }

  #shown(item: Item): Pick<ItemView, 'base' | 'mine' | 'theirs' | 'result'> {
    const result = this.valueOf(item, 'result');
    const skipped = firstShown([item.base, item.mine, item.theirs]);
    const shown = {
      base: shownValue(item.base, undefined, skipped),
      mine: shownValue(item.mine, item.base, skipped),
      theirs: shownValue(item.theirs, item.base, skipped),
      result: shownValue(result, item.base, skipped),
    };
    if (item.kind !== 'order' && item.kind !== 'order-change') return shown;
    const nameOf = namesOfItems([this.#sides.mine, this.#sides.theirs, this.#sides.base].map((side) => valueAt(side, item.path)), this.#keys);
    return { base: shownOrder(shown.base, item.base, nameOf), mine: shownOrder(shown.mine, item.mine, nameOf), theirs: shownOrder(shown.theirs, item.theirs, nameOf), result: shownOrder(shown.result, result, nameOf) };
  }

  #alike(item: Item, scope: 'subtree' | 'kind'): readonly Item[] {
    return this.items.filter((other) => other !== item && this.isOpen(other) && (scope === 'kind' ? other.kind === item.kind : isBelow(other, item.parent)));
  }

  #siblings(item: Item): JsonArray {
    const list = valueAt(this.result(), item.path.slice(0, -1));
    return isArray(list) ? list : [];
  }
}
