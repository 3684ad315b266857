import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { svgPrefix, svgStart } from '../../lib/svg-start';
import { xmlText } from '../../lib/xml-text';
import { TooManyPixels } from './decode-other';
import { refuseTraps } from './svg-traps';

/** Drawings are read as a whole. */
const MOST_BYTES = 10_000_000;

/** A drawing's text as UTF-8, without a place to read other files from. `packed`: its file is compressed, or in another encoding. */
export type DrawingText = { readonly bytes: Buffer; readonly packed: boolean };

/** The text of an SVG, also of a compressed one; null for any other file, of which `head` is the beginning. Throws for one that is built to exhaust its reader, or in an encoding that is not known. */
export async function readDrawing(path: string, head: Buffer, size: number): Promise<DrawingText | null> {
  const zipped = head[0] === 0x1f && head[1] === 0x8b;
  if (!zipped && svgStart(head) === 'no') return null;
  if (size > MOST_BYTES) throw new TooManyPixels();
  const file = await readFile(path);
  const unzipped = zipped ? unpacked(file) : file;
  if (svgStart(unzipped) !== 'svg') {
    if (zipped) throw new Error('not a drawing');
    return null;
  }
  const { text, plain } = xmlText(unzipped);
  refuseTraps(text);
  return { bytes: Buffer.from(underUsualName(text)), packed: zipped || !plain };
}

function unpacked(file: Buffer): Buffer {
  try {
    return gunzipSync(file, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw error instanceof RangeError ? new TooManyPixels() : error;
  }
}

/** The picture library knows an SVG by the name of its first tag, with this prefix or without one. */
function underUsualName(text: string): string {
  const prefix = svgPrefix(text);
  if (prefix === '' || prefix === 'svg') return text;
  const escaped = prefix.replace(/[.]/g, '\\.');
  return text.replace(new RegExp(`(</?)${escaped}(?=:)|(\\sxmlns:)${escaped}(?=\\s*=)`, 'g'), '$1$2svg');
}
