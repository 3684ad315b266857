import type { Problem } from '../shared/model/problem';

/** A failure with a coded value to show. Everything that can reach a person is thrown as one of these. */
export class PicferryError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { readonly cause?: unknown }) {
    super(`${problem.kind}${problem.sub === null ? '' : `/${problem.sub}`}: ${problem.message}`, options);
    this.name = 'PicferryError';
    this.problem = problem;
  }
}

/** A problem from its parts, with the usual rest filled in. */
export const problemOf = (
  part: Pick<Problem, 'kind' | 'message'> & Partial<Omit<Problem, 'kind' | 'message' | 'at'>>,
  at: number,
): Problem => ({ sub: null, params: {}, retryable: false, retryAfterMs: null, detail: null, ...part, at });
