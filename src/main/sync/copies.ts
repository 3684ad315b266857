import type { Clock } from '../../lib/clock';
import type { SyncCopy } from '../../shared/model/sync';
import type { DocumentFiles } from './document-folder';
import type { DocumentRecord } from './record';
import { syncProblem } from './sync-problems';
import { readUserFile } from './user-file';

/** The texts that were kept before something was written over them, newest first. */
export const copiesOf = ({ backups }: Pick<DocumentRecord, 'backups'>): readonly SyncCopy[] => backups.map(({ blob, why, by, at, bytes }) => ({ id: blob, whose: why, cause: by, at, bytes })).reverse();

/** Such a text. Throws `PicferryError` where it is not there any more, or damaged. */
export const copyText = ({ backups }: Pick<DocumentRecord, 'backups'>, files: Pick<DocumentFiles, 'get'>, id: string, now: Clock): string => {
  const text = backups.some(({ blob }) => blob === id) ? files.get(id) : null;
  if (text === null) throw syncProblem('syncCopyMissing', now());
  return text;
};

/** Whether what a person let be written is in the file, and stays here because nothing can be sent. */
export const isHeldBack = ({ settled, base, problem, paused, path }: DocumentRecord): boolean => {
  if (settled === null || (problem === null && !paused) || settled.sent || settled.after === base?.blob) return false;
  try {
    return readUserFile(path).sha === settled.after;
  } catch {
    return false;
  }
};
