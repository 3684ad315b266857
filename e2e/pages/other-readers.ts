import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readByExiftool } from '../../test/pictures/exiftool';

const run = promisify(execFile);
/** Debian's own Python has the bindings; another one in the path has not. */
const PYTHON = '/usr/bin/python3';

type Seen = { readonly width: number; readonly height: number; readonly points: readonly (readonly number[])[] };

/** What programs that are not ours find in a JPEG: ExifTool its metadata, GdkPixbuf its size and colours as it is shown, at points given as shares of both edges. */
export const readElsewhere = async (bytes: Buffer, points: readonly (readonly [number, number])[]): Promise<{ readonly said: Readonly<Record<string, unknown>>; readonly seen: Seen }> => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-read-'));
  try {
    const path = join(folder, 'picture.jpg');
    await writeFile(path, bytes);
    const { stdout } = await run(PYTHON, [join(__dirname, 'seen-upright.py'), path, ...points.flat().map(String)]);
    return { said: readByExiftool(folder)['picture.jpg'] ?? {}, seen: JSON.parse(stdout) as Seen };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
