import type { Sharp as Picture } from 'sharp';
import type { Frame } from '../../shared/model/preparation';
import type { Sharp } from './load-sharp';
import type { Size } from './target-size';

/** A blur reaches about three times as far as its measure. */
const REACH = 3;

/** A picture of this size with round corners, a line around it and a shadow behind; PNG. `picture` is in sRGB. */
export async function framed(sharp: Sharp, picture: Buffer, { width, height }: Size, { radius, border, shadow }: Frame): Promise<Buffer> {
  const line = border?.width ?? 0;
  const [reach, drop] = [shadow?.size ?? 0, Math.round((shadow?.size ?? 0) / 4)];
  const outer = { width: width + 2 * line, height: height + 2 * line };
  const round = Math.min(radius, Math.floor(Math.min(outer.width, outer.height) / 2));
  const whole = { width: outer.width + 2 * reach, height: outer.height + 2 * reach };
  // The shadow falls downwards: what it has too little of below, it has too much of above.
  const top = reach - drop;
  const rect = (at: { readonly x: number; readonly y: number }, { width: w, height: h }: Size, r: number, more: string): string => `<rect x="${at.x}" y="${at.y}" width="${w}" height="${h}" rx="${r}" ${more}/>`;
  const behind = [
    shadow === null ? '' : `<filter id="s" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${reach / REACH}"/></filter>`,
    shadow === null ? '' : rect({ x: reach, y: top + drop }, outer, round, `fill="#000000" fill-opacity="${shadow.opacity / 100}" filter="url(#s)"`),
    border === null ? '' : rect({ x: reach, y: top }, outer, round, `fill="${border.colour}"`),
  ];
  const mask = svg({ width, height }, rect({ x: 0, y: 0 }, { width, height }, Math.max(0, round - line), 'fill="#ffffff"'));
  const cut: Picture = sharp(picture).ensureAlpha().composite([{ input: mask, blend: 'dest-in' }]);
  const inside = await cut.png({ compressionLevel: 0 }).toBuffer();
  return sharp(svg(whole, behind.join('')))
    .composite([{ input: inside, left: reach + line, top: top + line }])
    .png({ compressionLevel: 0 })
    .toBuffer();
}

const svg = ({ width, height }: Size, inside: string): Buffer => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`);
