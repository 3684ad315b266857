import { randomUUID } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { PicferryError } from '../../../lib/picferry-error';
import { problemText } from '../../../shared/i18n/translator';
import { formatFor } from '../../../shared/links';
import type { BatchResult } from '../../../shared/model/job';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import type { Acts, Desktop } from '../../desktop';
import { batchNote, createNoteGroups, createNotePictures, createTell, inTime, retriedResults, type BatchNoteDeps, type Told } from '../../notifications';
import { systemNotifications } from '../../platform';
import type { FinishedBatch } from '../../queue';
import type { DesktopDeps } from './desktop-deps';

type NotesDeps = Pick<DesktopDeps, 'parts' | 'loaded' | 'output' | 'command' | 'lifetime'>;

/** A thumbnail that is not there by then is done without. */
const THUMB_LIMIT_MS = 1500;

const FORMAT_KEYS = { url: 'formatUrl', markdown: 'formatMarkdown', html: 'formatHtml', bbcode: 'formatBbcode', custom: 'formatCustom' } as const;

const after = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/** Starts the notifications: of finished batches, and for whoever else has something to tell. */
export const startNotes = (deps: NotesDeps): { readonly tell: Acts['tell']; readonly tellFinished: Desktop['tellFinished'] } => {
  const { parts, loaded, output, command, lifetime } = deps;
  const { queue, library, settings } = loaded.services;
  const fault = (error: unknown): void => parts.logger.log('warn', 'a notification was not shown', { error });
  const notifications = systemNotifications(fault);
  lifetime.addEventListener('abort', () => notifications.close(), { once: true });
  const tell = createTell({
    settings: settings.current,
    notifications,
    picture: createNotePictures({ folder: join(parts.folder.store, 'note-pictures'), make: loaded.menuPicture, newId: randomUUID, after, onFault: fault }),
  });

  const thumbOf = ({ uploadId }: BatchResult): string | null => (uploadId === null ? null : (library.byId(uploadId)?.thumb ?? null));
  const act = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      if (!(error instanceof PicferryError)) parts.logger.log('error', 'an act of a notification failed', { error });
      const texts = parts.texts();
      const body = error instanceof PicferryError ? problemText(texts, error.problem) : texts.t('problems:internal');
      tell({ id: 'note-failed', title: texts.t('desktop:noteActFailed'), body, picture: null, actions: [], onClick: showUploads, urgency: 'problem' });
    });
  };
  const showUploads = (): void => command('show-uploads');
  const noteDeps = (batch: FinishedBatch): BatchNoteDeps => ({
    text: (key, params) => parts.texts().t(`desktop:${key}`, { ...params }),
    problem: (problem) => problemText(parts.texts(), problem),
    formatName: (format) => parts.texts().t(`window:${FORMAT_KEYS[format]}`),
    accountName: (name) => (name === THIS_COMPUTER ? parts.texts().t('window:accountHere') : name),
    formatOf: (result) => formatFor(result, settings.current()),
    picture: (result) => {
      const thumb = thumbOf(result);
      if (thumb !== null) return join(parts.thumbs, thumb);
      return result.kind === 'image' && isAbsolute(result.file) ? result.file : null;
    },
    copyAs: (results, format) => act(output({ origin: 'anywhere', format, results })),
    open: (result) => act(openLink(result)),
    retry: (ids) => act(retry(batch, ids)),
    showUploads: () => {
      groups.end(batch.id);
      showUploads();
    },
  });
  const openLink = async ({ url, onlyThisComputer, accountId }: BatchResult): Promise<void> => {
    const httpAllowed = onlyThisComputer || loaded.services.accounts.byId(accountId)?.settings['allowHttp'] === true;
    if (url !== null) await parts.openLink(url, { httpAllowed });
  };
  const retry = async (batch: FinishedBatch, ids: readonly string[]): Promise<void> => {
    groups.end(batch.id);
    const results = await retriedResults(queue, ids, lifetime);
    if (results === null) return;
    const again: FinishedBatch = { ...batch, origin: 'anywhere', results };
    await show(again, (await output(again)) !== null, () => ({ batch: again, earlier: [] }));
  };
  const show = async (batch: FinishedBatch, copied: boolean, told: () => Told | null): Promise<void> => {
    const first = batch.results.find(({ state }) => state === 'done');
    // Bytes without a file of their own can be shown by their thumbnail alone.
    if (first?.kind === 'image' && first.uploadId !== null && !isAbsolute(first.file)) {
      await inTime(loaded.makingThumb(first.uploadId) ?? Promise.resolve(), THUMB_LIMIT_MS, after);
    }
    const now = told();
    const note = now === null ? null : batchNote(now.batch, copied, noteDeps(now.batch), now.earlier);
    if (note !== null) tell(note);
  };
  /** Uploads that were deleted meanwhile, and failures that were tried again, are no longer told of. */
  const stands = ({ state, uploadId, jobId }: BatchResult): boolean => {
    if (state === 'done') return uploadId === null || library.byId(uploadId)?.remoteState !== 'deleted';
    return jobId === null || queue.snapshot().jobs.find(({ id }) => id === jobId)?.state === state;
  };
  const groups = createNoteGroups({ now: Date.now, stands });
  const seenInWindow = (): boolean => parts.windows().some((window) => window.isVisible() && window.isFocused());
  const wanted = ({ origin }: FinishedBatch): boolean => origin === 'anywhere' || (origin === 'window' && !seenInWindow());

  return {
    tell,
    tellFinished: (batch, copied) => {
      if (wanted(batch)) act(show(batch, copied, groups.join(batch)));
    },
  };
};
