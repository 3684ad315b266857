import { useCallback } from 'react';
import type { SyncName } from '../../shared/model/sync';
import { useSay } from './said';
import { useCall } from './use-actions';

/** Puts back what a document's file held before a person let something be written over it, and says whether it could. */
export const useTakeBack = (): ((document: SyncName, name: string) => Promise<void>) => {
  const call = useCall();
  const say = useSay();
  return useCallback(
    async (document, name) => {
      const back = await call('resolver:undo-apply', document);
      if (back !== undefined) say({ title: { key: back ? 'resolverTakenBack' : 'resolverNotTakenBack', params: { name } }, type: back ? 'done' : 'problem' });
    },
    [call, say],
  );
};
