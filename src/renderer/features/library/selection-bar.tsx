import { Copy, ListX, Trash2, X } from 'lucide-react';
import type { Upload } from '../../../shared/model/upload';
import { formatNames } from '../../stores/format-names';
import { isLowerBound } from '../../stores/library-store';
import { formatFor, linkFormats } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useLibrary, useSettings } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { SplitButton } from '../../ui/split-button';
import type { Question } from './library-dialogs';

const icon = { size: 14, 'aria-hidden': true } as const;
/** Beside the details there is just room for the words. */
const whereRoom = { className: 'hidden @min-[600px]:block' } as const;

type SelectionBarProps = { readonly chosen: readonly Upload[]; readonly onAsk: (question: Question) => void; readonly onClear: () => void };

/** How many there are; with a selection, what can be done with it. */
export const SelectionBar = ({ chosen, onAsk, onClear }: SelectionBarProps) => {
  const { t, number } = useText();
  const total = useLibrary((state) => state.total);
  const atLeast = useLibrary(isLowerBound);
  const { copyLinks } = useActions();
  const linked = chosen.filter((upload) => upload.url !== null);
  const format = useSettings((settings) => formatFor(linked.length > 0 && linked.every((upload) => upload.kind === 'video') ? 'video' : 'image', settings));
  const count = chosen.length;
  const ids = linked.map((upload) => upload.id);
  return (
    <footer className="@container shrink-0 border-t border-line bg-surface">
      <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1.5">
      {count === 0 ? (
        <span className="num text-text-2">{t('libraryTotal', { count: total, formatted: `${number(total)}${atLeast ? '+' : ''}` })}</span>
      ) : (
        <>
          <IconButton size="s" label={t('libraryClearSelection')} onClick={onClear}>
            <X {...icon} />
          </IconButton>
          <span role="status" className="num font-medium">
            {t('librarySelected', { count, formatted: number(count) })}
          </span>
          <span className="ml-auto flex flex-wrap items-center gap-1">
            <Button size="s" look="quiet" icon={<ListX {...icon} {...whereRoom} />} onClick={() => onAsk({ kind: 'remove', uploads: chosen })}>
              {t('libraryRemoveShort')}
            </Button>
            <Button size="s" look="quiet" icon={<Trash2 {...icon} {...whereRoom} />} onClick={() => onAsk({ kind: 'delete', uploads: chosen })} className="!text-danger">
              {t('libraryDeleteHost')}
            </Button>
            {ids.length === 0 ? null : (
              <SplitButton
                label={t('libraryCopy', { count: ids.length, formatted: number(ids.length) })}
                icon={<Copy {...icon} {...whereRoom} />}
                onPress={() => void copyLinks(ids, format)}
                moreLabel={t('libraryCopyAs')}
                entries={linkFormats.map((one) => ({ label: t(formatNames[one]), checked: one === format, onSelect: () => void copyLinks(ids, one) }))}
              />
            )}
          </span>
        </>
      )}
      </div>
    </footer>
  );
};
