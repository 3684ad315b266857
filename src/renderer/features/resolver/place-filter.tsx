import { Search } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { ItemFilter, ItemKind } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { inputClass } from '../../ui/field';
import { Select } from '../../ui/select';
import { useResolver, useResolving } from './resolver-context';
import { kindKey } from './words';

const ALL = 'all' as const;

/** Which places the list shows. */
export const PlaceFilter = () => {
  const { t, number } = useText();
  const resolver = useResolver();
  const filter = useResolving((state) => state.filter);
  const hasBase = useResolving(({ view }) => view?.base !== null);
  const kinds = useResolving((state) => state.view?.kinds) ?? [];
  const shows: readonly ItemFilter['show'][] = ['open', 'conflicts', 'merged', 'all'];
  const names = { open: 'resolverShowOpen', conflicts: 'resolverShowConflicts', merged: 'resolverShowMerged', all: 'resolverShowAll' } as const;
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && filter.text !== '') resolver.setFilter({ text: '' });
    else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') document.querySelector<HTMLElement>('[data-place][tabindex="0"]')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex flex-col gap-1.5 border-b border-line p-2">
      <span className="relative">
        <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
        <input
          id="resolver-filter"
          type="text"
          role="searchbox"
          value={filter.text}
          placeholder={t('resolverFilter')}
          aria-label={t('resolverFilter')}
          spellCheck={false}
          onChange={(event) => resolver.setFilter({ text: event.target.value })}
          onKeyDown={onKey}
          className={`${inputClass} !pl-8`}
        />
      </span>
      <div className="flex gap-1.5">
        <Select
          label={t('resolverShow')}
          value={filter.show}
          options={shows.map((value) => ({ value, label: t(names[value]) }))}
          onChange={(show) => resolver.setFilter({ show })}
          className="min-w-0 flex-1"
        />
        <Select<ItemKind | typeof ALL>
          label={t('resolverKind')}
          value={filter.kind ?? ALL}
          options={[{ value: ALL, label: t('resolverKindAll') }, ...kinds.map(({ kind, count }) => ({ value: kind, label: t(kindKey(kind, hasBase)), note: number(count) }))]}
          onChange={(kind) => resolver.setFilter({ kind: kind === ALL ? null : kind })}
          className="min-w-0 flex-1"
        />
      </div>
    </div>
  );
};
