import type { SqlDatabase } from '../../lib/sqlite';
import type { LibraryQuery } from '../../shared/ipc/contract';
import type { Upload } from '../../shared/model/upload';
import { searchSql, whereOf, type SearchSql } from './search';
import { COLUMNS, toUpload } from './upload-rows';

/** A search is counted up to here: whoever types waits for it, and beyond it the exact figure tells nobody anything. */
export const SEARCH_TOTAL_LIMIT = 1000;

export type LibraryPage = { readonly uploads: readonly Upload[]; readonly next: string | null; readonly total: number };

export interface Pages {
  /** One page, newest first. Uploads added meanwhile shift nothing: a cursor names the place it stopped at. */
  page(query: LibraryQuery): LibraryPage;
  /** Forgets the totals counted so far; to be called with every change. */
  forget(): void;
}

/** Reads the library page by page; the total of a search is counted once and kept until something changes. */
export function createPages(db: SqlDatabase): Pages {
  const totals = new Map<string, number>();
  const totalOf = (query: LibraryQuery, search: SearchSql, known: number | undefined): number => {
    const key = JSON.stringify([query.search, query.accountId]);
    const total = totals.get(key) ?? known ?? countOf(db, search);
    totals.set(key, total);
    return total;
  };
  return {
    forget: () => totals.clear(),
    page(query) {
      const search = searchSql(query.search, query.accountId);
      const before = query.cursor === null ? null : Number(query.cursor);
      const paged = before === null || !Number.isSafeInteger(before) ? [] : [`${search.order} < ${before}`];
      const rows = db
        .prepare(`SELECT ${COLUMNS} FROM ${search.from} ${whereOf([...search.where, ...paged])} ORDER BY ${search.order} DESC LIMIT ?`)
        .all(...search.values, query.limit + 1)
        .map(toUpload);
      const shown = rows.slice(0, query.limit);
      const more = rows.length > query.limit;
      return {
        uploads: shown.map((row) => row.upload),
        next: more ? String(shown.at(-1)?.seq) : null,
        // A first page that holds everything has counted it.
        total: totalOf(query, search, paged.length === 0 && !more ? rows.length : undefined),
      };
    },
  };
}

function countOf(db: SqlDatabase, search: SearchSql): number {
  if (search.where.length === 0) return Number(db.prepare('SELECT count(*) AS n FROM uploads').get()?.['n'] ?? 0);
  if (search.accountOnly) return Number(db.prepare(`SELECT count(*) AS n FROM uploads u ${whereOf(search.where)}`).get(...search.values)?.['n'] ?? 0);
  // With the index alone there is no need to look at the rows.
  const from = search.indexOnly ? 'uploads_text' : search.from;
  const counted = `SELECT 1 FROM ${from} ${whereOf(search.where)} ORDER BY ${search.order} DESC LIMIT ${SEARCH_TOTAL_LIMIT}`;
  return Number(db.prepare(`SELECT count(*) AS n FROM (${counted})`).get(...search.values)?.['n'] ?? 0);
}
