import { open } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import type { PreparationProfile } from '../../shared/model/preparation';
import { drawsMark } from '../../shared/model/preparation-profiles';
import type { RemovedPart } from '../../shared/model/preparation-report';
import { jpegWith, readExif, tiffOf } from '../metadata';
import { bareBytes, bareRemoved } from './bare-bytes';
import { aimOf, type Takes, wantedOf } from './choose-format';
import { cleanSvg } from './clean-svg';
import { type ContentBox, contentBox } from './content-box';
import { inSrgb } from './deep-colours';
import { decorated, drawn, flattened, redrawn, type Drawing } from './draw';
import { DRAWN_WITHIN_MS, SlowDrawing, withPixels } from './draw-drawing';
import { fitInto } from './fit-into';
import { isSrgb } from './is-srgb';
import type { Sharp } from './load-sharp';
import { madeLean } from './made-lean';
import { isSequence } from './moving';
import type { NotMade, ProfileOutcome, ProfileReply, ProfileRequest, WhyAlone } from './messages';
import { openPicture, type Source } from './open-picture';
import { encode, encodeWhole, hasPalette, isMany, losesSomething, type OutputFormat, USUAL_QUALITY } from './output-format';
import { FromOutside, Trap } from './svg-traps';
import { type Size, targetSize } from './target-size';
import { NoLetters, NoMark } from './watermark';

type Made = { readonly type: 'bytes'; readonly bytes: Buffer; readonly extension: string; readonly recoded: boolean; readonly removed: readonly RemovedPart[]; readonly left?: WhyAlone };

/** Makes one picture ready and writes it to a new file; the picture library is loaded for what needs it. After `slow` this process is still at work on it, and has to end. Never rejects. */
export const applyProfile = async (load: () => Sharp, { id, path, to, profile: asked, takes }: ProfileRequest, drawnWithinMs = DRAWN_WITHIN_MS): Promise<ProfileReply> => {
  // A mark that draws nothing changes nothing.
  const profile = drawsMark(asked.watermark) ? asked : { ...asked, watermark: null };
  const made = await make(load, path, profile, takes, drawnWithinMs).catch(failureOf);
  if (made.type !== 'bytes') return { id, outcome: made };
  try {
    const file = await open(to, 'wx', 0o600);
    try {
      await file.writeFile(made.bytes);
    } finally {
      await file.close();
    }
    return { id, outcome: { type: 'made', extension: made.extension, recoded: made.recoded, removed: made.removed, ...(made.left === undefined ? {} : { left: made.left }) } };
  } catch {
    return { id, outcome: failed('disk') };
  }
};

const alone = (why: WhyAlone): ProfileOutcome => ({ type: 'alone', why });
const failed = (why: NotMade): ProfileOutcome => ({ type: 'failed', why });

async function make(load: () => Sharp, path: string, profile: PreparationProfile, takes: Takes, drawnWithinMs: number): Promise<ProfileOutcome | Made> {
  const made = await work(load, path, profile, takes, drawnWithinMs);
  if (profile.maxBytes === null || made.type === 'failed') return made;
  // What is left alone, as a picture that moves or a drawing, is sent as large as it is.
  const bytes = made.type === 'bytes' ? made.bytes.length : await bareBytes(path, profile.metadata);
  return bytes !== null && bytes > profile.maxBytes ? failed('no_fit') : made;
}

