import type { Account, AccountDraft, AccountTest, Album, StoredAccount } from '../../shared/model/account';
import type { Problem } from '../../shared/model/problem';
import type { ProviderConfig, Provider } from '../providers/contract';
import type { LocalHost } from './local-host-provider';

/** The accounts of this data folder, the embedded host's included. Rejects and throws only `PicferryError`. */
export interface AccountsService {
  list(): readonly Account[];
  rev(): number;
  byId(id: string): Account | undefined;
  byName(name: string): Account | undefined;
  default(): Account;
  /** Contacts nobody. A name in use, an unknown setting or a bad address throws kind `bad_request`. */
  save(draft: AccountDraft): Account;
  /**
   * Takes an account over as it was elsewhere, under its own id, also without its keys: it shows what is missing. The
   * name is changed when it is in use. Its address and settings are held against the provider like a draft's. Without
   * its keys it never becomes the default by itself.
   */
  adopt(account: StoredAccount, secrets: Readonly<Record<string, string>>): Account;
  /** Removes it and its secrets; the library keeps its uploads. `this-computer` cannot be removed. */
  remove(id: string): void;
  /** `byHand` keeps later accounts from becoming the default by themselves. */
  setDefault(id: string, byHand: boolean): void;
  test(subject: { readonly id: string } | { readonly draft: AccountDraft }, signal: AbortSignal): Promise<AccountTest>;
  albums(id: string, signal: AbortSignal): Promise<readonly Album[]>;
  /** The client of an account, made anew when its settings changed. */
  provider(id: string): Provider;
  config(id: string): ProviderConfig;
  /** Whether two accounts mean the same place: one data folder, or one address with the same keys. */
  isSameHost(id: string, otherId: string): boolean;
  /** The embedded host, ours or another Picferry's, that the account means; null for an account with an address, and for one that is gone. */
  localHost(id: string): LocalHost | null;
  /** Pauses the account's jobs after a refusal; cleared by `resume`, by saving and by a passing test. */
  pause(id: string, problem: Problem): void;
  resume(id: string): void;
  onChange(listener: () => void): () => void;
}
