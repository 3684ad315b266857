import type { PixelRect } from '../../shared/model/capture';
import type { CaptureRegion } from '../../shared/model/settings';
import type { DisplayView, Place, Size } from './ports';

/** Whether a part lies wholly inside a picture of this size. */
export const fitsInside = (part: PixelRect, { width, height }: Size): boolean => part.x + part.width <= width && part.y + part.height <= height;

/** The display and the part of it that a remembered region names; null when that display is gone or shows fewer pixels now. */
export const placeRegion = (
  region: CaptureRegion | null,
  displays: readonly DisplayView[],
): { readonly display: DisplayView; readonly part: PixelRect } | null => {
  if (region === null) return null;
  const display = displays.find(({ id }) => id === region.display);
  if (display === undefined || region.x < 0 || region.y < 0) return null;
  const part = { x: region.x, y: region.y, width: region.width, height: region.height };
  return fitsInside(part, display.pixels) ? { display, part } : null;
};

const within = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value));

/** Room that the editor's own bars take beside the picture. */
const BARS: Size = { width: 48, height: 148 };
export const EDITOR_MIN: Size = { width: 480, height: 400 };

/** A window for a picture of this size: as large as the picture, in the middle, with a margin to the display's edges. */
export const editorPlace = (picture: Size, { workArea, bounds, pixels }: DisplayView): Place => {
  const scale = pixels.width / bounds.width;
  const width = Math.round(within(picture.width / scale + BARS.width, Math.max(EDITOR_MIN.width, 800), workArea.width * 0.92));
  const height = Math.round(within(picture.height / scale + BARS.height, EDITOR_MIN.height, workArea.height * 0.92));
  return {
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (workArea.height - height) / 2),
    width,
    height,
  };
};

/** A place of this size in the middle of a display, or at its upper edge. */
export const centredPlace = ({ workArea }: DisplayView, size: Size, at: 'top' | 'middle'): Place => {
  const width = Math.min(size.width, workArea.width);
  const height = Math.min(size.height, workArea.height);
  const free = workArea.height - height;
  return {
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (at === 'top' ? Math.min(24, free) : free / 2)),
    width,
    height,
  };
};
