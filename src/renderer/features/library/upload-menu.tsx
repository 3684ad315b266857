import { ChevronDown, Copy, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { formatFor } from '../../../shared/links';
import type { Upload } from '../../../shared/model/upload';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { buttonClass } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { SplitButton } from '../../ui/split-button';
import type { UploadActions } from './use-upload-actions';
import { chosenOf } from './use-selection';

const icon = { size: 14, 'aria-hidden': true } as const;
// The same elements for every row: React passes over what is identical.
const copyIcon = <Copy {...icon} />;
const downIcon = <ChevronDown {...icon} />;
const moreIcon = <Ellipsis {...icon} />;
const quietCopy = `${buttonClass('plain', 's')} rounded-r-none border-r-0`;
const quietCopyAs = `${buttonClass('plain', 's')} min-w-6 !px-1 rounded-l-none`;
const moreClass = `${buttonClass('quiet', 's')} w-6 !px-0`;

type TabStop = {
  /** -1 where Tab is to pass it by. */
  readonly tabIndex?: 0 | -1;
};

export const CopyUpload = ({ upload, tabIndex = 0 }: TabStop & { readonly upload: Upload }) => {
  const { t } = useText();
  const { copyLinks } = useActions();
  const format = useSettings((settings) => formatFor(upload, settings));
  if (upload.url === null) return null;
  return (
    <SplitButton
      tabIndex={tabIndex}
      label={t('copy')}
      icon={copyIcon}
      onPress={() => void copyLinks([upload.id], format)}
      moreLabel={t('libraryCopyAs')}
      entries={linkFormats.map((one) => ({ label: t(formatNames[one]), checked: one === format, onSelect: () => void copyLinks([upload.id], one) }))}
    />
  );
};

/**
 * What a row's buttons look like while nothing is near it: plain ones, since a list that is scrolled fast would pay for
 * the menus of every row it passes. Copy works; the menus come with the pointer or the keyboard (`useHot`).
 */
export const QuietButtons = ({ upload, actions }: { readonly upload: Upload; readonly actions: UploadActions }) => {
  const { t } = useText();
  return (
    <>
      {upload.url === null ? null : (
        <span className="inline-flex">
          <button type="button" tabIndex={-1} onClick={() => actions.copy([upload])} className={quietCopy}>
            {copyIcon}
            {t('copy')}
          </button>
          <button type="button" tabIndex={-1} aria-label={t('libraryCopyAs')} className={quietCopyAs}>
            {downIcon}
          </button>
        </span>
      )}
      <button type="button" tabIndex={-1} aria-label={t('moreActions')} className={moreClass}>
        {moreIcon}
      </button>
    </>
  );
};

/**
 * Whether the pointer or the keyboard has come to an item; it stays so until the item is drawn for another upload. The pointer
 * has to find the real buttons before it can press: a press on a button that is then replaced would be lost.
 */
export const useHot = (id: string | undefined): readonly [boolean, () => void] => {
  const [hot, setHot] = useState<string | null>(null);
  return [hot !== null && hot === id, () => setHot(id ?? null)];
};

/** Everything that can be done with one upload. The delete link is only ever copied from here. */
export const UploadMenu = ({ upload, actions, tabIndex = 0 }: TabStop & { readonly upload: Upload; readonly actions: UploadActions }) => {
  const { t } = useText();
  return (
    <Menu
      entries={() => actions.entries(chosenOf([upload]), upload)}
      trigger={
        <button type="button" tabIndex={tabIndex} aria-label={t('moreActions')} className={moreClass}>
          {moreIcon}
        </button>
      }
    />
  );
};
