import { z } from 'zod';

/** Something a person must be told once: a file kept aside, a backup restored, a weak vault. */
export const Notice = z
  .strictObject({
    id: z.string(),
    level: z.enum(['info', 'warning', 'error']),
    /** Key in the `notices` translations. */
    message: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).readonly(),
  })
  .readonly();
export type Notice = z.infer<typeof Notice>;
