/** The lowest quality that is looked at. */
const LEAST_QUALITY = 25;
/** As often is a picture made smaller still. */
const MOST_SCALES = 8;
/** No picture is made smaller than to this share of its edges. */
const LEAST_SCALE = 0.05;

/**
 * Searches for the best quality, up to `best`, that makes a picture as small as `maxBytes`, and where none does for a size.
 * `best` is null for formats that lose nothing, of which only the size is looked for. Resolves with null when nothing fits.
 */
export async function fitInto(maxBytes: number, best: number | null, encode: (quality: number | null, scale: number) => Promise<Buffer>): Promise<Buffer | null> {
  let made = await encode(best, 1);
  if (made.length <= maxBytes) return made;
  if (best !== null) {
    const found = await bestQuality(maxBytes, best - 1, (quality) => encode(quality, 1));
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

/** The largest quality from the least one up to `most` whose bytes fit, by halving. */
async function bestQuality(maxBytes: number, most: number, encode: (quality: number) => Promise<Buffer>): Promise<{ readonly fits: Buffer | null; readonly smallest: Buffer | null }> {
  let [low, high] = [LEAST_QUALITY, most];
  let [fits, smallest]: [Buffer | null, Buffer | null] = [null, null];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const made = await encode(middle);
    if (made.length <= maxBytes) {
      fits = made;
      low = middle + 1;
    } else {
      if (smallest === null || made.length < smallest.length) smallest = made;
      high = middle - 1;
    }
  }
  return { fits, smallest };
}
