import bidiFactory from 'bidi-js';
import { fontFor, harfBuzz, type LoadedFont } from './fonts';

/**
 * A text as the outlines of its letters: SVG shapes in a box that begins at 0, 0. `missing` are the characters of it that no font here
 * draws; they are left out.
 */
export type Outline = { readonly shapes: string; readonly width: number; readonly height: number; readonly missing: string };

const LINE = 1.25;
/** How far below the middle of a line its letters stand, in parts of their size: that of the font that most texts are drawn with. */
const RISE = 0.436;

/** Letters of one font, one script and one direction that stand side by side. */
type Run = { readonly font: LoadedFont; readonly script: string; readonly level: number; text: string };
type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Glyph = { readonly path: string; readonly x: number; readonly y: number; readonly scale: number };
type Line = { readonly glyphs: readonly Glyph[]; readonly width: number; readonly fromRight: boolean; readonly ink: Box; readonly missing: string };

const bidi = bidiFactory();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The outlines of a text of `size` pixels a line, shaped and in the order that its scripts are read in. Null where nothing of it is drawn. */
export async function outlineOf(text: string, size: number): Promise<Outline | null> {
  const lines = await Promise.all(text.split(/\r\n|\n|\r/).map((line) => lineOf(line.normalize('NFC'), size)));
  const missing = [...new Set(lines.flatMap((line) => [...graphemes.segment(line.missing)].map(({ segment }) => segment)))].join('');
  const wide = Math.max(...lines.map(({ width }) => width));
  if (wide === 0) return missing === '' ? null : { shapes: '', width: 0, height: 0, missing };
  const tops = lines.map((_line, index) => (index + 0.5) * size * LINE + size * RISE);
  const starts = lines.map(({ width, fromRight }) => (fromRight ? wide - width : 0));
  const inks = lines.map(({ ink }, index) => ({ left: ink.left + (starts[index] ?? 0), right: ink.right + (starts[index] ?? 0), top: ink.top + (tops[index] ?? 0), bottom: ink.bottom + (tops[index] ?? 0) }));
  // Some scripts reach beyond their line: no letter is cut off.
  const left = Math.floor(Math.min(0, ...inks.map((ink) => ink.left)));
  const top = Math.floor(Math.min(0, ...inks.map((ink) => ink.top)));
  const right = Math.ceil(Math.max(wide, ...inks.map((ink) => ink.right)));
  const bottom = Math.ceil(Math.max(lines.length * size * LINE, ...inks.map((ink) => ink.bottom)));
  const shapes = lines.flatMap(({ glyphs }, index) => glyphs.map((glyph) => shapeOf(glyph, (starts[index] ?? 0) - left, (tops[index] ?? 0) - top)));
  return { shapes: shapes.join(''), width: right - left, height: bottom - top, missing };
}

/** The characters of a text that no font here draws, each once. */
export const missingIn = async (text: string): Promise<string> => (await outlineOf(text, 16))?.missing ?? '';

const rounded = (value: number): number => Math.round(value * 100) / 100;
const shapeOf = ({ path, x, y, scale }: Glyph, left: number, top: number): string => `<path transform="translate(${rounded(left + x)} ${rounded(top + y)}) scale(${scale} ${-scale})" d="${path}"/>`;

async function lineOf(line: string, size: number): Promise<Line> {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(line);
  const { runs, missing } = await runsOf(line, levels);
  const { Buffer: Shaped, Direction, shape } = await harfBuzz();
  const glyphs: Glyph[] = [];
  let x = 0;
  let ink: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  for (const { font, level, text } of inReadingOrder(runs)) {
    const scale = size / font.unitsPerEm;
    const buffer = new Shaped();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(level % 2 === 1 ? Direction.RTL : Direction.LTR);
    shape(font.font, buffer);
    const places = buffer.getGlyphPositions();
    for (const [index, { codepoint: id }] of buffer.getGlyphInfos().entries()) {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = places[index] ?? {};
      const path = font.font.glyphToPath(id);
      const at = { x: x + xOffset * scale, y: -yOffset * scale };
      if (path !== '') glyphs.push({ path, ...at, scale: size / font.unitsPerEm });
      ink = around(ink, at, scale, font.font.glyphExtents(id));
      x += xAdvance * scale;
    }
  }
  return { glyphs, width: x, fromRight: (paragraphs[0]?.level ?? 0) % 2 === 1, ink, missing };
}

type Extents = { readonly xBearing: number; readonly yBearing: number; readonly width: number; readonly height: number };

/** A box that reaches around a letter, too; its height is measured downwards from its top, which is up. */
function around(box: Box, { x, y }: { readonly x: number; readonly y: number }, scale: number, extents: Extents | undefined): Box {
  if (extents === undefined || extents.width === 0) return box;
  const [left, top] = [x + extents.xBearing * scale, y - extents.yBearing * scale];
  return { left: Math.min(box.left, left), top: Math.min(box.top, top), right: Math.max(box.right, left + extents.width * scale), bottom: Math.max(box.bottom, top - extents.height * scale) };
}

/** Scripts whose letters are joined or moved by their neighbours. */
const SCRIPTS = ['Arabic', 'Hebrew', 'Devanagari', 'Bengali', 'Tamil', 'Thai', 'Hangul', 'Han', 'Greek', 'Cyrillic', 'Latin'].map((name) => ({ name, letters: new RegExp(`\\p{Script=${name}}`, 'u') }));
const scriptOf = (text: string): string => SCRIPTS.find(({ letters }) => letters.test(text))?.name ?? '';

async function runsOf(line: string, levels: Uint8Array): Promise<{ readonly runs: readonly Run[]; readonly missing: string }> {
  const runs: Run[] = [];
  let missing = '';
  for (const { segment, index } of graphemes.segment(line)) {
    const [level, script, last] = [levels[index] ?? 0, scriptOf(segment), runs.at(-1)];
    const goesOn = last !== undefined && last.level === level && (script === '' || script === last.script || last.script === '');
    // Blanks and signs go with their neighbours where the same font has them.
    const joins = goesOn && !last.font.emoji && [...segment].every((character) => last.font.has(character.codePointAt(0) ?? 0));
    const font = joins ? last.font : await fontFor(segment);
    if (font === null) missing += visible(segment);
    else if (goesOn && last.font === font) runs[runs.length - 1] = { ...last, script: last.script === '' ? script : last.script, text: last.text + segment };
    else runs.push({ font, script, level, text: segment });
  }
  return { runs, missing };
}

/** What a person would miss. */
const visible = (text: string): string => text.replace(/[\p{C}\p{Z}\uFE0E\uFE0F]/gu, '');

/** Runs as they stand from left to right (Unicode annex 9, rule L2). */
function inReadingOrder(runs: readonly Run[]): readonly Run[] {
  const order = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < order.length; from += 1) {
      if ((order[from]?.level ?? 0) < level) continue;
      let to = from;
      while ((order[to]?.level ?? 0) >= level) to += 1;
      order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = to;
    }
  }
  return order;
}
