import type { PixelRect } from '../../shared/model/capture';
import type { Point } from './crosshair';

export const tools = ['crop', 'arrow', 'rectangle', 'text', 'pixelate'] as const;
export type Tool = (typeof tools)[number];

export const colours = { red: '#e5322d', yellow: '#ffc400', green: '#1e9e4a', blue: '#1677e6', black: '#111111', white: '#ffffff' } as const;
export type Colour = keyof typeof colours;
export const sizes = ['thin', 'medium', 'thick'] as const;
export type StrokeSize = (typeof sizes)[number];

type Drawn = { readonly colour: Colour; readonly width: number };

/** What was put on the picture, in the pixels of the picture as it was captured. */
export type Mark =
  | (Drawn & { readonly kind: 'arrow'; readonly from: Point; readonly to: Point })
  | (Drawn & { readonly kind: 'rectangle'; readonly part: PixelRect })
  | { readonly kind: 'text'; readonly at: Point; readonly text: string; readonly colour: Colour; readonly height: number }
  | { readonly kind: 'pixelate'; readonly part: PixelRect; readonly block: number };

/** The picture as it is to be uploaded: `crop` is the part that is kept, null for all of it. Marks lie in the order they were made. */
export type Edited = { readonly crop: PixelRect | null; readonly marks: readonly Mark[] };

export type History = { readonly past: readonly Edited[]; readonly now: Edited; readonly future: readonly Edited[] };

export const untouched: History = { past: [], now: { crop: null, marks: [] }, future: [] };

const change = (history: History, now: Edited): History => ({ past: [...history.past, history.now], now, future: [] });

export const addMark = (history: History, mark: Mark): History => change(history, { ...history.now, marks: [...history.now.marks, mark] });
export const cropTo = (history: History, crop: PixelRect): History => change(history, { ...history.now, crop });

export const undo = ({ past, now, future }: History): History => {
  const before = past.at(-1);
  return before === undefined ? { past, now, future } : { past: past.slice(0, -1), now: before, future: [now, ...future] };
};

export const redo = ({ past, now, future }: History): History => {
  const [next, ...later] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: later };
};

/** Whether anything would be lost. */
export const isDrawnOn = ({ now }: History): boolean => now.crop !== null || now.marks.length > 0;

const WIDTHS: Readonly<Record<StrokeSize, number>> = { thin: 3, medium: 5, thick: 9 };
const TEXTS: Readonly<Record<StrokeSize, number>> = { thin: 16, medium: 24, thick: 40 };
const BLOCKS: Readonly<Record<StrokeSize, number>> = { thin: 10, medium: 16, thick: 28 };

/** Sizes in the picture's pixels; `scale` is how many of them the display shows to one unit of the page. */
export const strokeWidth = (size: StrokeSize, scale: number): number => Math.round(WIDTHS[size] * scale);
export const textHeight = (size: StrokeSize, scale: number): number => Math.round(TEXTS[size] * scale);
export const blockSize = (size: StrokeSize, scale: number): number => Math.round(BLOCKS[size] * scale);

/** The corners of an arrow as one closed shape: shaft and head, its point at `to`. */
export const arrowShape = (from: Point, to: Point, width: number): readonly Point[] => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return [];
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const head = Math.min(length, width * 4.5);
  const half = width / 2;
  const wing = head * 0.55;
  const neck = length - head;
  const place = (along: number, aside: number): Point => ({ x: from.x + ux * along - uy * aside, y: from.y + uy * along + ux * aside });
  return [place(0, half), place(neck, half), place(neck, wing), place(length, 0), place(neck, -wing), place(neck, -half), place(0, -half)];
};
