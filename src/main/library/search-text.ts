/** The search index knows every three characters; shorter words are looked for in the texts themselves. */
const TRIPLE = 3;
/** Triples of one word that the index is asked for; beyond that they rule out nothing more. */
const MOST_TRIPLES = 24;

/** Whether the index cannot be asked for a word as it is. */
export const isShort = (word: string): boolean => [...word].length < TRIPLE;

/** Text as it is compared: composed and without case. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');

/** The words that a search asks for; every one has to occur. */
export const wordsOf = (text: string): readonly string[] => [...new Set(fold(text).split(GAPS).filter((word) => word !== ''))];

const GAPS = /[\s\p{Cc}]+/u;

/**
 * One text of everything that an upload is found by. No word reaches across its gaps. A text within another one adds
 * nothing.
 */
export function searchableText(texts: readonly (string | null)[]): string {
  const parts = [...new Set(texts.map((text) => (text === null ? '' : fold(text).split(GAPS).join(' ').trim())))].sort((a, b) => b.length - a.length);
  return parts.filter((part, at) => part !== '' && !parts.slice(0, at).some((longer) => longer.includes(part))).join('\n');
}

/** What a search asks of the database: the index's language, null where every word is too short for it, and patterns for LIKE, each of which has to hold. */
export type SearchTerms = { readonly match: string | null; readonly like: readonly string[] };

/** The triples that begin with a shorter word, when they are few; null when they are many. */
export type ShortWords = (word: string) => readonly string[] | null;

const NOWHERE = '\n\n\n';
const quoted = (triple: string): string => `"${triple.replaceAll('"', '""')}"`;

/** A search for these words. Every hit has all triples of the longer ones; whether they stand together, the patterns tell. */
export function searchTerms(words: readonly string[], triplesOf: ShortWords = () => null): SearchTerms {
  const triples = new Set<string>();
  const either: string[] = [];
  const like: string[] = [];
  for (const word of words) {
    const characters = [...word];
    // Neighbouring triples of a long word rule out nearly the same; its end, of an address, is what tells it apart.
    const step = characters.length <= 2 * TRIPLE ? 1 : TRIPLE;
    let taken = 0;
    for (let at = characters.length - TRIPLE; at >= 0 && taken < MOST_TRIPLES; at -= step, taken += 1) triples.add(characters.slice(at, at + TRIPLE).join(''));
    const begun = characters.length < TRIPLE ? triplesOf(word) : null;
    // Nothing has no triples: a word that begins none asks for one that no text has.
    if (begun !== null) either.push(begun.length === 0 ? quoted(NOWHERE) : `(${begun.map(quoted).join(' OR ')})`);
    if (characters.length !== TRIPLE) like.push(`%${word.replace(/[\\%_]/g, '\\$&')}%`);
  }
  const match = [...either, ...[...triples].map(quoted)];
  return { match: match.length === 0 ? null : match.join(' AND '), like };
}

/** What sorting by name compares: without case, and numbers by their value ("photo 9" before "photo 10"). */
export const nameKey = (name: string): string =>
  fold(name).replace(/\d+/g, (digits) => {
    const value = digits.replace(/^0+(?=.)/, '');
    return String.fromCharCode(0x30 + Math.min(value.length, 60)) + value;
  });
