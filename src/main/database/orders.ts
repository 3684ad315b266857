import { z } from 'zod';

/** What a process beside the one that owns the library does for it: looking through a copy, putting the log into the file. */
export const Order = z.strictObject({ work: z.enum(['check', 'empty-log']), path: z.string() });
export type Order = z.infer<typeof Order>;

/** To `check`: SQLite's words for what is wrong, or null; to `empty-log`: null. */
export const Answer = z.string().nullable();
