import type { AccountTest } from '../../shared/model/account';
import type { DocumentStatus } from '../sync';

/** How a document stands, in the window's word where its host cannot be reached. */
export const shownState = ({ state, problem }: Pick<DocumentStatus, 'state' | 'problem'>): DocumentStatus['state'] | 'offline' => (state === 'failed' && problem?.kind === 'network' ? 'offline' : state);

/** What a test comes to. A host that cannot be reached tells nothing about the account. */
export const testWord = ({ canUpload, steps }: AccountTest): 'testPassed' | 'testAway' | 'testFailed' => {
  if (canUpload) return 'testPassed';
  return steps.some(({ problem }) => problem?.kind === 'network') ? 'testAway' : 'testFailed';
};
