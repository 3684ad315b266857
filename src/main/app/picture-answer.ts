import type { Served } from '../previews';
import { previewAnswer } from './preview-answer';

/** Thumbnails are named by a digest and served from one folder, so that no other name can be asked for. */
const THUMB = /^\/([0-9a-f]{64}\.webp)$/;
/** Originals lie under random names that are good for as long as they are open. */
const PREVIEW = /^\/([\w-]{32})$/;

const IMMUTABLE = 'public, max-age=31536000, immutable';

export type PictureAnswerDeps = {
  /** Who may draw the pictures, and so read them: the page. */
  readonly pageOrigin: string;
  /** Reads a thumbnail by its name; undefined when there is none. */
  readonly readThumb: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** What lies under a random name; undefined when nothing does. */
  readonly preview: (token: string) => Served | undefined;
};

type Request = { readonly url: string; readonly method: string; readonly headers?: { get(name: string): string | null } };

/**
 * Answers an address of the pictures' scheme: `picture://thumb/….webp` and `picture://preview/…`. All else is 404, other
 * methods 405. Every answer carries `nosniff` and a policy under which it can do nothing.
 */
export const createPictureAnswer = (deps: PictureAnswerDeps) => {
  const answer = (status: number, body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | string, headers: Readonly<Record<string, string>>): Response =>
    new Response(body, {
      status,
      headers: { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff', 'access-control-allow-origin': deps.pageOrigin, ...headers },
    });
  const plain = (status: number, text: string): Response => answer(status, text, { 'content-type': 'text/plain', 'cache-control': 'no-store' });

  return async (request: Request): Promise<Response> => {
    if (request.method !== 'GET') return plain(405, 'Only GET');
    let url: URL;
    try {
      url = new URL(request.url);
    } catch {
      return plain(404, 'Not here');
    }
    if (url.protocol !== 'picture:') return plain(404, 'Not here');
    const name = url.host === 'thumb' ? THUMB.exec(url.pathname)?.[1] : undefined;
    if (name !== undefined) {
      const bytes = await deps.readThumb(name);
      return bytes === undefined ? plain(404, 'No such picture') : answer(200, bytes, { 'content-type': 'image/webp', 'cache-control': IMMUTABLE });
    }
    const token = url.host === 'preview' ? PREVIEW.exec(url.pathname)?.[1] : undefined;
    const served = token === undefined ? undefined : deps.preview(token);
    if (served === undefined) return plain(404, 'No such picture');
    const { status, body, headers } = previewAnswer(served, request.headers?.get('range') ?? null);
    return answer(status, body, headers);
  };
};
