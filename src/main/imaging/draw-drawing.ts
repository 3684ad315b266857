import type { Sharp } from './load-sharp';
import { read, type Source } from './open-picture';

/** As long as a drawing may take to be drawn: effects upon effects take hours, and nothing within the picture library ends them. */
export const DRAWN_WITHIN_MS = 20_000;

/** A drawing takes longer to draw than people wait. Whoever draws it is at work on it still. */
export class SlowDrawing extends Error {
  constructor() {
    super('draws for too long');
    this.name = 'SlowDrawing';
  }
}

/** A drawing with its pixels. Rejects with `SlowDrawing` when they are not there in time. */
export async function withPixels(sharp: Sharp, source: Source, withinMs: number): Promise<Source> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => (timer = setTimeout(() => reject(new SlowDrawing()), withinMs)));
  // Drawings have large areas of one colour, of which the quickest packing leaves little.
  const pixels = read(sharp, source, { failOn: 'error' }).png({ compressionLevel: 1 }).toBuffer();
  pixels.catch(() => undefined);
  const input = await Promise.race([pixels, late]).finally(() => clearTimeout(timer));
  return { ...source, input, density: null };
}
