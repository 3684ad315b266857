import type { Problem } from '../../shared/model/problem';
import type { Blocked, DocumentRef, ItemFilter, ItemView, ResolverView } from '../../shared/model/resolver';
import type { Client } from '../bridge';

export type Phase =
  | { readonly at: 'opening' }
  | { readonly at: 'open' }
  /** Nothing waits for a person in this document. */
  | { readonly at: 'nothing' }
  /** It did, and somebody else has decided everything meanwhile. */
  | { readonly at: 'over' }
  /** The process that held it is gone; opening again takes up where it was. */
  | { readonly at: 'broke' }
  | { readonly at: 'failed'; readonly problem: Problem };

/** What assistive technology is told: how a place was decided, or why Apply or a choice did nothing. */
export type Heard = { readonly kind: 'decided'; readonly item: ItemView; readonly left: number } | { /** Both cannot be kept there; what was chosen before stays. */ readonly kind: 'no-both'; readonly item: ItemView } | { readonly kind: 'blocked'; readonly blocked: Blocked } | { readonly kind: 'undone' | 'redone'; readonly left: number };

export type ResolverState = {
  readonly phase: Phase;
  readonly view: ResolverView | null;
  readonly filter: ItemFilter;
  /** How many places the filter shows. */
  readonly items: number;
  readonly selected: string | null;
  /** The place that is selected, as it was read last. */
  readonly item: ItemView | null;
  readonly editing: boolean;
  readonly heard: Heard | null;
  /** The line of the tree that has the keyboard. */
  readonly node: string | null;
};

export type ResolverParts = {
  readonly client: Client;
  readonly document: DocumentRef;
  /** Told of what a call failed with, other than the end of the session. */
  readonly tell: (failure: unknown) => void;
  /** Goes on to the next undecided place after a choice, after this long; null: stays. */
  readonly advanceAfter: () => number | null;
  readonly after: (ms: number, act: () => void) => () => void;
};
