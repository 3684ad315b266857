import { problemOf } from '../../../lib/picferry-error';
import { hostWords, integer, isRecord } from '../classify';
import { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';
import { wizsRefusal } from './verdict';

/** PHP drops a body above its post limit, document and key alike; this is its usual default. */
const POST_LIMIT = 8 * 1024 * 1024;
const KB = 1024;
const MB = 1024 * KB;

/** Where sentences about files do not fit a document. */
const ABOUT_DOCUMENTS: Readonly<Record<string, string>> = {
  unknown: 'syncUnknown',
  brokenOff: 'syncBrokenOff',
  forbidden: 'syncForbidden',
  rate: 'syncRate',
  rateSoon: 'syncRateSoon',
  rejected: 'syncRefused',
  rejectedSilently: 'syncRefusedSilently',
  tooBig: 'syncRefusedSize',
  notReceived: 'syncRefusedSilently',
  emptyAnswer: 'syncUnreadable',
  unreadable: 'syncUnreadable',
  offline: 'syncOffline',
  timeout: 'syncTimeout',
  server: 'syncServer',
  gone: 'syncGone',
};

const withMessage = ({ problem, outcomeUnknown, retry, cause }: ProviderError, message: string, part: { readonly sub?: string } = {}): ProviderError =>
  new ProviderError({ ...problem, ...part, message }, outcomeUnknown, retry, { cause });

/** The same failure in words about documents. A lost answer to a push is settled by looking, so it is no dead end. */
export const aboutDocuments = (error: ProviderError): ProviderError => {
  const message = error.outcomeUnknown ? 'syncUnknown' : ABOUT_DOCUMENTS[error.problem.message];
  return message === undefined ? error : withMessage(error, message);
};

/** A size as sentences tell it, in the unit that fits; `round` keeps a document over a limit from reading like the limit. */
const spelled = (bytes: number, round: (size: number) => number): string => {
  const of = (unit: number): string => String(round((bytes / unit) * 10) / 10);
  return bytes < KB ? `${String(bytes)} B` : bytes < MB ? `${of(KB)} KB` : `${of(MB)} MB`;
};

const sizeProblem = (message: string, params: Readonly<Record<string, string>>, now: number): ProviderError => new ProviderError(problemOf({ kind: 'rejected_file', sub: 'tooBig', message, params }, now), false, 'never');

/** A document above the limit that its host states, or that a person set. */
export const tooBig = (bytes: number, limit: number, now: number): ProviderError => sizeProblem('syncTooBig', { size: spelled(bytes, Math.ceil), limit: spelled(limit, Math.floor) }, now);

/** A document no smaller than one that its host refused for its size. */
export const tooBigBefore = (bytes: number, refused: number, now: number): ProviderError => sizeProblem('syncTooBigBefore', { size: spelled(bytes, Math.round), refused: spelled(refused, Math.round) }, now);

/** A refusal for the size of a document so small that no host means it: it says nothing of the next one. */
export const tooBigForNothing = (bytes: number, now: number): ProviderError =>
  new ProviderError(problemOf({ kind: 'rejected_file', sub: 'refusedSmall', message: 'syncRefusedSmall', params: { size: spelled(bytes, Math.round) }, retryable: true }, now), false, 'backoff');

export const noSync = (now: number): ProviderError => new ProviderError(problemOf({ kind: 'bad_request', sub: 'noSync', message: 'syncUnavailable' }, now), false, 'never');

export type AskedOf = {
  /** Bytes of the document sent. */
  readonly sentBytes?: number;
  readonly changes?: boolean;
  /** What 404 in JSON means. */
  readonly missing: 'document' | 'conflict' | 'address';
};

/** The error of an answer to a JSON call that is no success. */
export const jsonRefusal = (answer: HttpAnswer, body: unknown, { sentBytes = 0, changes = false, missing }: AskedOf, now: number): ProviderError => {
  const code = (isRecord(body) ? integer(body['code']) : null) ?? answer.status;
  // A page instead of JSON: this address has no such interface.
  if (answer.status === 404 && !isRecord(body)) return noSync(now);
  const found = wizsRefusal(answer, body, { changes, on404: missing === 'address' ? 'setup' : 'gone' }, now);
  if (code === 409) return withMessage(new ProviderError({ ...found.problem, kind: 'conflict' }, false, 'never'), 'syncOutdated', { sub: 'outdated' });
  if (code === 404 && missing === 'conflict') return withMessage(found, 'syncConflictGone');
  if (code === 400 && sentBytes > POST_LIMIT && /missing/i.test(hostWords(body))) return withMessage(new ProviderError({ ...found.problem, kind: 'rejected_file' }, false, 'never'), 'syncRefusedSize', { sub: 'tooBig' });
  return aboutDocuments(found);
};
