import { xmlStart } from './xml-text';

/** `open`: nothing speaks against an SVG, but what stands before its first tag does not end within these bytes. */
export type SvgStart = 'svg' | 'open' | 'no';

/** Enough for most: the rest is only looked at where these leave it open. */
const FIRST = 4096;
const ROOT = /^<(?:([A-Za-z_][\w.-]{0,60}):)?svg[\s>/]/i;

/**
 * Whether a text begins an SVG, in whatever encoding: nothing stands before its first tag but what XML lets there. In one pass, whatever it
 * holds: a pattern for this takes for ever with some texts.
 */
export function svgStart(head: Uint8Array): SvgStart {
  const first = startOf(xmlStart(head.subarray(0, FIRST)));
  return kindOf(first === 'open' && head.length > FIRST ? startOf(xmlStart(head)) : first);
}

/** What stands before the names of a drawing's tags, without the colon; '' where nothing does. */
export const svgPrefix = (text: string): string => {
  const start = startOf(text);
  return typeof start === 'string' ? '' : start.prefix;
};

const kindOf = (start: 'open' | 'no' | { readonly prefix: string }): SvgStart => (typeof start === 'string' ? start : 'svg');

export const beginsSvg = (head: Uint8Array): boolean => svgStart(head) === 'svg';

function startOf(text: string): 'open' | 'no' | { readonly prefix: string } {
  for (let at = 0; ; ) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    const end = text.startsWith('<?', at) ? behind(text, '?>', at + 2) : text.startsWith('<!--', at) ? behind(text, '-->', at + 4) : /^<!doctype/i.test(text.slice(at, at + 9)) ? endOfDoctype(text, at) : null;
    if (end === -1) return 'open';
    if (end === null) {
      const tag = text.slice(at, at + 80);
      const root = ROOT.exec(tag);
      return root !== null ? { prefix: root[1] ?? '' } : /^(<[\w.:!-]{0,70})?$/.test(tag) ? 'open' : 'no';
    }
    at = end + 1;
  }
}

const behind = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at === -1 ? -1 : at + mark.length - 1;
};

/** A document type may hold declarations in brackets, with their own ends of tags. */
function endOfDoctype(text: string, at: number): number {
  const [bracket, end] = [text.indexOf('[', at), text.indexOf('>', at)];
  if (bracket === -1 || (end !== -1 && bracket > end)) return end;
  const closed = text.indexOf(']', bracket);
  return closed === -1 ? -1 : text.indexOf('>', closed);
}
