import { shortened } from '../../lib/shortened';
import type { Naming } from '../../shared/model/preparation';
import { extensionOf } from './media-type';

/** The longest name in bytes that every file system and host takes, the extension included, with room for a number. */
const MOST_BYTES = 200;
/** Names of devices, which Windows gives to no file whatever its extension. */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;
/**
 * Characters that end a path, a header or a name somewhere, and those that nobody sees or that turn the text around; but not
 * the joiners between letters or pictures, which Persian, Hindi and emoji of several people are written with.
 */
const UNSAFE = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}/\\:*?"<>|]|(?<![\p{L}\p{M}\p{Emoji_Modifier}\p{Extended_Pictographic}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{Extended_Pictographic}]))+/gu;
/** Of a file's own name: what nobody sees, breaks a line, turns the text around or leads into a folder. Flags of regions are written with hidden letters, and Arabic and others put signs before numbers. */
const HIDDEN =
  /(?:(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]|[\u200c\u200d]|(?<=\u{1f3f4}[\u{e0020}-\u{e007f}]{0,8})[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\]|(?<![\p{L}\p{M}\p{Emoji_Modifier}\p{Extended_Pictographic}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{Extended_Pictographic}]))+/gu;
const FALLBACK = 'picture';

/** A file's own name where nobody wants another one: as it is, but for what is harmful or hidden at a host, in an address or on a terminal. */
export const ownName = (name: string): string => name.replace(HIDDEN, '-');

type Whole = { readonly stem: string; readonly ending: string };

function cleaned(stem: string, extension: string): Whole {
  const ending = extension === '' ? '' : `.${extension.replace(/[^\p{L}\p{N}]/gu, '')}`;
  const clean = trimmed(stem.normalize('NFC').replace(UNSAFE, '-').replace(/\s+/gu, ' '));
  const named = DEVICES.test(clean.split('.')[0] ?? '') ? `_${clean}` : clean;
  return { stem: named === '' ? FALLBACK : named, ending };
}

/** A stem and an extension as a name that every host takes. */
export function safeFileName(stem: string, extension: string): string {
  const { stem: clean, ending } = cleaned(stem, extension);
  const kept = Buffer.byteLength(clean) <= MOST_BYTES - Buffer.byteLength(ending) ? clean : trimmed(shortened(clean, MOST_BYTES - Buffer.byteLength(ending))) || FALLBACK;
  return `${kept}${ending === '.' ? '' : ending}`;
}

/** By how many bytes a name is longer than every host takes; 0 or less where it is not. */
export function bytesOver(stem: string, extension: string): number {
  const { stem: clean, ending } = cleaned(stem, extension);
  return Buffer.byteLength(clean) + Buffer.byteLength(ending) - MOST_BYTES;
}

/** A name that a person typed, as it is sent: what a host would not take is replaced before it is shown anywhere. */
export function safeTypedName(name: string): string {
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length - 1);
  return safeFileName(stem, name.slice(stem.length + 1));
}

/** Neither a dot, a blank nor a joiner begins or ends a name. */
const trimmed = (text: string): string => text.replace(/^(?:\s|\.|\u200c|\u200d)+|(?:\s|\.|\u200c|\u200d)+$/gu, '');

/** A stem in the letters that a profile wants. */
export async function slugOf(stem: string, { slug, lowerCase }: Pick<Naming, 'slug' | 'lowerCase'>): Promise<string> {
  const written = slug === 'off' ? stem : slug === 'letters' ? dashed(stem.normalize('NFC'), /[^\p{L}\p{M}\p{N}_]+/gu) : dashed(await inAscii(stem), /[^A-Za-z0-9_]+/g);
  return lowerCase ? written.toLowerCase() : written;
}

const dashed = (text: string, other: RegExp): string => text.replace(other, '-').replace(/^-+|-+$/g, '');

/** In the letters a to z; Chinese as pinyin, each word apart. */
async function inAscii(text: string): Promise<string> {
  // Its tables are large, and few profiles want them.
  const { default: anyAscii } = await import('any-ascii');
  return [...text.normalize('NFC')].map((character) => (/\p{Script=Han}/u.test(character) ? ` ${anyAscii(character)} ` : anyAscii(character))).join('');
}

/** A name with something behind its stem. */
export function withSuffix(name: string, suffix: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}${suffix}${name.slice(dot)}` : `${name}${suffix}`;
}
