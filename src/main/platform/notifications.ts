import { Notification } from 'electron';
import type { NotificationsPort } from '../notifications';
import { createElectronNotifications } from './notification-bodies';

/** The notifications of this system; only after Electron is ready. */
export const systemNotifications = (onFault: (error: unknown) => void): NotificationsPort =>
  createElectronNotifications({
    create: (note) =>
      Notification.isSupported()
        ? new Notification({
            title: note.title,
            body: note.body,
            silent: true,
            urgency: note.urgency === 'problem' ? 'critical' : 'normal',
            actions: note.actions.map(({ label }) => ({ type: 'button', text: label })),
            ...(note.picture === null ? {} : { icon: note.picture }),
          })
        : null,
    onFault,
  });
