import type { Metadata } from 'sharp';
import type { PreparationProfile } from '../../shared/model/preparation';
import { isSrgb } from './is-srgb';
import type { Sharp } from './load-sharp';
import { read, type Source } from './open-picture';
import type { OutputFormat } from './output-format';

/** How many bytes a profile's header has (ICC.1, 7.2). */
const HEADER = 128;

const isFor = (icc: Buffer | undefined, space: 'RGB ' | 'GRAY'): icc is Buffer => icc !== undefined && icc.length > HEADER && icc.toString('latin1', 36, 40) === 'acsp' && icc.toString('latin1', 16, 20) === space;

const isGrey = ({ space }: Pick<Metadata, 'space'>): boolean => space === 'b-w' || space === 'grey16';

/** Whether a grey picture can go on as one: other formats have colours always, and so has what is laid over a picture, under it or around it. */
const staysGrey = (facts: Metadata, { watermark, frame, flatten }: PreparationProfile, format: OutputFormat): boolean =>
  isGrey(facts) && (format === 'jpeg' || format === 'png') && watermark === null && frame === null && !(facts.hasAlpha && flatten !== null);

/** Whether a new file has the profile of its picture. A printer's colours are converted in any case, and grey ones where there will be colours: their profile is for grey alone. */
export const keepsProfile = (facts: Metadata, profile: PreparationProfile, format: OutputFormat): boolean =>
  profile.colour === 'keep' && facts.hasProfile && facts.space !== 'cmyk' && (!isGrey(facts) || staysGrey(facts, profile, format));

/** What a new file's colours are written as, where that is not what the picture library takes by itself. */
export function spaceOf(facts: Metadata, profile: PreparationProfile, format: OutputFormat): 'b-w' | 'grey16' | 'rgb16' | null {
  const deep = facts.depth === 'ushort' && format === 'png' && profile.watermark === null && profile.frame === null;
  // What is converted by its profile has three colours by then.
  if (staysGrey(facts, profile, format) && (!facts.hasProfile || keepsProfile(facts, profile, format))) return deep && profile.maxBytes === null ? 'grey16' : 'b-w';
  return deep ? 'rgb16' : null;
}

/** Whether a picture has 16 bits a channel of red, green and blue. */
export const isDeep = ({ space }: Metadata): boolean => space === 'rgb16';

/** A frame is drawn in sRGB, and so must be what it is around. */
const leavesProfile = (facts: Metadata, profile: PreparationProfile, format: OutputFormat): boolean => !keepsProfile(facts, profile, format) || profile.frame !== null;

/**
 * What is to be done about the profile of a picture with 16 bits a channel, which the picture library by itself converts to Display P3, and
 * says so nowhere. `ignore`: its colours are not to be converted while they are worked on; `convert`: they are to be made sRGB at the end,
 * by that profile, in 8 bits: in 16 the library interpolates in a coarse table, and colours at the edge of sRGB are off by up to 48 of 255.
 */
export function deepProfile(facts: Metadata, profile: PreparationProfile, format: OutputFormat): 'none' | 'ignore' | 'convert' {
  if (!isDeep(facts) || !facts.hasProfile || !leavesProfile(facts, profile, format)) return 'none';
  return isFor(facts.icc, 'RGB ') && !isSrgb(facts.icc) ? 'convert' : 'ignore';
}

/**
 * A picture of 16 bits a channel whose colours have to be sRGB before something is laid over it or under it, or that is grey, which the
 * picture library converts at no other time, in sRGB; any other one as it is.
 */
export async function inSrgb(sharp: Sharp, source: Source, profile: PreparationProfile, format: OutputFormat): Promise<Source> {
  const { facts } = source;
  const grey = facts.space === 'grey16' && isFor(facts.icc, 'GRAY') && leavesProfile(facts, profile, format);
  const laid = profile.watermark !== null || (facts.hasAlpha && (profile.flatten !== null || format === 'jpeg'));
  if (source.animated || !(grey || (laid && deepProfile(facts, profile, format) === 'convert'))) return source;
  const picture = read(sharp, source, { failOn: 'error', ignoreIcc: true }).autoOrient().withIccProfile('srgb', { attach: false });
  const input = await (profile.metadata === 'keep' ? picture.keepExif().keepXmp() : picture)
    .toColourspace(grey ? 'grey16' : 'srgb')
    .png({ compressionLevel: 0 })
    .toBuffer();
  const { exif, xmp, iptc } = facts;
  const said = { ...(exif === undefined ? {} : { exif }), ...(xmp === undefined ? {} : { xmp }), ...(iptc === undefined ? {} : { iptc }) };
  return { ...source, input, facts: { ...(await read(sharp, { input, density: null }).metadata()), ...said } };
}
