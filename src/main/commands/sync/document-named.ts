import type { Account } from '../../../shared/model/account';
import type { DocumentName, SyncService } from '../../sync';
import { accountNamed, type RunContext } from '../run-context';
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

/** The document of this key: in the account that was named, else wherever it is, and of several the default account's. */
export async function documentOf(context: RunContext, sync: SyncService, key: string, common: Common): Promise<DocumentName> {
  const account = named(context, common);
  const found = (await sync.list(account?.id)).filter(({ fileKey }) => fileKey === key);
  const preferred = found.find((one) => one.account === context.services.accounts.default().id) ?? found[0];
  return { account: preferred?.account ?? account?.id ?? context.services.accounts.default().id, fileKey: key };
}

/** What an account is called; its id once it is gone. */
export const nameOf = ({ services }: RunContext, account: string): string => services.accounts.byId(account)?.name ?? account;

/** The account of the document or of the name that was given, or all with documents here. */
export async function asked(context: RunContext, sync: SyncService, command: Common & { readonly key: string | null }): Promise<readonly string[]> {
  if (command.key !== null) return [(await documentOf(context, sync, command.key, command)).account];
  const account = named(context, command);
  return account === null ? accountsToAsk(context, sync) : [account.id];
}
