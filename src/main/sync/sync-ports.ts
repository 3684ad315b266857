import type { Clock } from '../../lib/clock';
import type { NewId } from '../../lib/ids';
import type { DocumentSync } from '../providers/contract';
import type { Checkpoint } from './document-folder';
import type { DocumentTexts } from './texts';

export type SyncPorts = {
  /** Ours alone, below the data folder. */
  readonly folder: string;
  /** The account's documents; null when its host has none. Throws `PicferryError` for an account that is gone. */
  readonly hostOf: (account: string) => DocumentSync | null;
  /** What people call the account. */
  readonly nameOf: (account: string) => string;
  readonly texts: DocumentTexts;
  readonly now: Clock;
  readonly newId: NewId;
  readonly deviceName: string;
  readonly checkpoint?: Checkpoint;
};
