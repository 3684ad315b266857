import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as HarfBuzz from 'harfbuzzjs';

// The picture library's WebAssembly build has no fonts, and what a system has differs: these are ours, cut into parts
// by the characters in them (Noto, SIL Open Font License 1.1). The first that has a character draws it.
const FAMILIES = ['noto-sans-sc', 'noto-sans', 'noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-kr', 'noto-sans-thai', 'noto-sans-bengali', 'noto-sans-tamil', 'noto-emoji'] as const;
const EMOJI = 'noto-emoji';
const WEIGHT = 500;

/** One part of a font, ready to shape text with. */
export type LoadedFont = {
  /** It has small pictures; its letters and blanks are parts of some. */
  readonly emoji: boolean;
  readonly font: HarfBuzz.Font;
  readonly unitsPerEm: number;
  readonly has: (character: number) => boolean;
};

type Part = { readonly family: string; readonly file: string };
type Range = { readonly from: number; readonly to: number; readonly part: Part };

const require = createRequire(__filename);
let ranges: readonly Range[] | null = null;
/** One after the other: what the unpacker gives lies in memory that its next work takes. */
let last: Promise<unknown> = Promise.resolve();
const loaded = new Map<string, Promise<LoadedFont>>();

/** The shaping library; what it needs is loaded with the first text. */
export const harfBuzz = (): Promise<typeof HarfBuzz> => import('harfbuzzjs');

/** Characters that change others, and draw nothing themselves. */
const SILENT = /\p{Default_Ignorable_Code_Point}/u;

/** The font that draws a whole character with all its marks; null where none does. */
export async function fontFor(grapheme: string): Promise<LoadedFont | null> {
  const points = [...grapheme].filter((character) => !SILENT.test(character)).map((character) => character.codePointAt(0) ?? 0);
  const [first] = points;
  if (first === undefined) return null;
  const parts = partsWith(first);
  // What stands for itself as a picture, or is asked to.
  const sorted = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u.test(grapheme) ? [...parts].sort((one, other) => Number(other.family === EMOJI) - Number(one.family === EMOJI)) : parts;
  let second: LoadedFont | null = null;
  for (const part of sorted) {
    const font = await load(part);
    if (points.every(font.has)) return font;
    // Skin tones and the like have a part of their own: without them the picture is there still.
    if (part.family === EMOJI && font.has(first)) second ??= font;
  }
  return second;
}

/** The parts of fonts that say they have a character, the first family first. */
function partsWith(character: number): readonly Part[] {
  ranges ??= FAMILIES.flatMap(rangesOf);
  return [...new Set(ranges.filter(({ from, to }) => character >= from && character <= to).map(({ part }) => part))];
}

const folderOf = (family: string): string => dirname(require.resolve(`@fontsource-variable/${family}/package.json`));

function rangesOf(family: string): readonly Range[] {
  const folder = folderOf(family);
  const list = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Readonly<Record<string, string>>;
  return Object.entries(list).flatMap(([name, text]) => {
    const part = { family, file: join(folder, 'files', `${family}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`) };
    return text.split(',').map((range) => {
      const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
      return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), part };
    });
  });
}

function load({ file, family }: Part): Promise<LoadedFont> {
  const known = loaded.get(file) ?? last.then(() => read(file, family === EMOJI));
  loaded.set(file, known);
  last = known.catch(() => undefined);
  return known;
}

async function read(file: string, emoji: boolean): Promise<LoadedFont> {
  const [{ decompress }, { Blob, Face, Font, Variation }] = await Promise.all([import('wawoff2'), harfBuzz()]);
  const face = new Face(new Blob((await decompress(readFileSync(file))).slice()));
  const font = new Font(face);
  font.setVariations([new Variation('wght', WEIGHT)]);
  const characters = new Set(face.collectUnicodes());
  return { emoji, font, unitsPerEm: face.upem, has: (character) => characters.has(character) };
}
