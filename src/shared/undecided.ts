import type { SyncDocument } from './model/sync';

/** How many places of these documents wait for a person; a document that waits as a whole counts as one. */
export const undecidedIn = (documents: readonly Pick<SyncDocument, 'state' | 'conflicts'>[]): number =>
  documents.reduce((sum, { state, conflicts }) => sum + (state === 'conflict' ? conflicts : state === 'first-choice' || state === 'server-older' ? 1 : 0), 0);
