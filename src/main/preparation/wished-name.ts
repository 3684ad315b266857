import { shortened } from '../../lib/shortened';
import type { Naming } from '../../shared/model/preparation';
import { type NamePart, nameParts, type NameSubject, wantsOwnName } from '../../shared/templates/name-template';
import { bytesOver, safeFileName, slugOf } from './safe-names';

/** In other letters a text may be several times as long: a part of what is too much goes at a time. */
const STEP = 4;
const MOST_CUTS = 40;

/** A name by a profile's wishes, safe and not too long: what is too long is cut off a text in it, never off a count, a digest or a date, by which names differ. */
export async function wishedName(naming: Naming, subject: NameSubject): Promise<string> {
  const { template, lowerCase } = naming;
  const extension = lowerCase ? subject.extension.toLowerCase() : subject.extension;
  const written = (parts: readonly NamePart[]): Promise<string> => slugOf(withoutEnding(parts.map(({ text }) => text).join(''), subject.extension), naming);
  let parts: readonly NamePart[] = wantsOwnName(template) ? [{ text: subject.stem, free: true }] : nameParts(template, subject);
  let stem = await written(parts);
  for (let cuts = 0; cuts < MOST_CUTS && bytesOver(stem, extension) > 0; cuts += 1) {
    const longest = parts.filter(({ free }) => free).reduce<NamePart | null>((one, other) => (one !== null && one.text.length >= other.text.length ? one : other), null);
    if (longest === null || longest.text === '') break;
    const text = shortened(longest.text, Math.max(0, Buffer.byteLength(longest.text) - Math.ceil(bytesOver(stem, extension) / STEP)));
    parts = parts.map((part) => (part === longest ? { ...part, text } : part));
    stem = await written(parts);
  }
  return safeFileName(stem, extension);
}

/** Who wrote the extension into the template does not want it twice. */
const withoutEnding = (filled: string, extension: string): string => (extension !== '' && filled.toLowerCase().endsWith(`.${extension.toLowerCase()}`) ? filled.slice(0, -extension.length - 1) : filled);
