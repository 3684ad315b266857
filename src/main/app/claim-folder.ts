import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OWNER_NOTE, type DataFolder } from '../../lib/data-folder';
import type { Owner } from '../handover';

/** The way to be the data folder's only owner. */
export type Claim = {
  /** Whether another process seems to own the folder; none does where the last one ended in order. */
  readonly seemsOwned: boolean;
  /** Starts claiming; again, and nothing more happens. */
  readonly begin: () => void;
  /** What is known first: the folder is ours, the window that owns it was shown, or the owner lets us wait. */
  readonly first: Promise<Owner | 'shown' | 'waiting'>;
  /** Resolves when the folder is ours, or another window was shown. */
  readonly settled: Promise<Owner | 'shown'>;
};

/** Claims `folder` for a window, which has `wish`. The code that does it brings the database's, and is loaded by `begin`. */
export const claimFolder = (folder: DataFolder, wish: unknown): Claim => {
  let [begin, waiting] = [(): void => undefined, (): void => undefined];
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const waits = new Promise<'waiting'>((resolve) => (waiting = () => resolve('waiting')));
  const settled = begun.then(async () => (await import('../handover')).claimForWindow(folder.path, waiting, wish));
  return { seemsOwned: existsSync(join(folder.store, OWNER_NOTE)), begin: () => begin(), first: Promise.race([settled, waits]), settled };
};
