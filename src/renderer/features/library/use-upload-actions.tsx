import { Copy, ExternalLink, Eye, FileDown, FolderOpen, Images, Info, KeyRound, Link2, ListX, RefreshCcw, Replace, Tags, Trash2, Upload as UploadIcon } from 'lucide-react';
import { useMemo } from 'react';
import { formatFor, type LinkSettings } from '../../../shared/links';
import type { LinkFormat } from '../../../shared/model/settings';
import type { Upload } from '../../../shared/model/upload';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useActions, useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import type { MenuEntry } from '../../ui/menu';
import { chosenOf, type Chosen } from './use-selection';

const icon = { size: 14, 'aria-hidden': true } as const;

/** What the person is asked about, and which uploads it concerns. */
export type Question =
  | { readonly kind: 'delete' | 'remove' | 'tags' | 'album' | 'again' | 'repair'; readonly chosen: Chosen }
  | { readonly kind: 'secret'; readonly id: string };

/** Everything that can be done with uploads, be it one or all that match. */
export type UploadActions = {
  /** Copies their links in a format, or in the chosen one. */
  readonly copy: (uploads: readonly Upload[]) => void;
  readonly copyChosen: (chosen: Chosen, format?: LinkFormat) => void;
  /** Takes the records out at once, with Undo; where the library is shared between devices it asks from which first. */
  readonly remove: (chosen: Chosen) => void;
  /** Takes them out of this library, or of those of all devices, with Undo. */
  readonly removeFrom: (chosen: Chosen, everywhere: boolean) => void;
  readonly preview: (place: number) => void;
  /** Opens its link in the browser. */
  readonly open: (upload: Upload) => void;
  /** Entries of a menu about these; `upload` when it is just one, at hand. */
  readonly entries: (chosen: Chosen, upload: Upload | null) => readonly MenuEntry[];
  /** The entries that the selection bar keeps behind its button. */
  readonly batch: (chosen: Chosen) => readonly MenuEntry[];
};

type Parts = {
  readonly onAsk: (question: Question) => void;
  readonly onPreview: (place: number | string) => void;
  readonly onDetails: (id: string) => void;
  /** The selection is on its way out; what is returned brings it back. */
  readonly onLetGo: () => () => void;
};

/** The format that all of them are copied in; null where they have several, or may have. */
export const formatOf = (chosen: Chosen, settings: LinkSettings): LinkFormat | null => {
  const linked = chosen.rows?.filter(({ hasLink }) => hasLink) ?? [{ kind: 'image', accountId: '' } as const, { kind: 'video', accountId: '' } as const];
  if (chosen.rows === null && Object.keys(settings.accountLinks).length > 0) return null;
  const [format, ...others] = new Set(linked.map((row) => formatFor(row, settings)));
  return format === undefined || others.length > 0 ? null : format;
};

const useDeeds = (onLetGo: Parts['onLetGo']) => {
  const call = useCall();
  const say = useSay();
  const { number } = useText();
  return useMemo(
    () => ({
      remove: async (chosen: Chosen, everywhere: boolean): Promise<void> => {
        const selectAgain = onLetGo();
        const done = await call('library:remove', { selection: chosen.selection, everywhere });
        if (done === undefined) return selectAgain();
        const undo = async (): Promise<void> => {
          const back = await call('library:undo-remove', { undo: done.undo });
          if (back === undefined) return;
          selectAgain();
          say({ title: { key: 'removeUndone', params: { count: back.restored, formatted: number(back.restored) } } });
        };
        say({
          title: { key: everywhere ? 'removedEverywhere' : 'removed', params: { count: done.removed, formatted: number(done.removed) } },
          notes: [{ key: 'removedText' }],
          action: { label: { key: 'undo' }, onPress: () => void undo() },
        });
      },
      exportList: async (chosen: Chosen, as: 'csv' | 'markdown'): Promise<void> => {
        const saved = await call('transfer:export-list', { selection: chosen.selection, as });
        if (saved !== undefined && saved !== null) say({ title: { key: 'exported', params: { count: saved.uploads, formatted: number(saved.uploads) } }, notes: [{ plain: saved.path }] });
      },
      copyPairs: async (chosen: Chosen): Promise<void> => {
        const copied = await call('library:copy-repaired', { selection: chosen.selection });
        if (copied === undefined) return;
        if (copied.pairs === 0) say({ title: { key: 'pairsNone' }, type: 'problem' });
        else say({ title: { key: 'pairsCopied', params: { count: copied.pairs, formatted: number(copied.pairs) } } });
      },
    }),
    [call, say, number, onLetGo],
  );
};

