import type { Resize } from '../../shared/model/preparation';

export type Size = { readonly width: number; readonly height: number };

/** The size that a picture is to have; null where it is that small already. */
export function targetSize({ width, height }: Size, resize: Resize | null): Size | null {
  if (resize === null) return null;
  const { by, value } = resize;
  const edge = by === 'width' ? width : by === 'height' ? height : Math.max(width, height);
  const share = by === 'percent' ? value / 100 : value / edge;
  return share >= 1 ? null : { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}
