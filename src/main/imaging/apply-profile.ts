import { open } from 'node:fs/promises';
import type { Metadata, Sharp as Picture } from 'sharp';
import type { PreparationProfile } from '../../shared/model/preparation';
import { fitInto } from './fit-into';
import type { Sharp } from './load-sharp';
import type { NotMade, ProfileOutcome, ProfileReply, ProfileRequest, WhyAlone } from './messages';
import { encode, losesSomething, type OutputFormat, outputFormatOf, USUAL_QUALITY } from './output-format';
import { type Size, targetSize } from './target-size';

/** A picture of more pixels is refused unread: a small file can claim any size. All frames count. */
const MAX_PIXELS = 200_000_000;
const SECONDS = 110;
const SNIFF_BYTES = 64 * 1024;

/** What is known of a picture before anything is done with it. `width` and `height` are those it is shown with. */
type Source = {
  readonly path: string;
  readonly bytes: number;
  /** Null for what is read, but not encoded. */
  readonly format: OutputFormat | null;
  readonly facts: Metadata;
  readonly animated: boolean;
  readonly width: number;
  readonly height: number;
};

/** Makes one picture ready and writes it to a new file. Never rejects. */
export const applyProfile = async (sharp: Sharp, { id, path, to, profile }: ProfileRequest): Promise<ProfileReply> => {
  const made = await make(sharp, path, profile).catch((error: unknown) => failed(reasonOf(error)));
  if (made.type !== 'bytes') return { id, outcome: made };
  try {
    const file = await open(to, 'wx', 0o600);
    try {
      await file.writeFile(made.bytes);
    } finally {
      await file.close();
    }
    return { id, outcome: { type: 'made', extension: made.extension } };
  } catch {
    return { id, outcome: failed('disk') };
  }
};

const alone = (why: WhyAlone): ProfileOutcome => ({ type: 'alone', why });
const failed = (why: NotMade): ProfileOutcome => ({ type: 'failed', why });

async function make(sharp: Sharp, path: string, profile: PreparationProfile): Promise<ProfileOutcome | { readonly type: 'bytes'; readonly bytes: Buffer; readonly extension: string }> {
  const source = await look(sharp, path);
  const format = profile.format === 'keep' ? source.format : profile.format;
  if (format === null) return alone('format');
  if (source.animated && !keepsFrames(source, format)) return alone('animated');
  const wish = wishOf(source, profile, format);
  if (wish === 'nothing') return alone('nothing');
  const bytes = await encoded(sharp, source, profile, format);
  if (bytes === null) return failed('no_fit');
  // When nothing was asked for but fewer bytes, only fewer bytes will do.
  if (wish === 'fewer-bytes' && bytes.length >= source.bytes) return alone('larger');
  return { type: 'bytes', bytes, extension: format === 'jpeg' ? 'jpg' : format };
}

async function look(sharp: Sharp, path: string): Promise<Source> {
  const head = await headOf(path);
  const facts = await sharp(path, { limitInputPixels: MAX_PIXELS }).metadata();
  const format = outputFormatOf(facts);
  const { width, height } = facts.autoOrient;
  // The picture library reads the first picture of an animated PNG and does not say so.
  const animated = (facts.pages ?? 1) > 1 || (format === 'png' && head.bytes.includes('acTL'));
  return { path, bytes: head.size, format, facts, animated, width, height: facts.pageHeight ?? height };
}

async function headOf(path: string): Promise<{ readonly bytes: Buffer; readonly size: number }> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return { bytes: buffer.subarray(0, bytesRead), size: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

const isTurned = ({ orientation }: Metadata): boolean => (orientation ?? 1) > 1;

const keepsFrames = (source: Source, format: OutputFormat): boolean =>
  source.format !== 'png' && (format === 'gif' || format === 'webp') && !isTurned(source.facts);

/** What a profile wants of this picture. */
function wishOf(source: Source, profile: PreparationProfile, format: OutputFormat): 'nothing' | 'fewer-bytes' | 'change' {
  const { facts } = source;
  const changes =
    targetSize(source, profile.resize) !== null ||
    format !== source.format ||
    (profile.orientation === 'apply' && isTurned(facts)) ||
    (profile.colour === 'srgb' && facts.hasProfile) ||
    (profile.flatten !== null && facts.hasAlpha) ||
    (profile.maxBytes !== null && source.bytes > profile.maxBytes);
  if (changes) return 'change';
  return profile.quality !== null && losesSomething(format) ? 'fewer-bytes' : 'nothing';
}

/** The picture's new bytes; null when they cannot be made as few as they have to be. */
async function encoded(sharp: Sharp, source: Source, profile: PreparationProfile, format: OutputFormat): Promise<Buffer | null> {
  const size = targetSize(source, profile.resize) ?? { width: source.width, height: source.height };
  const scaled = (edge: number, scale: number): number => Math.max(1, Math.round(edge * scale));
  const at = (quality: number | null, scale: number): Promise<Buffer> =>
    encode(drawn(sharp, source, profile, format, { width: scaled(size.width, scale), height: scaled(size.height, scale) }), format, quality).toBuffer();
  if (profile.maxBytes === null) return at(profile.quality, 1);
  return fitInto(profile.maxBytes, losesSomething(format) ? (profile.quality ?? USUAL_QUALITY[format]) : null, at);
}

/** The picture upright, in its size, on its background and in its colours. */
function drawn(sharp: Sharp, source: Source, profile: PreparationProfile, format: OutputFormat, { width, height }: Size): Picture {
  const { facts, animated } = source;
  let picture = sharp(source.path, { limitInputPixels: MAX_PIXELS, animated, failOn: 'error' }).timeout({ seconds: SECONDS });
  // Encoded anew, a picture is turned for good: what said how it is turned may not outlive that.
  if (!animated) picture = picture.autoOrient();
  if (width !== source.width || height !== source.height) picture = picture.resize({ width, height, fit: 'fill' });
  if (facts.hasAlpha && (profile.flatten !== null || format === 'jpeg')) picture = picture.flatten({ background: profile.flatten ?? '#ffffff' });
  const keepsProfile = profile.colour === 'keep' && facts.hasProfile && facts.space !== 'cmyk';
  if (profile.metadata === 'keep') picture = keepsProfile ? picture.keepMetadata() : picture.keepExif().keepXmp();
  else if (keepsProfile) picture = picture.keepIccProfile();
  return picture;
}

const reasonOf = (error: unknown): NotMade => {
  const text = error instanceof Error ? error.message : '';
  if (/timeout/i.test(text)) return 'timeout';
  return /pixel limit|too large/i.test(text) ? 'too_big' : 'failed';
};
