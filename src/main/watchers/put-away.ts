import { constants } from 'node:fs';
import { copyFile, rename, stat, unlink } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { makeFolder } from '../../lib/make-folder';
import type { ScreenshotWatcher } from '../../shared/model/settings';

export type PutAwayDeps = { readonly trash: (path: string) => Promise<void> };

/** What happens to a file once its link is there. Resolves with its new path where it has one. Rejects when it cannot be done; the file is where it was then. */
export const putAway = async (path: string, { after, moveTo }: Pick<ScreenshotWatcher, 'after' | 'moveTo'>, { trash }: PutAwayDeps): Promise<string | null> => {
  if (after === 'keep' || (after === 'move' && moveTo === '')) return path;
  if (after === 'trash') {
    await trash(path);
    return null;
  }
  makeFolder(moveTo, 0o777);
  const target = await freeName(moveTo, basename(path));
  try {
    await rename(path, target);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyFile(path, target, constants.COPYFILE_EXCL);
    await unlink(path);
  }
  return target;
};

/** A name that no file in the folder has: nothing is ever replaced. */
const freeName = async (folder: string, name: string): Promise<string> => {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem} (${number})${extension}`);
    if (!(await exists(path))) return path;
  }
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
};
