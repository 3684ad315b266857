/** What one client may cost. */
export type ApiLimits = {
  /** Bytes of a JSON body. */
  readonly jsonBytes: number;
  /** Bytes of a multipart body; larger files are given by their path. */
  readonly formBytes: number;
  /** Paths in a list, or files in a form. */
  readonly inputs: number;
  /** Connections at once; a new one takes the place of the one that has been idle longest. */
  readonly connections: number;
  /** Requests at once. */
  readonly requests: number;
  /** How long the head of a request may take to arrive, in milliseconds. */
  readonly headMs: number;
  /** A body that brings fewer than `paceBytes` in `paceMs` milliseconds is cut off. */
  readonly paceMs: number;
  readonly paceBytes: number;
};

export const apiLimits: ApiLimits = {
  jsonBytes: 4 * 1024 ** 2,
  formBytes: 1024 ** 3,
  inputs: 5000,
  connections: 512,
  requests: 400,
  headMs: 10_000,
  paceMs: 15_000,
  paceBytes: 16 * 1024,
};
