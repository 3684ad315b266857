import { Copy, Ellipsis, ExternalLink, Info, KeyRound, ListX, Trash2 } from 'lucide-react';
import type { Upload } from '../../../shared/model/upload';
import { formatNames } from '../../stores/format-names';
import { formatFor, linkFormats } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useActions, useCall } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { buttonClass } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { SplitButton } from '../../ui/split-button';
import type { Question } from './library-dialogs';

const icon = { size: 14, 'aria-hidden': true } as const;

type TabStop = {
  /** -1 where Tab is to pass it by. */
  readonly tabIndex?: 0 | -1;
};

export const CopyUpload = ({ upload, tabIndex = 0 }: TabStop & { readonly upload: Upload }) => {
  const { t } = useText();
  const { copyLinks } = useActions();
  const format = useSettings((settings) => formatFor(upload.kind, settings));
  if (upload.url === null) return null;
  return (
    <SplitButton
      tabIndex={tabIndex}
      label={t('copy')}
      icon={<Copy {...icon} />}
      onPress={() => void copyLinks([upload.id], format)}
      moreLabel={t('libraryCopyAs')}
      entries={linkFormats.map((one) => ({ label: t(formatNames[one]), checked: one === format, onSelect: () => void copyLinks([upload.id], one) }))}
    />
  );
};

type UploadMenuProps = TabStop & { readonly upload: Upload; readonly onAsk: (question: Question) => void; readonly onDetails?: () => void };

/** Everything else that can be done with one upload. The delete link is only ever copied from here. */
export const UploadMenu = ({ upload, onAsk, onDetails, tabIndex = 0 }: UploadMenuProps) => {
  const { t } = useText();
  const call = useCall();
  const entries: readonly MenuEntry[] = [
    ...(onDetails === undefined ? [] : [{ label: t('libraryDetails'), icon: <Info {...icon} />, onSelect: onDetails }]),
    { label: t('libraryOpen'), icon: <ExternalLink {...icon} />, disabled: upload.url === null, onSelect: () => void call('library:open', { id: upload.id }) },
    {
      label: t('libraryCopyDelete'),
      icon: <KeyRound {...icon} />,
      disabled: !upload.hasDeleteLink,
      ...(upload.hasDeleteLink ? {} : { note: t('libraryNoDeleteLink') }),
      onSelect: () => onAsk({ kind: 'secret', uploads: [upload] }),
    },
    { kind: 'separator' },
    { label: t('libraryDeleteHost'), icon: <Trash2 {...icon} />, danger: true, onSelect: () => onAsk({ kind: 'delete', uploads: [upload] }) },
    { label: t('libraryRemove'), icon: <ListX {...icon} />, onSelect: () => onAsk({ kind: 'remove', uploads: [upload] }) },
  ];
  return (
    <Menu
      entries={entries}
      trigger={
        <button type="button" tabIndex={tabIndex} aria-label={t('moreActions')} className={`${buttonClass('quiet', 's')} w-6 !px-0`}>
          <Ellipsis {...icon} />
        </button>
      }
    />
  );
};
