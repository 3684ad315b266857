import type { ItemOutcome, OperationItem } from '../../shared/model/operation';
import type { Problem } from '../../shared/model/problem';

/** The items of an operation in their order, a hundred thousand of them without weight: an id and an outcome each. */
export interface OperationItems {
  readonly size: () => number;
  idOf(index: number): string;
  /** Places of the items that have no outcome yet, in order. */
  open(): readonly number[];
  /** Gives an item its outcome. One that has one keeps it: false then. */
  end(index: number, outcome: ItemOutcome, problem?: Problem | null): boolean;
  /** Adds an item that has ended. `name` is kept, for what the library does not know. */
  addEnded(item: { readonly id: string; readonly name: string }, outcome: ItemOutcome, problem?: Problem | null): void;
  /** Gives every open item the same outcome. */
  endAll(outcome: ItemOutcome, problem?: Problem | null): void;
  /** Opens the items with these outcomes again; how many there were. */
  reopen(outcomes: ReadonlySet<ItemOutcome>): number;
  /** Forgets everything. */
  clear(): void;
  counts(): Readonly<Partial<Record<ItemOutcome, number>>>;
  /** A stretch of the items, or of those with one of these outcomes. */
  slice(offset: number, limit: number, outcomes: readonly ItemOutcome[] | null, nameOf: (id: string) => string): { readonly items: readonly OperationItem[]; readonly total: number };
}

export function createOperationItems(given: readonly string[]): OperationItems {
  const ids = [...given];
  const outcomes: (ItemOutcome | null)[] = ids.map(() => null);
  const problems = new Map<number, Problem>();
  const names = new Map<number, string>();
  const counts: Partial<Record<ItemOutcome, number>> = {};
  const count = (outcome: ItemOutcome, by: 1 | -1): void => {
    const now = (counts[outcome] ?? 0) + by;
    if (now === 0) delete counts[outcome];
    else counts[outcome] = now;
  };
  const end = (index: number, outcome: ItemOutcome, problem: Problem | null = null): boolean => {
    if (outcomes[index] !== null) return false;
    outcomes[index] = outcome;
    if (problem !== null) problems.set(index, problem);
    count(outcome, 1);
    return true;
  };
  const item = (index: number, nameOf: (id: string) => string): OperationItem => {
    const id = ids[index] ?? '';
    return { id, name: names.get(index) ?? nameOf(id), outcome: outcomes[index] ?? null, problem: problems.get(index) ?? null };
  };
  return {
    size: () => ids.length,
    idOf: (index) => ids[index] ?? '',
    open: () => outcomes.flatMap((outcome, index) => (outcome === null ? [index] : [])),
    end,
    addEnded({ id, name }, outcome, problem = null) {
      names.set(ids.length, name);
      ids.push(id);
      outcomes.push(null);
      end(ids.length - 1, outcome, problem);
    },
    endAll(outcome, problem = null) {
      for (let index = 0; index < ids.length; index += 1) end(index, outcome, problem);
    },
    reopen(which) {
      let opened = 0;
      outcomes.forEach((outcome, index) => {
        if (outcome === null || !which.has(outcome)) return;
        count(outcome, -1);
        outcomes[index] = null;
        problems.delete(index);
        opened += 1;
      });
      return opened;
    },
    clear() {
      ids.length = 0;
      outcomes.length = 0;
      problems.clear();
      names.clear();
      for (const outcome of Object.keys(counts) as ItemOutcome[]) delete counts[outcome];
    },
    counts: () => ({ ...counts }),
    slice(offset, limit, which, nameOf) {
      if (which === null) {
        const last = Math.min(ids.length, offset + limit);
        const items: OperationItem[] = [];
        for (let index = offset; index < last; index += 1) items.push(item(index, nameOf));
        return { items, total: ids.length };
      }
      const wanted = new Set<ItemOutcome | null>(which);
      const places = outcomes.flatMap((outcome, index) => (outcome !== null && wanted.has(outcome) ? [index] : []));
      return { items: places.slice(offset, offset + limit).map((index) => item(index, nameOf)), total: places.length };
    },
  };
}
