import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { codeOf } from '../../lib/atomic-file';

export type ThumbsBound = { readonly files: number; readonly bytes: number };

export type SweepOptions = {
  readonly folder: string;
  /** The thumbnails that records name, a portion at a time. */
  readonly used: () => Iterable<readonly string[]>;
  readonly now: () => number;
  /** What the folder may hold; unless told, far more than a screen, far less than a disk. */
  readonly bound?: ThumbsBound;
  /** False ends the sweep early: what is left is swept another time. */
  readonly goOn: () => boolean;
};

/** Ours: thumbnails and what a killed process left half written. */
const OURS = /^(?:[0-9a-f]{64}\.webp|\.[0-9a-f-]{36}\.tmp)$/;
/** Younger files may belong to a record that is just being written. */
const MIN_AGE_MS = 3_600_000;
/** One sweep takes away no more than this of what no record names. */
export const SWEPT_AT_ONCE = 1_000;
const BOUND: ThumbsBound = { files: 150_000, bytes: 2 * 1024 ** 3 };
/** No thumbnail is larger; so many fewer files need not be measured. */
const LARGEST = 100_000;

/**
 * Takes away thumbnails that no record names any more and, above the bound, those that were not shown for longest: they
 * are made again when they are looked at. In small steps with everything else in between; resolves with their number. Must not run while thumbnails are made: a new one may share an old one's file.
 */
export const sweepThumbnails = async (options: SweepOptions): Promise<number> => {
  const swept = await sweepLoose(options);
  return options.goOn() ? swept + (await sweepOldest(options)) : swept;
};

const sweepLoose = async ({ folder, used, now, goOn }: SweepOptions): Promise<number> => {
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

/** Serving a thumbnail renews its time. */
const sweepOldest = async ({ folder, goOn, bound = BOUND }: SweepOptions): Promise<number> => {
  const all = (await names(folder)).filter((name) => name.endsWith('.webp') && OURS.test(name));
  if (all.length <= bound.files && all.length * LARGEST <= bound.bytes) return 0;
  const files: { readonly path: string; readonly bytes: number; readonly at: number }[] = [];
  for (const name of all) {
    if (!goOn()) return 0;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null) files.push({ path, bytes: found.size, at: found.mtimeMs });
  }
  files.sort((a, b) => a.at - b.at);
  let left = files.length;
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (left <= bound.files && bytes <= bound.bytes) return 0;
  let swept = 0;
  // A tenth below the bound, so that not every start has to tidy up again.
  for (const file of files) {
    if (!goOn() || (left <= bound.files * 0.9 && bytes <= bound.bytes * 0.9)) break;
    await rm(file.path, { force: true });
    left -= 1;
    bytes -= file.bytes;
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
