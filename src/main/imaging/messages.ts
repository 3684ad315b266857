import { z } from 'zod';

/** What the imaging process is asked. */
export const ImagingRequest = z.strictObject({
  id: z.number(),
  path: z.string(),
  folder: z.string(),
  /** A small PNG under this name, in place of a thumbnail: for a menu, or of this edge in pixels. */
  menuName: z.string().optional(),
  edge: z.number().int().positive().optional(),
});
export type ImagingRequest = z.infer<typeof ImagingRequest>;

/** Why there is no thumbnail. `failed`: not a picture, or one that cannot be read. */
export const NoThumbnail = z.enum(['failed', 'too_big', 'timeout', 'crashed', 'disk']);
export type NoThumbnail = z.infer<typeof NoThumbnail>;

/** What it answers. `name` is the file in the folder: the one asked for, or the SHA-256 of its bytes with `.webp`. */
export const ImagingReply = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.number(), ok: z.literal(true), name: z.string() }),
  z.strictObject({ id: z.number(), ok: z.literal(false), reason: NoThumbnail }),
]);
export type ImagingReply = z.infer<typeof ImagingReply>;
