import { ListFilter, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LibraryFilter } from '../../../shared/model/library-query';
import type { AppState } from '../../stores/app-state';
import { useText, type Text } from '../../stores/text';
import { useAccounts, useAlbums, useApp, useLibrary } from '../../stores/use-app';
import { Button, buttonClass } from '../../ui/button';
import { ChooseDialog } from '../../ui/choose-dialog';
import { Menu, type MenuEntry } from '../../ui/menu';
import { DatesDialog } from './dates-dialog';
import { chipsOf, isFiltered, presetRange, presets, presetWords } from './filter-words';
import { useFacets } from './use-facets';
import { kinds, kindWords, providerNames, providers, stateWords, uploadStates } from './upload-words';

type Choice = Extract<MenuEntry, { readonly onSelect: () => void }>;
type Asked = 'former' | 'album' | 'tag' | 'dates' | null;

/** Made when the menu opens: whoever types asks for another filter with every letter. */
const filterEntries = ({ t, account: nameOf }: Text, { library, accounts: known }: Pick<AppState, 'library' | 'accounts'>, onAsk: (asked: Asked) => void): readonly MenuEntry[] => {
  const { filter } = library.store.getState().query;
  const accounts = known.getState().state;
  const set = (filter: Partial<LibraryFilter>): Pick<Choice, 'onSelect' | 'onPoint'> => ({ onSelect: () => library.setFilter(filter), onPoint: () => library.foresee({ filter }) });
  const sub = (label: string, entries: readonly MenuEntry[]): MenuEntry => ({ kind: 'submenu', label, entries });
  return [
    sub(t('filterAccount'), [
      ...accounts.map((one): MenuEntry => ({ label: nameOf(one.name), checked: filter.accountId === one.id, ...set({ accountId: filter.accountId === one.id ? null : one.id }) })),
      { kind: 'separator' },
      { label: t('filterAccountFormer'), onSelect: () => onAsk('former') },
    ]),
    sub(t('filterHost'), providers.map((one) => ({ label: providerNames[one], checked: filter.provider === one, ...set({ provider: filter.provider === one ? null : one }) }))),
    { label: t('filterAlbumChoose'), onSelect: () => onAsk('album') },
    sub(t('filterKind'), kinds.map((one) => ({ label: t(kindWords[one]), checked: filter.kind === one, ...set({ kind: filter.kind === one ? null : one }) }))),
    sub(t('filterDate'), [
      ...presets.map((one): MenuEntry => ({ label: t(presetWords[one]), ...set(presetRange(one, Date.now())) })),
      { kind: 'separator' },
      { label: t('filterDatesChoose'), onSelect: () => onAsk('dates') },
    ]),
    { label: t('filterTagChoose'), onSelect: () => onAsk('tag') },
    sub(t('filterState'), uploadStates.map((one) => ({ label: t(stateWords[one]), checked: filter.state === one, ...set({ state: filter.state === one ? null : one }) }))),
  ];
};

/** Accounts that were removed, or never were here: their uploads are. */
const FormerChoice = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, number, account: nameOf } = useText();
  const { library } = useApp();
  const facets = useFacets();
  const known = useAccounts();
  const chosen = useLibrary((state) => state.query.filter.accountId);
  const former = (facets?.accounts ?? []).filter(({ id }) => !known.some((one) => one.id === id));
  return (
    <ChooseDialog
      title={t('filterAccountFormerTitle')}
      closeLabel={t('close')}
      placeholder={t('chooseAccountFind')}
      empty={t(facets === null ? 'libraryReading' : former.length === 0 ? 'filterAccountFormerNone' : 'chooseAccountNone')}
      more={(hidden) => t('chooseMore', { count: hidden, formatted: number(hidden) })}
      choices={former.map(({ id, name, count }) => ({ id, label: nameOf(name), note: t('libraryTotal', { count, formatted: number(count) }), checked: id === chosen }))}
      onChoose={(accountId) => {
        library.setFilter({ accountId });
        onClose();
      }}
      onClose={onClose}
    />
  );
};

