import { z } from 'zod';

/** `nowhere`: it is on, and there is no folder that it could watch. */
const WatcherState = z.enum(['off', 'on', 'paused', 'nowhere']);

export const WatchersView = z
  .strictObject({
    clipboard: WatcherState,
    screenshots: WatcherState,
    /** Epoch milliseconds; null: until Picferry starts again, or not paused at all. */
    pausedUntil: z.number().nullable(),
    /** The folders that the system's screenshots go to, whether watched or not. */
    systemFolders: z.array(z.string()).readonly(),
    /** Folders of the settings that are not there now. */
    missingFolders: z.array(z.string()).readonly(),
  })
  .readonly();
export type WatchersView = z.infer<typeof WatchersView>;

export const PauseSpan = z.enum(['hour', 'restart']);
export type PauseSpan = z.infer<typeof PauseSpan>;
