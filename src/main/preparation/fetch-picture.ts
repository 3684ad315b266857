import type { IncomingMessage } from 'node:http';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { judgedGet, parseAddress, type Reach, type WayTo } from './judged-get';
import { safeName } from './keep-bytes';
import { extensionOf, mediaTypeOf } from './media-type';
import { UrlError } from './url-error';

export type FetchedPicture = { readonly name: string; readonly bytes: Uint8Array };

export type FetchLimits = Reach & {
  readonly maxBytes: number;
  readonly totalMs: number;
  readonly maxRedirects: number;
};

export const fetchLimits: FetchLimits = { maxBytes: 64 * 1024 * 1024, totalMs: 60_000, maxRedirects: 5, allowLoopback: false };

/**
 * Fetches a picture by its public address: http and https only, no credentials, every redirect judged anew, names
 * resolved and judged at the moment of connecting, so that no answer of a name server leads into a private network (for
 * a proxy see `judgeName`).
 * Rejects with `PicferryError` only.
 */
export async function fetchPicture(url: string, signal: AbortSignal, wayTo: WayTo, limits: FetchLimits = fetchLimits): Promise<FetchedPicture> {
  const timeout = new AbortController();
  const stop = (): void => timeout.abort();
  const timer = setTimeout(stop, limits.totalMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) stop();
    return await follow(url, timeout.signal, wayTo, limits);
  } catch (error) {
    if (signal.aborted) throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, Date.now()));
    if (error instanceof PicferryError) throw error;
    if (timeout.signal.aborted) throw new UrlError('urlTimeout');
    throw new UrlError('urlUnreachable', codeOf(error) || null);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

async function follow(first: string, signal: AbortSignal, wayTo: WayTo, limits: FetchLimits): Promise<FetchedPicture> {
  let url = parseAddress(first);
  for (let hops = 0; hops <= limits.maxRedirects; hops += 1) {
    const answer = await judgedGet(url, { signal, method: 'GET', headers: { accept: 'image/*' } }, wayTo, limits);
    const { statusCode = 0, headers } = answer;
    if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
      answer.destroy();
      url = parseAddress(headers.location, url);
      continue;
    }
    if (statusCode < 200 || statusCode > 299) {
      answer.destroy();
      throw new UrlError('urlRefused', `HTTP ${statusCode}`);
    }
    const bytes = await readAll(answer, limits.maxBytes);
    const name = nameOf(url);
    const type = await mediaTypeOf(/^svgz?$/.test(extensionOf(name)) ? name : '', bytes);
    if (type.kind !== 'image') throw new UrlError('urlNotPicture');
    return { name: extensionOf(name) === '' ? `${name}.${type.extension ?? 'img'}` : name, bytes };
  }
  throw new UrlError('urlRedirects');
}

async function readAll(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) {
    answer.destroy();
    throw new UrlError('urlTooBig');
  }
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw new UrlError('urlTooBig');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The last part of the address's path, or a plain word. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return safeName(decodeURIComponent(last));
  } catch {
    return safeName(last);
  }
}
