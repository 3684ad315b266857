import { INVENTED_ACCOUNTS } from '../../test/fixtures/invented-uploads';
import { NEWEST_FIRST } from '../../src/shared/model/library-defaults';
import type { LibraryFilter } from '../../src/shared/model/library-query';
import type { Asked } from './store-under-test';

type Named = readonly [string, Asked];

/** Typed one character after the other. The last two words are common both. */
const TYPED = ['ferry', '图片', '夜景', '流程图', '7f3a', 'zq', '鑫鑫', 'no such word', 'sunset png', '截图 webp', 'wei'] as const;
/** Put in at one go. */
const PASTED = ['https://img.example.com/i/2023/05/', 'img.example.com/i/2022/11/3a', 'https://img.example.com/i/2024/02/0123456789abc.png', 'example.com/i/ sunset'] as const;

const searching = (search: string, filter: Partial<LibraryFilter> = {}): Asked => ({ filter: { ...filter, search }, sort: NEWEST_FIRST });

/** Every search that somebody who types these words causes. */
export const searches = (): readonly Named[] => [
  ...TYPED.flatMap((text) => [...text].map((_, at): Named => [[...text].slice(0, at + 1).join(''), searching([...text].slice(0, at + 1).join(''))])),
  ...PASTED.map((text): Named => [text, searching(text)]),
];

const DAY = 86_400_000;
const FROM = Date.UTC(2024, 0, 1);

const FILTERS: readonly (readonly [string, Partial<LibraryFilter>])[] = [
  ['account', { accountId: INVENTED_ACCOUNTS[0]?.id ?? '' }],
  ['videos', { kind: 'video' }],
  ['online', { state: 'online' }],
  ['unconfirmed', { state: 'unconfirmed' }],
  ['tag', { tag: '旅行' }],
  ['a month', { from: FROM, before: FROM + 30 * DAY }],
  ['account and search', { accountId: INVENTED_ACCOUNTS[1]?.id ?? '', search: 'png' }],
  ['none', {}],
];

/** A change of filter, or of sort: over everything, within a filter and within a search. */
export const changesOfView = (what: 'filter' | 'sort'): readonly Named[] =>
  what === 'filter'
    ? FILTERS.map(([name, filter]): Named => [name, { filter, sort: NEWEST_FIRST }])
    : (['name', 'size', 'time'] as const).flatMap((by) =>
        (['asc', 'desc'] as const).flatMap((direction) =>
          ([['everything', {}], ['account', { accountId: INVENTED_ACCOUNTS[0]?.id ?? '' }], ['search png', { search: 'png' }]] as const).map(
            ([name, filter]): Named => [`${by} ${direction}, ${name}`, { filter, sort: { by, direction } }],
          ),
        ),
      );
