import type { Sharp as Picture } from 'sharp';
import type { PreparationProfile } from '../../shared/model/preparation';
import { pngWith, tiffOf, uprightExif } from '../metadata';
import type { ContentBox } from './content-box';
import { deepProfile, isDeep, keepsProfile, spaceOf } from './deep-colours';
import { framed } from './frame';
import type { Sharp } from './load-sharp';
import { read, type Source } from './open-picture';
import type { OutputFormat } from './output-format';
import type { Size } from './target-size';
import { watermarkFor } from './watermark';

/** The library's own limit on one piece of work, in seconds. */
const SECONDS = 110;

export type Drawing = { readonly source: Source; readonly profile: PreparationProfile; readonly format: OutputFormat; readonly box: ContentBox | null; /** Of the picture itself, without its frame. */ readonly size: Size };

/** The picture upright, cut, in its size and in its colours, `scale` times as large. */
export function drawn(sharp: Sharp, { source, profile, format, box, size }: Drawing, scale = 1): Picture {
  const { facts, animated } = source;
  const { width, height } = scaled(size, scale);
  const its = deepProfile(facts, profile, format);
  const space = spaceOf(facts, profile, format);
  let picture = limited(sharp, source, animated, its !== 'none');
  // Encoded anew, a picture is turned for good: what said how it is turned may not outlive that.
  if (!animated) picture = picture.autoOrient();
  if (box !== null) picture = picture.extract(box);
  if (width !== (box ?? source).width || height !== (box ?? source).height) picture = picture.resize({ width, height, fit: 'fill' });
  if (its === 'convert') picture = picture.withIccProfile('srgb', { attach: false });
  else if (space !== null) picture = picture.toColourspace(space);
  return described(picture, source, profile, format);
}

/** The picture with everything that is laid over it or put around it, before it is encoded; PNG. */
export async function decorated(sharp: Sharp, drawing: Drawing): Promise<Buffer> {
  const { profile, size } = drawing;
  let picture = drawn(sharp, drawing);
  if (profile.watermark !== null) picture = picture.composite([...(await watermarkFor(sharp, size, profile.watermark))]);
  // A frame is drawn in sRGB, and so must be what it is around.
  if (profile.frame !== null) {
    const { facts } = drawing.source;
    // What has 16 bits is in sRGB already: the picture library would take it for a picture in Display P3.
    const inside = isDeep(facts) ? picture : picture.withIccProfile('srgb', { attach: false });
    const whole = await framed(sharp, await inside.toColourspace('srgb').png({ compressionLevel: 0 }).toBuffer(), size, profile.frame);
    const { exif, xmp } = facts;
    // What lies around a picture comes before it, and says nothing of it. It is upright by now.
    return profile.metadata === 'keep' ? pngWith(whole, { exif: exif === undefined ? null : uprightExif(tiffOf(exif)), xmp: xmp ?? null }) : whole;
  }
  return picture.png({ compressionLevel: 0 }).toBuffer();
}

/** A picture that was made here, `scale` times as large, with what it says about itself where that is wanted. Grey stays grey but in a palette, which has colours, and for which a profile of grey is none. */
export const redrawn = (sharp: Sharp, made: Buffer, { space, ...size }: Size & { readonly space: string | null }, scale: number, { metadata }: Pick<PreparationProfile, 'metadata'>, palette: boolean): Picture => {
  const grey = space === 'b-w';
  const read = limited(sharp, { input: made, density: null }, false);
  const picture = grey && !palette ? read.toColourspace('b-w') : read;
  const whole = scale === 1 ? picture : picture.resize({ ...scaled(size, scale), fit: 'fill' });
  // All of it would be an Exif block of the picture library's own, too, where there was none.
  if (grey && palette) return metadata === 'keep' ? whole.keepExif().keepXmp() : whole;
  return metadata === 'keep' ? whole.keepMetadata() : whole.keepIccProfile();
};

/** Transparent parts laid on a colour, where the profile or the format wants that. */
export const flattened = (picture: Picture, hasAlpha: boolean, { flatten }: PreparationProfile, format: OutputFormat): Picture =>
  hasAlpha && (flatten !== null || format === 'jpeg') ? picture.flatten({ background: flatten ?? '#ffffff' }) : picture;

const scaled = ({ width, height }: Size, scale: number): Size => ({ width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });

const limited = (sharp: Sharp, source: Pick<Source, 'input' | 'density'>, animated: boolean, ignoreIcc = false): Picture => read(sharp, source, { animated, ignoreIcc, failOn: 'error' }).timeout({ seconds: SECONDS });

/** What the new file says of the picture besides its pixels. */
function described(picture: Picture, { facts }: Source, profile: PreparationProfile, format: OutputFormat): Picture {
  const { metadata } = profile;
  const keeps = keepsProfile(facts, profile, format);
  if (metadata === 'keep') return keeps ? picture.keepMetadata() : picture.keepExif().keepXmp();
  return keeps ? picture.keepIccProfile() : picture;
}
