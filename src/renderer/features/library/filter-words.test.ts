import { expect, test } from 'vitest';
import { NO_FILTER } from '../../../shared/model/library-defaults';
import type { LibraryFilter } from '../../../shared/model/library-query';
import { createText } from '../../stores/text';
import { chipsOf, datesRange, isFiltered, presetRange } from './filter-words';

const now = new Date(2026, 10, 20, 15, 30).getTime();
const known = { accounts: [], albums: [], text: createText('en'), now };

test('spans of days begin at local midnight', () => {
  expect(presetRange('today', now)).toEqual({ from: new Date(2026, 10, 20).getTime(), before: null });
  expect(presetRange('yesterday', now)).toEqual({ from: new Date(2026, 10, 19).getTime(), before: new Date(2026, 10, 20).getTime() });
  expect(presetRange('week', now).from).toBe(new Date(2026, 10, 14).getTime());
  expect(presetRange('year', now).from).toBe(new Date(2026, 0, 1).getTime());
});

test('two dates include both days, and either may be left open', () => {
  expect(datesRange('2026-02-27', '2026-02-28')).toEqual({ from: new Date(2026, 1, 27).getTime(), before: new Date(2026, 2, 1).getTime() });
  expect(datesRange('', '2026-01-31').before).toBe(new Date(2026, 1, 1).getTime());
  expect(datesRange('', '')).toEqual({ from: null, before: null });
});

test('every active filter has its words and the way to take it off', () => {
  const filter = { ...NO_FILTER, kind: 'video' as const, tag: 'harbour', state: 'link_dead' as const, ...presetRange('week', now) };
  const chips = chipsOf(filter, known);
  expect(chips.map(({ name, value }) => `${name}: ${value}`)).toEqual(['Type: Videos', 'Date: Last 7 days', 'Tag: harbour', 'State: Link dead']);
  expect(chips.reduce<LibraryFilter>((left, { without }) => ({ ...left, ...without }), filter)).toEqual(NO_FILTER);
});

test('dates that are no preset are said as dates', () => {
  const value = (first: string, last: string): string | undefined => chipsOf({ ...NO_FILTER, ...datesRange(first, last) }, known)[0]?.value;
  expect(value('2026-02-27', '2026-02-27')).toBe('Feb 27, 2026');
  expect(value('2026-02-27', '2026-03-01')).toBe('Feb 27, 2026 – Mar 1, 2026');
  expect(value('2026-02-27', '')).toBe('since Feb 27, 2026');
  expect(value('', '2026-02-27')).toBe('until Feb 27, 2026');
});

test('blanks alone are no search', () => {
  expect(isFiltered({ ...NO_FILTER, search: '  ' })).toBe(false);
  expect(isFiltered({ ...NO_FILTER, search: 'a' })).toBe(true);
});
