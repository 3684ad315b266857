import { useCallback } from 'react';
import type { SyncName } from '../../shared/model/sync';
import { useSay } from './said';
import { useCall } from './use-actions';
import { useApp } from './use-app';

const words = { back: 'resolverTakenBack', asked: 'resolverAskedAgain', not: 'resolverNotTakenBack' } as const;

/** Puts back what a document's file held before a person let something be written over it, and says whether it could. */
export const useTakeBack = (): ((document: SyncName, name: string) => Promise<void>) => {
  const call = useCall();
  const say = useSay();
  const { ui } = useApp();
  return useCallback(
    async (document, name) => {
      ui.setState({ syncConcerned: document });
      const back = await call('resolver:undo-apply', document);
      if (back !== undefined) say({ title: { key: words[back], params: { name } }, type: back === 'not' ? 'problem' : 'done' });
    },
    [call, say, ui],
  );
};
