import { basename } from 'node:path';
import type { BatchResult } from '../../shared/model/job';
import type { Problem } from '../../shared/model/problem';
import type { LinkFormat } from '../../shared/model/settings';
import type { FinishedBatch } from '../queue';
import type { Note, NoteAction } from './note';

/** Words of the namespace `desktop`. */
export type NoteText = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export type BatchNoteDeps = {
  readonly text: NoteText;
  readonly problem: (problem: Pick<Problem, 'message' | 'params'>) => string;
  readonly formatName: (format: LinkFormat) => string;
  /** What people call an account. */
  readonly accountName: (name: string) => string;
  /** The format that the link of a result was made in. */
  readonly formatOf: (result: BatchResult) => LinkFormat;
  /** A picture file of an upload, if there is one. */
  readonly picture: (result: BatchResult) => string | null;
  /** Null: each link in the format of its account. */
  readonly copyAs: (results: readonly BatchResult[], format: LinkFormat | null) => void;
  readonly open: (result: BatchResult) => void;
  readonly retry: (jobIds: readonly string[]) => void;
  readonly showUploads: () => void;
};

/** Formats offered beside the one that was copied, the most used first. */
const OFFERED: readonly LinkFormat[] = ['markdown', 'url', 'html'];
const NAMES_SHOWN = 3;

const hasLink = ({ url }: BatchResult): boolean => url !== null;

/** The results with a link: of the batch itself, and of those before it that its note tells of, too. */
type Links = { readonly linked: readonly BatchResult[]; readonly earlier: readonly BatchResult[] };

const namesOf = (results: readonly BatchResult[], { text }: BatchNoteDeps): string => {
  const names = results.slice(0, NAMES_SHOWN).map(({ file }) => basename(file));
  const more = results.length - names.length;
  return more === 0 ? names.join(', ') : text('noteNamesMore', { names: names.join(', '), count: more });
};

/** One sentence for what stopped them, and that there are others when there are. */
const reasonOf = (failed: readonly BatchResult[], { text, problem }: BatchNoteDeps): string => {
  const sentences = new Set(
    failed.map((result) => (result.problem === null ? problem({ message: 'unknown', params: { host: result.accountName } }) : problem(result.problem))),
  );
  const [first = '', ...others] = sentences;
  return others.length === 0 ? first : text('noteOtherReasons', { reason: first });
};

const bodyOfDone = (done: readonly BatchResult[], { linked, earlier }: Links, deps: BatchNoteDeps): string => {
  const [first] = done;
  const lines = [done.length === 1 && first !== undefined ? `${basename(first.file)} · ${deps.accountName(first.accountName)}` : namesOf(done, deps)];
  if (earlier.length > 0) lines.push(deps.text('noteEarlier', { count: earlier.length }));
  if (linked.length < done.length) lines.push(deps.text('noteReview', { count: done.length - linked.length }));
  if (linked.some(({ onlyThisComputer }) => onlyThisComputer)) lines.push(deps.text('noteOnlyHere'));
  return lines.join('\n');
};

const actionsOfDone = ({ linked, earlier }: Links, batch: FinishedBatch, copied: LinkFormat, deps: BatchNoteDeps): readonly NoteAction[] => {
  const [first, ...others] = linked;
  if (first === undefined) return [];
  const all = [...earlier, ...linked];
  const copies = OFFERED.filter((format) => format !== copied).slice(0, earlier.length === 0 ? 2 : 1);
  return [
    ...(earlier.length === 0 ? [] : [{ label: deps.text('noteCopyAll', { count: all.length }), act: () => deps.copyAs(all, batch.format) }]),
    ...copies.map((format) => ({ label: deps.text('noteCopyAs', { format: deps.formatName(format) }), act: () => deps.copyAs(linked, format) })),
    ...(others.length === 0 ? [{ label: deps.text('noteOpen'), act: () => deps.open(first) }] : []),
  ];
};

/** What failed, without saying more than is known. */
const titleOfFailed = (failed: readonly BatchResult[], { text }: BatchNoteDeps): string => {
  const [first] = failed;
  const unknown = failed.some(({ state }) => state === 'unknown');
  if (failed.length === 1 && first !== undefined) return text(unknown ? 'noteUnknownOne' : 'noteFailedOne', { name: basename(first.file) });
  return text(unknown ? 'noteNoLink' : 'noteFailed', { count: failed.length });
};

const actionsOfFailed = (failed: readonly BatchResult[], deps: BatchNoteDeps): readonly NoteAction[] => {
  const again = failed.flatMap(({ state, jobId, problem }) => (state === 'failed' && jobId !== null && problem?.retryable !== false ? [jobId] : []));
  return [
    ...(again.length === 0 ? [] : [{ label: deps.text('noteRetry'), act: () => deps.retry(again) }]),
    { label: deps.text('noteShowError', { count: failed.length }), act: deps.showUploads },
  ];
};

/**
 * One note for a whole batch, however many files it had; null when there is nothing to tell, since the person stopped it
 * all. `copied`: whether its links lie on the clipboard. `earlier`: uploads that the note tells of as well, and whose links
 * it copies with the batch's own.
 */
export const batchNote = (batch: FinishedBatch, copied: boolean, deps: BatchNoteDeps, earlier: readonly BatchResult[] = []): Note | null => {
  const { id, format, results } = batch;
  const done = results.filter(({ state }) => state === 'done');
  const failed = results.filter(({ state }) => state === 'failed' || state === 'unknown');
  const links = { linked: done.filter(hasLink), earlier: earlier.filter(hasLink) };
  const [first] = links.linked;
  const base = { id: `batch-${id}`, onClick: deps.showUploads, picture: done[0] === undefined ? null : deps.picture(done[0]) } as const;
  const count = copied ? links.linked.length : done.length;
  if (failed.length === 0) {
    if (done.length === 0) return null;
    return {
      ...base,
      title: deps.text(copied ? 'noteCopied' : 'noteUploaded', { count }),
      body: bodyOfDone(done, links, deps),
      actions: first === undefined ? [] : actionsOfDone(links, batch, copied ? (format ?? deps.formatOf(first)) : 'custom', deps),
      urgency: 'normal',
    };
  }
  const all = done.length + failed.length;
  return {
    ...base,
    title: done.length === 0 ? titleOfFailed(failed, deps) : deps.text(copied ? 'noteSomeCopied' : 'noteSomeUploaded', { done: count, count: all }),
    body: all === 1 ? reasonOf(failed, deps) : `${namesOf(failed, deps)}\n${reasonOf(failed, deps)}`,
    actions: actionsOfFailed(failed, deps),
    urgency: 'problem',
  };
};
