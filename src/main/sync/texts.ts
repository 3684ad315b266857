import type { Policy, Refusal, SideRefusal, TextChoice, TextConflict } from '../../merge';

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
      /** A base for merging again while these places are open: theirs, with the old values at the open places. */
      readonly overlay: string;
    }
  | { readonly status: 'refused'; readonly refusal: SideRefusal };

/** Everything that has to read documents; heavy, so it may live in another process. */
export interface DocumentTexts {
  read(text: string, policy: Policy): Promise<{ readonly ok: true; readonly facts: Facts } | { readonly ok: false; readonly refusal: Refusal }>;
  /** Merges, with what was decided so far. `base` null: absence is never a deletion. */
  merge(base: string | null, mine: string, theirs: string, policy: Policy, choices: Choices): Promise<MergeResult>;
  /** The document without what its policy keeps on this device. */
  shared(text: string, policy: Policy): Promise<string>;
  /** Undoes what a PHP host did to empty objects and lists, where the reference shows what stood there. */
  restore(text: string, reference: string): Promise<string>;
}
