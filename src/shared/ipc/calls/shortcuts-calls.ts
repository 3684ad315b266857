import { z } from 'zod';
import { ShortcutName } from '../../model/settings';
import { ShortcutState, ShortcutTest } from '../../model/shortcut-state';
import { call, Nothing, Rev } from '../call';

export const shortcutsCalls = {
  'shortcuts:snapshot': call(Nothing, z.strictObject({ rev: Rev, shortcuts: z.array(ShortcutState) })),
  /** Lets all global keys go while one is recorded. */
  'shortcuts:record': call(z.strictObject({ on: z.boolean() }), Nothing),
  /** Asks the system again for keys that others held. */
  'shortcuts:try-again': call(Nothing, Nothing),
  /** Waits until the system sends this key, 15 seconds at most. */
  'shortcuts:test': call(z.strictObject({ name: ShortcutName }), z.strictObject({ result: ShortcutTest })),
  'shortcuts:stop-test': call(Nothing, Nothing),
} as const;
