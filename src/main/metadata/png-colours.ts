import { type Colours, coloursOf, profileOf, SRGB_PRIMARIES } from './colour-numbers';
import { profileChunk } from './png-with';

/** Of several ways to tell colours the first counts (PNG, third edition, 4.3). */
const TELLING = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);
/** Grey has no primaries, and a profile of red, green and blue may not be with it. */
const GREY = new Set([0, 4]);
const SRGB_GAMMA = 1 / 2.2;
/** Less than anybody sees. */
const NEAR = 0.002;

/**
 * A PNG whose colours are told by numbers, with a colour profile in their place, which every reader knows; null where that would
 * change nothing. Numbers of H.273 count before a profile, and those of older PNGs behind it.
 */
export function pngByProfile(file: Buffer): Buffer | null {
  const told = new Map<string, { readonly from: number; readonly body: Buffer; readonly end: number }>();
  for (let at = 8; at + 12 <= file.length; ) {
    const [type, end] = [file.toString('latin1', at + 4, at + 8), at + 12 + file.readUInt32BE(at)];
    if (end > file.length || type === 'IDAT' || type === 'IEND') break;
    if (TELLING.has(type) && !told.has(type)) told.set(type, { from: at, body: file.subarray(at + 8, end - 4), end });
    at = end;
  }
  const body = (type: string): Buffer | null => told.get(type)?.body ?? null;
  const meant = GREY.has(file[25] ?? 0) ? null : meaning(body('cICP'), told.has('iCCP') || told.has('sRGB'), body('gAMA'), body('cHRM'));
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

/** Behind the signature and the header. */
const AFTER_HEADER = 8 + 25;

function meaning(numbers: Buffer | null, otherwise: boolean, gamma: Buffer | null, chromaticities: Buffer | null): Colours | null {
  // Pixels of a PNG are red, green and blue in their whole range; other numbers count as none.
  if (numbers?.length === 4 && numbers[2] === 0 && numbers[3] === 1) {
    const meant = coloursOf(numbers[0] ?? 0, numbers[1] ?? 0);
    if (meant !== null) return meant;
  }
  if (otherwise || gamma?.length !== 4 || gamma.readUInt32BE(0) === 0) return null;
  const power = gamma.readUInt32BE(0) / 100_000;
  const xy = (place: number): readonly [number, number] => [(chromaticities?.readUInt32BE(place * 8) ?? 0) / 100_000, (chromaticities?.readUInt32BE(place * 8 + 4) ?? 0) / 100_000];
  const primaries = chromaticities?.length === 32 ? { white: xy(0), red: xy(1), green: xy(2), blue: xy(3) } : SRGB_PRIMARIES;
  if (Object.values(primaries).some(([, y]) => y <= 0)) return null;
  const usual = Math.abs(power - SRGB_GAMMA) < NEAR;
  return { primaries, transfer: usual ? { type: 'srgb' } : { type: 'power', gamma: 1 / power } };
}
