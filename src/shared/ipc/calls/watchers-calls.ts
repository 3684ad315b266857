import { z } from 'zod';
import { PauseSpan, WatchersView } from '../../model/watchers';
import { call, Nothing, Rev } from '../call';

export const watchersCalls = {
  'watchers:snapshot': call(Nothing, z.strictObject({ rev: Rev, watchers: WatchersView })),
  /** Null lets them go on. */
  'watchers:pause': call(z.strictObject({ span: PauseSpan.nullable() }), Nothing),
  /** Opens the system's dialog; null means that the person closed it. */
  'watchers:choose-folder': call(Nothing, z.strictObject({ path: z.string().nullable() })),
} as const;
