import { useMemo } from 'react';
import type { UploadSelection } from '../../../shared/model/library-query';
import type { Operation } from '../../../shared/model/operation';
import { openLibrary } from '../../stores/open-library';
import { useSay } from '../../stores/said';
import { useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { notRepaired } from './not-repaired';

const PAGE = 500;

/** What can be done about the links that a check found dead. */
export const useRepair = (operation: Operation): { readonly showDead: () => void; readonly repair: () => Promise<void>; readonly copyPairs: () => Promise<void> } => {
  const app = useApp();
  const call = useCall();
  const say = useSay();
  const { id } = operation;
  return useMemo(() => {
    const dead = async (): Promise<UploadSelection | null> => {
      const ids: string[] = [];
      for (;;) {
        const found = await call('operations:items', { id, offset: ids.length, limit: PAGE, outcomes: ['dead'] });
        if (found === undefined) return null;
        ids.push(...found.items.map((item) => item.id));
        if (found.items.length === 0 || ids.length >= found.total) return ids.length === 0 ? null : { ids };
      }
    };
    return {
      showDead: () => openLibrary(app, { state: 'link_dead' }),
      repair: async () => {
        const selection = await dead();
        if (selection === null) return;
        const answer = await call('library:upload-again', { selection, accountId: null, repair: true, fetch: false });
        if (answer === undefined || answer === null) return;
        const none = answer.queued === 0;
        say({ title: none ? { key: 'operationRepairNone' } : { key: 'operationRepairQueued', params: { count: answer.queued } }, notes: notRepaired(answer), ...(none ? { type: 'problem' } : {}) });
      },
      copyPairs: async () => {
        const selection = await dead();
        if (selection === null) return;
        const answer = await call('library:copy-repaired', { selection });
        if (answer === undefined) return;
        say(answer.pairs === 0 ? { title: { key: 'operationPairsNone' }, type: 'problem' } : { title: { key: 'operationPairsCopied', params: { count: answer.pairs } } });
      },
    };
  }, [app, call, say, id]);
};
