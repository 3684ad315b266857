import type { ItemOutcome } from '../../shared/model/operation';
import type { Problem } from '../../shared/model/problem';
import type { OperationItems } from './operation-items';

/** One run of an operation, as what does the work sees it. */
export interface Work {
  readonly items: OperationItems;
  /** Aborted when the person cancelled: what is in hand ends, nothing more begins. */
  readonly stop: AbortSignal;
  /** Aborted when the process cannot wait any longer: what is in hand is dropped. */
  readonly abort: AbortSignal;
  /** An item's turn is over. */
  ended(index: number, outcome: ItemOutcome, problem?: Problem | null): void;
  /** An item that turned up by itself, with its outcome. */
  found(item: { readonly id: string; readonly name: string }, outcome: ItemOutcome, problem?: Problem | null): void;
  /** How many items there will be, as far as is known now. */
  expect(total: number | null): void;
  /** Why the operation ends early; the last word counts. */
  trouble(problem: Problem): void;
}
