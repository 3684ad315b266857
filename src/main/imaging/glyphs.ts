import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Font } from 'opentype.js';

/** A text as the outlines of its letters: SVG path data in a box that begins at 0, 0. */
export type Outline = { readonly path: string; readonly width: number; readonly height: number };

// The picture library's WebAssembly build has no fonts, and what a system has differs: this font is ours, cut into
// parts by the characters in them (Noto Sans SC, SIL Open Font License 1.1).
const PACKAGE = '@fontsource-variable/noto-sans-sc';
const BOLD = { variation: { wght: 500 }, kerning: true } as const;
const LINE = 1.25;

/** The outlines of a text of `size` pixels a line; characters that the font lacks are left out. Null where nothing is left. */
export async function outlineOf(text: string, size: number): Promise<Outline | null> {
  const lines = text.split(/\r\n|\n|\r/);
  const drawn = await Promise.all(lines.map((line, index) => lineOf(line, size, index * size * LINE)));
  const width = Math.max(...drawn.map((line) => line.width));
  return width === 0 ? null : { path: drawn.map(({ path }) => path).join(''), width: Math.ceil(width), height: Math.ceil(lines.length * size * LINE) };
}

/** One line whose top is at `top`: runs of characters that are in one part of the font. */
async function lineOf(line: string, size: number, top: number): Promise<{ readonly path: string; readonly width: number }> {
  let [path, width] = ['', 0];
  for (const { part, text } of runsOf(line.normalize('NFC'))) {
    const font = await fontOf(part);
    const known = [...text].filter((character) => font.charToGlyphIndex(character) !== 0).join('');
    if (known === '') continue;
    const scale = size / font.unitsPerEm;
    const rise = (size * LINE + (font.ascender + font.descender) * scale) / 2;
    path += font.getPath(known, width, top + rise, size, BOLD).toPathData(2);
    width += font.getAdvanceWidth(known, size, BOLD);
  }
  return { path, width };
}

function runsOf(line: string): readonly { readonly part: string; readonly text: string }[] {
  const runs: { part: string; text: string }[] = [];
  for (const character of line) {
    const part = character === ' ' && runs.length > 0 ? (runs.at(-1)?.part ?? null) : partOf(character.codePointAt(0) ?? 0);
    const last = runs.at(-1);
    if (part === null) continue;
    if (last?.part === part) last.text += character;
    else runs.push({ part, text: character });
  }
  return runs;
}

const require = createRequire(__filename);
const folder = (): string => dirname(require.resolve(`${PACKAGE}/package.json`));

type Range = { readonly from: number; readonly to: number; readonly part: string };
let ranges: readonly Range[] | null = null;

/** The part of the font that has a character; null where none does. */
function partOf(character: number): string | null {
  ranges ??= readRanges();
  // Every part has the usual letters' neighbours, too; the first that says so is the one.
  return ranges.find(({ from, to }) => character >= from && character <= to)?.part ?? null;
}

function readRanges(): readonly Range[] {
  const list: unknown = JSON.parse(readFileSync(join(folder(), 'unicode.json'), 'utf8'));
  const found: Range[] = [];
  for (const [name, text] of Object.entries(list as Readonly<Record<string, string>>)) {
    for (const range of text.split(',')) {
      const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
      found.push({ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), part: name.replace(/[[\]]/g, '') });
    }
  }
  return found;
}

const fonts = new Map<string, Promise<Font>>();

function fontOf(part: string): Promise<Font> {
  const known = fonts.get(part) ?? readFont(part);
  fonts.set(part, known);
  return known;
}

async function readFont(part: string): Promise<Font> {
  const [{ decompress }, { parse }] = await Promise.all([import('wawoff2'), import('opentype.js')]);
  const file = await decompress(readFileSync(join(folder(), 'files', `noto-sans-sc-${part}-wght-normal.woff2`)));
  return parse(file.slice().buffer);
}
