import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Account } from '../../shared/model/account';
import { addRows, type AddRowsDeps } from './add-rows';
import type { RemoteService } from './contract';
import { listerOf, readPage, type ReadPageDeps } from './read-page';

export type RemoteDeps = Omit<ReadPageDeps, 'library'> &
  AddRowsDeps & {
    /** Repeats a call that changes nothing at the host, for as long as somebody who watches would wait. */
    readonly retry: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  };

/** What hosts list, over accounts and library. */
export function createRemote(deps: RemoteDeps): RemoteService {
  const { accounts, library, now } = deps;
  const accountOf = (id: string): Account => {
    const account = accounts.byId(id);
    if (account !== undefined) return account;
    throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'noAccount', message: 'noAccount', params: { name: '' } }, now()));
  };
  return {
    async page(accountId, query, signal) {
      const lister = listerOf(accountId, accounts, now());
      const { items, page, total, totalPages } = await deps.retry(() => readPage(lister, query, signal, library), signal);
      return { items, page, total, totalPages };
    },
    async clear(accountId, signal) {
      const account = accountOf(accountId);
      const provider = accounts.provider(accountId);
      if (provider.clearList === undefined) {
        const message = account.capabilities.list === 'none' ? 'cannotClearNone' : 'cannotClear';
        throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'cannot', message, params: { host: account.name } }, now()));
      }
      await provider.clearList({ signal });
    },
    add(accountId, items) {
      const outcomes = addRows(accountOf(accountId), items, deps);
      const count = (wanted: string): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
      return { added: count('added'), known: count('known') };
    },
  };
}
