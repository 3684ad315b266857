import { ExactNumber } from './exact-number';
import type { Maybe } from './json';

/** An identity as a key of a Map: a string or number as it is, an exact number by its value. */
export type Id = string | number | boolean | null;

/** The value as an identity, or undefined when it cannot be one. */
export const idOf = (value: Maybe): Id | undefined => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!(value instanceof ExactNumber)) return undefined;
  return value.plain ?? `\u0000exact ${value.decimal}`;
};

/** Any scalar as the member of a set. */
export const memberOf = (value: Maybe): Id | undefined => (value === null || typeof value === 'boolean' ? value : idOf(value));

const equal = (a: readonly Id[], b: readonly Id[]): boolean => a.length === b.length && a.every((id, i) => id === b[i]);

const form = (id: Id): string => (typeof id === 'string' ? `s${id}` : `v${String(id)}`);

/** An order of two lists that depends on what they hold, never on whose they are. */
const before = (a: readonly Id[], b: readonly Id[]): boolean => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [form(a[i] ?? null), form(b[i] ?? null)];
    if (x !== y) return x < y;
  }
  return a.length <= b.length;
};

/** What stands only on this side, by the item of the spine that it follows (undefined: it stands first). */
const runsAfter = (spine: ReadonlySet<Id>, list: readonly Id[]): Map<Id | undefined, Id[]> => {
  const runs = new Map<Id | undefined, Id[]>();
  let last: Id | undefined;
  for (const id of list) {
    if (spine.has(id)) {
      last = id;
      continue;
    }
    const run = runs.get(last);
    if (run) run.push(id);
    else runs.set(last, [id]);
  }
  return runs;
};

/** The spine, with each side's own items behind the item they follow there. */
export const place = (spine: readonly Id[], mine: readonly Id[], theirs: readonly Id[]): Id[] => {
  const members = new Set(spine);
  const [a, b] = [runsAfter(members, mine), runsAfter(members, theirs)];
  if (a.size + b.size === 0) return [...spine];
  const order: Id[] = [];
  const addRuns = (after: Id | undefined): void => {
    const [x = [], y = []] = [a.get(after), b.get(after)];
    const [first, second] = before(x, y) ? [x, y] : [y, x];
    // One by one: a run may be longer than a call may have arguments.
    for (const id of first) order.push(id);
    for (const id of second) order.push(id);
  };
  addRuns(undefined);
  for (const id of spine) {
    order.push(id);
    addRuns(id);
  }
  return order;
};

export type Arrangement =
  | { readonly by: 'mine' | 'theirs' | 'both'; readonly order: Id[] }
  | { readonly by: 'nobody'; readonly orders: Orders; /** What the question is about: the same when items come, go or are settled beside it. */ readonly asked: Orders };
type Orders = { readonly base: Id[]; readonly mine: Id[]; readonly theirs: Id[] };

/** A list whose items can be taken out. */
class Chain {
  readonly #before = new Map<Id, Id | undefined>();
  readonly #after = new Map<Id | undefined, Id>();

  constructor(ids: readonly Id[]) {
    ids.forEach((id, i) => this.#join(ids[i - 1], id));
  }

  before(id: Id): Id | undefined {
    return this.#before.get(id);
  }

  take(id: Id): void {
    const [before, after] = [this.#before.get(id), this.#after.get(id)];
    if (after === undefined) this.#after.delete(before);
    else this.#join(before, after);
  }

  #join(before: Id | undefined, after: Id): void {
    this.#before.set(after, before);
    this.#after.set(before, after);
  }
}

/** The old items that all three have, without those that follow the same item in all of them. */
const contested = (base: readonly Id[], mine: readonly Id[], theirs: readonly Id[]): Orders => {
  const [inMine, inTheirs] = [new Set(mine), new Set(theirs)];
  const old = base.filter((id) => inMine.has(id) && inTheirs.has(id));
  const kept = new Set(old);
  const in3 = [old, mine.filter((id) => kept.has(id)), theirs.filter((id) => kept.has(id))] as const;
  const [a, b, c] = in3.map((ids) => new Chain(ids)) as [Chain, Chain, Chain];
  for (const id of old) {
    if (a.before(id) !== b.before(id) || a.before(id) !== c.before(id)) continue;
    for (const chain of [a, b, c]) chain.take(id);
    kept.delete(id);
  }
  const [ofBase, ofMine, ofTheirs] = in3.map((ids) => ids.filter((id) => kept.has(id))) as [Id[], Id[], Id[]];
  return { base: ofBase, mine: ofMine, theirs: ofTheirs };
};

/** Whose order of the common items holds; null when both moved old items, each in another way. */
const decide = (base: readonly Id[], mine: readonly Id[], theirs: readonly Id[]): { by: 'mine' | 'theirs' | 'both'; spine: readonly Id[] } | null => {
  if (equal(mine, theirs)) return { by: 'both', spine: mine };
  const common = new Set(mine);
  const old = base.filter((id) => common.has(id));
  const known = new Set(old);
  const [oldMine, oldTheirs] = [mine.filter((id) => known.has(id)), theirs.filter((id) => known.has(id))];
  if (equal(oldMine, oldTheirs)) return { by: 'both', spine: before(mine, theirs) ? mine : theirs };
  if (equal(oldMine, old)) return { by: 'theirs', spine: theirs };
  if (equal(oldTheirs, old)) return { by: 'mine', spine: mine };
  return null;
};

/**
 * The order of the items that remain. All three lists hold remaining items only; items of mine and theirs alone follow
 * the common item that stood before them. The same for (mine, theirs) and (theirs, mine).
 */
export const arrange = (base: readonly Id[], mine: readonly Id[], theirs: readonly Id[]): Arrangement => {
  if (equal(mine, theirs)) return { by: 'both', order: [...mine] };
  const [inMine, inTheirs] = [new Set(mine), new Set(theirs)];
  const [spineMine, spineTheirs] = [mine.filter((id) => inTheirs.has(id)), theirs.filter((id) => inMine.has(id))];
  const decided = decide(base, spineMine, spineTheirs);
  if (decided) return { by: decided.by, order: place(decided.spine, mine, theirs) };
  const old = new Set(base);
  return {
    by: 'nobody',
    asked: contested(base, mine, theirs),
    orders: {
      mine: place(spineMine, mine, theirs),
      theirs: place(spineTheirs, mine, theirs),
      base: place(base, mine, theirs.filter((id) => old.has(id) || !inMine.has(id))),
    },
  };
};

/** As arrange, where the order does not matter enough to ask: by content when both moved items. */
export const arrangeSet = (base: readonly Id[], mine: readonly Id[], theirs: readonly Id[]): Id[] => {
  const found = arrange(base, mine, theirs);
  if (found.by !== 'nobody') return found.order;
  return before(found.orders.mine, found.orders.theirs) ? found.orders.mine : found.orders.theirs;
};
