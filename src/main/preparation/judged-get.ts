import { lookup as resolveName, type LookupAddress } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import type { GetWay } from '../providers/http';
import { isLoopbackAddress, isPublicAddress } from './public-address';
import { UrlError } from './url-error';

/** Where a GET goes by the proxy and certificate settings. */
export type WayTo = (target: URL) => Promise<GetWay>;

/** What may be connected to besides the public internet. */
export type Reach = {
  /** For tests against a server on this computer. */
  readonly allowLoopback: boolean;
  /** Names, as `URL.hostname` writes them, that the person entered for an account: these may lie in a private network. */
  readonly ownHosts?: readonly string[];
};

export type JudgedRequest = {
  readonly signal: AbortSignal;
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
};

/** An http or https address without credentials. Throws `PicferryError` for any other. */
export function parseAddress(text: string, base?: URL): URL {
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

/**
 * One request without credentials to an address that a stranger may have written. Names are resolved and judged at the
 * moment of connecting, so that no answer of a name server leads into a private network (for a proxy see `judgeName`).
 * Redirects are answers. Rejects with `PicferryError` for an address that is out of reach, else with the system's error.
 */
export async function judgedGet(url: URL, request: JudgedRequest, wayTo: WayTo, reach: Reach): Promise<IncomingMessage> {
  const way = await wayTo(url);
  const own = reach.ownHosts?.includes(url.hostname) === true;
  const mayConnect = (address: string): boolean => own || isPublicAddress(address) || (reach.allowLoopback && isLoopbackAddress(address));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Node asks no lookup for an address written out.
  if (isIP(host) !== 0 && !mayConnect(host)) throw new UrlError('urlPrivate');
  const given = { ...request, headers: { 'user-agent': 'Picferry', ...request.headers } };
  if (!way.viaProxy) return way.get({ ...given, lookup: judgedLookup(mayConnect) });
  await judgeName(host, mayConnect);
  return way.get(given);
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
