import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SyncHistory } from '../../stores/sync-history';
import { useText } from '../../stores/text';
import { inputClass } from '../../ui/field';
import { Select } from '../../ui/select';

/** Nothing is looked through before the typing rests: each version may have to be fetched. */
const REST_MS = 400;

export type SearchBy = 'words' | 'place';

const PlaceFound = ({ history }: { readonly history: SyncHistory }) => {
  const { t, number } = useText();
  const search = useStore(history.store, (state) => state.search);
  if (search === null) return null;
  const { found, looked, done, problem } = search;
  const words = !done
    ? t('syncSearchGoes', { looked: number(looked), found: number(found.size) })
    : found.size === 0
      ? t('syncSearchNone')
      : t('syncSearchDone', { count: found.size, formatted: number(found.size), looked: number(looked) });
  return (
    <p role="status" className="num px-1 pt-1.5 text-small text-text-2">
      {problem === null ? words : `${t('syncSearchFailed')} ${words}`}
    </p>
  );
};

type SearchProps = { readonly history: SyncHistory; readonly by: SearchBy; readonly typed: string; readonly onBy: (by: SearchBy) => void; readonly onTyped: (typed: string) => void };

/** Versions by their words, or by a place that they changed. */
export const VersionSearch = ({ history, by, typed, onBy, onTyped }: SearchProps) => {
  const { t } = useText();
  const wanted = by === 'place' ? typed.trim() : '';
  const [resting, setResting] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setResting(wanted), REST_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const place = wanted === '' ? '' : resting;
  useEffect(() => {
    void history.searchPlace(place);
  }, [history, place]);
  const hint = t(by === 'place' ? 'syncSearchPlaceHint' : 'syncVersionsSearch');
  return (
    <div className="shrink-0 p-2">
      <div className="flex gap-1.5">
        <span className="relative block min-w-0 flex-1">
          <Search size={14} aria-hidden className="pointer-events-none absolute left-2.5 top-2.25 text-text-2" />
          <input type="text" role="searchbox" value={typed} onChange={(event) => onTyped(event.target.value)} placeholder={hint} aria-label={hint} spellCheck={false} className={`${inputClass} !pl-8`} />
        </span>
        <Select<SearchBy>
          label={t('syncSearchBy')}
          value={by}
          options={[
            { value: 'words', label: t('syncSearchWords') },
            { value: 'place', label: t('syncSearchPlace') },
          ]}
          onChange={onBy}
          className="shrink-0"
        />
      </div>
      {by === 'place' ? <PlaceFound history={history} /> : null}
    </div>
  );
};
