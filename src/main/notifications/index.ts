export type { Note, NoteAction, NotificationsPort } from './note';
export { createTell } from './create-tell';
