import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes the oldest of the files in `folder` whose dated names match, so that `keep` stay. Returns the names removed. */
export function thinOut(folder: string, name: RegExp, keep: number): readonly string[] {
  const tooOld = readdirSync(folder)
    .filter((file) => name.test(file))
    .sort()
    .reverse()
    .slice(keep);
  for (const file of tooOld) rmSync(join(folder, file), { force: true });
  return tooOld;
}
