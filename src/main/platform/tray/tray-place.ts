import { watchStatusNotifier, type TrayPlace } from '../../tray';

/** A session bus that says nothing for this long has no tray to offer. */
const LIMIT_MS = 3000;

/** Windows and macOS always have a tray. */
const always: TrayPlace = { exists: () => true, onChange: () => () => undefined, close: () => undefined };

/** Whether this desktop shows tray icons, and when that changes. */
export const systemTrayPlace = (platform: string, env: Readonly<Record<string, string | undefined>>, uid: number): Promise<TrayPlace> =>
  platform === 'linux' ? watchStatusNotifier(env['DBUS_SESSION_BUS_ADDRESS'], uid, LIMIT_MS) : Promise.resolve(always);
