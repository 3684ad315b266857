import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/i;

/** Whether a `Host` header names this server itself. Any other is a page that rebound its own name to 127.0.0.1. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  const found = LOOPBACK.exec(host ?? '');
  return found !== null && Number(found[1] ?? 80) === port;
}

/** Who sent a request, as far as a browser tells; other programs can tell what they like, so only the token counts for them. */
export type Asker =
  /** No browser page, or none that could be told apart from a program. */
  | 'program'
  /** A page of a program on this computer: an app's own scheme, or served from this computer. It needs a token. */
  | 'local-page'
  /** A page from somewhere else, or one that hides where it is from. */
  | 'web-page';

/**
 * Browsers send `Origin` with every POST of a page and `Sec-Fetch-Site` with everything; pages can neither leave out nor
 * forge them. Electron's `net` (Obsidian's way) sends `Sec-Fetch-Site: none` as a program, and Node's `fetch` sends
 * `Sec-Fetch-Mode` alone, so that their mere presence tells nothing.
 */
export function askerOf(headers: IncomingHttpHeaders): Asker {
  const { origin } = headers;
  if (origin !== undefined) return isOfThisComputer(origin) ? 'local-page' : 'web-page';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none') return 'web-page';
  // Typed into a browser's address line or opened from a bookmark.
  return headers['sec-fetch-mode'] === 'navigate' || headers['sec-fetch-dest'] === 'document' ? 'web-page' : 'program';
}

function isOfThisComputer(origin: string): boolean {
  const found = /^([a-z][a-z0-9+.-]*):\/\/(.+)$/i.exec(origin);
  const [, scheme = '', host = ''] = found ?? [];
  if (found === null) return false;
  return /^https?$/i.test(scheme) ? LOOPBACK.test(host) : !/^(ftp|wss?|file|data|blob)$/i.test(scheme);
}

export type Credential = { readonly token: string; readonly from: 'header' | 'address' };

/** The token that came with a request, in the order in which PicGo looks for it; null when none did. */
export function credentialOf(headers: IncomingHttpHeaders, query: (name: string) => string | undefined): Credential | null {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
  const secret = headers['x-picgo-secret'];
  const header = bearer ?? (typeof secret === 'string' && secret !== '' ? secret : undefined) ?? headers.authorization;
  if (header !== undefined) return { token: header, from: 'header' };
  const address = query('secret') ?? query('key');
  return address === undefined || address === '' ? null : { token: address, from: 'address' };
}
