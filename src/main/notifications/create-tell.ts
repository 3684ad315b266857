import { assertNever } from '../../shared/assert-never';
import type { Settings } from '../../shared/model/settings';
import type { Note, NotificationsPort } from './note';

export type TellDeps = {
  readonly settings: () => Pick<Settings, 'notifications'>;
  readonly notifications: Pick<NotificationsPort, 'show'>;
  /** A picture file in a form that every system shows; null when there is none in good time. Never rejects. */
  readonly picture: (path: string) => Promise<string | null>;
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

/** Shows a note as a notification of the system, if the person wants such. One that waits for its picture gives way to a later one of its id. */
export const createTell = ({ settings, notifications, picture }: TellDeps): ((note: Note) => void) => {
  const latest = new Map<string, Note>();
  const show = async (note: Note, path: string): Promise<void> => {
    const found = await picture(path);
    if (latest.get(note.id) !== note) return;
    latest.delete(note.id);
    notifications.show({ ...note, picture: found });
  };
  return (note) => {
    if (!wanted(note.urgency, settings().notifications)) return;
    if (note.picture === null) {
      latest.delete(note.id);
      notifications.show(note);
    } else {
      latest.set(note.id, note);
      void show(note, note.picture);
    }
  };
};
