import type { UploadSelection } from '../../shared/model/library-query';
import type { Backup, ImportReport } from '../../shared/model/transfer';

export type ImportChoice = { readonly accounts: boolean; readonly uploads: boolean; readonly settings: boolean };

/** Libraries in and out. Rejects with `PicferryError`. */
export interface TransferService {
  /** Writes library and settings to a new file, whole or not at all. */
  exportTo(path: string, passphrase: string | null): Promise<{ readonly uploads: number }>;
  exportList(path: string, selection: UploadSelection, as: 'csv' | 'markdown'): Promise<{ readonly uploads: number }>;
  /** Says what a file, or a folder of PicGo or PicList, holds; `report` is null while a passphrase is missing. */
  look(path: string, passphrase: string | null): Promise<{ readonly id: string; readonly needsPassphrase: boolean; readonly report: ImportReport | null }>;
  /** The path that was looked at under this id; null when that is forgotten. */
  pathOf(id: string): string | null;
  /** Takes in what `look` read under that id, after a backup. */
  import(id: string, passphrase: string | null, choice: ImportChoice): Promise<ImportReport>;
  backups(): Promise<readonly Backup[]>;
  backUpNow(): Promise<Backup>;
  /** Puts the backup where the next start takes it up; the caller starts Picferry anew. */
  prepareRestore(name: string): Promise<void>;
}
