/** The lowest quality that is looked at. */
const LEAST_QUALITY = 25;
/** As often is a picture encoded in one size: each time takes seconds for a large one. */
const MOST_TRIES = 6;
/** As much of what it may have is enough: one more step of quality is about as much as is left. */
const ENOUGH = 0.93;
/** What is aimed at, a little below what is allowed. */
const AIM = 0.97;
/** By how much the logarithm of the bytes rises with each step of quality, until two tries tell. */
const USUAL_RISE = 0.05;
/** As often is a picture made smaller still. */
const MOST_SCALES = 8;
/** No picture is made smaller than to this share of its edges. */
const LEAST_SCALE = 0.05;

/**
 * Searches for the best quality, up to `best`, that makes a picture as small as `maxBytes`, and where none does for a size.
 * `best` is null for formats that lose nothing, of which only the size is looked for. What it resolves with fits; null when nothing does.
 */
export async function fitInto(maxBytes: number, best: number | null, encode: (quality: number | null, scale: number) => Promise<Buffer>): Promise<Buffer | null> {
  let made = await encode(best, 1);
  if (made.length <= maxBytes) return made;
  if (best !== null) {
    const found = await bestQuality(maxBytes, { quality: best, bytes: made.length }, (quality) => encode(quality, 1));
    if (found.fits !== null) return found.fits;
    made = found.smallest ?? made;
  }
  let scale = 1;
  for (let scales = 0; scales < MOST_SCALES && scale > LEAST_SCALE; scales += 1) {
    // Bytes go about with the area; a little less, so that the next one fits.
    scale = Math.max(LEAST_SCALE, scale * Math.min(0.9, Math.sqrt(maxBytes / made.length) * 0.97));
    made = await encode(best === null ? null : Math.min(best, 60), scale);
    if (made.length <= maxBytes) return made;
  }
  return null;
}

type Try = { readonly quality: number; readonly bytes: number };

/** A quality below that of `first`, which does not fit, whose bytes fit and are close to what they may be. The next one to try is told from the ones before. */
async function bestQuality(maxBytes: number, first: Try, encode: (quality: number) => Promise<Buffer>): Promise<{ readonly fits: Buffer | null; readonly smallest: Buffer | null }> {
  let [low, high] = [LEAST_QUALITY, first.quality - 1];
  let [over, under]: [readonly Try[], Try | null] = [[first], null];
  let [fits, smallest]: [Buffer | null, Buffer | null] = [null, null];
  for (let tries = 2; tries <= MOST_TRIES && low <= high; tries += 1) {
    const quality: number = fits === null && (tries === MOST_TRIES || isStuck(over)) ? LEAST_QUALITY : Math.min(high, Math.max(low, nextQuality(maxBytes * AIM, over, under, tries > 4)));
    const made = await encode(quality);
    if (made.length <= maxBytes) {
      fits = made;
      if (made.length >= maxBytes * ENOUGH) break;
      under = { quality, bytes: made.length };
      low = quality + 1;
    } else {
      if (smallest === null || made.length < smallest.length) smallest = made;
      over = [...over, { quality, bytes: made.length }];
      high = quality - 1;
    }
  }
  return { fits, smallest };
}

/** Whether less quality takes hardly any bytes off: what is left to try is the least, as for a PNG of noise. */
function isStuck(over: readonly Try[]): boolean {
  const [last, before] = [over.at(-1), over.at(-2)];
  return last !== undefined && before !== undefined && last.bytes > before.bytes * 0.98;
}

/** Where the aim lies between what does not fit and what does, or below the last one that does not; bytes rise about as a power with quality. `halve`: they do not. */
function nextQuality(aim: number, over: readonly Try[], under: Try | null, halve: boolean): number {
  const [last, before] = [over.at(-1), over.at(-2)];
  if (last === undefined) return LEAST_QUALITY;
  if (halve) return Math.floor(((under?.quality ?? LEAST_QUALITY) + last.quality) / 2);
  const other = under ?? before;
  const rise = other === undefined ? USUAL_RISE : (Math.log(last.bytes) - Math.log(other.bytes)) / (last.quality - other.quality);
  // Bytes that hardly rise, or fall, tell nothing.
  return Math.floor(last.quality - Math.log(last.bytes / aim) / Math.max(rise, USUAL_RISE / 10));
}
