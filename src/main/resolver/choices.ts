import type { Decided, ItemState, NewerSide, ValueFault } from '../../shared/model/resolver';
import { readChoice, type Choice } from '../../merge';
import { typedFault, type FaultRules } from './faults';
import type { Item } from './items';
import type { KeptPlace } from './seen-place';

/** A decision as it is used: its value read, or why it cannot be. */
export type Used = { readonly decided: Decided; readonly choice: Choice | null; readonly fault: ValueFault | null };

/** What one act of a person changed; undoing it puts back what was there before. */
export type Step = {
  readonly changes: readonly (readonly [id: string, before: Decided | null, after: Decided | null])[];
  readonly whole: readonly [before: Whole, after: Whole];
};
export type Whole = 'mine' | 'theirs' | null;

/** A place to look at once more: what its sides had, and what was decided over that. */
export type Again = { readonly sides: readonly NewerSide[]; readonly had: ItemState | null };

/** All that is kept of decisions, to go on with them. */
export type Kept = {
  readonly decided: readonly (readonly [string, Decided])[];
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  readonly whole: Whole;
  /** What was typed and is not decided. */
  readonly drafts: readonly (readonly [string, string])[];
  readonly again: readonly (readonly [string, Again])[];
  /** What all these are about. */
  readonly places: readonly KeptPlace[];
  /** Both documents, where one of them replaces the whole. */
  readonly wholeOf: string | null;
};

/** More steps than these are not remembered. */
const MOST_STEPS = 10_000;

/** A decision that says what would be so anyway is none; of what cannot be done at a place nothing comes. */
export const fitting = (item: Item, decided: Decided): Decided | null => {
  if (item.conflict) return decided.take === 'both' && !item.both ? null : decided;
  if (decided.take === 'edited') return decided;
  if (decided.take === 'both') return null;
  const undoes = decided.take === 'base' || (item.by !== 'both' && decided.take !== item.by);
  return undoes ? { take: 'base' } : null;
};

/** The decisions of a person, with everything taken back and done again. */
export class ChoiceBook {
  readonly #used = new Map<string, Used>();
  readonly #past: Step[] = [];
  #future: Step[] = [];
  #whole: Whole = null;
  /** The place whose typing goes on: its next change is a part of the last step. */
  #typing: string | null = null;

  constructor(
    private readonly items: ReadonlyMap<string, Item>,
    private readonly rules: FaultRules,
  ) {}

  get whole(): Whole {
    return this.#whole;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  get size(): number {
    return this.#used.size;
  }

  of(id: string): Used | null {
    return this.#used.get(id) ?? null;
  }

