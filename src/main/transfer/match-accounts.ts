import { OTHER_PICFERRY, THIS_COMPUTER, type StoredAccount } from '../../shared/model/account';
import type { SettingValue } from '../../shared/model/provider';
import type { AccountLine } from './file/lines';
import type { TransferDeps } from './transfer-deps';

/** An account of a file and the one here that it is; null when it is new here. */
export type MatchedAccount = { readonly from: AccountLine; readonly here: string | null };

type Deps = Pick<TransferDeps, 'settings' | 'registry'> & { readonly accounts: Pick<TransferDeps['accounts'], 'config'> };

/**
 * Finds the accounts of a file among those here: the same id, or the same host and address with the same name, the same
 * keys or the same user. Two accounts at one host that only look alike stay two.
 */
export function matchAccounts(deps: Deps, accounts: readonly AccountLine[]): readonly MatchedAccount[] {
  const here = deps.settings.current().accounts;
  return accounts.map((from) => {
    if (from.id === THIS_COMPUTER) return { from, here: THIS_COMPUTER };
    const candidates = here.filter(({ provider }) => provider === from.provider);
    const sameId = candidates.find(({ id }) => id === from.id);
    const { url } = deps.registry.checkUrl(from.provider, from.url);
    const atHost = candidates.filter((account) => account.url === url && (account.provider !== OTHER_PICFERRY || account.settings['folder'] === from.settings['folder']));
    const found = sameId ?? atHost.find(({ name }) => fold(name) === fold(from.name)) ?? atHost.find((account) => sameIdentity(deps, account, from));
    return { from, here: found?.id ?? null };
  });
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase();

function sameIdentity({ accounts, registry }: Deps, here: StoredAccount, from: AccountLine): boolean {
  const known = accounts.config(here.id);
  const keys = Object.entries(from.secrets).filter(([, value]) => value !== '');
  if (keys.length > 0 && keys.some(([key]) => (known.secrets[key] ?? '') !== '')) return keys.every(([key, value]) => known.secrets[key] === value);
  // What has to be typed and is no secret says whose account it is, such as ImgURL's uid.
  const telling = registry.definition(from.provider).settings.filter(({ type, required }) => type === 'text' && required);
  return telling.length > 0 && telling.every(({ key }) => text(from.settings[key]) !== '' && text(from.settings[key]) === text(known.settings[key]));
}

const text = (value: SettingValue | undefined): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
