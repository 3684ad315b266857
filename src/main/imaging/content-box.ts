import type { Crop } from '../../shared/model/preparation';
import type { Sharp } from './load-sharp';
import { read, type Source } from './open-picture';
import type { Size } from './target-size';

export type ContentBox = Size & { readonly left: number; readonly top: number };

/** What of an upright picture is not edge of one colour; null where nothing can be cut off. */
export async function contentBox(sharp: Sharp, source: Pick<Source, 'input' | 'density' | 'width' | 'height'>, { tolerance, margin }: Crop): Promise<ContentBox | null> {
  const { width, height } = source;
  const { info } = await read(sharp, source).autoOrient().trim({ threshold: Math.max(1, tolerance), lineArt: true }).raw().toBuffer({ resolveWithObject: true });
  const [left, top] = [-(info.trimOffsetLeft ?? 0), -(info.trimOffsetTop ?? 0)];
  const box = { left: Math.max(0, left - margin), top: Math.max(0, top - margin) };
  const [right, bottom] = [Math.min(width, left + info.width + margin), Math.min(height, top + info.height + margin)];
  const cut = { ...box, width: right - box.left, height: bottom - box.top };
  return cut.width < 1 || cut.height < 1 || (cut.width === width && cut.height === height) ? null : cut;
}
