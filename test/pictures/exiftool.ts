import { spawnSync } from 'node:child_process';

/** Everything that ExifTool, a program that is not ours, finds in the files of a folder: for each its `group:tag` names with their values. */
export function readByExiftool(folder: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  // It exits 1 when one of the pictures is damaged, and still tells what it found.
  const { stdout, error } = spawnSync('exiftool', ['-j', '-G1', '-a', '-ee', '-n', folder], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw error;
  const found = JSON.parse(stdout) as readonly Record<string, unknown>[];
  return Object.fromEntries(found.map((file) => [String(file['System:FileName']), file]));
}
