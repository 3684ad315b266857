import { lookup as resolveName, type LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import type { GetWay } from '../providers/http';
import { safeName } from './keep-bytes';
import { extensionOf, mediaTypeOf } from './media-type';
import { isLoopbackAddress, isPublicAddress } from './public-address';

export type FetchedPicture = { readonly name: string; readonly bytes: Uint8Array };

export type FetchLimits = {
  readonly maxBytes: number;
  readonly totalMs: number;
  readonly maxRedirects: number;
  /** For tests against a server on this computer. */
  readonly allowLoopback: boolean;
};

/** Where a GET goes by the proxy and certificate settings. */
export type WayTo = (target: URL) => Promise<GetWay>;

export const fetchLimits: FetchLimits = { maxBytes: 64 * 1024 * 1024, totalMs: 60_000, maxRedirects: 5, allowLoopback: false };

type Trouble = 'urlMalformed' | 'urlPrivate' | 'urlUnreachable' | 'urlNotPicture' | 'urlTooBig' | 'urlRedirects' | 'urlTimeout' | 'urlRefused';

class UrlError extends PicferryError {
  constructor(trouble: Trouble, detail: string | null = null) {
    super(problemOf({ ...kinds[trouble], sub: trouble, message: trouble, detail }, Date.now()));
  }
}

const kinds: Readonly<Record<Trouble, Pick<Problem, 'kind' | 'retryable'>>> = {
  urlMalformed: { kind: 'bad_request', retryable: false },
  urlPrivate: { kind: 'bad_request', retryable: false },
  urlUnreachable: { kind: 'network', retryable: true },
  urlNotPicture: { kind: 'rejected_file', retryable: false },
  urlTooBig: { kind: 'rejected_file', retryable: false },
  urlRedirects: { kind: 'network', retryable: false },
  urlTimeout: { kind: 'network', retryable: true },
  urlRefused: { kind: 'not_found', retryable: true },
};

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
  let url = parse(first);
  for (let hops = 0; hops <= limits.maxRedirects; hops += 1) {
    const answer = await get(url, signal, await wayTo(url), limits);
    const { statusCode = 0, headers } = answer;
    if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
      answer.destroy();
      url = parse(headers.location, url);
      continue;
    }
    if (statusCode < 200 || statusCode > 299) {
      answer.destroy();
      throw new UrlError('urlRefused', `HTTP ${statusCode}`);
    }
    const bytes = await readAll(answer, limits.maxBytes);
    const name = nameOf(url);
    const type = await mediaTypeOf(extensionOf(name) === 'svg' ? name : '', bytes);
    if (type.kind !== 'image') throw new UrlError('urlNotPicture');
    return { name: extensionOf(name) === '' ? `${name}.${type.extension ?? 'img'}` : name, bytes };
  }
  throw new UrlError('urlRedirects');
}

function parse(text: string, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    throw new UrlError('urlMalformed');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new UrlError('urlMalformed');
  url.username = '';
  url.password = '';
  return url;
}

async function get(url: URL, signal: AbortSignal, way: GetWay, limits: FetchLimits): Promise<IncomingMessage> {
  const mayConnect = (address: string): boolean => isPublicAddress(address) || (limits.allowLoopback && isLoopbackAddress(address));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Node asks no lookup for an address written out.
  if (isIP(host) !== 0 && !mayConnect(host)) throw new UrlError('urlPrivate');
  const headers = { accept: 'image/*', 'user-agent': 'Picferry' };
  if (!way.viaProxy) return way.get({ signal, headers, lookup: judgedLookup(mayConnect) });
  await judgeName(host, mayConnect);
  return way.get({ signal, headers });
}

const judgedLookup =
  (mayConnect: (address: string) => boolean): LookupFunction =>
  (name, options, done) => {
    resolveName(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) return done(error, '', 0);
      const first = found.find(({ address }) => mayConnect(address));
      // One private address among public ones is a trap as well.
      if (first === undefined || found.some(({ address }) => !mayConnect(address))) return done(new UrlError('urlPrivate'), '', 0);
      if (options.all === true) done(null, found);
      else done(null, first.address, first.family);
    });
  };

/**
 * Behind a proxy the name cannot be pinned: the proxy looks it up again. What we see of it is judged all the same. What
 * remains: a name that only the proxy knows, or one that changes its answer in between, leads where the proxy may go.
 */
async function judgeName(host: string, mayConnect: (address: string) => boolean): Promise<void> {
  let found: readonly LookupAddress[];
  try {
    found = await promisify(resolveName)(host, { all: true });
  } catch {
    // Many networks with a proxy resolve no outside name themselves.
    return;
  }
  if (found.some(({ address }) => !mayConnect(address))) throw new UrlError('urlPrivate');
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
