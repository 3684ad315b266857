import type { ImportReport, ImportSkip } from '../../shared/model/transfer';
import type { AccountLine, AlbumLine, SettingsLine, UploadLine } from './file/lines';

/** What a file holds, whoever made it, in one form. Nothing of it has been taken yet. */
export interface Incoming {
  readonly source: ImportReport['source'];
  /** File name without its folder. */
  readonly file: string;
  readonly secrets: ImportReport['secrets'];
  readonly accounts: readonly AccountLine[];
  readonly albums: readonly AlbumLine[];
  readonly settings: SettingsLine | null;
  /** What was found and cannot be taken. */
  readonly skipped: readonly ImportSkip[];
  /** All uploads, a slice at a time; may be read more than once. */
  uploads(): AsyncIterable<readonly UploadLine[]>;
  close(): Promise<void>;
}

/** Adds up what is skipped for the same reason under the same name. */
export function addSkips(skips: Iterable<ImportSkip>): readonly ImportSkip[] {
  const sums = new Map<string, ImportSkip>();
  for (const skip of skips) {
    const key = JSON.stringify([skip.what, skip.name, skip.why]);
    const before = sums.get(key);
    sums.set(key, before === undefined ? skip : { ...before, count: before.count + skip.count });
  }
  return [...sums.values()];
}
