import { basename, join } from 'node:path';

/** Where a file below Picferry's own folder lies since the data folder is elsewhere, by another name or on another computer; null where it lies as known. */
export const movedTo = (path: string, ownFolder: string): string | null => {
  const steps = path.split(/[\\/]/);
  const at = steps.lastIndexOf(basename(ownFolder));
  const place = join(ownFolder, ...steps.slice(at + 1));
  return at < 0 || place === path ? null : place;
};
