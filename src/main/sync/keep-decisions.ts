import { sha256Hex } from '../../lib/canonical-json';
import { formatOf, isArray, isObject, merge, pathText, print, readChoice, readJson, resolve, same, valueAt, writeBack, type Choice, type JsonValue, type Maybe, type Path, type Policy, type Step } from '../../merge';
import type { Kept, KeepSides, Stale } from './texts';

const valueOf = (text: string): JsonValue => {
  const read = readJson(text);
  if (!read.ok) throw new Error(`a text that was read before is ${read.refusal.code} now`);
  return read.value;
};
const sideOf = (text: string | undefined): Maybe => (text === undefined ? undefined : valueOf(text));

const pathOf = (path: Stale['conflict']['path']): Path => path.map((step): Step => (typeof step === 'object' && 'idKey' in step ? { idKey: step.idKey, idValue: valueOf(step.idValue) } : step));

const withMember = (value: Maybe, key: string, next: Maybe): JsonValue => {
  const members = isObject(value) ? Object.entries(value) : [];
  const kept = members.flatMap(([name, member]) => (name !== key ? [[name, member] as const] : next === undefined ? [] : [[name, next] as const]));
  return Object.fromEntries(next === undefined || members.some(([name]) => name === key) ? kept : [...kept, [key, next]]);
};

/** The document with another value at this place; with `make`, also where what it lies in is not there. As it is where that cannot be. */
const withPlace = (value: Maybe, [step, ...rest]: Path, next: Maybe, make: boolean): Maybe => {
  if (step === undefined) return next;
  if (value === undefined && (!make || next === undefined)) return value;
  if (typeof step === 'string') return value === undefined || isObject(value) ? withMember(value, step, withPlace(valueAt(value, [step]), rest, next, make)) : value;
  if ('list' in step || (value !== undefined && !isArray(value))) return value;
  const items = value ?? [];
  const at = items.findIndex((item) => same(valueAt(item, [step.idKey]), step.idValue));
  const before = at === -1 ? (make && rest.length > 0 ? { [step.idKey]: step.idValue } : undefined) : items[at];
  const element = withPlace(before, rest, next, make);
  const found = element === undefined ? [] : [element];
  return at === -1 ? [...items, ...found] : [...items.slice(0, at), ...found, ...items.slice(at + 1)];
};

/** The value that a choice is about: a range of a list and its order are decided with their whole list, and so is what may become two elements. */
const placeOf = ({ conflict, choice }: Stale): { readonly path: Path; readonly isPart: boolean } => {
  const path = pathOf(conflict.path);
  const at = path.findIndex((step) => typeof step === 'object' && 'list' in step);
  if (at !== -1) return { path: path.slice(0, at), isPart: true };
  return choice.take === 'both' ? { path: path.slice(0, -1), isPart: true } : { path, isPart: conflict.kind === 'order' };
};

type Values = { readonly base: Maybe; readonly mine: JsonValue; readonly theirs: JsonValue };

/** What the person wants at one place, and whether what theirs has there is a thing they saw when they said so. */
type Wanted = { readonly path: Path; readonly value: Maybe; readonly isSeen: boolean; readonly theirsThen: Maybe };

class Keeping {
  readonly carried: string[] = [];
  readonly overtaken: string[] = [];
  base: Maybe;
  mine: JsonValue;
  readonly #files = new Map<string, JsonValue>();

  constructor(
    private readonly now: Values & { readonly file: JsonValue },
    private readonly asked: { readonly base: Maybe; readonly theirs: JsonValue },
    private readonly stale: readonly Stale[],
    private readonly policy: Policy,
  ) {
    this.base = now.base;
    this.mine = now.mine;
  }

  run(): void {
    const parts = this.#parts();
    for (const one of this.stale) {
      const { path, isPart } = placeOf(one);
      const wanted = isPart ? parts(one, path) : this.#value(one, path);
      if (wanted === null) this.overtaken.push(one.conflict.id);
      else this.#keep(one, wanted);
    }
  }