  decided(): [string, Decided][] {
    return [...this.#used].map(([id, { decided }]) => [id, decided]);
  }

  stepsBack(): readonly Step[] {
    return this.#past;
  }

  stepsForward(): readonly Step[] {
    return this.#future;
  }

  /** The decisions by the names of the merge, without those that cannot be read. */
  forMerge(): Map<string, Choice> {
    const choices = new Map<string, Choice>();
    for (const [id, { choice }] of this.#used) {
      const item = this.items.get(id);
      if (item && choice) choices.set(item.mergeId, choice);
    }
    return choices;
  }

  stateOf(item: Item): ItemState {
    const used = this.#used.get(item.id);
    if (used === undefined) return item.conflict ? 'open' : 'merged';
    if (used.fault !== null) return 'faulty';
    const { decided } = used;
    if (!item.conflict && decided.take === 'base') return 'reverted';
    return decided.take === 'both' ? `both-${decided.first}` : decided.take;
  }

  isOpen(item: Item): boolean {
    return item.conflict && (this.#used.get(item.id)?.choice ?? null) === null;
  }

  /** The place whose typing goes on. */
  get typing(): string | null {
    return this.#typing;
  }

  /** Typing goes on at this place, in a merge that has the same step under another name; null: what is typed next is a step of its own. */
  goOnTyping(id: string | null): void {
    this.#typing = id;
  }

  /** What was decided before the typing that goes on at this place stands again. Gives what was typed; null where none goes on. */
  putTypingBack(id: string): string | null {
    const [decided, last] = [this.#used.get(id)?.decided, this.#past.at(-1)];
    if (this.#typing !== id || decided?.take !== 'edited' || last?.changes.length !== 1 || last.changes[0]?.[0] !== id) return null;
    this.#past.pop();
    this.#typing = null;
    this.#put(id, last.changes[0][1]);
    return decided.text;
  }

  /** Decides these places as one step. Typing at one place is one step for as long as nothing else is done. */
  decide(wanted: readonly (readonly [id: string, after: Decided | null])[], typing: string | null = null): boolean {
    const changes: [string, Decided | null, Decided | null][] = [];
    for (const [id, after] of wanted) {
      const item = this.items.get(id);
      if (item === undefined) continue;
      const fits = after === null ? null : fitting(item, after);
      const before = this.#used.get(id)?.decided ?? null;
      if (!sameDecision(before, fits)) changes.push([id, before, fits]);
    }
    if (changes.length === 0) return false;
    const last = this.#past.at(-1);
    if (typing !== null && typing === this.#typing && last !== undefined && last.changes.length === 1) {
      this.#past[this.#past.length - 1] = { ...last, changes: changes.map(([id, , after]) => [id, last.changes[0]?.[1] ?? null, after]) };
    } else this.#past.push({ changes, whole: [this.#whole, this.#whole] });
    this.#done(typing);
    for (const [id, , after] of changes) this.#put(id, after);
    return true;
  }

  /** The whole document is a side's, whatever was decided; null: it is the merge again. */
  replace(whole: Whole): void {
    if (whole === this.#whole) return;
    this.#past.push({ changes: [], whole: [this.#whole, whole] });
    this.#whole = whole;
    this.#done(null);
  }

  /** Takes the last step back; gives the place it was about. */
  undo(): string | null {
    const step = this.#past.pop();
    this.#typing = null;
    if (step === undefined) return null;
    this.#future.push(step);
    this.#whole = step.whole[0];
    for (const [id, before] of step.changes) this.#put(id, before);
    return step.changes[0]?.[0] ?? null;
  }

  redo(): string | null {
    const step = this.#future.pop();
    this.#typing = null;
    if (step === undefined) return null;
    this.#past.push(step);
    this.#whole = step.whole[1];
    for (const [id, , after] of step.changes) this.#put(id, after);
    return step.changes[0]?.[0] ?? null;
  }

  /** As it was kept; places that are gone are left out of it, and steps that change nothing any more. */
  restore(decided: readonly (readonly [string, Decided])[], past: readonly Step[], future: readonly Step[], whole: Whole): void {
    for (const [id, one] of decided) {
      const item = this.items.get(id);
      const fits = item === undefined ? null : fitting(item, one);
      if (fits !== null) this.#put(id, fits);
    }
    const known = (steps: readonly Step[]): Step[] =>
      steps.map((step) => ({ ...step, changes: step.changes.filter(([id, from, to]) => this.items.has(id) && !sameDecision(from, to)) })).filter(({ changes, whole: [from, to] }) => changes.length > 0 || from !== to);
    this.#past.push(...known(past));
    this.#future.push(...known(future));
    this.#whole = whole;
  }

  #done(typing: string | null): void {
    this.#future = [];
    this.#typing = typing;
    if (this.#past.length > MOST_STEPS) this.#past.splice(0, this.#past.length - MOST_STEPS);
  }

  #put(id: string, decided: Decided | null): void {
    const item = this.items.get(id);
    if (item === undefined) return;
    if (decided === null) this.#used.delete(id);
    else this.#used.set(id, use(item, decided, this.rules));
  }
}

const use = (item: Item, decided: Decided, rules: FaultRules): Used => {
  if (decided.take !== 'edited') return { decided, choice: decided, fault: null };
  const fault = typedFault(item, decided.text, rules);
  if (fault !== null) return { decided, choice: null, fault };
  const read = readChoice(decided);
  return { decided, choice: read.ok ? read.choice : null, fault: null };
};

const sameDecision = (a: Decided | null, b: Decided | null): boolean => {
  if (a === null || b === null) return a === b;
  if (a.take === 'both' && b.take === 'both') return a.first === b.first;
  if (a.take === 'edited' && b.take === 'edited') return a.text === b.text;
  return a.take === b.take;
};
