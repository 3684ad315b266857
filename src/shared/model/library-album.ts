import { z } from 'zod';

/** An album in the library: made here, for uploads of any account, or one that a host listed, as it was when last asked. */
export const LibraryAlbum = z
  .strictObject({
    source: z.enum(['local', 'host']),
    /** For a local album ours, for a host's the host's own. */
    id: z.string(),
    accountId: z.string().nullable(),
    name: z.string(),
    description: z.string().nullable(),
    isPrivate: z.boolean().nullable(),
    /** Name of a local thumbnail: the chosen cover's, else that of the newest upload that has one; null when there is none. */
    coverThumb: z.string().nullable(),
    coverUploadId: z.string().nullable(),
    /** Uploads of this library in it. */
    count: z.number(),
    /** When the host listed it, epoch milliseconds; null for local ones. */
    listedAt: z.number().nullable(),
  })
  .readonly();
export type LibraryAlbum = z.infer<typeof LibraryAlbum>;
