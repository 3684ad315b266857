import type { SyncDocument, SyncTakenBack } from '../../shared/model/sync';
import type { TextKey } from './text';

/**
 * What is said of a document once it was tried to take something back. `document`: as it is since; undefined where that is not known.
 * Copies are shown of a person's own files only.
 */
export const takeBackWords = (back: SyncTakenBack, document: Pick<SyncDocument, 'kind' | 'version'> | undefined): TextKey => {
  if (back === 'back') return 'resolverTakenBack';
  if (back === 'not') return document?.kind === 'file' ? 'resolverNotTakenBack' : 'resolverNotTakenBackOwn';
  // Without a version it has not met the host: what waits is how it begins.
  return document?.version === null ? 'resolverBeginsAgain' : 'resolverAskedAgain';
};
