import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import type { HttpFailure } from './http';

/** Whether a wrapper may try again by itself, and how long it waits. */
export type RetryHint = 'never' | 'backoff' | { readonly afterMs: number };

/** Longest technical text in a problem, in characters. */
export const PROBLEM_TEXT_MAX = 300;

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

/** The problem with the account's name filled in: a provider does not know what its account is called. */
export const withHost = (problem: Problem, name: string): Problem => ({ ...problem, params: { ...problem.params, host: name } });

const fileMessage = (code: string | null): string => {
  if (code === 'SHRANK' || code === 'GREW') return 'fileChanged';
  if (code === 'ENOENT') return 'fileVanished';
  return 'fileUnreadable';
};

const notReached = (failure: HttpFailure): Pick<Problem, 'sub' | 'message'> => {
  switch (failure.reason) {
    case 'tls':
      return { sub: 'tls', message: 'tls' };
    case 'proxy':
      return { sub: 'proxy', message: 'proxy' };
    case 'dns':
      return { sub: 'dns', message: 'offline' };
    case 'timeout':
      return { sub: 'timeout', message: 'timeout' };
    default:
      return { sub: failure.reason, message: 'offline' };
  }
};

/**
 * The provider's error for a request that got no answer. `changes`: the request makes something at the
 * host, so that its outcome is unknown once the last byte may have left. A break in the middle of the
 * body is no unknown outcome (the host has no complete request), but only a person repeats it.
 */
export const failureError = (failure: HttpFailure, changes: boolean, now: number): ProviderError => {
  const detail = failure.message;
  const options = { cause: failure };
  if (failure.reason === 'cancelled') return new ProviderError(problemOf({ kind: 'cancelled', message: 'cancelled' }, now), false, 'never', options);
  if (failure.reason === 'file') {
    return new ProviderError(problemOf({ kind: 'file', sub: failure.code, message: fileMessage(failure.code), retryable: true, detail }, now), false, 'never', options);
  }
  if (changes && failure.bodyComplete) {
    return new ProviderError(problemOf({ kind: 'network', sub: 'no-answer', message: 'unknown', detail }, now), true, 'never', options);
  }
  if (failure.reason === 'too_big_answer') {
    return new ProviderError(problemOf({ kind: 'protocol', sub: 'too-big', message: 'unreadable', retryable: true, detail }, now), false, 'never', options);
  }
  if (changes && failure.bodySent) {
    return new ProviderError(problemOf({ kind: 'network', sub: 'broken-off', message: 'brokenOff', retryable: true, detail }, now), false, 'never', options);
  }
  const again = failure.reason !== 'tls';
  return new ProviderError(problemOf({ kind: 'network', ...notReached(failure), retryable: true, detail }, now), false, again ? 'backoff' : 'never', options);
};