  #keep({ conflict: { id }, choice: { take } }: Stale, { path, value, isSeen, theirsThen }: Wanted): void {
    const theirs = valueAt(this.now.theirs, path);
    // Who took a side, or both, is asked anew about what they are now; what was theirs would count for mine, and be there twice.
    if (!isSeen && take !== 'edited' && take !== 'base') return;
    const mine = withPlace(this.mine, path, value, false);
    if (mine === undefined || !same(valueAt(mine, path), value)) return void this.overtaken.push(id);
    this.mine = mine;
    if (isSeen) {
      this.base = withPlace(this.base, path, theirs, true);
      this.carried.push(id);
    } else if (same(valueAt(this.base, path), value)) this.base = withPlace(this.base, path, theirsThen, true);
  }

  /** Null where the file was edited at the place since. */
  #value({ conflict, choice, file }: Stale, path: Path): Wanted | null {
    const sides = { base: sideOf(conflict.base), mine: sideOf(conflict.mine), theirs: sideOf(conflict.theirs) };
    const own = valueAt(this.now.mine, path);
    const value = choice.take === 'edited' ? valueOf(choice.text) : choice.take === 'both' || choice.take === 'mine' ? own : sides[choice.take];
    const then = file === null ? sides[conflict.provisional] : valueAt(this.#file(file), path);
    if (![value, then].some((one) => same(one, valueAt(this.now.file, path)))) return null;
    const theirs = valueAt(this.now.theirs, path);
    return { path, value, isSeen: [value, sides.base, sides.mine, sides.theirs].some((one) => same(one, theirs)), theirsThen: sides.theirs };
  }

  #file(text: string): JsonValue {
    const known = this.#files.get(text) ?? valueOf(text);
    this.#files.set(text, known);
    return known;
  }

  /** The same of what is decided with its whole list. */
  #parts(): (one: Stale, path: Path) => Wanted | null {
    if (!this.stale.some((one) => placeOf(one).isPart)) return () => null;
    const { asked, now, policy } = this;
    const outcome = merge(asked.base, now.mine, asked.theirs, { policy, digest: sha256Hex });
    const made = new Map(this.stale.flatMap(({ conflict, choice }) => {
      const read = readChoice(choice);
      return read.ok ? [[conflict.id, read.choice] as const] : [];
    }));
    const ids = new Set(outcome.conflicts.map(({ id }) => id));
    const choices = new Map<string, Choice>([...outcome.conflicts.map(({ id }) => [id, { take: 'mine' }] as const), ...made]);
    const decided = resolve(outcome, choices).value;
    return ({ conflict }, path) => {
      if (!ids.has(conflict.id)) return null;
      const theirs = valueAt(now.theirs, path);
      const within = pathText(path).slice(0, -1);
      const isDecided = outcome.conflicts.every((one) => made.has(one.id) || !pathText(one.path).startsWith(within));
      const isSeen = isDecided && [decided, asked.base, now.mine, asked.theirs].some((one) => same(valueAt(one, path), theirs));
      return { path, value: valueAt(decided, path), isSeen, theirsThen: valueAt(asked.theirs, path) };
    };
  }
}

/** See `DocumentTexts.keep`. */
export const keepDecisions = (now: KeepSides, asked: Pick<KeepSides, 'base' | 'theirs'>, stale: readonly Stale[], policy: Policy): Kept => {
  const values = { base: sideOf(now.base ?? undefined), mine: valueOf(now.mine), theirs: valueOf(now.theirs), file: valueOf(now.file) };
  const keeping = new Keeping(values, { base: sideOf(asked.base ?? undefined), theirs: valueOf(asked.theirs) }, stale, policy);
  keeping.run();
  const { base, mine, carried, overtaken } = keeping;
  return {
    base: base === values.base ? now.base : base === undefined ? null : print(base, formatOf(now.theirs)),
    mine: mine === values.mine ? now.mine : writeBack(now.mine, values.mine, mine),
    carried,
    overtaken,
  };
};
