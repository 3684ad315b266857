import type { JsonValue } from './json';
import type { Path } from './path';

export type Side = 'base' | 'mine' | 'theirs';

export type ConflictKind =
  /** Both changed a value, each to another one. */
  | 'edit/edit'
  /** Mine changed what theirs deleted. */
  | 'edit/delete'
  /** Mine deleted what theirs changed. */
  | 'delete/edit'
  /** Both added a value under one key. */
  | 'add/add'
  /** Both changed a value, to different types. */
  | 'type'
  /** Both changed a number, to values that a double cannot tell apart. */
  | 'precision'
  /** Both put the elements of a keyed array into another order; the values are lists of identities. */
  | 'order'
  /** Both changed one range of a list; the values are lists of items. */
  | 'list'
  /** Both added an element with one identity, with different content. */
  | 'duplicate-id';

/** A place that a person has to decide. A side that has nothing there has no such field. */
export type Conflict = {
  /** The same on every device that merges these three values at this place, whichever side is mine. */
  readonly id: string;
  readonly path: Path;
  readonly kind: ConflictKind;
  readonly base?: JsonValue;
  readonly mine?: JsonValue;
  readonly theirs?: JsonValue;
  /** Which side the result shows until somebody chooses: mine, or theirs where mine has deleted. */
  readonly provisional: 'mine' | 'theirs';
  /** Whether both sides can be kept, one after the other. */
  readonly both: boolean;
  /** Both are long texts of several lines: worth a merge by lines, which a person looks at. */
  readonly longText: boolean;
  /** For a deletion: what the other side changed inside. */
  readonly inner: readonly Path[];
};

/** A change that needed no person: made by one side alone, or by both alike. */
export type Change = {
  /** A name within this one merge. */
  readonly id: string;
  readonly path: Path;
  /** `list`: items of a list, as lists; `order`: identities in their order. */
  readonly kind: 'added' | 'removed' | 'edited' | 'list' | 'order';
  readonly by: 'mine' | 'theirs' | 'both';
  readonly before?: JsonValue;
  readonly after?: JsonValue;
};

/** What a person decided about a conflict (or, `base`, about a change that is to be undone). */
export type Choice =
  | { readonly take: Side }
  | { readonly take: 'both'; readonly first: 'mine' | 'theirs' }
  /** Another value; for `list` the items, for `order` the identities, as an array. */
  | { readonly take: 'edited'; readonly value: JsonValue };

/** Decisions by the id of the conflict or change. */
export type Choices = ReadonlyMap<string, Choice>;

/** Something a reader of the result may wonder about. */
export type Note = {
  readonly path: Path;
  readonly code:
    /** Elements have identities, but not all, or not unique ones: merged as a list. */
    | 'merged-as-list'
    /** Too many items changed places to align them: the whole list is one decision. */
    | 'not-aligned'
    /** The policy's rule does not fit the values. */
    | 'rule-does-not-fit';
};
