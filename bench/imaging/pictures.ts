import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type sharp from 'sharp';

const make = createRequire(import.meta.url)('sharp') as typeof sharp;

/** A photo of 24 megapixels: soft shapes with the noise of a sensor. */
export async function makePhotos(folder: string, count: number): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const noise = { create: { width: 6000, height: 4000, channels: 3 as const, background: '#808080', noise: { type: 'gaussian' as const, mean: 128, sigma: 18 } } };
  const shapes = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="6000" height="4000"><defs><linearGradient id="g" x2="1" y2="1"><stop offset="0" stop-color="#0a3"/><stop offset="1" stop-color="#36f" stop-opacity=".4"/></linearGradient></defs><rect width="6000" height="4000" fill="url(#g)" fill-opacity=".7"/>${Array.from({ length: 60 }, (_, at) => `<circle cx="${(at * 977) % 6000}" cy="${(at * 613) % 4000}" r="${100 + ((at * 71) % 400)}" fill="hsl(${at * 17} 60% 50%)" fill-opacity=".5"/>`).join('')}</svg>`,
  );
  const first = join(folder, 'photo-0.jpg');
  await make(noise).composite([{ input: shapes }]).jpeg({ quality: 92 }).toFile(first);
  return Array.from({ length: count }, () => first);
}

/** Screenshots: flat areas, lines, and rows of small marks like text. */
export async function makeScreenshots(folder: string, count: number): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const marks = Array.from({ length: 2500 }, (_mark, at) => `<rect x="${300 + ((at * 13 + index) % 1500)}" y="${80 + Math.floor(at / 60) * 22}" width="${3 + ((at * 7) % 9)}" height="${8 + (at % 3)}" fill="#${(at * 4321 + 0x111111).toString(16).padStart(6, '0').slice(-6)}"/>`).join('');
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080"><rect width="1920" height="1080" fill="#f6f6f4"/><rect width="260" height="1080" fill="#20242c"/><rect x="260" width="1660" height="48" fill="#e4e4e8"/>${marks}</svg>`;
      const path = join(folder, `screenshot-${index}.png`);
      await make(Buffer.from(svg)).flatten({ background: '#ffffff' }).png({ compressionLevel: 3 }).toFile(path);
      return path;
    }),
  );
}
