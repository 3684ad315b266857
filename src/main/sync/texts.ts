import type { SyncDiff, SyncMeeting, SyncPath } from '../../shared/model/sync';
import type { ChangeCounts, Policy, Refusal, SideRefusal, TextChoice, TextConflict } from '../../merge';

export type Choices = Readonly<Record<string, TextChoice>>;

/** What a document is, whatever its spelling. */
export type Facts = {
  /** SHA-256 of the canonical form (RFC 8785) of what is shared; equal for equal documents. */
  readonly canon: string;
  /** The same for what a PHP host makes of it: `{}` and `[]` are one, and so are a list and an object with its indices. */
  readonly loose: string;
};

export type MergeResult =
  | { readonly status: 'merged'; readonly text: string }
  /** `text` holds all clean changes, and this device's values at the open places. */
  | {
      readonly status: 'conflicts';
      readonly text: string;
      readonly conflicts: readonly TextConflict[];
      /** Those that choices decided. */
      readonly decided: readonly TextConflict[];
      /** A base for merging again while these places are open: theirs, with the old values at the open places. Null: nothing is common. */
      readonly overlay: string | null;
      /** `text`, with this device's side at the open places where it deleted something. */
      readonly own: string;
    }
  | { readonly status: 'refused'; readonly refusal: SideRefusal };

/** A page of a list. */
export type Page = { readonly offset: number; readonly limit: number };

export type Refused = { readonly ok: false; readonly refusal: SideRefusal };
export type Compared = ({ readonly ok: true } & SyncDiff) | Refused;
/** `partly`: a place that is only a part of what changed as a whole, so that it cannot be had alone. */
export type Patched =
  | { readonly ok: true; readonly text: string; readonly replaced: number; readonly diff: SyncDiff; readonly partly: { readonly path: SyncPath; readonly whole: SyncPath } | null }
  | Refused;
export type Met =
  | { readonly ok: true; readonly same: boolean; readonly mine: number; readonly theirs: number; readonly fromMine: number; readonly fromTheirs: number; readonly conflicts: number; readonly rows: readonly SyncMeeting[] }
  | Refused;

/** A decision about a place that is not this question any more; `file`: what was in the person's file then, where that is not what the merge had put there. */
export type Stale = { readonly conflict: TextConflict; readonly choice: TextChoice; readonly file: string | null };
export type KeepSides = { readonly base: string | null; readonly mine: string; readonly theirs: string; readonly file: string };
/** `carried`: decisions that stand now, whatever theirs has; `overtaken`: those of places that the person edited since. */
export type Kept = { readonly base: string | null; readonly mine: string; readonly carried: readonly string[]; readonly overtaken: readonly string[] };

export type Unfolded = { readonly is: 'sent' | 'untold' | 'other'; readonly text: string };

/** Everything that has to read documents; heavy, so it may live in another process. */
export interface DocumentTexts {
  read(text: string, policy: Policy): Promise<{ readonly ok: true; readonly facts: Facts } | { readonly ok: false; readonly refusal: Refusal }>;
  /** Merges, with what was decided so far. `base` null: absence is never a deletion. */
  merge(base: string | null, mine: string, theirs: string, policy: Policy, choices: Choices): Promise<MergeResult>;
  /** A base for merging these two that also holds what mine let go of `older`, documents that both may have grown from. */
  recall(base: string | null, mine: string, theirs: string, older: readonly string[], policy: Policy): Promise<string | null>;
  /** A base for merging with theirs, which may hold `pushed`, a document that lies below mine: where it does, both go on from that. */
  overPush(base: string | null, pushed: string, theirs: string, policy: Policy): Promise<string | null>;
  /**
   * A base and mine for a merge with theirs that keeps decisions: where theirs has what the person saw then, the decided
   * value stands; where it has another one, a decided value that is not a side's is mine, and is asked about.
   * `asked`: what the decisions were asked over.
   */
  keep(now: KeepSides, asked: Pick<KeepSides, 'base' | 'theirs'>, stale: readonly Stale[], policy: Policy): Promise<Kept>;
  /** How much changed between two documents; nothing while one of them cannot be read. `before` null: it was not there. */
  counts(before: string | null, after: string, policy: Policy): Promise<ChangeCounts>;
  /** The paths of what differs, in words; at most `most` of them. */
  places(before: string | null, after: string, policy: Policy, most: number): Promise<readonly string[]>;
  /** What differs, in the document's order. */
  changes(before: string, after: string, policy: Policy, page: Page): Promise<Compared>;
  /**
   * Mine with what `target` has otherwise than `base`, at and below these places or everywhere (null). Where mine has another
   * unsent edit, the target's value takes its place and is counted in `replaced`; so it is where only mine has another value
   * at a place that is named.
   */
  patch(texts: { readonly base: string; readonly mine: string; readonly target: string }, paths: readonly SyncPath[] | null, policy: Policy, page: Page): Promise<Patched>;
  /** Two documents that have never met: how many places each has, and what a merge would do, place by place. */
  meet(mine: string, theirs: string, policy: Policy): Promise<Met>;
  /** What a host that keeps numbers as doubles makes of it: its loose digest, and the first number that becomes another one. */
  rounded(text: string): Promise<{ readonly loose: string; readonly number: string | null }>;
  /** The document without what its policy keeps on this device. */
  shared(text: string, policy: Policy): Promise<string>;
  /**
   * The document that was sent, of which a PHP host made this: `digest` is how its loose digest begins, `exact` the canonical
   * one. `untold`: what stood there cannot be told; `other`: it was made of something else. The text is then as it was.
   */
  unfold(text: string, sent: { readonly digest: string; readonly exact: string }, policy: Policy): Promise<Unfolded>;
  /**
   * Whether it has a list that the known document does not show to be one: at the same keys, and with the same lists in its
   * items. Known null: whether it has any.
   */
  hasLists(text: string, known: string | null, policy: Policy): Promise<boolean>;
  /** Undoes what a PHP host did to empty objects and lists, where the reference shows what stood there. */
  restore(text: string, reference: string): Promise<string>;
}
