import clsx from 'clsx';
import { LayoutGrid, List, PanelRight, Search, X } from 'lucide-react';
import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { LibrarySort } from '../../../shared/model/library-query';
import type { LibraryView } from '../../../shared/model/settings';
import { useText, type TextKey } from '../../stores/text';
import { useApp, useLibrary } from '../../stores/use-app';
import { IconButton } from '../../ui/button';
import { inputClass } from '../../ui/field';
import { Select } from '../../ui/select';
import { Segmented } from '../../ui/tabs';
import { FilterMenu } from './filter-bar';

const sorts = {
  'time-desc': 'sortNewest',
  'time-asc': 'sortOldest',
  'name-asc': 'sortNameUp',
  'name-desc': 'sortNameDown',
  'size-desc': 'sortLargest',
  'size-asc': 'sortSmallest',
} as const satisfies Record<`${LibrarySort['by']}-${LibrarySort['direction']}`, TextKey>;
type SortKey = keyof typeof sorts;
const sortKeys = Object.keys(sorts) as SortKey[];
const sortOf = (key: SortKey): LibrarySort => {
  const [by, direction] = key.split('-') as [LibrarySort['by'], LibrarySort['direction']];
  return { by, direction };
};

const searchIcon = <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />;
const clearIcon = <X size={14} aria-hidden />;

/** Search as you type; Escape clears, the arrow down leads into the list. */
const SearchField = ({ onLeave }: { readonly onLeave: () => void }) => {
  const { t } = useText();
  const { library } = useApp();
  const asked = useLibrary((state) => state.query.filter.search);
  const [typed, setTyped] = useState(asked);
  const sent = useRef(asked);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Cleared elsewhere, e.g. with all filters.
    if (asked !== sent.current) setTyped(asked);
    sent.current = asked;
  }, [asked]);
  const composing = useRef(false);
  const ask = (search: string): void => {
    setTyped(search);
    if (composing.current) return;
    sent.current = search;
    library.setFilter({ search });
  };
  useEffect(() => {
    const keydown = (event: globalThis.KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || document.querySelector('[data-modal]') !== null) return;
      event.preventDefault();
      field.current?.select();
    };
    window.addEventListener('keydown', keydown);
    return () => window.removeEventListener('keydown', keydown);
  }, []);
  const keydown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && typed !== '') ask('');
    else if (event.key === 'ArrowDown' || event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <span className="relative w-28 max-w-full shrink min-[560px]:w-36 min-[720px]:w-48 min-[1000px]:w-64">
      {searchIcon}
      <input
        ref={field}
        type="text"
        role="searchbox"
        value={typed}
        maxLength={500}
        onChange={(event) => ask(event.target.value)}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          ask(event.currentTarget.value);
        }}
        onKeyDown={keydown}
        placeholder={t('librarySearchHint')}
        aria-label={t('librarySearch')}
        title={t('librarySearchHelp')}
        spellCheck={false}
        className={`${inputClass} text-ellipsis !pl-8 !pr-7`}
      />
      {/* Always there: the first letter has enough to wait for. */}
      <span className={clsx('absolute right-1 top-1', typed === '' && 'invisible')}>
        <IconButton
          size="s"
          label={t('libraryClearSearch')}
          onClick={() => {
            ask('');
            field.current?.focus();
          }}
        >
          {clearIcon}
        </IconButton>
      </span>
    </span>
  );
};

type ToolbarProps = {
  readonly view: LibraryView;
  readonly onView: (change: Partial<LibraryView>) => void;
  readonly details: boolean;
  readonly onDetails: (open: boolean) => void;
  /** The keyboard leaves the search for the list. */
  readonly onLeave: () => void;
};

/** Search, filters, order, and how it is shown; not drawn again with every answer. */
export const LibraryToolbar = memo(({ view, onView, details, onDetails, onLeave }: ToolbarProps) => {
  const { t } = useText();
  const { library } = useApp();
  const sort = useLibrary((state) => state.query.sort);
  return (
    <>
      <SearchField onLeave={onLeave} />
      <FilterMenu />
      <Select
        label={t('librarySort')}
        value={`${sort.by}-${sort.direction}` as SortKey}
        className="max-w-40"
        options={sortKeys.map((key) => ({ value: key, label: t(sorts[key]) }))}
        onPoint={(key) => library.foresee({ sort: sortOf(key) })}
        onChange={(key) => {
          library.setSort(sortOf(key));
          onView({ sort: sortOf(key) });
        }}
      />
      <Segmented
        label={t('libraryView')}
        value={view.layout}
        options={[
          { value: 'list', label: t('libraryList'), icon: <List size={16} aria-hidden /> },
          { value: 'grid', label: t('libraryGrid'), icon: <LayoutGrid size={16} aria-hidden /> },
        ]}
        onChange={(layout) => onView({ layout })}
      />
      <IconButton label={t(details ? 'libraryDetailsHide' : 'libraryDetailsShow')} aria-pressed={details} onClick={() => onDetails(!details)} className={details ? '!bg-accent-soft !text-accent' : ''}>
        <PanelRight size={16} aria-hidden />
      </IconButton>
    </>
  );
});
LibraryToolbar.displayName = 'LibraryToolbar';
