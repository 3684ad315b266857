/** Thumbnails are named by a digest and served from one folder, so that no other name can be asked for. */
const THUMB = /^\/([0-9a-f]{64}\.webp)$/;

const IMMUTABLE = 'public, max-age=31536000, immutable';

export type PictureAnswerDeps = {
  /** Reads a thumbnail by its name; undefined when there is none. */
  readonly readThumb: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
};

/** Answers an address of the pictures' scheme, such as `picture://thumb/…webp`. All else is 404, other methods 405. */
export const createPictureAnswer = (deps: PictureAnswerDeps) => {
  const answer = (status: number, body: Uint8Array<ArrayBuffer> | string, headers: Readonly<Record<string, string>>): Response =>
    new Response(body, {
      status,
      headers: { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff', ...headers },
    });
  const plain = (status: number, text: string): Response => answer(status, text, { 'content-type': 'text/plain', 'cache-control': 'no-store' });

  return async (request: { readonly url: string; readonly method: string }): Promise<Response> => {
    if (request.method !== 'GET') return plain(405, 'Only GET');
    let url: URL;
    try {
      url = new URL(request.url);
    } catch {
      return plain(404, 'Not here');
    }
    const thumb = url.protocol === 'picture:' && url.host === 'thumb' ? THUMB.exec(url.pathname)?.[1] : undefined;
    const bytes = thumb === undefined ? undefined : await deps.readThumb(thumb);
    return bytes === undefined ? plain(404, 'No such picture') : answer(200, bytes, { 'content-type': 'image/webp', 'cache-control': IMMUTABLE });
  };
};
