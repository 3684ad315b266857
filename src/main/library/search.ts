import type { SqlValue } from '../../lib/sqlite';

/** A search as SQL: what to read from, what must hold, and the values for it. */
export type SearchSql = {
  readonly from: string;
  readonly where: readonly string[];
  readonly values: readonly SqlValue[];
  readonly order: string;
  /** True when the index alone knows which uploads match. */
  readonly indexOnly: boolean;
  /** True when nothing is searched for: an account's uploads, all of them. */
  readonly accountOnly: boolean;
};

/** The index knows pieces of three characters; shorter words are looked for in the rows themselves. */
const PIECE = 3;

/**
 * Uploads in which every word of `text` occurs somewhere (name, address, stored name, account, album), in any case.
 * The order is by `seq`, so that a limit stops the reading early.
 */
export function searchSql(text: string, accountId: string | null): SearchSql {
  const words = text.normalize('NFC').split(/[\s\p{Cc}]+/u).filter((word) => word !== '');
  const long = words.filter((word) => [...word].length >= PIECE);
  const short = words.filter((word) => [...word].length < PIECE);
  const where: string[] = [];
  const values: SqlValue[] = [];
  if (long.length > 0) {
    where.push('uploads_text MATCH ?');
    values.push(long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND '));
  }
  for (const word of short) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    where.push(`(${SEARCHED.map((column) => `u.${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`);
    values.push(...SEARCHED.map(() => pattern));
  }
  if (accountId !== null) {
    where.push('u.account_id = ?');
    values.push(accountId);
  }
  const indexed = long.length > 0;
  return {
    from: indexed ? 'uploads_text JOIN uploads u ON u.seq = uploads_text.rowid' : 'uploads u',
    where,
    values,
    accountOnly: words.length === 0 && accountId !== null,
    indexOnly: indexed && short.length === 0 && accountId === null,
    order: indexed ? 'uploads_text.rowid' : 'u.seq',
  };
}

const SEARCHED = ['name', 'url', 'stored_name', 'account_name', 'album_id'] as const;

/** `WHERE …` of these conditions, or nothing. */
export const whereOf = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`);
