import { z } from 'zod';

/** Whose data a file holds. */
export const ImportSource = z.enum(['picferry', 'picgo', 'piclist']);
export type ImportSource = z.infer<typeof ImportSource>;

/** Something an import does not take, in words a person understands. `why` is a key of the `importSkips` translations. */
export const ImportSkip = z
  .strictObject({
    what: z.enum(['account', 'upload', 'setting', 'album', 'delete_link']),
    name: z.string(),
    why: z.enum(['host_not_supported', 'no_address', 'incomplete', 'damaged', 'not_a_link', 'sealed_elsewhere', 'left_out', 'already_there', 'own_folder', 'other']),
    count: z.number(),
  })
  .readonly();
export type ImportSkip = z.infer<typeof ImportSkip>;

/** What a file holds, before anything is taken from it, or what was taken. */
export const ImportReport = z
  .strictObject({
    source: ImportSource,
    /** File name without its folder. */
    file: z.string(),
    accounts: z.strictObject({ new: z.number(), known: z.number() }).readonly(),
    uploads: z.strictObject({ new: z.number(), known: z.number() }).readonly(),
    albums: z.strictObject({ new: z.number(), known: z.number() }).readonly(),
    deleteLinks: z.number(),
    settings: z.boolean(),
    /** Whether keys and delete links come with it. */
    secrets: z.enum(['none', 'sealed', 'open']),
    skipped: z.array(ImportSkip).readonly(),
  })
  .readonly();
export type ImportReport = z.infer<typeof ImportReport>;

/** A kept copy of the library. */
export const Backup = z
  .strictObject({
    name: z.string(),
    madeAt: z.number(),
    bytes: z.number(),
    why: z.enum(['daily', 'before_update', 'before_restore', 'before_import']),
    /** Null when it cannot be read. */
    uploads: z.number().nullable(),
    sound: z.boolean(),
  })
  .readonly();
export type Backup = z.infer<typeof Backup>;