async function work(load: () => Sharp, path: string, profile: PreparationProfile, takes: Takes, drawnWithinMs: number): Promise<ProfileOutcome | Made> {
  const lean = await madeLean(path, profile, takes);
  if (lean !== null) return lean.bytes.length < lean.before ? { type: 'bytes', bytes: lean.bytes, extension: 'png', recoded: true, removed: lean.removed } : alone('larger');
  if (await isSequence(path)) return alone('animated');
  const sharp = load();
  const opened = await openPicture(sharp, path, profile.metadata);
  const seen = hasToBeDrawn(opened, profile, takes) ? await withPixels(sharp, opened, drawnWithinMs) : opened;
  // What is sent otherwise is the picture without its metadata: that is what its new bytes have to be fewer than; where it is not sent otherwise, any number will do.
  const source = profile.quality === null && profile.maxBytes === null ? seen : { ...seen, bytes: (await bareBytes(path, profile.metadata)) ?? Infinity };
  const box = profile.crop === null || source.animated ? null : await contentBox(sharp, source, profile.crop);
  const works = changesIt(source, profile, box);
  const aim = aimOf(source, profile, takes, works);
  // A drawing has any size.
  if (aim.type === 'drawing') return cleaned(opened, profile.metadata, changesIt(source, { ...profile, resize: null }, box));
  if (aim.type === 'same') return alone(works ? 'format' : 'nothing');
  const { format } = aim;
  if (source.animated && !keepsFrames(source, profile, format)) return works || format !== source.format ? alone('animated') : alone('nothing');
  const wish = works || format !== source.format ? 'change' : profile.quality !== null && format !== 'gif' ? 'fewer-bytes' : 'nothing';
  if (wish === 'nothing') return alone('nothing');
  // It fits as it is: an encoding is only of use if it is smaller still, and needs no search for that.
  const bytes = await encoded(sharp, source, wish === 'fewer-bytes' ? { ...profile, maxBytes: null } : profile, format, box);
  if (bytes === null) return failed('no_fit');
  // When nothing was asked for but fewer bytes, only fewer bytes will do.
  if (wish === 'fewer-bytes' && bytes.length >= source.bytes) return alone('larger');
  // Of a TIFF the picture library does not say all that it has.
  const told = profile.metadata === 'keep' ? [] : [...removedFrom(source.facts), ...(source.kind === 'tiff' ? await bareRemoved(path) : [])];
  return { type: 'bytes', bytes, extension: format === 'jpeg' ? 'jpg' : format, recoded: true, removed: [...new Set([...lostFrom(source), ...told])] };
}

/** Whether a picture is a drawing that becomes pixels, or is looked at; what it becomes does not depend on how it looks. */
const hasToBeDrawn = (source: Source, profile: PreparationProfile, takes: Takes): boolean => source.kind === 'svg' && (profile.crop !== null || aimOf(source, profile, takes, false).type === 'pixels');

/** `works`: pixels were to change, which it has none of. */
async function cleaned({ input, packed }: Source, metadata: 'keep' | 'strip', works: boolean): Promise<ProfileOutcome | Made> {
  const { text, changed, removed } = await cleanSvg(input.toString('utf8'), metadata);
  return changed || packed ? { type: 'bytes', bytes: Buffer.from(text), extension: 'svg', recoded: false, removed: packed ? [...removed, 'packing'] : removed, ...(works ? { left: 'drawing' } : {}) } : alone(works ? 'drawing' : 'nothing');
}

/** Whether a picture's colours are a printer's, with a profile or without one. */
const isInks = ({ facts }: Source): boolean => facts.space === 'cmyk';

const isTurned = ({ orientation }: Metadata): boolean => (orientation ?? 1) > 1;

/** Frames are kept by size and format alone: what is laid over a picture or cut off it is laid over one picture. */
const keepsFrames = (source: Source, { watermark, frame, crop }: PreparationProfile, format: OutputFormat): boolean =>
  source.kind !== 'apng' && source.kind !== 'avif' && (format === 'gif' || format === 'webp') && !isTurned(source.facts) && watermark === null && frame === null && crop === null;

/** Whether a profile changes this picture, its format aside. */
const changesIt = (source: Source, profile: PreparationProfile, box: ContentBox | null): boolean =>
  box !== null ||
  profile.watermark !== null ||
  profile.frame !== null ||
  (profile.crop !== null && source.animated) ||
  targetSize(box ?? source, profile.resize) !== null ||
  (profile.orientation === 'apply' && isTurned(source.facts)) ||
  (profile.colour === 'srgb' && (isInks(source) || (source.facts.icc !== undefined && !isSrgb(source.facts.icc)))) ||
  // Who chose a format for the web wants one that is shown there; a printer's JPEG is not everywhere.
  (isInks(source) && wantedOf(source.kind, profile) === source.format) ||
  (profile.flatten !== null && source.facts.hasAlpha) ||
  (profile.maxBytes !== null && source.bytes > profile.maxBytes);

