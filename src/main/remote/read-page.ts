import { inSlices } from '../../lib/in-slices';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Account, RemoteItem } from '../../shared/model/account';
import { NOT_IN_LIBRARY, rowInLibrary } from '../../shared/row-in-library';
import type { AccountsService } from '../accounts';
import type { LibraryService } from '../library';
import type { ListedItem, ListQuery, Provider, RemotePage } from '../providers/contract';
import { matchRow } from './match-row';
import { webAddress } from './web-address';

export type ReadPageDeps = {
  readonly accounts: Pick<AccountsService, 'byId' | 'provider'>;
  readonly library: Pick<LibraryService, 'byRemote'>;
};

/** A page whose rows are matched to the library. */
export type MatchedPage = Omit<RemotePage, 'items'> & { readonly items: readonly RemoteItem[] };

export type Lister = { readonly account: Account; readonly provider: Provider; readonly list: NonNullable<Provider['list']> };

/** A host that sends more rows at once than this is cut short. */
const MOST_ROWS = 2000;
const MOST_LETTERS = 500;

/** The account's client, which can list. Throws `PicferryError` where there is no such account or the host lists nothing. */
export function listerOf(accountId: string, accounts: ReadPageDeps['accounts'], at: number): Lister {
  const account = accounts.byId(accountId);
  if (account === undefined) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'noAccount', message: 'noAccount', params: { name: '' } }, at));
  const provider = accounts.provider(accountId);
  if (provider.list === undefined) {
    throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'cannot', message: 'cannotList', params: { host: account.name } }, at));
  }
  return { account, provider, list: provider.list.bind(provider) };
}

/** Asks once for a page; its rows are cleaned and matched to the library. Rejects with `PicferryError`. */
export async function readPage({ account, list }: Lister, query: ListQuery, signal: AbortSignal, library: ReadPageDeps['library']): Promise<MatchedPage> {
  const found = await list(query, { signal });
  const items: RemoteItem[] = [];
  await inSlices(found.items.slice(0, MOST_ROWS), (rows) => {
    for (const row of rows) {
      const clean = cleanRow(row);
      const upload = matchRow(library, account.id, clean);
      items.push({ ...clean, ...(upload === undefined ? NOT_IN_LIBRARY : rowInLibrary(upload)) });
    }
  });
  return { ...found, items };
}

/** The row without what must not be shown or followed. */
export const cleanRow = <Row extends ListedItem>(row: Row): Row => ({
  ...row,
  remoteId: row.remoteId.slice(0, MOST_LETTERS),
  name: row.name.slice(0, MOST_LETTERS),
  storedName: row.storedName === null || row.storedName === '' ? null : row.storedName.slice(0, MOST_LETTERS),
  url: webAddress(row.url),
  thumbUrl: webAddress(row.thumbUrl),
  hostTime: row.hostTime?.slice(0, 100) ?? null,
});
