import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type NotePicturesDeps = {
  /** Holds nothing else; what an earlier process left in it is removed. */
  readonly folder: string;
  /** Makes a PNG of this edge in pixels at `to`; false when it cannot. Never rejects. */
  readonly make: (path: string, to: string, edge: number) => Promise<boolean>;
  readonly newId: () => string;
  /** Runs `act` once after `ms`; returns the cancel. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onFault: (error: unknown) => void;
};

/** Big enough for a notification on a dense screen, small enough to be decoded in no time. */
const EDGE = 256;
/** A note that comes late is worse than one without a picture. */
const LIMIT_MS = 1500;
/** Systems read the file when they show the note, which may be later. */
const KEPT = 20;

/** Makes the pictures of notes: every system shows PNG, few show WebP. Resolves with null when there is none in good time. */
export const createNotePictures = ({ folder, make, newId, after, onFault }: NotePicturesDeps): ((path: string) => Promise<string | null>) => {
  const made: string[] = [];
  let swept = false;
  const sweep = (): void => {
    if (swept) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
    swept = true;
  };
  const keep = (path: string): void => {
    made.push(path);
    for (const old of made.splice(0, made.length - KEPT)) rmSync(old, { force: true });
  };
  return async (path) => {
    try {
      sweep();
      const to = join(folder, `${newId()}.png`);
      const work = make(path, to, EDGE).then((ok) => {
        if (ok) keep(to);
        return ok ? to : null;
      });
      return await inTime(work, LIMIT_MS, after);
    } catch (error) {
      // A disk that refuses costs the note its picture, nothing else.
      onFault(error);
      return null;
    }
  };
};

/** What `work` resolves with, or null when that takes longer. */
export const inTime = async <T>(work: Promise<T>, ms: number, after: NotePicturesDeps['after']): Promise<T | null> => {
  let cancel: () => void = () => undefined;
  const late = new Promise<null>((resolve) => (cancel = after(ms, () => resolve(null))));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
};
