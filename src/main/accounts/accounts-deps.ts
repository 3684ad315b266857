import type { Clock } from '../../lib/clock';
import type { NewId } from '../../lib/ids';
import type { Neighbours } from '../neighbours';
import type { ProviderRegistry } from '../providers/contract';
import type { Http } from '../providers/http';
import type { Vault } from '../secrets';
import type { SettingsService } from '../settings';
import type { LocalHost } from './local-host-provider';

export type AccountsDeps = {
  readonly settings: SettingsService;
  readonly vault: Vault;
  readonly registry: ProviderRegistry;
  readonly http: Http;
  readonly thisComputer: LocalHost;
  readonly neighbours: Pick<Neighbours, 'judge' | 'at' | 'isSame'>;
  /** Where what providers find out is kept, `account-memory.json` in the data folder's `store`. */
  readonly memoryFile: string;
  readonly now: Clock;
  readonly newId: NewId;
  /** Repeats a call that may be repeated, by the retry hints of its failures. */
  readonly retry: <T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) => Promise<T>;
};
