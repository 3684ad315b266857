/**
 * Whether a text begins an SVG: nothing stands before its first tag but what XML lets there. In one pass, whatever it holds: a
 * pattern for this takes for ever with some texts.
 */
export function beginsSvg(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('utf8').replace(/^\ufeff/, '');
  for (let at = 0; ; ) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    const end = text.startsWith('<?xml', at) ? text.indexOf('>', at) : text.startsWith('<!--', at) ? behind(text, '-->', at + 4) : /^<!doctype/i.test(text.slice(at, at + 9)) ? endOfDoctype(text, at) : null;
    if (end === null) return /^<svg[\s>/]/i.test(text.slice(at, at + 5));
    if (end === -1) return false;
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
  if (bracket === -1 || bracket > end) return end;
  const closed = text.indexOf(']', bracket);
  return closed === -1 ? -1 : text.indexOf('>', closed);
}
