import { hostWords, integer, isRecord, refusal, verdictOfStatus, type Verdict as Meaning } from '../classify';
import type { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';
import { Verdict } from './api';

/** PHP drops a body above its post limit, file and fields alike; this is its usual default. */
const POST_LIMIT = 8 * 1024 * 1024;

/** Success if either dialect says so and neither says no: PHP hosts answer refusals with HTTP 200. */
export const succeeded = (body: unknown): boolean => {
  const parsed = Verdict.safeParse(body);
  if (!parsed.success) return false;
  const { result, success, code } = parsed.data;
  if (result === 'error' || result === 'failed' || success === false || (code ?? 0) >= 400) return false;
  return result === 'success' || success === true;
};

const BY_CODE: Readonly<Record<number, Meaning>> = {
  201: { kind: 'auth', sub: 'forbidden', message: 'forbidden' },
  202: { kind: 'auth', message: 'authBad' },
  203: { kind: 'auth', message: 'authBad' },
  204: { kind: 'bad_request', sub: 'notReceived', message: 'notReceived' },
  205: { kind: 'rejected_file', sub: 'other', message: 'rejected' },
  401: { kind: 'auth', message: 'authBad' },
  404: { kind: 'not_found', message: 'gone' },
  405: { kind: 'bad_request', sub: 'method', message: 'setup' },
  406: { kind: 'rejected_file', sub: 'type', message: 'type' },
  413: { kind: 'rejected_file', sub: 'tooBig', message: 'tooBig' },
  429: { kind: 'rate_limit', message: 'rate', retry: 'backoff' },
};

const byWords = (code: number, said: string): Meaning | undefined => {
  if (/too large/i.test(said)) return { kind: 'rejected_file', sub: 'tooBig', message: 'tooBig' };
  if (/video upload disabled/i.test(said)) return { kind: 'rejected_file', sub: 'videoOff', message: 'videoOff' };
  if (code === 400 && /invalid file type/i.test(said)) return { kind: 'rejected_file', sub: 'type', message: 'type' };
  if (code === 400 && /no file/i.test(said)) return { kind: 'bad_request', sub: 'notReceived', message: 'notReceived' };
  return undefined;
};

const meaningOf = (code: number, said: string): Meaning => {
  const known = byWords(code, said) ?? BY_CODE[code];
  if (known !== undefined) return known;
  if (code >= 500) return { kind: 'server', message: 'server', retry: 'backoff' };
  if (code === 403) return { kind: 'auth', sub: 'forbidden', message: 'forbidden' };
  return { kind: 'rejected_file', sub: 'other', message: 'rejected' };
};

export type Asked = {
  /** The file's size; 0 when none was sent. */
  readonly sentBytes?: number;
  /** The request makes something at the host. */
  readonly changes?: boolean;
  /** What 404 says: that a file or document is not there, or, where none was named, that the address is wrong. */
  readonly on404: 'gone' | 'setup';
};

/** The error of an answer that is no success. */
export const wizsRefusal = (answer: HttpAnswer, body: unknown, asked: Asked, now: number): ProviderError => {
  const { sentBytes = 0, changes = false } = asked;
  const said = hostWords(body);
  const code = isRecord(body) ? integer(body['code']) : null;
  const refused = isRecord(body) && (body['result'] === 'error' || body['result'] === 'failed' || body['success'] === false || (code ?? 0) >= 400);
  if (!refused && (answer.status < 300 || said === '')) return refusal(verdictOfStatus(answer, changes), answer, said, now);
  // Body codes below 300 in a refusal are EasyImages' own, no HTTP success.
  const found = meaningOf(code ?? answer.status, said);
  const meaning: Meaning = found.kind === 'not_found' && asked.on404 === 'setup' ? { kind: 'bad_request', message: 'setup' } : found;
  const maybeTooBig = meaning.sub === 'notReceived' && sentBytes > POST_LIMIT;
  return refusal(maybeTooBig ? { ...meaning, sub: 'maybeTooBig', message: 'notReceivedBig' } : meaning, answer, said, now);
};
