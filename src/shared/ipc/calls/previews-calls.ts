import { z } from 'zod';
import { call, Id, Nothing } from '../call';

const Original = z.union([z.strictObject({ uploadId: Id }), z.strictObject({ accountId: Id, url: z.string().max(4000) })]);

/** Full-size pictures and videos: an explicit act, since the original may have to be fetched. */
export const previewsCalls = {
  /**
   * Makes an original loadable by the window, from the local file, else from its address. `address` is good until it is
   * closed; video is served in ranges. Throws a problem when it cannot be had, is too large or is not a picture or video.
   */
  'previews:open': call(
    Original,
    z.strictObject({ address: z.string(), kind: z.enum(['image', 'video']), from: z.enum(['file', 'host']), bytes: z.number().nullable() }),
  ),
  /** Ends an `open` of this original that has not answered yet, which then throws; nothing is fetched on for nobody. */
  'previews:stop': call(Original, Nothing),
  'previews:close': call(z.strictObject({ address: z.string().max(500) }), Nothing),
} as const;
