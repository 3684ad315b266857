import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Debian's own Python has the bindings; another one in the path has not. */
const PYTHON = '/usr/bin/python3';

export type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Pixels as red, green and blue, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly rgb: Buffer };

/** A picture in which neighbours differ and no two parts are alike; each `seed` gives another one. */
export const pattern = (width: number, height: number, seed: number): Picture => {
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rgb.set([(x * 7 + y + seed) & 255, (y * 11 + seed) & 255, ((x ^ y) + (x >> 3)) & 255], (y * width + x) * 3);
  }
  return { width, height, rgb };
};

export const partOf = ({ width, rgb }: Picture, part: Rect): Picture => {
  const rows = Array.from({ length: part.height }, (_, row) => {
    const from = ((part.y + row) * width + part.x) * 3;
    return rgb.subarray(from, from + part.width * 3);
  });
  return { width: part.width, height: part.height, rgb: Buffer.concat(rows) };
};

export const pixelOf = ({ width, rgb }: Picture, x: number, y: number): readonly number[] => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];

export const decode = async (file: Uint8Array): Promise<Picture> => {
  const { data, info } = await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
};

/** Shows a picture in a window of another program, without a frame. */
export const showPicture = async (folder: string, picture: Picture, { x, y, title }: { readonly x: number; readonly y: number; readonly title: string }): Promise<{ readonly close: () => Promise<void> }> => {
  const path = join(folder, `${title}.png`);
  await writeFile(path, await sharp(picture.rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } }).png({ compressionLevel: 1 }).toBuffer());
  const child = spawn(PYTHON, [join(__dirname, 'show-picture.py'), path, String(x), String(y), title], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, GDK_SCALE: '1' } });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited.then(() => Promise.reject(new Error('the picture was not shown')))]);
  return {
    close: async () => {
      child.stdin.end();
      await exited;
    },
  };
};
