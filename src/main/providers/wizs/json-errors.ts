import { problemOf } from '../../../lib/picferry-error';
import { hostWords, integer, isRecord } from '../classify';
import { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';
import { wizsRefusal } from './verdict';

/** PHP drops a body above its post limit, document and key alike; this is its usual default. */
const POST_LIMIT = 8 * 1024 * 1024;

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
  emptyAnswer: 'unreadable',
  gone: 'syncGone',
};

const withMessage = ({ problem, outcomeUnknown, retry, cause }: ProviderError, message: string, part: { readonly sub?: string } = {}): ProviderError =>
  new ProviderError({ ...problem, ...part, message }, outcomeUnknown, retry, { cause });

/** The same failure in words about documents. A lost answer to a push is settled by looking, so it is no dead end. */
export const aboutDocuments = (error: ProviderError): ProviderError => {
  const message = error.outcomeUnknown ? 'syncUnknown' : ABOUT_DOCUMENTS[error.problem.message];
  return message === undefined ? error : withMessage(error, message);
};

export const tooBig = (bytes: number, limit: number, now: number): ProviderError => {
  const inMb = (size: number): number => Math.round((size / 1024 / 1024) * 10) / 10;
  return new ProviderError(problemOf({ kind: 'rejected_file', sub: 'tooBig', message: 'syncTooBig', params: { size: inMb(bytes), limit: inMb(limit) } }, now), false, 'never');
};

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
