import { join } from 'node:path';
import { powerMonitor, shell } from 'electron';
import { problemText } from '../../../shared/i18n/translator';
import type { Acts, Desktop } from '../../desktop';
import type { Send } from '../../ipc';
import { createOffers, createWatchers, findScreenshotPlaces, systemPlaceSources, type WatchersService } from '../../watchers';
import type { AppParts } from '../app-parts';
import type { Loaded } from '../load-services';

export type StartWatchersDeps = { readonly parts: AppParts; readonly loaded: Loaded; readonly acts: Acts; readonly send: Send };

export type StartedWatchers = {
  readonly watchers: WatchersService;
  /** To be called when a person has uploaded by hand what was on the clipboard. */
  readonly clipboardUploaded: Desktop['clipboardUploaded'];
};

const findPlaces = () => findScreenshotPlaces(systemPlaceSources());

/** Starts the watchers of the clipboard and of screenshots, as far as they are on, and offers those that are not. */
export const startWatchers = ({ parts, loaded, acts, send }: StartWatchersDeps): StartedWatchers => {
  const { settings, notices, queue } = loaded.services;
  const watchers = createWatchers({
    settings,
    clipboard: parts.clipboard,
    acts,
    findPlaces,
    memoryFile: join(parts.folder.store, 'watched.json'),
    trash: (path) => shell.trashItem(path),
    text: (key, params) => parts.texts().t(`desktop:${key}`, { ...params }),
    problemText: (problem) => problemText(parts.texts(), problem),
    now: Date.now,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
    onFault: (what, error) => parts.logger.log('warn', what, { error }),
  });
  watchers.onChange(() => send('watchers:changed', { rev: watchers.rev(), watchers: watchers.view() }));
  powerMonitor.on('resume', watchers.lookAgain);
  const offers = createOffers({ settings, notice: notices.add, findPlaces, onFault: (error) => parts.logger.log('warn', 'the screenshot watcher was not offered', { error }) });
  queue.onBatchFinished(offers.filesUploaded);
  return { watchers, clipboardUploaded: offers.clipboardUploaded };
};
