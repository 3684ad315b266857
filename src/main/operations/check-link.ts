import type { IncomingMessage } from 'node:http';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import { judgedGet, mediaTypeOf, parseAddress, urlProblem, type Reach, type WayTo } from '../preparation';
import type { Timers } from '../queue';
import { pause } from './pause';

export type CheckLinkDeps = {
  readonly wayTo: WayTo;
  readonly timers: Timers;
};

/** What one look at an address found. */
export type Finding =
  | { readonly type: 'alive' }
  | { readonly type: 'dead' }
  /** Something else than a picture, or nothing certain. `unreached`: there was no answer at all. */
  | { readonly type: 'unsure'; readonly problem: Problem; readonly unreached: boolean }
  /** The address must not be asked. */
  | { readonly type: 'refused'; readonly problem: Problem }
  /** The host wants to be asked later; null: it did not say when. */
  | { readonly type: 'later'; readonly afterMs: number | null };

const ANSWER_MS = 20_000;
const MAX_REDIRECTS = 5;
/** Enough to tell a picture's type where the host does not. */
const HEAD_BYTES = 4100;

/**
 * Looks whether a picture is still there: HEAD, and unless that shows it, GET of its first bytes, since some hosts refuse
 * HEAD or answer it at random. Sends no credentials, follows redirects to http(s) addresses within `reach` only. A page, or
 * a picture that other missing pictures lead to, is no proof of life. Never rejects.
 */
export async function checkLink(link: string, reach: Reach, deps: CheckLinkDeps, signal: AbortSignal, between: () => Promise<void>): Promise<Finding> {
  const head = await look(link, 'HEAD', reach, deps, signal);
  if (head.type === 'alive' || head.type === 'later' || head.type === 'refused') return head;
  // Whoever lets a HEAD wait lets a GET wait, too.
  if (head.type === 'unsure' && head.problem.message === 'urlTimeout') return head;
  await between();
  return look(link, 'GET', reach, deps, signal);
}

async function look(link: string, method: 'GET' | 'HEAD', reach: Reach, { wayTo, timers }: CheckLinkDeps, signal: AbortSignal): Promise<Finding> {
  const limit = new AbortController();
  const end = (): void => limit.abort();
  signal.addEventListener('abort', end, { once: true });
  const done = new AbortController();
  let late = false;
  const timeout = pause(ANSWER_MS, timers, done.signal).then(() => {
    late = !done.signal.aborted;
    if (late) end();
  });
  try {
    if (signal.aborted) end();
    return await follow(link, method, reach, wayTo, limit.signal, timers.now);
  } catch (error) {
    if (error instanceof PicferryError) return { type: 'refused', problem: error.problem };
    const problem = urlProblem(late ? 'urlTimeout' : 'urlUnreachable', timers.now(), codeOf(error) || null);
    return { type: 'unsure', problem, unreached: true };
  } finally {
    signal.removeEventListener('abort', end);
    done.abort();
    await timeout;
  }
}

async function follow(link: string, method: 'GET' | 'HEAD', reach: Reach, wayTo: WayTo, signal: AbortSignal, now: () => number): Promise<Finding> {
  let url = parseAddress(link);
  const headers = { accept: 'image/*,video/*;q=0.9,*/*;q=0.5', ...(method === 'GET' ? { range: `bytes=0-${HEAD_BYTES - 1}` } : {}) };
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const answer = await judgedGet(url, { signal, method, headers }, wayTo, reach);
    try {
      const { statusCode = 0 } = answer;
      const { location } = answer.headers;
      if ([301, 302, 303, 307, 308].includes(statusCode) && location !== undefined) {
        url = parseAddress(location, url);
        continue;
      }
      return await judge(answer, { method, moved: hops > 0, path: url.pathname }, now);
    } finally {
      answer.destroy();
    }
  }
  return { type: 'unsure', problem: urlProblem('urlRedirects', now()), unreached: false };
}

async function judge(answer: IncomingMessage, at: { readonly method: 'GET' | 'HEAD'; readonly moved: boolean; readonly path: string }, now: () => number): Promise<Finding> {
  const { statusCode: status = 0, headers } = answer;
  const unsure = (trouble: 'urlNotPicture' | 'urlRefused' | 'urlUnreachable'): Finding => ({ type: 'unsure', problem: urlProblem(trouble, now(), `HTTP ${status}`), unreached: false });
  if (status === 404 || status === 410) return { type: 'dead' };
  if (status === 429 || (status === 503 && headers['retry-after'] !== undefined)) return { type: 'later', afterMs: retryAfter(headers['retry-after'], now()) };
  if (status >= 500) return unsure('urlUnreachable');
  if (status < 200 || status > 299) return unsure('urlRefused');
  // Hosts that lead the missing ones to a picture of their own call it so.
  if (at.moved && /(^|[^a-z0-9])(404|410|not[-_]?found|deleted|removed|missing|expired|error)([^a-z0-9]|$)/i.test(at.path)) return unsure('urlNotPicture');
  if (headers['content-length'] === '0') return unsure('urlNotPicture');
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(image|video)\//.test(type)) return { type: 'alive' };
  const untold = type === '' || type === 'application/octet-stream' || type === 'binary/octet-stream';
  if (!untold || at.method === 'HEAD') return unsure('urlNotPicture');
  const { kind } = await mediaTypeOf('', await firstBytes(answer));
  return kind === 'other' ? unsure('urlNotPicture') : { type: 'alive' };
}

async function firstBytes(answer: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

/** Seconds or a date, as milliseconds from now; null when it says neither. */
function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
