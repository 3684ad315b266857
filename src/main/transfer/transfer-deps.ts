import type { Clock } from '../../lib/clock';
import type { NewId } from '../../lib/ids';
import type { AccountsService } from '../accounts';
import type { LibraryDatabase } from '../database';
import type { AlbumsService, LibraryService } from '../library';
import type { ProviderRegistry } from '../providers/contract';
import type { Vault } from '../secrets';
import type { SettingsService } from '../settings';

export type TransferDeps = {
  readonly settings: SettingsService;
  readonly vault: Pick<Vault, 'state'>;
  readonly registry: ProviderRegistry;
  readonly accounts: AccountsService;
  readonly library: LibraryService;
  readonly albums: AlbumsService;
  readonly database: Pick<LibraryDatabase, 'backUpNow' | 'backups' | 'prepareRestore'>;
  readonly newId: NewId;
  readonly now: Clock;
  /** What guessing a passphrase costs: scrypt's N, a power of two. 2^17 takes 128 MB and a third of a second. */
  readonly scryptN: number;
};
