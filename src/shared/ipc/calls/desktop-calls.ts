import { z } from 'zod';
import { call, Nothing } from '../call';

const ActState = z.strictObject({
  state: z.enum(['on', 'off', 'unavailable']),
  /** The files or the place of the registry that it is written to. */
  places: z.array(z.string()),
});

export const DesktopState = z.strictObject({
  /** Whether this desktop shows an icon of Picferry's. */
  tray: z.boolean(),
  login: ActState,
  links: ActState,
  sendTo: ActState,
});
export type DesktopState = z.infer<typeof DesktopState>;

export const desktopCalls = {
  /** What Picferry is in the system now; asked of the system itself. */
  'desktop:state': call(Nothing, DesktopState),
  /** Installs one of these acts, or removes it again. */
  'desktop:set': call(z.strictObject({ act: z.enum(['login', 'links', 'sendTo']), on: z.boolean() }), DesktopState),
  /** The drop window puts itself away, until the settings or the tray call it back. */
  'dropping:hide': call(Nothing, Nothing),
} as const;
