import { CONTENT_POLICY } from './content-policy';
import type { PageFile } from './page-files';

const HASHED = /^\/assets\//;
const IMMUTABLE = 'public, max-age=31536000, immutable';

export type PageAnswer = { readonly file: string; readonly headers: Readonly<Record<string, string>> & { readonly 'content-type': string } };

const parse = (address: string): URL | null => {
  try {
    return new URL(address);
  } catch {
    return null;
  }
};

/**
 * Answers an address of the page's scheme by the table of the window's files; null for all else, and for anything but
 * reading. Every answer carries the content policy and `nosniff`.
 *
 * It carries no opener policy: the page can open no window, and with one Chromium throws away the process that it has
 * just started for the page and starts another, a fifth of a second later.
 */
export const createPageAnswer =
  (files: ReadonlyMap<string, PageFile>) =>
  (request: { readonly url: string; readonly method: string }): PageAnswer | null => {
    const url = parse(request.url);
    if (request.method !== 'GET' || url?.protocol !== 'app:' || url.host !== 'picferry') return null;
    const entry = files.get(url.pathname === '/' ? '/index.html' : url.pathname);
    if (entry === undefined) return null;
    return {
      file: entry.file,
      headers: {
        'content-type': entry.type,
        'content-security-policy': CONTENT_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': HASHED.test(url.pathname) ? IMMUTABLE : 'no-store',
      },
    };
  };
