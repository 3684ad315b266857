import { execFile } from 'node:child_process';
import type { Frame } from '../../shared/model/capture';
import type { Place } from '../capture';

const LIMIT_MS = 2000;

/** The places that `xrandr --listmonitors` names, in its order: " 0: +*eDP-1 1920/344x1080/193+0+0  eDP-1". */
export const placesOfMonitors = (list: string): readonly Place[] =>
  [...list.matchAll(/^\s*\d+:\s+\S+\s+(\d+)\/\d+x(\d+)\/\d+([+-]\d+)([+-]\d+)/gm)].map(([, width, height, x, y]) => ({ x: Number(x), y: Number(y), width: Number(width), height: Number(height) }));

/** The X server's monitors in the order in which Chromium's capturer has them, in pixels; none where they cannot be had. */
export const xMonitors = (): Promise<readonly Place[]> =>
  new Promise((resolve) => {
    execFile('xrandr', ['--listmonitors'], { timeout: LIMIT_MS, encoding: 'utf8' }, (error, stdout) => resolve(error === null ? placesOfMonitors(stdout) : []));
  });

export type Piece = { readonly place: Place; readonly frame: Frame };

/** One picture of `whole` put together from pieces of the same desktop; null unless they fill it to the last pixel. */
export const joined = (whole: Place, pieces: readonly Piece[]): Frame | null => {
  const row = whole.width * 4;
  const pixels = Buffer.alloc(row * whole.height);
  let filled = 0;
  for (const { place, frame } of pieces) {
    const [left, top] = [place.x - whole.x, place.y - whole.y];
    const fits = left >= 0 && top >= 0 && left + place.width <= whole.width && top + place.height <= whole.height;
    if (!fits || frame.width !== place.width || frame.height !== place.height) return null;
    for (let y = 0; y < place.height; y += 1) pixels.set(frame.pixels.subarray(y * place.width * 4, (y + 1) * place.width * 4), (top + y) * row + left * 4);
    filled += place.width * place.height;
  }
  return filled === whole.width * whole.height ? { width: whole.width, height: whole.height, pixels } : null;
};
