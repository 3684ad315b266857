import { randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PNG_START = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** Files that begin as a PNG does and go on with random bytes, so that no two are the same. */
export const makeFiles = (folder: string, count: number, bytes: number): readonly string[] => {
  mkdirSync(folder, { recursive: true });
  const block = Buffer.alloc(Math.min(bytes, 4 * 1024 * 1024));
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `picture-${String(index).padStart(4, '0')}.png`);
    const file = openSync(path, 'w');
    for (let written = 0; written < bytes; written += block.length) {
      randomFillSync(block);
      if (written === 0) PNG_START.copy(block);
      writeSync(file, block, 0, Math.min(block.length, bytes - written));
    }
    closeSync(file);
    return path;
  });
};
