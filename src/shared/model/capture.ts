import { z } from 'zod';
import { THEMES } from './appearance';

/** What is captured: a part of a display, one window, a whole display, or the part that was captured last. */
export const CaptureKind = z.enum(['region', 'window', 'screen', 'last-region']);
export type CaptureKind = z.infer<typeof CaptureKind>;

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A part of a picture in its pixels. */
export const PixelRect = z
  .strictObject({
    x: z.number().int().min(0),
    y: z.number().int().min(0),
    width: z.number().int().min(1).max(65_535),
    height: z.number().int().min(1).max(65_535),
  })
  .readonly();
export type PixelRect = z.infer<typeof PixelRect>;

/** Pixels as the system gives them: rows without gaps, four bytes each (blue, green, red, and one that means nothing). */
export const Frame = z
  .strictObject({ width: z.number().int().min(1), height: z.number().int().min(1), pixels: Bytes })
  .readonly();
export type Frame = z.infer<typeof Frame>;

const Task = z.discriminatedUnion('kind', [
  /** Shows the frozen display and lets the person choose a part. */
  z.strictObject({ kind: z.literal('region'), last: PixelRect.nullable() }),
  /** Makes a PNG of this part of the frame, or of all of it, without being seen. */
  z.strictObject({ kind: z.literal('make'), part: PixelRect.nullable() }),
  z.strictObject({
    kind: z.literal('windows'),
    windows: z.array(z.strictObject({ id: z.string(), title: z.string(), picture: z.string() }).readonly()).readonly(),
  }),
  z.strictObject({ kind: z.literal('countdown'), seconds: z.number().int() }),
  z.strictObject({ kind: z.literal('edit'), png: Bytes }),
]);

/** What a window of the capture is there for. */
export const CaptureView = z
  .strictObject({
    language: z.enum(['en', 'zh-CN']),
    theme: z.enum(THEMES),
    task: Task,
  })
  .readonly();
export type CaptureView = z.infer<typeof CaptureView>;
export type CaptureTask = CaptureView['task'];
