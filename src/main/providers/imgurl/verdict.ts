import { hostWords, isRecord, refusal, verdictOfStatus, type Verdict } from '../classify';
import type { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';

/** One code stands for every failure, so the words decide. Order matters: the first that fits. */
const BY_WORDS: readonly (readonly [RegExp, Verdict])[] = [
  [/larger than the permitted size|exceeds the maximum allowed size/i, { kind: 'rejected_file', sub: 'tooBig', message: 'tooBig' }],
  [/filetype you are attempting to upload is not allowed/i, { kind: 'rejected_file', sub: 'type', message: 'type' }],
  [/fit into the allowed dimensions/i, { kind: 'rejected_file', sub: 'dimensions', message: 'rejected' }],
  [/did not select a file|only partially uploaded/i, { kind: 'bad_request', sub: 'notReceived', message: 'notReceived' }],
  [/temporary folder is missing|could not be written to disk|final destination|not\b.*\bwritable/i, { kind: 'server', message: 'server', retry: 'backoff' }],
  [/上传达到上限/, { kind: 'quota', message: 'quota' }],
  [/没有权限|登录|token|uid/i, { kind: 'auth', message: 'authBad' }],
];

/** The error of an answer that is no success. */
export const imgurlRefusal = (answer: HttpAnswer, body: unknown, changes: boolean, now: number): ProviderError => {
  const said = hostWords(body);
  const own = isRecord(body) && 'code' in body && Number(body['code']) !== 200;
  const known = BY_WORDS.find(([pattern]) => pattern.test(said))?.[1];
  if (own && known !== undefined) return refusal(known, answer, said, now);
  if (own && answer.status < 400) return refusal({ kind: 'rejected_file', sub: 'other', message: 'rejected' }, answer, said, now);
  const verdict = verdictOfStatus(answer, changes);
  // The host's own error body, not a proxy's page: it said itself that it failed.
  const spoken = own && verdict.outcomeUnknown === true ? { kind: 'server', message: 'server', retry: 'backoff' } as const : verdict;
  return refusal(spoken, answer, said, now);
};
