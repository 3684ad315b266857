import type { Clock } from '../../lib/clock';
import type { NewId } from '../../lib/ids';
import type { SqlDatabase } from '../../lib/sqlite';
import type { Vault } from '../secrets';
import type { DeletingAccounts } from './delete-uploads';

export type LibraryDeps = {
  readonly db: SqlDatabase;
  readonly vault: Pick<Vault, 'state' | 'seal' | 'open'>;
  readonly accounts: DeletingAccounts;
  readonly now: Clock;
  readonly newId: NewId;
  /** Does something later; returns what calls it off. Without it, orders by name and size are read when first asked for. */
  readonly after?: (ms: number, act: () => void) => () => void;
  /** Told of what goes wrong behind everything else: a delete's outcome that could not be written. */
  readonly onFault: (error: unknown) => void;
};
