import { problemText } from '../../shared/i18n/translator';
import type { api } from '../../shared/i18n/en/api';
import type { BatchResult } from '../../shared/model/job';
import type { Problem } from '../../shared/model/problem';
import type { ApiCall, ApiDeps } from './api-env';

export type ApiText = keyof typeof api;
type PluralFree<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

/** A sentence of the API's own texts in the person's language. */
export const say = ({ texts }: Pick<ApiDeps, 'texts'>, key: PluralFree<ApiText>, params: Readonly<Record<string, string | number>> = {}): string => texts().t(`api:${key}`, params);

export const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  });

/** A request that was not let in. Its body is not read, so the connection ends with the answer. */
export const refusal = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response =>
  json({ success: false, result: [], message }, status, { connection: 'close', ...headers });

/**
 * A failure of a request that was let in. Most clients show our message only when the status is 200, as PicGo has it;
 * the setting or the header `X-Picferry-Status: strict` gives the status that tells failures apart.
 */
export function failure(deps: Pick<ApiDeps, 'settings'>, call: ApiCall, status: 400 | 500 | 501, message: string, more: Readonly<Record<string, unknown>> = {}): Response {
  const strict = deps.settings().strictStatus || call.req.header('x-picferry-status')?.toLowerCase() === 'strict';
  return json({ success: false, result: [], message, ...more }, strict ? status : 200);
}

/** One slot of `fullResult` as PicList's clients read it. Holds neither a key nor a delete link: clients keep it in plain files. */
type FullResult = {
  readonly id: string;
  readonly imgUrl: string;
  readonly fileName: string;
  readonly extname: string;
  readonly type: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly error?: { readonly kind: Problem['kind']; readonly message: string; readonly retryable: boolean };
};

const nameOf = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** The most failures that one message tells; all of them are in `fullResult`. */
const TOLD = 5;

/** The answer to an upload: one slot for each input in its order, '' where there is no link. */
export function uploadAnswer(deps: Pick<ApiDeps, 'texts' | 'library' | 'settings'>, call: ApiCall, results: readonly BatchResult[]): Response {
  const sentence = ({ problem, state, accountName }: BatchResult): string => {
    if (state === 'done') return deps.texts().t('problems:pending');
    if (problem !== null) return problemText(deps.texts(), problem);
    return deps.texts().t(state === 'unknown' ? 'problems:unknown' : 'problems:cancelled', { host: accountName });
  };
  const full = results.map((result): FullResult => {
    const upload = result.uploadId === null ? undefined : deps.library.byId(result.uploadId);
    const fileName = upload?.name ?? nameOf(result.file);
    const { width, height, problem } = result;
    const entry = { id: result.uploadId ?? '', imgUrl: result.url ?? '', fileName, extname: /\.[^.]+$/.exec(fileName)?.[0] ?? '', type: upload?.provider ?? '', width, height };
    if (hasLink(result)) return entry;
    return { ...entry, error: { kind: problem?.kind ?? (result.state === 'unknown' ? 'unknown' : 'cancelled'), message: sentence(result), retryable: problem?.retryable ?? false } };
  });
  const links = results.map((result) => (hasLink(result) ? (result.url ?? '') : ''));
  const failed = results.filter((result) => !hasLink(result));
  call.get('trace').done = results.length - failed.length;
  if (failed.length === 0) return json({ success: true, result: links, fullResult: full });
  const told = failed.slice(0, TOLD).map((result) => `${nameOf(result.file)}: ${sentence(result)}`);
  const message = [say(deps, 'someFailed', { done: results.length - failed.length, total: results.length }), ...told].join(' ');
  call.get('trace').note = 'failed';
  return failure(deps, call, 500, message, { result: links, fullResult: full });
}

const hasLink = ({ state, url }: BatchResult): boolean => state === 'done' && url !== null;
