import { CheckCheck, Copy, Ellipsis, Image, Trash2, X } from 'lucide-react';
import type { LibraryView } from '../../../shared/model/settings';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useLibrary, useSettings } from '../../stores/use-app';
import { Button, buttonClass, IconButton } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { Slider } from '../../ui/slider';
import { SplitButton } from '../../ui/split-button';
import { isFiltered } from './filter-words';
import { formatOf, type Question, type UploadActions } from './use-upload-actions';
import type { Chosen, Selection } from './use-selection';

const icon = { size: 14, 'aria-hidden': true } as const;
/** Beside the details there is just room for the words. */
const whereRoom = { className: 'hidden @min-[600px]:block' } as const;

type SelectionBarProps = {
  readonly view: LibraryView;
  readonly onView: (change: Partial<LibraryView>) => void;
  readonly selection: Selection;
  readonly actions: UploadActions;
  readonly onAsk: (question: Question) => void;
};

const Deeds = ({ chosen, actions, onAsk }: Pick<SelectionBarProps, 'actions' | 'onAsk'> & { readonly chosen: Chosen }) => {
  const { t, number } = useText();
  const format = useSettings((settings) => formatOf(chosen, settings));
  const links = chosen.rows === null ? chosen.count : chosen.rows.filter(({ hasLink }) => hasLink).length;
  return (
    <span className="ml-auto flex flex-wrap items-center gap-1">
      <Menu
        side="top"
        entries={() => actions.batch(chosen)}
        trigger={
          <button type="button" className={buttonClass('quiet', 's')}>
            <Ellipsis {...icon} />
            {t('libraryMore')}
          </button>
        }
      />
      <Button size="s" look="quiet" icon={<Trash2 {...icon} {...whereRoom} />} onClick={() => onAsk({ kind: 'delete', chosen })} className="!text-danger">
        {t('libraryDeleteHost')}
      </Button>
      {links === 0 ? null : (
        <SplitButton
          label={t('libraryCopy', { count: links, formatted: number(links) })}
          icon={<Copy {...icon} {...whereRoom} />}
          onPress={() => actions.copyChosen(chosen)}
          moreLabel={t('libraryCopyAs')}
          entries={linkFormats.map((one) => ({ label: t(formatNames[one]), checked: one === format, onSelect: () => actions.copyChosen(chosen, one) }))}
        />
      )}
    </span>
  );
};

/** How many there are; with a selection, what can be done with it. */
export const SelectionBar = ({ view, onView, selection, actions, onAsk }: SelectionBarProps) => {
  const { t, number } = useText();
  const total = useLibrary((state) => state.total);
  const exact = useLibrary((state) => state.exact);
  // Of what is counted, which is not what is asked for while that is on its way.
  const filtered = useLibrary((state) => isFiltered((state.shown ?? state.query).filter));
  const { count } = selection;
  const chosen = count === 0 ? null : selection.chosen();
  const formatted = `${number(total)}${exact ? '' : '+'}`;
  const all = selection.picked.kind === 'all';
  return (
    <footer className="@container shrink-0 border-t border-line bg-surface">
      <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1.5">
        {count === 0 ? (
          <>
            <span role="status" className="num text-text-2">
              {t(filtered ? 'libraryMatching' : 'libraryTotal', { count: total, formatted })}
            </span>
            {view.layout === 'grid' ? (
              <span className="ml-auto flex items-center gap-1.5 text-text-2">
                <Image size={12} aria-hidden />
                <Slider label={t('libraryTile')} value={view.tile} min={96} max={320} step={8} onChange={(tile) => onView({ tile })} />
                <Image size={18} aria-hidden />
              </span>
            ) : null}
          </>
        ) : (
          <>
            <IconButton size="s" label={t('libraryClearSelection')} onClick={selection.clear}>
              <X {...icon} />
            </IconButton>
            <span role="status" className="num font-medium">
              {t(all ? 'librarySelectedAll' : 'librarySelected', { count, formatted: `${number(count)}${all && !exact ? '+' : ''}` })}
            </span>
            {all || count === total || count < 2 ? null : (
              <Button size="s" look="quiet" icon={<CheckCheck {...icon} />} onClick={selection.all}>
                {t('librarySelectAll', { count: total, formatted })}
              </Button>
            )}
            {selection.reading ? <span className="text-text-2">{t('libraryReading')}</span> : null}
            {chosen === null ? null : <Deeds chosen={chosen} actions={actions} onAsk={onAsk} />}
          </>
        )}
      </div>
    </footer>
  );
};
