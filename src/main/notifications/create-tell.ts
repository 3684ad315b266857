import { assertNever } from '../../shared/assert-never';
import type { Settings } from '../../shared/model/settings';
import type { Note, NotificationsPort } from './note';

export type TellDeps = {
  readonly settings: () => Pick<Settings, 'notifications'>;
  readonly notifications: Pick<NotificationsPort, 'show'>;
};

const wanted = (urgency: Note['urgency'], setting: Settings['notifications']): boolean => {
  switch (setting) {
    case 'all':
      return true;
    case 'problems':
      return urgency !== 'normal';
    case 'none':
      return false;
    default:
      return assertNever(setting);
  }
};

/** Shows a note as a notification of the system, if the person wants such. */
export const createTell =
  ({ settings, notifications }: TellDeps) =>
  (note: Note): void => {
    if (wanted(note.urgency, settings().notifications)) notifications.show(note);
  };
