import { z } from 'zod';
import { ShortcutName } from './settings';

/**
 * What became of a global key. `registered`: the system sends it. `asked`: the desktop was asked and shows by itself whether it
 * agreed. `refused`: another program, or another key of ours (`sameAs`), has it. `unavailable`: this desktop gives none.
 * `bad`: the system does not know such a key.
 */
export const ShortcutState = z
  .strictObject({
    name: ShortcutName,
    accelerator: z.string().nullable(),
    state: z.enum(['off', 'registered', 'asked', 'refused', 'unavailable', 'bad']),
    sameAs: ShortcutName.nullable(),
    /** Where the desktop may give no key: what a key of the desktop's own can start instead. */
    command: z.string().nullable(),
  })
  .readonly();
export type ShortcutState = z.infer<typeof ShortcutState>;

/** `pressed`: a real key event came from the system. `silent`: none came in time. `refused`: it is not ours to begin with. */
export const ShortcutTest = z.enum(['pressed', 'silent', 'refused', 'stopped']);
export type ShortcutTest = z.infer<typeof ShortcutTest>;
