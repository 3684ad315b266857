import type { IncomingMessage } from 'node:http';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { judgedGet, mediaTypeOf, parseAddress, urlProblem, type Reach, type WayTo } from '../preparation';
import type { Timers } from '../queue';
import type { Served } from './contract';

/** What may come at most; nothing of a kind whose bound is 0. */
export type FetchBounds = { readonly image: number; readonly video: number; readonly totalMs: number };

export type FetchOriginalDeps = { readonly wayTo: WayTo; readonly timers: Timers };

const MAX_REDIRECTS = 5;
/** A host that sends nothing for so long has stopped. */
const SILENCE_MS = 20_000;
/** As much of a file's start as telling its type needs. */
const SNIFF_BYTES = 4100;

/** Trouble that ends a fetch, as a value that the window can show. */
const refused = (trouble: Parameters<typeof urlProblem>[0], now: number, detail: string | null = null): PicferryError => new PicferryError(urlProblem(trouble, now, detail));

/** Larger than the bound that its kind has here. */
export const tooLarge = (maxBytes: number, now: number): PicferryError =>
  new PicferryError(problemOf({ kind: 'rejected_file', sub: 'originalTooBig', message: 'originalTooBig', params: { megabytes: Math.round(maxBytes / 1024 ** 2) }, retryable: false }, now));

/**
 * Fetches a picture or video into the file `to`, without credentials, from addresses within `reach` only, redirects
 * included. What it is, its own first bytes say; anything else is given up as soon as they are there. Rejects with
 * `PicferryError`; nothing is left at `to` then.
 */
export async function fetchOriginal(link: string, to: string, options: { readonly reach: Reach; readonly bounds: FetchBounds; readonly signal: AbortSignal }, deps: FetchOriginalDeps): Promise<Served & { readonly kind: 'image' | 'video' }> {
  const { reach, bounds, signal } = options;
  const { wayTo, timers } = deps;
  const limit = new AbortController();
  let late = false;
  const end = (): void => limit.abort();
  const ring = (): void => {
    late = true;
    end();
  };
  const stopTotal = timers.after(bounds.totalMs, ring);
  let stopSilence = timers.after(SILENCE_MS, ring);
  const heard = (): void => {
    stopSilence();
    stopSilence = timers.after(SILENCE_MS, ring);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    if (signal.aborted) end();
    const answer = await follow(link, { reach, signal: limit.signal }, wayTo, timers.now);
    try {
      return await keep(answer, to, bounds, heard, timers.now);
    } finally {
      answer.destroy();
    }
  } catch (error) {
    await rm(to, { force: true });
    if (signal.aborted) throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, timers.now()));
    if (error instanceof PicferryError) throw error;
    const disk = diskProblem(error, timers.now());
    if (disk !== null) throw new PicferryError(disk, { cause: error });
    throw refused(late ? 'urlTimeout' : 'urlUnreachable', timers.now(), codeOf(error) || null);
  } finally {
    stopTotal();
    stopSilence();
    signal.removeEventListener('abort', end);
  }
}

async function follow(link: string, { reach, signal }: { readonly reach: Reach; readonly signal: AbortSignal }, wayTo: WayTo, now: () => number): Promise<IncomingMessage> {
  let url = parseAddress(link);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const answer = await judgedGet(url, { signal, method: 'GET', headers: { accept: 'image/*,video/*;q=0.9,*/*;q=0.5' } }, wayTo, reach);
    const { statusCode = 0, headers } = answer;
    if (statusCode === 200) return answer;
    answer.destroy();
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) throw refused('urlRefused', now(), `HTTP ${statusCode}`);
    url = parseAddress(headers.location, url);
  }
  throw refused('urlRedirects', now());
}

async function keep(answer: IncomingMessage, to: string, bounds: FetchBounds, heard: () => void, now: () => number): Promise<Served & { readonly kind: 'image' | 'video' }> {
  const stated = Number(answer.headers['content-length'] ?? Number.NaN);
  const largest = Math.max(bounds.image, bounds.video);
  if (stated > largest) throw tooLarge(largest, now());
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const file = await open(to, 'wx', 0o600);
  let [bytes, head] = [0, Buffer.alloc(0)];
  let type: { readonly kind: 'image' | 'video'; readonly mime: string } | null = null;
  const judge = async (): Promise<{ readonly kind: 'image' | 'video'; readonly mime: string }> => {
    const { kind, mime } = await mediaTypeOf('', head);
    if (kind === 'other' || bounds[kind] === 0) throw refused('urlNotPicture', now());
    if (stated > bounds[kind]) throw tooLarge(bounds[kind], now());
    return { kind, mime };
  };
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      heard();
      if (type === null) {
        head = Buffer.concat([head, part.subarray(0, SNIFF_BYTES)]);
        if (head.length >= SNIFF_BYTES) type = await judge();
      }
      bytes += part.length;
      const bound = type === null ? largest : bounds[type.kind];
      if (bytes > bound) throw tooLarge(bound, now());
      await file.writeFile(part);
    }
    type ??= await judge();
  } finally {
    await file.close();
  }
  if (bytes > bounds[type.kind]) throw tooLarge(bounds[type.kind], now());
  // An answer cut off in the middle would be shown, and kept, as half a picture.
  if (!answer.complete) throw refused('urlUnreachable', now());
  return { path: to, type: type.mime, bytes, kind: type.kind };
}
