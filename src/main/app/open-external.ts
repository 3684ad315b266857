import { PicferryError, problemOf } from '../../lib/picferry-error';

/** Longer addresses are refused: some systems' openers cut or mishandle them. */
const MAX_LENGTH = 2048;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address in the form that may be handed to the system's browser, or null. https always; http on
 * loopback, elsewhere only where the person allowed it. Never with a login in it, never another scheme.
 */
export const openableUrl = (address: string, options: { readonly httpAllowed: boolean }): string | null => {
  // Spaces and control characters are cut by some parsers and kept by others.
  if (address.length > MAX_LENGTH || /[\s\p{Cc}]/u.test(address)) return null;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && (options.httpAllowed || LOOPBACK.test(url.hostname)));
  return secure && url.hostname !== '' && url.username === '' && url.password === '' ? url.href : null;
};

/** The one way out to the browser. Throws `PicferryError` kind `bad_request` for an address that must not be opened. */
export const createOpenLink =
  (openExternal: (url: string) => Promise<void>, now: () => number) =>
  async (address: string, options: { readonly httpAllowed: boolean }): Promise<void> => {
    const url = openableUrl(address, options);
    if (url === null) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'notOpenable', message: 'linkNotOpenable' }, now()));
    await openExternal(url);
  };