/** As many bytes a pixel at most has a PNG of flat areas and letters. */
const FLAT = 0.1;

/** Whether a picture is a screen or a drawing in its own size: with all its pixels it becomes smaller than with fewer of them, and its letters stay sharp. */
const isFlat = ({ kind, bytes, width, height }: Source, size: Size): boolean => kind === 'png' && size.width === width && size.height === height && bytes <= width * height * FLAT;

/** The picture's new bytes; null when they cannot be made as few as they have to be. */
async function encoded(sharp: Sharp, opened: Source, profile: PreparationProfile, format: OutputFormat, box: ContentBox | null): Promise<Buffer | null> {
  const source = await inSrgb(sharp, opened, profile, format);
  const drawing: Drawing = { source, profile, format, box, size: targetSize(box ?? source, profile.resize) ?? box ?? source };
  const { maxBytes } = profile;
  // What is encoded again and again is decoded and drawn once.
  const once = !source.animated && (maxBytes !== null || profile.watermark !== null || profile.frame !== null);
  const made = once ? await decorated(sharp, drawing) : null;
  const facts = made === null ? { ...drawing.size, hasAlpha: source.facts.hasAlpha, space: null } : await sharp(made).metadata();
  const { iptc } = source.facts;
  const at = async (quality: number | null, scale: number): Promise<Buffer> => {
    const picture = made === null ? drawn(sharp, drawing, scale) : redrawn(sharp, made, facts, scale, profile, hasPalette(format, quality));
    const bytes = await encode(flattened(picture, facts.hasAlpha, profile, format), format, quality, maxBytes !== null || isMany(drawing.size)).toBuffer();
    // Other formats have no place for it, and the picture library keeps it with a colour profile only.
    return profile.metadata === 'keep' && iptc !== undefined && format === 'jpeg' ? jpegWith(bytes, iptc) : bytes;
  };
  if (format === 'webp' && isFlat(source, drawing.size) && made === null) {
    const whole = await encodeWhole(flattened(drawn(sharp, drawing), facts.hasAlpha, profile, format)).toBuffer();
    if (whole.length < source.bytes) return whole;
  }
  if (maxBytes === null) return at(format === 'png' ? null : profile.quality, 1);
  const best = format === 'png' ? USUAL_QUALITY.png : (profile.quality ?? USUAL_QUALITY[format]);
  return fitInto(maxBytes, losesSomething(format) ? best : null, at);
}

/** What of a picture has no place in a new encoding, whatever is to become of its metadata. */
const lostFrom = ({ pages, facts }: Source): readonly RemovedPart[] => [...(pages > 1 ? (['pages'] as const) : []), ...(facts.gainMap === undefined ? [] : (['gainmap'] as const))];

/** What a picture told about itself that its new file does not. */
function removedFrom({ exif, xmp, iptc, comments }: Metadata): readonly RemovedPart[] {
  return [...(exif === undefined ? [] : readExif(tiffOf(exif)).kinds), ...(xmp === undefined ? [] : (['xmp'] as const)), ...(iptc === undefined ? [] : (['iptc'] as const)), ...(comments === undefined ? [] : (['comment'] as const))];
}

/** What stopped the work on a picture. */
function failureOf(error: unknown): ProfileOutcome {
  return error instanceof NoLetters ? { type: 'failed', why: 'no_letters', letters: error.letters } : failed(reasonOf(error));
}

const reasonOf = (error: unknown): NotMade => {
  if (error instanceof NoMark) return 'no_mark';
  if (error instanceof Trap) return 'trap';
  if (error instanceof FromOutside) return 'outside';
  if (error instanceof SlowDrawing) return 'slow';
  const text = error instanceof Error ? error.message : '';
  if (/timeout/i.test(text)) return 'timeout';
  return /pixel limit|too large/i.test(text) ? 'too_big' : 'failed';
};
