import { NO_FILTER } from '../../../shared/model/library-defaults';
import type { LibraryFilter } from '../../../shared/model/library-query';
import type { LibraryAlbum } from '../../../shared/model/library-album';
import type { Account } from '../../../shared/model/account';
import type { Text } from '../../stores/text';
import { kindWords, providerNames, stateWords } from './upload-words';

/** One active filter: what it says, and the change that takes it away. */
export type FilterChip = { readonly id: string; readonly name: string; readonly value: string; readonly without: Partial<LibraryFilter> };

const DAY = 86_400_000;
export type Preset = 'today' | 'yesterday' | 'week' | 'month' | 'year';
export const presets: readonly Preset[] = ['today', 'yesterday', 'week', 'month', 'year'];
export const presetWords = { today: 'dayToday', yesterday: 'dayYesterday', week: 'dateWeek', month: 'dateMonth', year: 'dateYear' } as const;

const startOfDay = (at: number, days = 0): number => {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
};

/** A span of local days up to and with today. */
export const presetRange = (preset: Preset, now: number): Pick<LibraryFilter, 'from' | 'before'> => {
  switch (preset) {
    case 'today':
      return { from: startOfDay(now), before: null };
    case 'yesterday':
      return { from: startOfDay(now, -1), before: startOfDay(now) };
    case 'week':
      return { from: startOfDay(now, -6), before: null };
    case 'month':
      return { from: startOfDay(now, -29), before: null };
    case 'year':
      return { from: new Date(new Date(now).getFullYear(), 0, 1).getTime(), before: null };
  }
};

/** From two dates as a date field gives them (`YYYY-MM-DD` or ''), both days included. */
export const datesRange = (first: string, last: string): Pick<LibraryFilter, 'from' | 'before'> => {
  const parse = (text: string, days: number): number | null => {
    const [year, month, date] = text.split('-').map(Number);
    if (year === undefined || month === undefined || date === undefined || Number.isNaN(year + month + date)) return null;
    return new Date(year, month - 1, date + days).getTime();
  };
  return { from: parse(first, 0), before: parse(last, 1) };
};

const dateWords = ({ from, before }: Pick<LibraryFilter, 'from' | 'before'>, { t, language }: Text, now: number): string => {
  const preset = presets.find((one) => {
    const range = presetRange(one, now);
    return range.from === from && range.before === before;
  });
  if (preset !== undefined) return t(presetWords[preset]);
  const format = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' });
  if (from === null) return t('dateUntil', { date: format.format((before ?? now) - 1) });
  if (before === null) return t('dateSince', { date: format.format(from) });
  return before - from <= DAY ? format.format(from) : t('dateBetween', { from: format.format(from), to: format.format(before - 1) });
};

export const albumName = (ref: NonNullable<LibraryFilter['album']>, albums: readonly LibraryAlbum[]): string =>
  albums.find((album) => album.source === ref.source && album.id === ref.id && (ref.source === 'local' || album.accountId === ref.accountId))?.name ?? ref.id;

type Known = { readonly accounts: readonly Pick<Account, 'id' | 'name'>[]; readonly albums: readonly LibraryAlbum[]; readonly text: Text; readonly now: number };

/** The active filters in a fixed order; the search is not among them. */
export const chipsOf = (filter: LibraryFilter, { accounts, albums, text, now }: Known): readonly FilterChip[] => {
  const { t } = text;
  const account = accounts.find(({ id }) => id === filter.accountId);
  const chips: (FilterChip | false)[] = [
    filter.accountId !== null && { id: 'account', name: t('filterAccount'), value: account === undefined ? t('accountNone') : text.account(account.name), without: { accountId: null } },
    filter.provider !== null && { id: 'provider', name: t('filterHost'), value: providerNames[filter.provider], without: { provider: null } },
    filter.album !== null && { id: 'album', name: t('filterAlbum'), value: albumName(filter.album, albums), without: { album: null } },
    filter.kind !== null && { id: 'kind', name: t('filterKind'), value: t(kindWords[filter.kind]), without: { kind: null } },
    (filter.from !== null || filter.before !== null) && { id: 'date', name: t('filterDate'), value: dateWords(filter, text, now), without: { from: null, before: null } },
    filter.tag !== null && { id: 'tag', name: t('filterTag'), value: filter.tag, without: { tag: null } },
    filter.state !== null && { id: 'state', name: t('filterState'), value: t(stateWords[filter.state]), without: { state: null } },
  ];
  return chips.filter((chip): chip is FilterChip => chip !== false);
};

export const isFiltered = (filter: LibraryFilter): boolean => JSON.stringify({ ...filter, search: filter.search.trim() }) !== JSON.stringify(NO_FILTER);
