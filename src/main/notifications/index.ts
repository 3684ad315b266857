export type { Note, NoteAction, NotificationsPort } from './note';
export { createBusNotifications, type BusNotificationsDeps } from './bus-notifications';
export { batchNote, type BatchNoteDeps, type NoteText } from './batch-note';
export { createNoteGroups, type NoteGroups, type Told } from './note-groups';
export { createNotePictures, inTime } from './note-pictures';
export { createTell } from './create-tell';
export { retriedResults } from './retried-results';
