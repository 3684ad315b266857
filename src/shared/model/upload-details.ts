import { z } from 'zod';
import { Upload } from './upload';

/** One thing that happened to an upload. `what` is a key of the `events` translations. */
export const UploadEvent = z
  .strictObject({
    at: z.number(),
    what: z.enum([
      'uploaded',
      'added_from_host',
      'imported',
      'synced',
      'delete_asked',
      'deleted',
      'already_gone',
      'unconfirmed',
      'refused',
      'delete_failed',
      'link_alive',
      'link_dead',
      'link_unsure',
      'uploaded_again',
      'replaced',
      'edited',
      'moved',
    ]),
    /** Filled into the sentence: account or album names, counts; never a link. */
    params: z.record(z.string(), z.union([z.string(), z.number()])).readonly(),
  })
  .readonly();
export type UploadEvent = z.infer<typeof UploadEvent>;

/** Everything about one upload that its row does not carry. */
export const UploadDetails = z
  .strictObject({
    upload: Upload,
    note: z.string(),
    /** Whether the file it was made from is still where it was, with the same size. */
    localFile: z.enum(['there', 'gone', 'unknown']),
    linkCheckedAt: z.number().nullable(),
    /** What the device calls itself that it came from, where the library is shared; null: it was made on this one. */
    from: z.string().nullable(),
    /** The older record that this one stands in for, and the newer one that stands in for it. */
    replaces: z.string().nullable(),
    replacedBy: z.string().nullable(),
    /** Newest first, at most 200. */
    events: z.array(UploadEvent).readonly(),
  })
  .readonly();
export type UploadDetails = z.infer<typeof UploadDetails>;
