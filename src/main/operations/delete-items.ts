import { setImmediate as turn } from 'node:timers/promises';
import type { DeleteResult } from '../../shared/model/upload';
import type { Problem } from '../../shared/model/problem';
import type { LibraryService } from '../library';
import { byKey } from './by-key';
import type { Work } from './work';

export type DeleteItemsDeps = { readonly library: Pick<LibraryService, 'byId' | 'delete'> };

/** Links followed at the same time per account: hosts count these requests too. */
const AT_ONCE = 3;

/** So many in a row that did not reach the host mean that the others will not, either. */
const GIVE_UP_AFTER = 8;

/**
 * Asks the hosts to delete the open items, each account's in a line of its own. What was begun is told truly, also after a
 * cancel. True when every item had its turn.
 */
export async function deleteItems(work: Work, { library }: DeleteItemsDeps): Promise<boolean> {
  const byAccount = await byKey(work.items.open(), (index) => library.byId(work.items.idOf(index))?.accountId ?? '');
  await Promise.all([...byAccount.values()].map((queue) => deleteAtAccount(queue, work, library)));
  return work.items.open().length === 0;
}

async function deleteAtAccount(queue: readonly number[], work: Work, library: DeleteItemsDeps['library']): Promise<void> {
  const left = queue.values();
  const trouble: { inARow: number; last: Problem | null } = { inARow: 0, last: null };
  const worker = async (): Promise<void> => {
    for (const index of left) {
      if (trouble.inARow >= GIVE_UP_AFTER) {
        if (work.stop.aborted) return;
        work.ended(index, 'failed', trouble.last);
        continue;
      }
      // What needs no host is answered at once: everybody else has a turn in between.
      await turn();
      if (work.stop.aborted) return;
      const [result] = await library.delete([work.items.idOf(index)], work.abort);
      if (result === undefined) continue;
      note(work, index, result);
      const unreached = result.problem?.kind === 'network';
      trouble.inARow = unreached ? trouble.inARow + 1 : 0;
      trouble.last = unreached ? result.problem : null;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (trouble.last !== null && trouble.inARow >= GIVE_UP_AFTER) work.trouble(trouble.last);
}

function note(work: Work, index: number, { status, problem }: DeleteResult): void {
  work.ended(index, status === 'failed' && problem?.kind === 'cancelled' ? 'cancelled' : status, problem);
}
