import { hostWords, refusal, verdictOfStatus, type Verdict } from '../classify';
import type { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';
import { Refused } from './api';

const MINUTE = 60_000;

const AUTH: Verdict = { kind: 'auth', message: 'authBadOnce' };
const SETUP: Verdict = { kind: 'bad_request', message: 'setup' };
const TYPE: Verdict = { kind: 'rejected_file', sub: 'type', message: 'type' };
const TOO_BIG: Verdict = { kind: 'rejected_file', sub: 'tooBig', message: 'tooBig' };
const DAMAGED: Verdict = { kind: 'rejected_file', sub: 'damaged', message: 'damaged' };
const SERVER: Verdict = { kind: 'server', message: 'server', retry: 'backoff' };

const BY_CODE: Readonly<Record<number, Verdict>> = {
  100: AUTH,
  101: { kind: 'duplicate', message: 'dup' },
  102: { kind: 'duplicate', message: 'dup' },
  103: { kind: 'duplicate', message: 'dup' },
  104: { kind: 'quota', sub: 'hostFull', message: 'hostFull' },
  110: SETUP,
  120: SETUP,
  401: { kind: 'auth', sub: 'forbidden', message: 'forbidden' },
  403: SETUP,
  610: DAMAGED,
  612: TYPE,
  613: TYPE,
  614: TYPE,
};

/** "You can only upload 50 images per minute": the unit says how long it lasts. */
const flood = (said: string): Verdict => {
  const unit = /\b(minute|hour|day|week|month)\b/i.exec(said)?.[1]?.toLowerCase();
  const waits: Readonly<Record<string, number>> = { minute: MINUTE, hour: 60 * MINUTE, day: 1440 * MINUTE, week: 1440 * MINUTE, month: 1440 * MINUTE };
  return { kind: 'rate_limit', message: 'rate', retry: { afterMs: waits[unit ?? ''] ?? 5 * MINUTE } };
};

const byWords = (code: number | null, said: string): Verdict | undefined => {
  // Code 130 means both an empty source and a flood.
  if (code === 130) return /source/i.test(said) ? { kind: 'bad_request', sub: 'noSource', message: 'setup' } : flood(said);
  if (/can't be null/i.test(said) && /key/i.test(said)) return AUTH;
  if (/flood/i.test(said)) return flood(said);
  if (/duplicated upload/i.test(said)) return { kind: 'duplicate', message: 'dup' };
  if (/too big|UPLOAD_ERR_INI_SIZE|UPLOAD_ERR_FORM_SIZE|exceeds the upload_max/i.test(said)) return TOO_BIG;
  if (/invalid image|animated webp/i.test(said)) return DAMAGED;
  if (/unable to handle upload|unwanted extension/i.test(said)) return TYPE;
  if (/partially uploaded/i.test(said)) return SERVER;
  return undefined;
};

/** The code of the host's own error body, or null. */
export const cheveretoCode = (body: unknown): number | null => Refused.safeParse(body).data?.error.code ?? null;

/** The error of an answer that is no success. Messages may be in the site's language, so the code goes first. */
export const cheveretoRefusal = (answer: HttpAnswer, body: unknown, changes: boolean, now: number): ProviderError => {
  const said = hostWords(body);
  const own = Refused.safeParse(body).success;
  if (!own) return refusal(verdictOfStatus(answer, changes), answer, said, now);
  const code = cheveretoCode(body);
  const known = byWords(code, said) ?? (code === null ? undefined : BY_CODE[code]);
  if (known !== undefined) return refusal(known, answer, said, now);
  if (answer.status === 429 || answer.status === 413 || answer.status === 401) return refusal(verdictOfStatus(answer, changes), answer, said, now);
  if ((code ?? 0) >= 600 || answer.status >= 500) return refusal(SERVER, answer, said, now);
  return refusal({ kind: 'rejected_file', sub: 'other', message: 'rejected' }, answer, said, now);
};

/** The host did not see the key in the way it was sent: version 3 reads only the form field. */
export const keyNotSeen = (body: unknown): boolean => cheveretoCode(body) === 100 || /key can't be null/i.test(hostWords(body));
