import { Notification } from 'electron';
import { busSocketPath, connectSessionBus } from '../../lib/session-bus';
import { createBusNotifications, type NotificationsPort } from '../notifications';
import { createElectronNotifications } from './notification-bodies';

/** The notifications of this system; only after Electron is ready. On Linux over the session bus, where there is one that Node reaches. */
export const systemNotifications = (onFault: (error: unknown) => void): NotificationsPort => {
  const bus = process.platform === 'linux' ? busSocketPath(process.env['DBUS_SESSION_BUS_ADDRESS']) : null;
  if (bus !== null) return createBusNotifications({ connect: () => connectSessionBus(bus, process.getuid?.() ?? 0), onFault });
  return createElectronNotifications({
    create: (note) =>
      Notification.isSupported()
        ? new Notification({
            title: note.title,
            body: note.body,
            silent: true,
            actions: note.actions.map(({ label }) => ({ type: 'button', text: label })),
            ...(note.picture === null ? {} : { icon: note.picture }),
          })
        : null,
    onFault,
  });
};
