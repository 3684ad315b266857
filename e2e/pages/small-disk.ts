import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A disk of a few megabytes that can be filled up. Only root on Linux can make one. */
export type SmallDisk = {
  /** Takes every byte that is left. */
  readonly fill: () => void;
  /** Gives the bytes back. */
  readonly empty: () => void;
  readonly unmount: () => void;
};

export const canMakeDisks = (): boolean => process.platform === 'linux' && process.getuid?.() === 0;

const STEPS = [1024 * 1024, 4096] as const;

export const mountSmallDisk = (folder: string, megabytes: number): SmallDisk => {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m,mode=700`, 'tmpfs', folder]);
  const filler = join(folder, 'filler');
  return {
    fill: () => {
      const file = openSync(filler, 'a');
      for (const step of STEPS) writeUntilFull(file, Buffer.alloc(step));
      closeSync(file);
    },
    empty: () => rmSync(filler, { force: true }),
    unmount: () => execFileSync('umount', ['--lazy', folder]),
  };
};

const writeUntilFull = (file: number, bytes: Buffer): void => {
  try {
    for (;;) if (writeSync(file, bytes) < bytes.length) return;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
};
