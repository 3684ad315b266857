import { hostWords, isRecord, refusal, verdictOfStatus, type Verdict } from '../classify';
import type { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';
import { webLink } from '../url-rules';
import { Envelope } from './api';

const MINUTE = 60_000;
const SERVER: Verdict = { kind: 'server', message: 'server', retry: 'backoff' };

/** The error lines of the API page, without their final dot and in small letters. */
const BY_LINE: Readonly<Record<string, Verdict>> = {
  'access denied': { kind: 'auth', sub: 'blocked', message: 'blocked' },
  'upload file count limit': { kind: 'quota', message: 'quota', retry: { afterMs: 60 * MINUTE } },
  'upload file frequency limit': { kind: 'rate_limit', message: 'rate', retry: { afterMs: MINUTE } },
  "server error. upload directory isn't writable": SERVER,
  'no files were uploaded': { kind: 'bad_request', sub: 'notReceived', message: 'notReceived' },
  'file is empty': { kind: 'rejected_file', sub: 'empty', message: 'empty' },
  'file is too large': { kind: 'rejected_file', sub: 'tooBig', message: 'tooBig' },
  'file has an invalid extension': { kind: 'rejected_file', sub: 'type', message: 'type' },
  'could not save uploaded file': SERVER,
};

const byWords = (said: string): Verdict | undefined => {
  const line = BY_LINE[said.trim().toLowerCase().replace(/\.$/, '')];
  if (line !== undefined) return line;
  if (/upload repeated/i.test(said)) return { kind: 'duplicate', message: 'dup' };
  if (/deprecated/i.test(said)) return { kind: 'retired', message: 'retired' };
  if (/flood detected/i.test(said)) {
    return { kind: 'rate_limit', message: 'rate', retry: { afterMs: /day/i.test(said) ? 1440 * MINUTE : 60 * MINUTE } };
  }
  return undefined;
};

export const isSuccess = (body: unknown): boolean => {
  const parsed = Envelope.safeParse(body).data;
  return parsed !== undefined && (parsed.code === 'success' || parsed.success === true);
};

/** The picture's address in a "was here before" answer, or null. */
export const repeatedUrl = (body: unknown): string | null => {
  const parsed = Envelope.safeParse(body).data;
  const repeated = parsed?.code === 'image_repeated' || /upload repeated/i.test(hostWords(body));
  if (!repeated) return null;
  const inWords = /https?:\/\/\S+/.exec(hostWords(body))?.[0];
  return webLink(parsed?.images) ?? webLink(inWords);
};

/** The error of an answer that is no success. */
export const smmsRefusal = (answer: HttpAnswer, body: unknown, changes: boolean, now: number): ProviderError => {
  const said = hostWords(body);
  const code = isRecord(body) && typeof body['code'] === 'string' ? body['code'] : '';
  const own = isRecord(body) && (code !== '' || body['success'] === false) && !isSuccess(body);
  const known = code === 'image_repeated' ? ({ kind: 'duplicate', message: 'dup' } as const) : byWords(said);
  if (own && known !== undefined) return refusal(known, answer, said, now);
  if (own && answer.status < 400) return refusal({ kind: 'rejected_file', sub: 'other', message: 'rejected' }, answer, said, now);
  const verdict = verdictOfStatus(answer, changes);
  return refusal(own && verdict.outcomeUnknown === true ? SERVER : verdict, answer, said, now);
};
