import type { SqlValue } from '../../lib/sqlite';
import type { LibraryFilter, UploadState } from '../../shared/model/library-query';
import { placeOf } from './places';
import { tagKey } from './text-index';

/** Conditions on a row `u` of the index `uploads_facts`, and their values. */
export type Conditions = { readonly where: readonly string[]; readonly values: readonly SqlValue[] };

const STATES: Readonly<Record<UploadState, string>> = {
  online: "u.remote_state = 'online' AND u.link_state <> 'dead'",
  deleted: "u.remote_state IN ('deleted', 'already_gone')",
  unconfirmed: "u.remote_state = 'unconfirmed'",
  refused: "u.remote_state = 'refused'",
  pending_review: "u.remote_state = 'pending_review'",
  link_dead: "u.link_state = 'dead' AND u.remote_state NOT IN ('deleted', 'already_gone')",
};

/** No second overflows into more places than this: a million uploads of one moment. */
const SPILL = 2 ** 20;

/** Everything a filter asks but its search, as conditions on rows. */
export function conditionsOf(filter: LibraryFilter): Conditions {
  const where: string[] = [];
  const values: SqlValue[] = [];
  const ask = (condition: string, ...given: readonly SqlValue[]): void => {
    where.push(condition);
    values.push(...given);
  };
  if (filter.accountId !== null) ask('u.account_id = ?', filter.accountId);
  if (filter.provider !== null) ask('u.provider = ?', filter.provider);
  if (filter.kind !== null) ask('u.kind = ?', filter.kind);
  if (filter.state !== null) ask(STATES[filter.state]);
  if (filter.album?.source === 'local') ask('u.local_album_id = ?', filter.album.id);
  if (filter.album?.source === 'host') ask('u.account_id = ? AND u.album_id = ?', filter.album.accountId, filter.album.id);
  if (filter.tag !== null) ask('u.seq IN (SELECT seq FROM upload_tags WHERE key = ?)', tagKey(filter.tag));
  // The places cut the reading short; the moments decide.
  if (filter.from !== null) ask('u.seq >= ? AND u.uploaded_at >= ?', placeOf(filter.from), filter.from);
  if (filter.before !== null) ask('u.seq < ? AND u.uploaded_at < ?', placeOf(filter.before) + SPILL, filter.before);
  return { where, values };
}

/** The key under which what is known of a filter's uploads is kept; '' when it asks nothing but its search. */
export const filterKey = (filter: LibraryFilter): string => {
  const { search: _search, ...rest } = filter;
  return Object.values(rest).every((value) => value === null) ? '' : JSON.stringify(rest);
};
