export type { Note, NoteAction, NotificationsPort } from './note';
export { createBusNotifications, type BusNotificationsDeps } from './bus-notifications';
export { batchNote, type BatchNoteDeps, type NoteText } from './batch-note';
export { createNotePictures, inTime } from './note-pictures';
export { createTell } from './create-tell';
export { retriedResults } from './retried-results';
