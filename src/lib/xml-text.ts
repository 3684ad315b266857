/** Where a text is in UTF-8, and says something else of itself, or says nothing and is not. */
const USUAL = 'utf-8';
const OLD = 'windows-1252';
const DECLARED = /^<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/;

/** How an XML's text is written down: by its first bytes, else by what it declares (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0 && b === 0x3c && c === 0) return 'utf-16be';
  if (a === 0x3c && b === 0 && c !== 0) return 'utf-16le';
  if (a === 0xef && b === 0xbb && c === 0xbf) return USUAL;
  const declared = DECLARED.exec(Buffer.from(bytes.subarray(0, 300)).toString('latin1'))?.[1]?.toLowerCase() ?? USUAL;
  // What says so in letters of one byte is not in letters of two.
  return /^(utf-?16|ucs-?2|iso-10646)/.test(declared) ? USUAL : declared;
}

/** The beginning of an XML's text, as well as it can be read. */
export function xmlStart(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes)).decode(bytes);
  } catch {
    return new TextDecoder(OLD).decode(bytes);
  }
}

/** An XML's text without what it says of its encoding. `plain`: its bytes are UTF-8 as they are. Throws for an encoding that is not known. */
export function xmlText(bytes: Uint8Array): { readonly text: string; readonly plain: boolean } {
  const text = decoded(bytes, encodingOf(bytes));
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const plain = Buffer.from(text).equals(marked ? bytes.subarray(3) : bytes);
  return { text: text.replace(/^<\?xml\b[^>]*?\?>/, (declaration) => declaration.replace(/\s+encoding\s*=\s*(["'])[^"']*\1/, '')), plain };
}

function decoded(bytes: Uint8Array, encoding: string): string {
  if (encoding !== USUAL) return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder(USUAL, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(OLD).decode(bytes);
  }
}
