import { z } from 'zod';
import type { ErrorKind } from '../../shared/model/problem';
import { PROBLEM_TEXT_MAX, ProviderError, type RetryHint } from './errors';
import type { HttpAnswer } from './http';
import { spanOf } from './span';

/** A whole number from a number or a string of digits; null for everything else. */
export const integer = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value) : null;
  if (typeof value !== 'string' || !/^\d+$/.test(value)) return null;
  const parsed = Number(value);
  return Number.isSafeInteger(parsed) ? parsed : null;
};

/** A count of bytes, or a width or height, where 0 means that the host does not know. */
export const positive = (value: unknown): number | null => {
  const parsed = integer(value);
  return parsed !== null && parsed > 0 ? parsed : null;
};

export const flag = (value: unknown): boolean | null => {
  if (value === true || value === 1 || value === '1' || value === 'true') return true;
  if (value === false || value === 0 || value === '0' || value === 'false') return false;
  return null;
};

/** A text that says something; numbers are read as text, since hosts mix them. */
export const words = (value: unknown): string | null => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
};

/** Fields of an answer, read kindly: a host writes the same field as a string once and as a number the next time. */
export const AsInteger = z.unknown().transform(integer);
export const AsPositive = z.unknown().transform(positive);
export const AsFlag = z.unknown().transform(flag);
export const AsWords = z.unknown().transform(words);

/** The JSON of an answer whatever its Content-Type says, or undefined. Never anything but strict JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '').trim()) as unknown;
  } catch {
    return undefined;
  }
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Plain text of one line, at most 300 characters. */
export const plain = (text: string): string => {
  // Control characters could rewrite a terminal that shows the host's words.
  // eslint-disable-next-line no-control-regex -- that is what is removed here
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  return clean.length > PROBLEM_TEXT_MAX ? `${clean.slice(0, PROBLEM_TEXT_MAX - 1)}…` : clean;
};

/** The host's own words in an answer, wherever this host and version put them; '' when there are none. */
export const hostWords = (body: unknown): string => {
  if (!isRecord(body)) return '';
  const nested = isRecord(body['error']) ? body['error']['message'] : undefined;
  const found = [body['msg'], body['message'], nested, body['error']].find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof found === 'string' ? plain(found) : '';
};

/** `Retry-After` in milliseconds, from seconds or a date; null when there is none. */
export const retryAfter = (headers: HttpAnswer['headers'], now: number): number | null => {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000);
  const date = value === '' ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
};

/** What an answer means, before it becomes an error. */
export type Verdict = {
  readonly kind: ErrorKind;
  readonly sub?: string;
  readonly message: string;
  readonly retry?: RetryHint;
  readonly outcomeUnknown?: boolean;
};

/** The error for an answer. Its technical text is the status and the host's own words, nothing else. */
export const refusal = (verdict: Verdict, answer: HttpAnswer, said: string, now: number): ProviderError => {
  const asked = retryAfter(answer.headers, now);
  const mayRetry = verdict.retry ?? 'never';
  const retry: RetryHint = asked !== null && mayRetry !== 'never' ? { afterMs: asked } : mayRetry;
  const wait = typeof retry === 'object' ? retry.afterMs : null;
  const message = verdict.message === 'rate' && wait === null ? 'rateSoon' : verdict.message;
  return new ProviderError(
    {
      kind: verdict.kind,
      sub: verdict.sub ?? null,
      message: message === 'rejected' && said === '' ? 'rejectedSilently' : message,
      params: { ...(said === '' ? {} : { text: said }), ...(wait === null ? {} : { time: spanOf(wait) }) },
      retryable: retry !== 'never' || verdict.kind === 'protocol',
      retryAfterMs: wait,
      detail: plain(said === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status}: ${said}`),
      at: now,
    },
    verdict.outcomeUnknown ?? false,
    retry,
  );
};

const isPage = (answer: HttpAnswer): boolean => /^\s*(<!doctype|<html|<head|<\?xml|<)/i.test(answer.text.slice(0, 200));

const upstream = (status: number): boolean => status === 502 || status === 504;

/**
 * Reads the status of an answer that carries no verdict of the host's own. `changes`: the request makes
 * something at the host, so that an unreadable success or a proxy's word leaves the outcome unknown.
 */
export const verdictOfStatus = (answer: HttpAnswer, changes: boolean): Verdict => {
  const { status } = answer;
  if (status < 300) {
    const empty = answer.text.trim() === '';
    return { kind: 'protocol', sub: empty ? 'empty' : 'unreadable', message: empty ? 'emptyAnswer' : 'unreadable', outcomeUnknown: changes };
  }
  if (status < 400) return { kind: 'bad_request', sub: 'redirect', message: 'setup' };
  if (status === 429) return { kind: 'rate_limit', message: 'rate', retry: 'backoff' };
  if (status === 413) return { kind: 'rejected_file', sub: 'tooBig', message: 'tooBig' };
  if (status === 415) return { kind: 'rejected_file', sub: 'type', message: 'type' };
  if ((status === 403 || status === 503) && isPage(answer)) return { kind: 'server', sub: 'blockedPage', message: 'blockedPage', retry: 'backoff' };
  if (upstream(status)) return changes ? { kind: 'server', message: 'unknown', outcomeUnknown: true } : { kind: 'server', message: 'server', retry: 'backoff' };
  if (status >= 500) return { kind: 'server', message: 'server', retry: 'backoff' };
  if (status === 401) return { kind: 'auth', message: 'authBad' };
  if (status === 403) return { kind: 'auth', sub: 'forbidden', message: 'forbidden' };
  return { kind: 'bad_request', message: 'setup' };
};
