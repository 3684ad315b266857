import { PicferryError } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';

/** Whether a wrapper may try again by itself, and how long it waits. */
export type RetryHint = 'never' | 'backoff' | { readonly afterMs: number };

/** The only thing a provider rejects with. */
export class ProviderError extends PicferryError {
  /** The bytes may have arrived: no automatic retry, ask the host or the person. */
  readonly outcomeUnknown: boolean;
  readonly retry: RetryHint;

  constructor(problem: Problem, outcomeUnknown: boolean, retry: RetryHint, options?: { readonly cause?: unknown }) {
    super(problem, options);
    this.name = 'ProviderError';
    this.outcomeUnknown = outcomeUnknown;
    this.retry = retry;
  }
}
