import type { Account } from '../../shared/model/account';
import type { LibraryService, NewUpload } from '../library';
import type { ListedItem } from '../providers/contract';
import { matchRow } from './match-row';
import { cleanRow } from './read-page';

export type AddRowsDeps = {
  readonly library: Pick<LibraryService, 'addMany' | 'byRemote'>;
  readonly newId: () => string;
  readonly now: () => number;
};

/** What became of a row, with the id of its upload. A row without an address cannot be kept. */
export type RowOutcome = { readonly row: ListedItem; readonly outcome: 'added' | 'known' | 'no_address'; readonly uploadId: string | null };

/** Takes a host's rows into the library, in one transaction; those that are there already stay as they are. In the order of the rows. */
export function addRows(account: Account, rows: readonly ListedItem[], { library, newId, now }: AddRowsDeps): readonly RowOutcome[] {
  const at = now();
  const plans = rows.map((given) => {
    const row = cleanRow(given);
    const known = matchRow(library, account.id, row);
    if (known !== undefined) return { row, known: known.id, upload: null };
    return { row, known: null, upload: row.url === null ? null : newUpload(account, row, row.url, newId(), at) };
  });
  const fresh = plans.flatMap(({ upload }) => upload ?? []);
  const added = new Set(fresh.length === 0 ? [] : library.addMany(fresh).added);
  return plans.map(({ row, known, upload }): RowOutcome => {
    if (known !== null) return { row, outcome: 'known', uploadId: known };
    if (upload === null) return { row, outcome: 'no_address', uploadId: null };
    if (added.has(upload.id)) return { row, outcome: 'added', uploadId: upload.id };
    return { row, outcome: 'known', uploadId: matchRow(library, account.id, row)?.id ?? null };
  });
}

function newUpload(account: Account, row: ListedItem, url: string, id: string, now: number): NewUpload {
  return {
    id,
    jobId: null,
    accountId: account.id,
    accountName: account.name,
    provider: account.provider,
    onlyThisComputer: account.onlyThisComputer,
    name: row.name === '' ? (row.storedName ?? row.remoteId) : row.name,
    storedName: row.storedName,
    // A gallery that states no addresses numbers its rows: those are not the ids that it gives its uploads.
    remoteId: row.derived || row.remoteId === '' ? null : row.remoteId,
    url,
    thumbUrl: row.thumbUrl,
    kind: row.kind,
    mime: null,
    bytes: row.bytes ?? 0,
    width: row.width,
    height: row.height,
    durationSeconds: null,
    sha256: '',
    albumId: null,
    uploadedAt: timeOf(row, now),
    remoteState: 'online',
    deleteUrl: null,
    came: 'added_from_host',
  };
}

/**
 * When the host says it was uploaded, never later than now. A time without a zone is read as UTC: it may be half a day
 * off, but the picture lies among those of its days, where a person looks for it. Nothing but the order on screen hangs on it.
 */
function timeOf({ hostTime, hostTimeZoneKnown }: ListedItem, now: number): number {
  if (hostTime === null) return now;
  const at = Date.parse(hostTimeZoneKnown ? hostTime : `${hostTime.trim().replace(' ', 'T')}Z`);
  return Number.isFinite(at) && at > 0 ? Math.min(at, now) : now;
}
