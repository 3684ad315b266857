import { useCallback } from 'react';
import type { SyncName } from '../../shared/model/sync';
import { useSay } from './said';
import { documentId, sameDocument } from './sync-words';
import { takeBackWords } from './take-back-words';
import { useCall } from './use-actions';
import { useApp } from './use-app';

/** Puts back what a document's file held before a person let something be written over it, and says whether it could. */
export const useTakeBack = (): ((document: SyncName, name: string) => Promise<void>) => {
  const call = useCall();
  const say = useSay();
  const { ui } = useApp();
  return useCallback(
    async (document, name) => {
      ui.setState({ syncConcerned: document });
      const back = await call('resolver:undo-apply', document);
      if (back === undefined) return;
      const now = back === 'back' ? undefined : await call('sync:snapshot', undefined);
      const key = takeBackWords(back, now?.view.documents.find((one) => sameDocument(one, document)));
      say({ title: { key, params: { name } }, type: back === 'not' ? 'problem' : 'done', about: documentId(document) });
    },
    [call, say, ui],
  );
};
