/** What every request is given. */
export type Call = {
  readonly signal: AbortSignal;
  /** A person asked for this just now: what the host refused before is tried once more. */
  readonly byHand?: boolean;
};
