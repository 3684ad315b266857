import { basename } from 'node:path';
import { joinLinks, type LinkSubject } from '../../shared/links';
import type { BatchResult } from '../../shared/model/job';
import type { Settings } from '../../shared/model/settings';
import type { Upload } from '../../shared/model/upload';
import type { FinishedBatch } from '../queue';

export type Copied = { readonly links: number; readonly failed: number; readonly text: string };

export type OutputDeps = {
  readonly settings: () => Settings;
  readonly upload: (id: string) => Upload | undefined;
  readonly writeText: (text: string) => Promise<void>;
  readonly onCopied: (copied: Copied) => void;
  readonly now: () => number;
};

/** What a batch's successes make links of, in the order of its inputs; each under the name its file has now. */
export const subjectsOf = (results: readonly BatchResult[], deps: Pick<OutputDeps, 'upload' | 'now'>): readonly LinkSubject[] =>
  results.flatMap((result) => {
    if (result.state !== 'done' || result.url === null) return [];
    const { url, kind, width, height, accountName } = result;
    const upload = result.uploadId === null ? undefined : deps.upload(result.uploadId);
    return [{ url, name: basename(result.file), kind, width, height, accountName, uploadedAt: upload?.uploadedAt ?? deps.now() }];
  });

/** Puts a batch's links on the clipboard, if there are any: of one that the window started if the person wants that, of one started from elsewhere always, since they come no other way. */
export const createOutput =
  (deps: OutputDeps) =>
  async (batch: Pick<FinishedBatch, 'origin' | 'format' | 'results'>): Promise<void> => {
    const asked = batch.origin === 'anywhere' || (batch.origin === 'window' && deps.settings().copyWhenDone);
    if (!asked) return;
    const subjects = subjectsOf(batch.results, deps);
    if (subjects.length === 0) return;
    const text = joinLinks(subjects, deps.settings(), batch.format ?? undefined);
    await deps.writeText(text);
    deps.onCopied({ links: subjects.length, failed: batch.results.filter(({ state }) => state !== 'done').length, text });
  };
