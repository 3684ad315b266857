import type { Note, NotificationsPort } from '../notifications';

/** What is used of Electron's Notification; `action` came with its number as the second argument until Electron 42. */
export interface SystemNotification {
  on(event: 'click' | 'close' | 'failed', listener: (...details: unknown[]) => void): unknown;
  on(event: 'action', listener: (details: { readonly actionIndex?: number }, index?: number) => void): unknown;
  show(): void;
  close(): void;
}

export type ElectronNotificationsDeps = {
  /** Null where the system shows none. */
  readonly create: (note: Note) => SystemNotification | null;
  readonly onFault: (error: unknown) => void;
};

/** Systems keep few notes; older ones may go. */
const KEPT = 40;

/** Notifications by Electron. Those on show are held here: one that is collected as garbage answers no click. */
export const createElectronNotifications = ({ create, onFault }: ElectronNotificationsDeps): NotificationsPort => {
  const shown = new Map<string, SystemNotification>();
  const withdraw = (id: string): void => {
    const old = shown.get(id);
    shown.delete(id);
    old?.close();
  };
  const listen = (one: SystemNotification, note: Note): void => {
    const gone = (): void => {
      if (shown.get(note.id) === one) shown.delete(note.id);
    };
    one.on('click', () => {
      gone();
      note.onClick();
    });
    one.on('action', (details, index) => {
      gone();
      note.actions[details.actionIndex ?? index ?? -1]?.act();
    });
    one.on('close', gone);
    one.on('failed', (_event, error) => {
      gone();
      onFault(error);
    });
  };
  return {
    show: (note) => {
      try {
        withdraw(note.id);
        const one = create(note);
        if (one === null) return;
        listen(one, note);
        shown.set(note.id, one);
        one.show();
        for (const old of [...shown.keys()].slice(0, -KEPT)) withdraw(old);
      } catch (error) {
        onFault(error);
      }
    },
    withdraw,
    close: () => [...shown.keys()].forEach(withdraw),
  };
};
