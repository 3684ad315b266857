import type { Account } from '../../../shared/model/account';
import type { DocumentName, SyncService } from '../../sync';
import { accountNamed, type RunContext, UsageError } from '../run-context';
import { accountsToAsk } from './accounts-to-ask';

/** What every verb of `sync` may be told. */
export type Common = { readonly account: string | null; readonly deviceName: string | null };

/** Opens the documents, and gives this device the name it was told. */
export async function opened({ services }: RunContext, { deviceName }: Common): Promise<SyncService> {
  const sync = await services.sync.open();
  if (deviceName !== null) await sync.renameDevice(deviceName);
  return sync;
}

/** The account a person named; null when they named none. */
export const named = (context: RunContext, { account }: Common): Account | null => (account === null ? null : accountNamed(context, account));

/** The document of this key: in the account that was named, else wherever it is. Of several nobody can tell which one is meant. */
export async function documentOf(context: RunContext, sync: SyncService, key: string, common: Common): Promise<DocumentName> {
  const [document, ...others] = await documentsOf(context, sync, key, common);
  if (others.length > 0) throw new UsageError('syncKeyInSeveral', { key, accounts: [document, ...others].map(({ account }) => nameOf(context, account)).join(', ') });
  return document;
}

type Some<T> = readonly [T, ...T[]];

/** Every document of this key; where there is none, the one that the account that was named or the default one would have. */
export async function documentsOf(context: RunContext, sync: SyncService, key: string, common: Common): Promise<Some<DocumentName>> {
  const account = named(context, common);
  const [first, ...others] = (await sync.list(account?.id)).filter(({ fileKey }) => fileKey === key);
  return first === undefined ? [{ account: account?.id ?? context.services.accounts.default().id, fileKey: key }] : [first, ...others];
}

/** What an account is called; its id once it is gone. */
export const nameOf = ({ services }: RunContext, account: string): string => services.accounts.byId(account)?.name ?? account;

/** The account of the document or of the name that was given, or all with documents here. */
export async function asked(context: RunContext, sync: SyncService, command: Common & { readonly key: string | null }): Promise<readonly string[]> {
  if (command.key !== null) return [(await documentOf(context, sync, command.key, command)).account];
  const account = named(context, command);
  return account === null ? accountsToAsk(context, sync) : [account.id];
}
