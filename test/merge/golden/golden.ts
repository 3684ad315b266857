import type { Policy } from '../../../src/merge/index';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One case, written by hand or taken from what other tools publish; never what our merge printed. A conflict is written
 * `KIND PATH`, an element of a keyed array in a path as `#ID`, a range of a list as `[lo,hi)`.
 */
export type Golden = {
  readonly name: string;
  /** Left out: no common ancestor is known. */
  readonly base?: Json;
  readonly mine: Json;
  readonly theirs: Json;
  readonly expected: Json;
  readonly conflicts?: readonly string[];
  readonly notes?: readonly string[];
  readonly policy?: Policy;
  /** The result depends on which side is mine although nothing conflicts. */
  readonly oneSided?: true;
};

/** A case about the text: layout, numbers, order of keys. */
export type GoldenText = {
  readonly name: string;
  readonly base: string | null;
  readonly mine: string;
  readonly theirs: string;
  readonly expected: string;
  readonly conflicts?: readonly string[];
};
