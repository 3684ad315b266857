/** What a person is told outside the window. */
export type Note = {
  /** A later note with the same id takes this one's place. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Path of a picture file of any kind, or null. */
  readonly picture: string | null;
  /** The first ones are shown where a system has room for few. */
  readonly actions: readonly NoteAction[];
  readonly onClick: () => void;
  /** `question` is a note that a person has asked to be asked by: it comes with problems, when the others are off. */
  readonly urgency: 'normal' | 'problem' | 'question';
};

export type NoteAction = { readonly label: string; readonly act: () => void };

/** The system's notifications. */
export interface NotificationsPort {
  /** Shows a note, without taking the focus from anything. Never throws: where no note can be shown, none is. */
  show(note: Note): void;
  /** Takes a note back; nothing happens when it is gone. */
  withdraw(id: string): void;
  /** Takes all back. */
  close(): void;
}
