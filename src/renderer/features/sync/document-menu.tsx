import { CirclePause, CirclePlay, FolderOpen, History, MoreHorizontal, RefreshCw, Unlink } from 'lucide-react';
import { useState } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { documentName } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useSync } from '../../stores/use-app';
import { IconButton } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { CopiesDialog } from './copies-dialog';
import type { DocumentActions } from './use-document-actions';

const icon = { size: 14, 'aria-hidden': true } as const;

/** Everything that can be done with a document as a whole. */
export const DocumentMenu = ({ document, actions }: { readonly document: SyncDocument; readonly actions: DocumentActions }) => {
  const text = useText();
  const { t } = text;
  const allPaused = useSync((view) => view.paused);
  const [copies, setCopies] = useState(false);
  const entries = (): readonly MenuEntry[] => [
    { label: t(document.paused || allPaused ? 'syncOnce' : 'syncNow'), icon: <RefreshCw {...icon} />, disabled: document.running, onSelect: () => void actions.run(document) },
    { label: t(document.paused ? 'syncResume' : 'syncPause'), icon: document.paused ? <CirclePlay {...icon} /> : <CirclePause {...icon} />, onSelect: () => void actions.pause(document) },
    ...(document.kind === 'file'
      ? [
          { label: t('syncCopies'), icon: <History {...icon} />, onSelect: () => setCopies(true) } as const,
          { label: t('syncShowFile'), icon: <FolderOpen {...icon} />, onSelect: () => void actions.showFile(document) } as const,
          { kind: 'separator' } as const,
          { label: t('syncRemove'), icon: <Unlink {...icon} />, onSelect: () => void actions.remove(document) } as const,
        ]
      : []),
  ];
  return (
    <>
      <Menu
        entries={entries}
        trigger={
          <IconButton label={t('syncMoreOf', { name: documentName(document, text) })}>
            <MoreHorizontal size={16} aria-hidden />
          </IconButton>
        }
      />
      {copies ? <CopiesDialog document={document} onClose={() => setCopies(false)} /> : null}
    </>
  );
};
