/** A picture in copied HTML: its own bytes, or where they lie. */
export type HtmlPicture = { readonly type: 'bytes'; readonly mime: string; readonly bytes: Uint8Array } | { readonly type: 'address'; readonly url: string };

export type HtmlContent = {
  readonly pictures: readonly HtmlPicture[];
  /** Whether there are words beside the pictures. */
  readonly words: boolean;
};

const MAX_PICTURES = 50;

/**
 * The pictures of copied HTML, in order, each once. Only pictures that the HTML holds and those on the web: an address of a
 * file would let a page have any file of this computer uploaded. Counting pixels (two wide or less) are left out.
 */
export const contentOfHtml = (html: string): HtmlContent => {
  const shown = html.replace(/<!--[\s\S]*?-->/g, '').replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '');
  const found = new Map<string, HtmlPicture>();
  for (const [tag] of shown.matchAll(/<img\b(?:"[^"]*"|'[^']*'|[^'">])*>/gi)) {
    const source = attribute(tag, 'src').trim();
    if (found.size >= MAX_PICTURES || isPixel(tag)) continue;
    const picture = pictureAt(source);
    if (picture !== null) found.set(source, picture);
  }
  return { pictures: [...found.values()], words: /\S/.test(shown.replace(/<(?:"[^"]*"|'[^']*'|[^'">])*>/g, '').replaceAll('&nbsp;', ' ')) };
};

const isPixel = (tag: string): boolean => ['width', 'height'].some((name) => /^[0-2](px)?$/.test(attribute(tag, name).trim()));

const pictureAt = (source: string): HtmlPicture | null => {
  if (/^https?:\/\/\S+$/i.test(source) && source.length <= 4000) return { type: 'address', url: source };
  const data = /^data:(image\/[a-z0-9.+-]+)(?:;[^,;]*)*;base64,([A-Za-z0-9+/=\s%]+)$/i.exec(source);
  const [, mime = '', body = ''] = data ?? [];
  const bytes = Buffer.from(body.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'base64');
  return bytes.length === 0 ? null : { type: 'bytes', mime: mime.toLowerCase(), bytes };
};

const attribute = (tag: string, name: string): string => {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  return entities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '');
};

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const entities = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (all, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
