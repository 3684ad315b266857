import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Account } from '../../shared/model/account';
import { parseAddress, urlProblem, type Reach } from '../preparation';

export type HostCopyDeps = {
  readonly accounts: {
    byId(id: string): Pick<Account, 'url' | 'onlyThisComputer'> | undefined;
    /** An embedded host, whose links open only while it runs. */
    localHost(id: string): { start(): Promise<{ readonly url: string }> } | null;
  };
  readonly now: () => number;
};

/** Whose address is asked: an account's, known by its id even when it was removed since. */
export type Owner = { readonly accountId: string; readonly onlyThisComputer: boolean };

/**
 * What may be connected to for an address of this account: the public internet, the host that the person entered for it
 * and, for pictures of an embedded host, that host. Rejects with `PicferryError`.
 */
export async function reachFor(link: string, owner: Owner, { accounts, now }: HostCopyDeps): Promise<Reach> {
  if (!owner.onlyThisComputer) return { allowLoopback: false, ownHosts: hostsOf(accounts.byId(owner.accountId)?.url) };
  const url = (await accounts.localHost(owner.accountId)?.start())?.url ?? null;
  // Other servers of this computer are none of ours, whatever a record says.
  if (url === null || parseAddress(link).host !== new URL(url).host) throw new PicferryError(urlProblem('urlPrivate', now()));
  return { allowLoopback: false, ownHosts: hostsOf(url) };
}

const hostsOf = (url: string | null | undefined): readonly string[] => {
  try {
    return [new URL(url ?? '').hostname];
  } catch {
    return [];
  }
};

/** The account that rows are looked at for. Throws `PicferryError` when there is none. */
export const ownerOf = (accountId: string, { accounts, now }: HostCopyDeps): Owner => {
  const account = accounts.byId(accountId);
  if (account === undefined) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'noAccount', message: 'noAccount', params: { name: '' } }, now()));
  return { accountId, onlyThisComputer: account.onlyThisComputer };
};
