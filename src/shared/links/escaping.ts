const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * An address that survives in Markdown, HTML, BBCode and plain text: spaces, parentheses, quotes, brackets and raw
 * non-ASCII characters after the host are percent-encoded. What is encoded already stays, so doing it twice changes nothing.
 */
export function encodeAddress(url: string): string {
  const trimmed = url.trim();
  const authority = AUTHORITY.exec(trimmed)?.[0] ?? '';
  return encode(authority, /[\s<>"'`()\\]/gu) + encode(trimmed.slice(authority.length), /[^!#$%&*+,\-./0-9:;=?@A-Z_a-z~]/gu);
}

/** What no format lets into an address: it would end the line, the bracket, the attribute or the tag. */
const BREAKS = {
  text: /[\p{Cc}\p{Zl}\p{Zp}]/gu,
  markdown: /[\s\p{Cc}\p{Zl}\p{Zp}<>()\\]/gu,
  html: /[\s\p{Cc}\p{Zl}\p{Zp}]/gu,
  bbcode: /[\s\p{Cc}\p{Zl}\p{Zp}[\]]/gu,
} as const;

/** An address as the host gave it; only what would break the format it stands in is percent-encoded. */
export const givenAddress = (url: string, place: keyof typeof BREAKS): string => encode(url.trim(), BREAKS[place]);

const encode = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => {
    // Half of a surrogate pair is no character: it becomes U+FFFD as in every UTF-8 writer.
    const whole = /^\p{Surrogate}$/u.test(character) ? '\uFFFD' : character;
    return whole === '(' ? '%28' : whole === ')' ? '%29' : whole === "'" ? '%27' : encodeURIComponent(whole);
  });

/** One line without control characters, as alt texts and titles need it. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** A text as the alt text or label of a Markdown link: it ends no bracket and starts no markup. */
export const escapeMarkdown = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*[\]<>|~$]/g, '\\$&')
    // Inside a word an underscore means nothing; at its edge it starts emphasis.
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?[0-9A-Za-z]+;)/g, '\\&');

/** A text as the value of an HTML attribute in double quotes, or between tags. */
export const escapeHtml = (text: string): string =>
  oneLine(text).replace(/[&<>"']/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '&#39;');

/** A text between BBCode tags. BBCode has no escape, so brackets become parentheses. */
export const escapeBbcode = (text: string): string => oneLine(text).replaceAll('[', '(').replaceAll(']', ')');
