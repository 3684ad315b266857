import type { Problem } from '../../shared/model/problem';
import type { Blocked, DocumentRef, ItemFilter, ItemView, LeftText, ResolverView, ValueFault } from '../../shared/model/resolver';
import type { Client } from '../bridge';

export type Scope = 'this' | 'subtree' | 'kind';

/** What the list shows without a filter. */
export const wholeShow = ({ conflicts }: Pick<ResolverView, 'conflicts'>): ItemFilter['show'] => (conflicts === 0 ? 'all' : 'conflicts');

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
export type Heard = { readonly kind: 'decided'; readonly item: ItemView; readonly left: number } | { /** Both cannot be kept there; what was chosen before stays. */ readonly kind: 'no-both'; readonly item: ItemView } | { /** No common version is known: there is no base to take. */ readonly kind: 'no-base'; readonly item: ItemView } | { readonly kind: 'blocked'; readonly blocked: Blocked } | { readonly kind: 'undone'; readonly left: number } | { readonly kind: 'redone'; readonly left: number } | { /** Nothing can be chosen while the whole document is a side's. */ readonly kind: 'replaced'; readonly side: 'mine' | 'theirs' } | { /** What was typed does not count and is kept. */ readonly kind: 'set-aside'; readonly item: ItemView } | { /** What is typed cannot be used. */ readonly kind: 'fault'; readonly fault: ValueFault } | { /** Apply waits for what was typed at closed places. */ readonly kind: 'left' };

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
  /** The place of the open field is closed, or the session is over: the field stays until the person leaves it. */
  readonly gone: boolean;
  /** What was typed at places that are closed. */
  readonly left: readonly LeftText[];
  readonly heard: Heard | null;
  /** The place that was decided before the list went on by itself; null once anything else happened. */
  readonly wentOnFrom: ItemView | null;
  /** The line of the tree that has the keyboard. */
  readonly node: string | null;
};

export const unopened: ResolverState = {
  phase: { at: 'opening' },
  view: null,
  filter: { show: 'conflicts', kind: null, text: '' },
  items: 0,
  selected: null,
  item: null,
  editing: false,
  gone: false,
  left: [],
  heard: null,
  wentOnFrom: null,
  node: null,
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
