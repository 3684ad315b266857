import { open } from 'node:fs/promises';
import type { PreparationProfile } from '../../shared/model/preparation';
import type { RemovedPart } from '../../shared/model/preparation-report';
import { joinPieces, KEPT_BY_STRIPPING, planStrip, scanBytes } from '../metadata';
import type { Takes } from './choose-format';
import { leanPng } from './lean-png';

/** Larger files are left to the picture library. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Whether a profile asks for nothing of a PNG but fewer bytes. */
function asksForBytes(profile: PreparationProfile, takes: Takes): boolean {
  const { crop, resize, flatten, watermark, frame, orientation, colour, quality, unsupported, formatRules, format } = profile;
  const wanted = formatRules.find(({ input }) => input === 'png')?.format ?? format;
  if (quality === null || (wanted !== 'keep' && wanted !== 'png')) return false;
  if ([crop, resize, flatten, watermark, frame].some((wish) => wish !== null)) return false;
  return orientation === 'keep' && colour === 'keep' && (unsupported === 'send' || takes.length === 0 || takes.includes('png'));
}

/** A PNG of the same pixels in as few bytes as they need, for a profile that asks for no more, and how many bytes it has `before`, with nothing out but its metadata; null for all other work, and where it cannot be made this way. */
export async function madeLean(path: string, profile: PreparationProfile, takes: Takes): Promise<{ readonly bytes: Buffer; readonly before: number; readonly removed: readonly RemovedPart[] } | null> {
  if (!asksForBytes(profile, takes)) return null;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer: start } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (start.toString('latin1') !== '\x89PNG' || size > MOST_BYTES) return null;
    const whole = await file.readFile();
    const plan = profile.metadata === 'strip' ? scanBytes(planStrip('png', size, KEPT_BY_STRIPPING), whole) : null;
    if (plan?.type === 'left') return null;
    const bare = plan?.type === 'cut' ? joinPieces(whole, plan.pieces) : whole;
    if (bare.length > (profile.maxBytes ?? bare.length)) return null;
    const bytes = await leanPng(bare);
    return bytes === null ? null : { bytes, before: bare.length, removed: plan?.type === 'cut' ? plan.removed : [] };
  } finally {
    await file.close();
  }
}
