import { useMemo } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { openResolver } from '../../stores/open-resolver';
import { useSay } from '../../stores/said';
import { documentName, nameOf } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import type { SyncPlace } from '../../stores/ui-store';

type Tab = Extract<SyncPlace, { readonly tab: string }>['tab'];

export type DocumentActions = {
  readonly open: (document: SyncDocument, tab?: Tab) => void;
  /** `note` is kept first, for the next version. Resolves to whether it went well. */
  readonly run: (document: SyncDocument, note?: string) => Promise<boolean>;
  readonly pause: (document: SyncDocument) => Promise<void>;
  /** Stops syncing here and offers the way back. */
  readonly remove: (document: SyncDocument) => Promise<void>;
  readonly showFile: (document: SyncDocument) => Promise<void>;
  readonly openAccount: (accountId: string) => void;
  /** Shows the conflicts to decide. */
  readonly resolve: (document: SyncDocument) => void;
};

export const useDocumentActions = (): DocumentActions => {
  const { ui } = useApp();
  const call = useCall();
  const attempt = useAttempt();
  const say = useSay();
  const text = useText();
  return useMemo(() => {
    const open = (document: SyncDocument, tab: Tab = 'versions'): void => ui.setState({ route: 'sync', syncPlace: { document: nameOf(document), tab } });
    return {
      open,
      run: async (document, note) => (await call('sync:run', { document: nameOf(document), ...(note === undefined ? {} : { note }) })) !== undefined,
      pause: async (document) => {
        await attempt('sync:pause', { document: nameOf(document), paused: !document.paused });
      },
      remove: async (document) => {
        if (!(await attempt('sync:remove', { document: nameOf(document) }))) return;
        ui.setState({ syncPlace: { document: null } });
        say({ title: { key: 'syncRemoved', params: { name: documentName(document, text) } }, action: { label: { key: 'syncRemovedUndo' }, onPress: () => void call('sync:bring-back', { document: nameOf(document) }) } });
      },
      showFile: async (document) => {
        await attempt('sync:show-file', { document: nameOf(document) });
      },
      openAccount: (accountId) => ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'edit', id: accountId } }),
      resolve: (document) => openResolver(ui, document),
    };
  }, [ui, call, attempt, say, text]);
};
