import { type Colours, coloursOf, profileOf, SRGB_PRIMARIES } from './colour-numbers';
import { profileChunk } from './png-with';

/** Of several ways to tell colours the first counts (PNG, third edition, 4.3). */
const TELLING = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);
/** Colour types of grey. */
const GREY = new Set([0, 4]);
const SRGB_GAMMA = 1 / 2.2;
/** Less than anybody sees. */
const NEAR = 0.002;

/**
 * A PNG whose colours are told by numbers, with a colour profile in their place, which every reader knows; null where that would
 * change nothing. Numbers of H.273 count before a profile, and those of older PNGs behind it. Not for grey ones, which a profile of red, green and blue may not be with.
 */
export function pngByProfile(file: Buffer): Buffer | null {
  if (isGreyPng(file)) return null;
  const told = toldBy(file);
  const meant = meaning(told);
  const profile = meant === null ? null : profileOf(meant);
  // Numbers that mean sRGB count before a profile that does not.
  if (meant === null || (profile === null && !told.has('iCCP'))) return null;
  const parts: Buffer[] = [];
  let at = AFTER_HEADER;
  for (const { from, end } of [...told.values()].sort((one, other) => one.from - other.from)) {
    parts.push(file.subarray(at, from));
    at = end;
  }
  return Buffer.concat([file.subarray(0, AFTER_HEADER), ...(profile === null ? [] : [profileChunk(profile)]), ...parts, file.subarray(at)]);
}

export const isGreyPng = (file: Buffer): boolean => GREY.has(file[25] ?? -1);

/** What the numbers of a grey PNG mean, as a profile for the same grey in red, green and blue; null where they mean what any picture's do. */
export function greyPngProfile(file: Buffer): Buffer | null {
  const meant = meaning(toldBy(file));
  return meant === null ? null : profileOf({ ...meant, primaries: SRGB_PRIMARIES });
}

type Told = ReadonlyMap<string, { readonly from: number; readonly body: Buffer; readonly end: number }>;

/** The first chunk of each kind that tells of colours. */
function toldBy(file: Buffer): Told {
  const told = new Map<string, { readonly from: number; readonly body: Buffer; readonly end: number }>();
  for (let at = 8; at + 12 <= file.length; ) {
    const [type, end] = [file.toString('latin1', at + 4, at + 8), at + 12 + file.readUInt32BE(at)];
    if (end > file.length || type === 'IDAT' || type === 'IEND') break;
    if (TELLING.has(type) && !told.has(type)) told.set(type, { from: at, body: file.subarray(at + 8, end - 4), end });
    at = end;
  }
  return told;
}

/** Behind the signature and the header. */
const AFTER_HEADER = 8 + 25;

function meaning(told: Told): Colours | null {
  const [numbers, gamma, chromaticities] = ['cICP', 'gAMA', 'cHRM'].map((type) => told.get(type)?.body);
  // Pixels of a PNG are red, green and blue in their whole range; other numbers count as none.
  if (numbers?.length === 4 && numbers[2] === 0 && numbers[3] === 1) {
    const meant = coloursOf(numbers[0] ?? 0, numbers[1] ?? 0);
    if (meant !== null) return meant;
  }
  if (told.has('iCCP') || told.has('sRGB') || gamma?.length !== 4 || gamma.readUInt32BE(0) === 0) return null;
  const power = gamma.readUInt32BE(0) / 100_000;
  const xy = (place: number): readonly [number, number] => [(chromaticities?.readUInt32BE(place * 8) ?? 0) / 100_000, (chromaticities?.readUInt32BE(place * 8 + 4) ?? 0) / 100_000];
  const primaries = chromaticities?.length === 32 ? { white: xy(0), red: xy(1), green: xy(2), blue: xy(3) } : SRGB_PRIMARIES;
  if (Object.values(primaries).some(([, y]) => y <= 0)) return null;
  const usual = Math.abs(power - SRGB_GAMMA) < NEAR;
  return { primaries, transfer: usual ? { type: 'srgb' } : { type: 'power', gamma: 1 / power } };
}