export const useUploadActions = ({ onAsk, onPreview, onDetails, onLetGo }: Parts): UploadActions => {
  const { t } = useText();
  const { settings } = useApp();
  const call = useCall();
  const { copySelection } = useActions();
  const { remove: removeFrom, exportList, copyPairs } = useDeeds(onLetGo);
  return useMemo(() => {
    const copyChosen = (chosen: Chosen, format?: LinkFormat): void => void copySelection(chosen.selection, format ?? null);
    const remove = async (chosen: Chosen): Promise<void> => {
      const sharing = await call('library:sharing', undefined);
      if (sharing === undefined) return;
      if (sharing.on) onAsk({ kind: 'remove', chosen });
      else await removeFrom(chosen, false);
    };
    const open = ({ id }: Upload): void => void call('library:open', { id });
    const arrange = (chosen: Chosen): readonly MenuEntry[] => [
      { label: t('libraryTags'), icon: <Tags {...icon} />, onSelect: () => onAsk({ kind: 'tags', chosen }) },
      { label: t('libraryMove'), icon: <Images {...icon} />, onSelect: () => onAsk({ kind: 'album', chosen }) },
      { kind: 'separator' },
      { label: t('libraryCheckLinks'), icon: <Link2 {...icon} />, onSelect: () => void call('operations:check-links', { selection: chosen.selection }) },
      { label: t('libraryAgain'), icon: <UploadIcon {...icon} />, onSelect: () => onAsk({ kind: 'again', chosen }) },
      { label: t('libraryRepair'), icon: <RefreshCcw {...icon} />, onSelect: () => onAsk({ kind: 'repair', chosen }) },
      { label: t('libraryPairs'), icon: <Replace {...icon} />, onSelect: () => void copyPairs(chosen) },
    ];
    const lists = (chosen: Chosen): readonly MenuEntry[] => [
      { label: t('libraryExportCsv'), icon: <FileDown {...icon} />, onSelect: () => void exportList(chosen, 'csv') },
      { label: t('libraryExportMarkdown'), icon: <FileDown {...icon} />, onSelect: () => void exportList(chosen, 'markdown') },
    ];
    const copyAs = (chosen: Chosen): MenuEntry => ({
      kind: 'submenu',
      label: t('libraryCopyAs'),
      icon: <Copy {...icon} />,
      entries: linkFormats.map((one) => ({ label: t(formatNames[one]), checked: one === formatOf(chosen, settings.getState().state), onSelect: () => copyChosen(chosen, one) })),
    });
    const one = (upload: Upload): readonly MenuEntry[] => [
      { label: t('libraryCopy', { count: 1 }), icon: <Copy {...icon} />, disabled: upload.url === null, onSelect: () => copyChosen(chosenOf([upload])) },
      copyAs(chosenOf([upload])),
      { label: t('libraryPreview'), icon: <Eye {...icon} />, onSelect: () => onPreview(upload.id) },
      { label: t('libraryDetails'), icon: <Info {...icon} />, onSelect: () => onDetails(upload.id) },
      { label: t('libraryOpen'), icon: <ExternalLink {...icon} />, disabled: upload.url === null, onSelect: () => open(upload) },
      { label: t('libraryShowFile'), icon: <FolderOpen {...icon} />, onSelect: () => void call('library:show-file', { id: upload.id }) },
      {
        label: t('libraryCopyDelete'),
        icon: <KeyRound {...icon} />,
        disabled: !upload.hasDeleteLink,
        ...(upload.hasDeleteLink ? {} : { note: t('libraryNoDeleteLink') }),
        onSelect: () => onAsk({ kind: 'secret', id: upload.id }),
      },
      { kind: 'separator' },
    ];
    const leave = (chosen: Chosen): readonly MenuEntry[] => [
      { kind: 'separator' },
      { label: t('libraryDeleteHost'), icon: <Trash2 {...icon} />, danger: true, onSelect: () => onAsk({ kind: 'delete', chosen }) },
      { label: t('libraryRemove'), icon: <ListX {...icon} />, onSelect: () => void remove(chosen) },
    ];
    const many = (chosen: Chosen): readonly MenuEntry[] => [
      { label: t('libraryCopyLinks'), icon: <Copy {...icon} />, onSelect: () => copyChosen(chosen) },
      copyAs(chosen),
      { kind: 'separator' },
    ];
    return {
      copyChosen,
      copy: (uploads) => copyChosen(chosenOf(uploads)),
      remove: (chosen) => void remove(chosen),
      removeFrom: (chosen, everywhere) => void removeFrom(chosen, everywhere),
      preview: (place) => onPreview(place),
      open,
      entries: (chosen, upload) => [...(upload === null ? many(chosen) : one(upload)), ...arrange(chosen), ...(upload === null ? lists(chosen) : []), ...leave(chosen)],
      batch: (chosen) => [...arrange(chosen), { kind: 'separator' }, ...lists(chosen), { kind: 'separator' }, { label: t('libraryRemove'), icon: <ListX {...icon} />, onSelect: () => void remove(chosen) }],
    };
  }, [t, settings, call, copySelection, removeFrom, exportList, copyPairs, onAsk, onPreview, onDetails]);
};
