import { basename } from 'node:path';
import type { LinkSubject } from '../../shared/links';
import type { BatchResult } from '../../shared/model/job';
import type { LinkFormat, Settings } from '../../shared/model/settings';
import type { Upload } from '../../shared/model/upload';

export type Copied = { readonly links: number; readonly failed: number; readonly text: string };

export type OutputDeps = {
  readonly settings: () => Settings;
  readonly upload: (id: string) => Upload | undefined;
  readonly writeText: (text: string) => Promise<void>;
  readonly onCopied: (copied: Copied) => void;
  readonly linkOf: (subject: LinkSubject, format: LinkFormat, templates: Settings) => string;
  readonly now: () => number;
};

/** The links of a batch's successes in the order of its inputs, each in the format its kind calls for. */
export const linksOf = (results: readonly BatchResult[], deps: Pick<OutputDeps, 'settings' | 'upload' | 'linkOf' | 'now'>): readonly string[] => {
  const settings = deps.settings();
  return results.flatMap((result) => {
    if (result.state !== 'done' || result.url === null) return [];
    const { url, kind, width, height, accountName } = result;
    const upload = result.uploadId === null ? undefined : deps.upload(result.uploadId);
    const name = upload?.name ?? basename(result.file);
    const uploadedAt = upload?.uploadedAt ?? deps.now();
    const format = kind === 'video' ? settings.videoFormat : settings.linkFormat;
    return [deps.linkOf({ url, name, kind, width, height, accountName, uploadedAt }, format, settings)];
  });
};

/** Puts the links of a batch that the window started on the clipboard, if the person wants that and there are any. */
export const createOutput =
  (deps: OutputDeps) =>
  async (batch: { readonly origin: 'window' | 'cli'; readonly results: readonly BatchResult[] }): Promise<void> => {
    if (batch.origin !== 'window' || !deps.settings().copyWhenDone) return;
    const links = linksOf(batch.results, deps);
    if (links.length === 0) return;
    const text = links.join('\n');
    await deps.writeText(text);
    deps.onCopied({ links: links.length, failed: batch.results.filter(({ state }) => state !== 'done').length, text });
  };
