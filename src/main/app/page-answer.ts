import type { Served } from '../previews';
import type { PageFile } from './page-files';
import { contentPolicy } from './content-policy';
import { previewAnswer } from './preview-answer';

/** Thumbnails are named by a digest and served from one folder, so that no other name can be asked for. */
const THUMB = /^\/thumb\/([0-9a-f]{64}\.webp)$/;
/** Originals lie under random names that are good for as long as they are open. */
const PREVIEW = /^\/preview\/([\w-]{32})$/;
const HASHED = /^\/assets\//;
/** Stands in index.html where the nonce of this load goes. */
const NONCE_MARK = '%CSP_NONCE%';

export type PageAnswerDeps = {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly read: (file: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** Reads a thumbnail by its name; undefined when there is none. */
  readonly readThumb: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** What lies under a random name; undefined when nothing does. */
  readonly preview: (token: string) => Served | undefined;
  readonly newNonce: () => string;
};

const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * Answers an address of our own scheme: the window's files, thumbnails and opened originals, by tables of names. All else
 * is 404, other methods 405. Every answer carries the content policy and `nosniff`.
 */
export const createPageAnswer = (deps: PageAnswerDeps) => {
  const answer = (status: number, body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | string, headers: Readonly<Record<string, string>>, nonce = deps.newNonce()): Response =>
    new Response(body, {
      status,
      headers: {
        'content-security-policy': contentPolicy(nonce),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        ...headers,
      },
    });
  const plain = (status: number, text: string): Response => answer(status, text, { 'content-type': 'text/plain', 'cache-control': 'no-store' });

  return async (request: { readonly url: string; readonly method: string; readonly headers?: { get(name: string): string | null } }): Promise<Response> => {
    if (request.method !== 'GET') return plain(405, 'Only GET');
    let url: URL;
    try {
      url = new URL(request.url);
    } catch {
      return plain(404, 'Not here');
    }
    if (url.protocol !== 'app:' || url.host !== 'picferry') return plain(404, 'Not here');

    const thumb = THUMB.exec(url.pathname)?.[1];
    if (thumb !== undefined) {
      const bytes = await deps.readThumb(thumb);
      return bytes === undefined ? plain(404, 'No such picture') : answer(200, bytes, { 'content-type': 'image/webp', 'cache-control': IMMUTABLE });
    }

    const token = PREVIEW.exec(url.pathname)?.[1];
    if (token !== undefined) {
      const served = deps.preview(token);
      if (served === undefined) return plain(404, 'No such picture');
      const { status, body, headers } = previewAnswer(served, request.headers?.get('range') ?? null);
      return answer(status, body, headers);
    }

    const entry = deps.files.get(url.pathname === '/' ? '/index.html' : url.pathname);
    if (entry === undefined) return plain(404, 'Not here');
    const bytes = await deps.read(entry.file);
    if (!entry.type.startsWith('text/html')) {
      return answer(200, bytes, { 'content-type': entry.type, 'cache-control': HASHED.test(url.pathname) ? IMMUTABLE : 'no-cache' });
    }
    const nonce = deps.newNonce();
    const html = Buffer.from(bytes).toString('utf8').replaceAll(NONCE_MARK, nonce);
    return answer(200, html, { 'content-type': entry.type, 'cache-control': 'no-store' }, nonce);
  };
};