const AlbumChoice = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, account: nameOf, number } = useText();
  const { library } = useApp();
  const albums = useAlbums();
  const accounts = useAccounts();
  return (
    <ChooseDialog
      title={t('filterAlbum')}
      closeLabel={t('close')}
      placeholder={t('chooseAlbumFind')}
      empty={t('chooseAlbumNone')}
      more={(hidden) => t('chooseMore', { count: hidden, formatted: number(hidden) })}
      choices={albums.map((album) => ({
        id: `${album.source}/${album.accountId ?? ''}/${album.id}`,
        label: album.name,
        note: album.source === 'local' ? t('albumLocal') : nameOf(accounts.find(({ id }) => id === album.accountId)?.name ?? ''),
      }))}
      onChoose={(key) => {
        const album = albums.find((one) => `${one.source}/${one.accountId ?? ''}/${one.id}` === key);
        if (album !== undefined) library.setFilter({ album: album.source === 'local' ? { source: 'local', id: album.id } : { source: 'host', accountId: album.accountId ?? '', id: album.id } });
        onClose();
      }}
      onClose={onClose}
    />
  );
};

const TagChoice = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, number } = useText();
  const { library } = useApp();
  const facets = useFacets();
  const chosen = useLibrary((state) => state.query.filter.tag);
  return (
    <ChooseDialog
      title={t('filterTag')}
      closeLabel={t('close')}
      placeholder={t('chooseTagFind')}
      empty={t(facets === null ? 'libraryReading' : 'chooseTagNone')}
      more={(hidden) => t('chooseMore', { count: hidden, formatted: number(hidden) })}
      choices={(facets?.tags ?? []).map(({ name, count }) => ({ id: name, label: name, note: t('libraryTotal', { count, formatted: number(count) }), checked: name === chosen }))}
      onChoose={(tag) => {
        library.setFilter({ tag });
        onClose();
      }}
      onClose={onClose}
    />
  );
};

/** The menu of filters. */
export const FilterMenu = () => {
  const text = useText();
  const { t } = text;
  const app = useApp();
  const [asked, setAsked] = useState<Asked>(null);
  const close = (): void => setAsked(null);
  return (
    <>
      <Menu
        align="start"
        entries={() => filterEntries(text, app, setAsked)}
        trigger={
          <button type="button" aria-label={t('filter')} className={buttonClass('plain')}>
            <ListFilter size={14} aria-hidden />
            <span className="hidden min-[600px]:inline">{t('filter')}</span>
          </button>
        }
      />
      {asked === 'former' ? <FormerChoice onClose={close} /> : null}
      {asked === 'album' ? <AlbumChoice onClose={close} /> : null}
      {asked === 'tag' ? <TagChoice onClose={close} /> : null}
      {asked === 'dates' ? <DatesDialog onClose={close} /> : null}
    </>
  );
};

/** The active filters, each to be taken away, and one button that takes all; nothing when none is active. */
export const FilterChips = () => {
  const text = useText();
  const { t } = text;
  const { library } = useApp();
  const filter = useLibrary((state) => state.query.filter);
  const accounts = useAccounts();
  const albums = useAlbums();
  const here = filter.accountId === null || accounts.some(({ id }) => id === filter.accountId);
  const former = useFacets(!here)?.accounts ?? [];
  const chips = chipsOf(filter, { accounts: here ? accounts : former, albums, text, now: Date.now() });
  // What had the keyboard goes with its filter: the search field takes it.
  const [gone, setGone] = useState(0);
  useEffect(() => {
    if (gone > 0 && document.activeElement === document.body) document.querySelector<HTMLElement>('[role=searchbox]')?.focus();
  }, [gone]);
  if (chips.length === 0) return null;
  return (
    <div role="group" aria-label={t('filtersActive')} className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-4 py-1.5">
      {chips.map((chip) => (
        <button
          key={chip.id}
          type="button"
          aria-label={t('filterRemove', { name: `${chip.name}: ${chip.value}` })}
          title={t('filterRemove', { name: chip.name })}
          onClick={() => {
            library.setFilter(chip.without);
            setGone(gone + 1);
          }}
          className="inline-flex h-6 min-w-0 max-w-72 items-center gap-1 rounded-full border border-line bg-surface pl-2.5 pr-1.5 text-small hover:bg-hover"
        >
          <span className="shrink-0 text-text-2">{chip.name}</span>
          <span className="min-w-0 truncate font-medium">{chip.value}</span>
          <X size={12} aria-hidden className="shrink-0 text-text-2" />
        </button>
      ))}
      {isFiltered(filter) ? (
        <Button
          size="s"
          look="quiet"
          onClick={() => {
            library.clearFilters();
            setGone(gone + 1);
          }}
        >
          {t('filtersClear')}
        </Button>
      ) : null}
    </div>
  );
};
