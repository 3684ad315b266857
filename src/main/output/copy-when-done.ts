import { basename } from 'node:path';
import { inSlices } from '../../lib/in-slices';
import { albumNames, joinLinks, type LinkSubject } from '../../shared/links';
import type { BatchResult } from '../../shared/model/job';
import type { LibraryAlbum } from '../../shared/model/library-album';
import type { Settings } from '../../shared/model/settings';
import type { Upload } from '../../shared/model/upload';
import type { FinishedBatch } from '../queue';

export type Copied = { readonly links: number; readonly failed: number; readonly text: string };

export type OutputDeps = {
  readonly settings: () => Settings;
  readonly upload: (id: string) => Upload | undefined;
  readonly albums: () => readonly LibraryAlbum[];
  readonly writeText: (text: string) => Promise<void>;
  readonly onCopied: (copied: Copied) => void;
  readonly now: () => number;
};

export type SubjectDeps = Pick<OutputDeps, 'upload' | 'albums' | 'now'>;

/** What a batch's successes make links of, each under the name its file has now: a slot for each input, null where there is no link. Their records are read a few at a time. */
export const linkSlots = async (results: readonly BatchResult[], { upload, albums, now }: SubjectDeps): Promise<readonly (LinkSubject | null)[]> => {
  const albumOf = albumNames(albums);
  const slotOf = (result: BatchResult): LinkSubject | null => {
    if (result.state !== 'done' || result.url === null) return null;
    const { url, kind, width, height, accountId, accountName } = result;
    const record = result.uploadId === null ? undefined : upload(result.uploadId);
    return {
      url,
      name: basename(result.file),
      kind,
      width,
      height,
      accountId,
      accountName,
      get album() {
        return record === undefined ? null : albumOf(record);
      },
      sha256: record?.sha256 ?? null,
      uploadedAt: record?.uploadedAt ?? now(),
    };
  };
  const slots: (LinkSubject | null)[] = [];
  await inSlices(results, (slice) => void slots.push(...slice.map(slotOf)));
  return slots;
};

export type Output = (batch: Pick<FinishedBatch, 'origin' | 'format' | 'results'>) => Promise<Copied | null>;

/**
 * Puts a batch's links on the clipboard, if there are any: of one that the window started if the person wants that, of one
 * started from elsewhere always, since they come no other way. Resolves with what was copied, or null.
 */
export const createOutput =
  (deps: OutputDeps): Output =>
  async (batch) => {
    const asked = batch.origin === 'anywhere' || (batch.origin === 'window' && deps.settings().copyWhenDone);
    if (!asked) return null;
    const subjects = (await linkSlots(batch.results, deps)).flatMap((subject) => subject ?? []);
    if (subjects.length === 0) return null;
    const text = joinLinks(subjects, deps.settings(), batch.format);
    await deps.writeText(text);
    const copied = { links: subjects.length, failed: batch.results.filter(({ state }) => state !== 'done').length, text };
    deps.onCopied(copied);
    return copied;
  };
