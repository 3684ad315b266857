import { LayoutGrid, List, Search, X } from 'lucide-react';
import { useText } from '../../stores/text';
import { useAccounts, useApp, useLibrary, useUi } from '../../stores/use-app';
import { IconButton } from '../../ui/button';
import { inputClass } from '../../ui/field';
import { Select } from '../../ui/select';
import { Segmented } from '../../ui/tabs';

const ALL = '';

/** Search as you type, the account filter, and list or grid. */
export const LibraryToolbar = () => {
  const { t, account: nameOf } = useText();
  const { library, ui } = useApp();
  const search = useLibrary((state) => state.search);
  const accountId = useLibrary((state) => state.accountId);
  const view = useUi((state) => state.libraryView);
  const accounts = useAccounts();
  return (
    <>
      <span className="relative w-64 min-w-40 max-w-full shrink">
        <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
        <input
          type="text"
          role="searchbox"
          value={search}
          onChange={(event) => void library.setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search === '') return;
            event.preventDefault();
            void library.setSearch('');
          }}
          placeholder={t('librarySearch')}
          aria-label={t('librarySearch')}
          spellCheck={false}
          className={`${inputClass} !pl-8 !pr-7`}
        />
        {search === '' ? null : (
          <span className="absolute right-1 top-1">
            <IconButton size="s" label={t('libraryClearSearch')} onClick={() => void library.setSearch('')}>
              <X size={14} aria-hidden />
            </IconButton>
          </span>
        )}
      </span>
      <Select
        label={t('libraryAccount')}
        value={accountId ?? ALL}
        className="max-w-44"
        options={[{ value: ALL, label: t('libraryAllAccounts') }, ...accounts.map((account) => ({ value: account.id, label: nameOf(account.name) }))]}
        onChange={(id) => void library.setAccount(id === ALL ? null : id)}
      />
      <Segmented
        label={t('libraryView')}
        value={view}
        options={[
          { value: 'list', label: t('libraryList'), icon: <List size={16} aria-hidden /> },
          { value: 'grid', label: t('libraryGrid'), icon: <LayoutGrid size={16} aria-hidden /> },
        ]}
        onChange={(libraryView) => ui.setState({ libraryView })}
      />
    </>
  );
};
