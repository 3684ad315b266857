import { z } from 'zod';
import { CaptureKind, CaptureView, Frame, PixelRect } from '../../model/capture';
import { call, Nothing, Target } from '../call';

/** Names one window of a capture for as long as it lives; a window knows its own only. */
const Token = z.string().min(1).max(100);

/** Larger than any picture of a screen. */
const MAX_PNG = 512 * 1024 * 1024;

/** Calls whose name begins with `capturing:` are for the capture's own windows, and they may make no others. */
export const captureCalls = {
  /** Takes Picferry's window out of the way first. Resolves when the picture is on its way or the person gave up. */
  'capture:start': call(z.strictObject({ kind: CaptureKind, target: Target }), Nothing),

  'capturing:view': call(z.strictObject({ token: Token }), CaptureView),
  /** The display that the window covers. */
  'capturing:frame': call(z.strictObject({ token: Token }), Frame),
  /** A window of another program; `size` is about its size in pixels, where that is known. */
  'capturing:window-frame': call(
    z.strictObject({ token: Token, id: z.string().max(200), size: z.strictObject({ width: z.number().int().min(1), height: z.number().int().min(1) }).nullable() }),
    Frame,
  ),
  /** The page is drawn: its window may be seen. */
  'capturing:ready': call(z.strictObject({ token: Token }), Nothing),
  /** The pointer came to this window: the keyboard follows. */
  'capturing:here': call(z.strictObject({ token: Token }), Nothing),
  /** The picture. `part` is what was chosen of the display, null where there was nothing to choose. */
  'capturing:take': call(
    z.strictObject({ token: Token, png: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= MAX_PNG), part: PixelRect.nullable() }),
    Nothing,
  ),
  /** The countdown is over. */
  'capturing:elapsed': call(z.strictObject({ token: Token }), Nothing),
  'capturing:cancel': call(z.strictObject({ token: Token }), Nothing),
} as const;
