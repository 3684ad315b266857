import type { PixelRect } from '../../shared/model/capture';

export type Point = { readonly x: number; readonly y: number };
export type Area = { readonly width: number; readonly height: number };

/** Where the crosshair is, on the lines between pixels, and where what it draws out began. */
export type Crosshair = { readonly at: Point; readonly anchor: Point | null };

const within = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value));

export const clampPoint = (point: Point, { width, height }: Area): Point => ({ x: within(point.x, 0, width), y: within(point.y, 0, height) });

/** The pixels between two corners; null when there are none. */
export const between = (a: Point, b: Point): PixelRect | null => {
  const rect = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
  return rect.width > 0 && rect.height > 0 ? rect : null;
};

export const chosenPart = ({ at, anchor }: Crosshair): PixelRect | null => (anchor === null ? null : between(anchor, at));

/** The crosshair that has chosen this part. */
export const choosing = ({ x, y, width, height }: PixelRect): Crosshair => ({ anchor: { x, y }, at: { x: x + width, y: y + height } });

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export type Keys = { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean };

/**
 * What an arrow key does: it moves the crosshair, or what is chosen as a whole; with Shift it draws out a part from where the
 * crosshair is. One pixel a step, ten with Ctrl or Cmd. Null for other keys.
 */
export const arrowStep = (state: Crosshair, { key, shiftKey, ctrlKey, metaKey }: Keys, area: Area): Crosshair | null => {
  const direction = STEPS[key];
  if (direction === undefined) return null;
  const far = ctrlKey || metaKey ? 10 : 1;
  const step = { x: direction.x * far, y: direction.y * far };
  const moved = clampPoint({ x: state.at.x + step.x, y: state.at.y + step.y }, area);
  if (shiftKey) return { at: moved, anchor: state.anchor ?? state.at };
  const part = chosenPart(state);
  if (part === null || state.anchor === null) return { at: moved, anchor: null };
  const dx = within(step.x, -part.x, area.width - part.x - part.width);
  const dy = within(step.y, -part.y, area.height - part.y - part.height);
  return { at: { x: state.at.x + dx, y: state.at.y + dy }, anchor: { x: state.anchor.x + dx, y: state.anchor.y + dy } };
};

/** Some systems keep a window this much smaller than its display. */
const SHORT = 2;

/** How large a picture of the display is shown: pixel on pixel, and only where it is of something else, fitted to the page. */
export const shownArea = (area: Area, page: Area, pixelRatio: number): Area => {
  const exact = { width: area.width / pixelRatio, height: area.height / pixelRatio };
  const fits = Math.abs(exact.width - page.width) <= SHORT && Math.abs(exact.height - page.height) <= SHORT;
  return fits ? exact : page;
};

/** The line between pixels nearest to a place of the page. The last place of the picture or the page that a pointer reaches is the picture's edge. */
export const pointAt = (client: Point, page: Area, shown: Area, area: Area): Point => {
  const edge = (at: number, length: number, drawn: number, pixels: number): number => (at >= Math.min(length, drawn) - 1 ? pixels : Math.round((at * pixels) / drawn));
  return clampPoint({ x: edge(client.x, page.width, shown.width, area.width), y: edge(client.y, page.height, shown.height, area.height) }, area);
};
