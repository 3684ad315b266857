import { spawnSync } from 'node:child_process';

/** Where systems put it: of version 7 the first name, of version 6 the second. Another program of that name may come first on the PATH. */
const PLACES = ['/usr/bin/magick', '/usr/bin/convert', '/opt/homebrew/bin/magick', '/usr/local/bin/magick'];

export type ImageMagick = { readonly command: string; readonly version: string };

/** The ImageMagick of this system, by what it says of itself; null where there is none. */
export function findImageMagick(): ImageMagick | null {
  for (const command of PLACES) {
    const { status, stdout } = spawnSync(command, ['-version'], { encoding: 'utf8' });
    const version = /^Version: ImageMagick (\S+)/.exec(stdout ?? '')?.[1];
    if (status === 0 && version !== undefined) return { command, version };
  }
  return null;
}
