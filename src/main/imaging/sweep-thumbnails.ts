import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { codeOf } from '../../lib/atomic-file';

export type SweepOptions = {
  readonly folder: string;
  /** The thumbnails that records name, a portion at a time. */
  readonly used: () => Iterable<readonly string[]>;
  readonly now: () => number;
  /** False ends the sweep early: what is left is swept another time. */
  readonly goOn: () => boolean;
};

/** Ours: thumbnails and what a killed process left half written. */
const OURS = /^(?:[0-9a-f]{64}\.webp|\.[0-9a-f-]{36}\.tmp)$/;
/** Younger files may belong to a record that is just being written. */
const MIN_AGE_MS = 3_600_000;
/** One sweep takes away no more than this. */
export const SWEPT_AT_ONCE = 1_000;

/**
 * Takes away thumbnails that no record names any more, in small steps with everything else in between, and resolves with
 * their number. Must not run while thumbnails are made: a new one may share an old one's file.
 */
export const sweepThumbnails = async ({ folder, used, now, goOn }: SweepOptions): Promise<number> => {
  const loose = new Set((await names(folder)).filter((name) => OURS.test(name)));
  if (loose.size === 0) return 0;
  for (const portion of used()) {
    for (const name of portion) loose.delete(name);
    await turn();
    if (!goOn()) return 0;
  }
  let swept = 0;
  for (const name of loose) {
    if (swept >= SWEPT_AT_ONCE || !goOn()) break;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || now() - found.mtimeMs < MIN_AGE_MS) continue;
    await rm(path, { force: true });
    swept += 1;
  }
  return swept;
};

const names = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
};
