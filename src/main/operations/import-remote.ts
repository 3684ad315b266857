import { problemOf } from '../../lib/picferry-error';
import type { AccountsService } from '../accounts';
import type { LibraryService } from '../library';
import type { Timers } from '../queue';
import { addRows, listerOf, readPage, type MatchedPage } from '../remote';
import { pause } from './pause';
import type { Work } from './work';

export type ImportRemoteDeps = {
  readonly accounts: Pick<AccountsService, 'byId' | 'provider'>;
  readonly library: Pick<LibraryService, 'addMany' | 'byRemote'>;
  readonly timers: Timers;
  readonly newId: () => string;
  /** Repeats a call that changes nothing at the host, waiting as long as the host asks within reason. */
  readonly retry: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
};

const PER_PAGE = 100;

/** Between two pages, so that other visitors of the host are not kept waiting. */
const PAUSE_MS = 250;

/** A host that lists on and on without an end is left here. */
const MOST_PAGES = 10_000;

/**
 * Takes everything that a host lists into the library, page after page, oldest first: what is uploaded meanwhile comes at
 * the end and moves nothing. True when the list's end was seen.
 */
export async function importRemote(work: Work, accountId: string, { accounts, library, timers, newId, retry }: ImportRemoteDeps): Promise<boolean> {
  const lister = listerOf(accountId, accounts, timers.now());
  const seen = new Set<string>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    if (work.stop.aborted) return false;
    const found: MatchedPage | null = await pageOrStop(work.stop, () =>
      retry(() => readPage(lister, { page, perPage: PER_PAGE, orderBy: 'created_at', orderDir: 'ASC' }, work.stop, library), work.stop),
    );
    if (found === null) return false;
    // Hosts that know no pages give the same one again and again.
    const fresh = found.items.filter((item) => {
      const key = `${item.remoteId}\n${item.url ?? ''}\n${item.storedName ?? ''}`;
      return !seen.has(key) && seen.add(key);
    });
    if (fresh.length === 0) return true;
    for (const { row, outcome, uploadId } of addRows(lister.account, fresh, { library, newId, now: timers.now })) {
      const noAddress = outcome === 'no_address' ? problemOf({ kind: 'protocol', message: 'rowWithoutAddress', params: { host: lister.account.name } }, timers.now()) : null;
      work.found({ id: uploadId ?? row.remoteId, name: row.name }, outcome === 'no_address' ? 'failed' : outcome, noAddress);
    }
    work.expect(found.total === null ? null : Math.max(found.total, work.items.size()));
    // Where the number of pages is wrong, the number of rows is not yet reached: the next page tells.
    if (page >= found.totalPages && seen.size >= (found.total ?? 0)) return true;
    await pause(PAUSE_MS, timers, work.stop);
  }
  return true;
}

/** Null when the person stopped it meanwhile; any other failure is thrown on. */
async function pageOrStop(stop: AbortSignal, ask: () => Promise<MatchedPage>): Promise<MatchedPage | null> {
  try {
    return await ask();
  } catch (error) {
    if (stop.aborted) return null;
    throw error;
  }
}
