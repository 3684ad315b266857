/** Words of at least this many characters are found by their triples, shorter ones as pieces. */
const TRIPLE = 3;

/** Stands between texts, so that nothing matches across their border. The tokenizer takes it for a word of its own. */
const BORDER = '\u{e000}';

/** What the two indexes are given for one upload. */
export type IndexedText = { readonly triples: string; readonly pieces: string };

/** What the two indexes are asked; null where a search has no such words. */
export type MatchText = { readonly triples: string | null; readonly pieces: string | null };

/** Text as it is compared: composed and without case. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');

/** The words that a search asks for; every one has to occur. */
export const wordsOf = (text: string): readonly string[] => [...new Set(fold(text).split(GAPS).filter((word) => word !== ''))];

const GAPS = /[\s\p{Cc}]+/u;
const ASCII_MARKS = /[!-/:-@[-`{-~]/g;

/** One character for each, none of which SQLite's `ascii` tokenizer splits at: marks move to Unicode's private use. */
const charactersOf = (word: string): readonly string[] => [...word.replace(ASCII_MARKS, (mark) => String.fromCharCode(0xe000 + mark.charCodeAt(0)))];

function triplesOf(characters: readonly string[]): readonly string[] {
  const triples: string[] = [];
  for (let at = 0; at + TRIPLE <= characters.length; at += 1) triples.push(`${characters[at]}${characters[at + 1]}${characters[at + 2]}`);
  return triples;
}

/** The pieces of an upload's texts. A text within another one adds nothing. */
export function indexedText(texts: readonly (string | null)[]): IndexedText {
  const words = [...new Set(texts.flatMap((text) => (text === null ? [] : wordsOf(text))))].sort((a, b) => b.length - a.length);
  const triples: string[] = [];
  const pieces = new Set<string>();
  const longer: string[] = [];
  for (const word of words) {
    if (longer.some((other) => other.includes(word))) continue;
    longer.push(word);
    const characters = charactersOf(word);
    characters.forEach((character, at) => {
      pieces.add(character);
      const next = characters[at + 1];
      if (next !== undefined) pieces.add(character + next);
    });
    if (characters.length >= TRIPLE) triples.push(...triplesOf(characters), BORDER);
  }
  return { triples: triples.join(' '), pieces: [...pieces].join(' ') };
}

/** A search for these words, in FTS5's language. */
export function matchText(words: readonly string[]): MatchText {
  const long: string[] = [];
  const short: string[] = [];
  for (const word of words) {
    const characters = charactersOf(word);
    if (characters.length >= TRIPLE) long.push(`"${triplesOf(characters).join(' ')}"`);
    else short.push(`"${characters.join('')}"`);
  }
  return { triples: long.length === 0 ? null : long.join(' AND '), pieces: short.length === 0 ? null : short.join(' AND ') };
}

/** What sorting by name compares: without case, and numbers by their value ("photo 9" before "photo 10"). */
export const nameKey = (name: string): string =>
  fold(name).replace(/\d+/g, (digits) => {
    const value = digits.replace(/^0+(?=.)/, '');
    return String.fromCharCode(0x30 + Math.min(value.length, 60)) + value;
  });
