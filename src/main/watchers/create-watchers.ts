import { basename } from 'node:path';
import { PicferryError } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import type { WatchersView } from '../../shared/model/watchers';
import { pictureMark, type OwnClipboard } from '../clipboard';
import type { Acts } from '../desktop';
import type { Note } from '../notifications';
import type { SettingsService } from '../settings';
import type { WatchersService } from './contract';
import { putAway, type PutAwayDeps } from './put-away';
import type { ScreenshotPlace } from './screenshot-places';
import { watchScreenshots, type Screenshots } from './screenshots';
import { openSeenMemory } from './seen-memory';
import { watchClipboard } from './watch-clipboard';

export type WatcherText = (
  key: 'watchUpload' | 'watchLeave' | 'watchClipboardTitle' | 'watchClipboardBody' | 'watchClipboardGone' | 'watchScreenshotsTitle' | 'watchMissedTitle' | 'watchFailedTitle' | 'watchNotPutAway' | 'watchMore',
  params?: Readonly<Record<string, string | number>>,
) => string;

export type WatchersDeps = PutAwayDeps & {
  readonly settings: Pick<SettingsService, 'current' | 'onChange'>;
  readonly clipboard: OwnClipboard;
  readonly acts: Pick<Acts, 'uploadClipboard' | 'uploadInputs' | 'tell' | 'showWindow'>;
  readonly findPlaces: () => Promise<readonly ScreenshotPlace[]>;
  /** Where it is remembered which pictures were seen. */
  readonly memoryFile: string;
  readonly text: WatcherText;
  readonly problemText: (problem: Problem) => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onFault: (what: string, error: unknown) => void;
};

const HOUR = 3_600_000;
/** The system's folder for screenshots may come to be, or become another one; how often it is asked. */
const PLACES_MS = 30_000;
const DEFAULTS = { accountId: null, format: null } as const;
const NAMED = 3;

/** Builds both watchers; neither runs before the settings say so. */
export const createWatchers = (deps: WatchersDeps): WatchersService => {
  const { settings, now, after } = deps;
  const listeners = new Set<() => void>();
  const memory = openSeenMemory({ file: deps.memoryFile, after, onFault: (error) => deps.onFault('what the screenshot watcher has seen was not kept', error) });
  const questions = askers(deps, { remember: memory.add, tookAway: async (path, since) => screenshots?.tookAway(path, since) });
  let rev = 0;
  let closed = false;
  /** Undefined: not paused. Null: until the restart. */
  let pausedUntil: number | null | undefined;
  let resume: () => void = () => undefined;
  let stopClipboard: (() => void) | null = null;
  let screenshots: Screenshots | null = null;
  let places: readonly ScreenshotPlace[] = [];
  let placesAt = now();
  let noPlaces: () => void = () => undefined;
  let watched = '';
  let turn: Promise<void> = Promise.resolve();

  const changed = (): void => {
    rev += 1;
    for (const listener of [...listeners]) listener();
  };
  const applyClipboard = (): void => {
    const on = !closed && settings.current().clipboardWatcher.on && pausedUntil === undefined;
    if (on === (stopClipboard !== null)) return;
    stopClipboard?.();
    stopClipboard = on
      ? watchClipboard({ clipboard: deps.clipboard, onPicture: questions.clipboard, now: () => performance.now(), after, onFault: (error) => deps.onFault('the clipboard could not be watched', error) })
      : null;
  };
  const inTurn = (what: string, act: () => Promise<void>): void => {
    turn = turn.then(act).catch((error: unknown) => deps.onFault(what, error));
  };
  const find = async (): Promise<void> => {
    const before = placesAt;
    placesAt = now();
    places = await deps.findPlaces();
    if (screenshots !== null && (await screenshots.alsoWatch(places, before))) changed();
  };
  /** The first screenshot makes the folder for them on most systems, and is to be taken as well. */
  const findAgain = (): void =>
    inTurn('the folder for screenshots was not looked for', async () => {
      noPlaces();
      if (screenshots === null || !settings.current().screenshotWatcher.systemFolder) return;
      await find();
      noPlaces = closed ? noPlaces : after(PLACES_MS, findAgain);
    });
  const applyScreenshots = async (): Promise<void> => {
    const wanted = settings.current().screenshotWatcher;
    const on = wanted.on && pausedUntil === undefined;
    const wantedNow = on && !closed ? JSON.stringify([wanted.systemFolder, wanted.folders]) : '';
    if (wantedNow === watched) return;
    watched = wantedNow;
    // Off or paused on purpose: what comes meanwhile stays private.
    screenshots?.close(!closed && !on);
    screenshots = null;
    noPlaces();
    if (wantedNow === '') return;
    await find();
    screenshots = await watchScreenshots({
      places,
      settings: wanted,
      memory,
      onNew: questions.screenshots,
      onMissed: questions.missed,
      onThere: changed,
      onFolder: findAgain,
      now,
      after,
      onFault: (error) => deps.onFault('a folder could not be watched', error),
    });
    if (closed) return screenshots.close(false);
    noPlaces = after(PLACES_MS, findAgain);
  };
  const apply = (): void => {
    applyClipboard();
    inTurn('screenshots could not be watched', async () => {
      await applyScreenshots().finally(changed);
    });
  };
  const off = settings.onChange(apply);
  apply();
  return {
    view: () => viewOf(settings.current(), pausedUntil, places, screenshots),
    rev: () => rev,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    look: async () => {
      // What is being started looks for the folders itself.
      await turn;
      if (places.length === 0) inTurn('the folder for screenshots was not looked for', find);
      await turn;
    },
    pause: (span) => {
      resume();
      pausedUntil = span === null ? undefined : span === 'hour' ? now() + HOUR : null;
      resume = span !== 'hour' ? () => undefined : after(HOUR, () => {
        pausedUntil = undefined;
        apply();
      });
      apply();
    },
    lookAgain: () => {
      screenshots?.lookAgain().catch((error: unknown) => deps.onFault('a folder could not be looked through', error));
    },
    close: () => {
      closed = true;
      off();
      resume();
      noPlaces();
      applyClipboard();
      screenshots?.close(false);
      screenshots = null;
      memory.flush();
      listeners.clear();
    },
  };
};

const viewOf = (
  { clipboardWatcher, screenshotWatcher }: ReturnType<WatchersDeps['settings']['current']>,
  pausedUntil: number | null | undefined,
  places: readonly ScreenshotPlace[],
  screenshots: Screenshots | null,
): WatchersView => {
  const stateOf = (on: boolean, nowhere: boolean): WatchersView['clipboard'] => (!on ? 'off' : pausedUntil !== undefined ? 'paused' : nowhere ? 'nowhere' : 'on');
  const missing = screenshots?.missing() ?? [];
  return {
    clipboard: stateOf(clipboardWatcher.on, false),
    screenshots: stateOf(screenshotWatcher.on, screenshots !== null && screenshots.folders().length === missing.length),
    pausedUntil: pausedUntil ?? null,
    systemFolders: places.map(({ path }) => path),
    missingFolders: screenshotWatcher.folders.map(({ path }) => path).filter((path) => missing.includes(path)),
  };
};

type Askers = {
  readonly clipboard: (mark: string) => void;
  readonly screenshots: (paths: readonly string[]) => void;
  readonly missed: (paths: readonly string[]) => void;
};

/** Uploads, or asks first, as the settings say. */
const askers = (deps: WatchersDeps, seen: { readonly remember: (path: string) => void; readonly tookAway: (path: string, since: number) => Promise<void> }): Askers => {
  const { settings, acts, clipboard, text } = deps;
  let waiting: readonly string[] = [];
  const note = (part: Pick<Note, 'id' | 'title' | 'body'> & Partial<Note>): void => acts.tell({ picture: null, actions: [], onClick: acts.showWindow, urgency: 'problem', ...part });
  const told = (id: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      if (!(error instanceof PicferryError)) deps.onFault('what a watcher found was not uploaded', error);
      if (error instanceof PicferryError) note({ id, title: text('watchFailedTitle'), body: deps.problemText(error.problem) });
    });
  };
  const uploadClipboard = async (mark: string): Promise<void> => {
    const now = await pictureMark(clipboard, await clipboard.formats());
    if (now === mark) await acts.uploadClipboard(DEFAULTS);
    else note({ id: 'clipboard-watcher', title: text('watchFailedTitle'), body: text('watchClipboardGone') });
  };
  const finish = async (path: string): Promise<void> => {
    try {
      const since = deps.now();
      const target = await putAway(path, settings.current().screenshotWatcher, deps);
      if (target !== null) seen.remember(target);
      if (target !== path) await seen.tookAway(path, since);
    } catch (error) {
      deps.onFault('a screenshot was not put away', error);
      note({ id: 'not-put-away', title: basename(path), body: text('watchNotPutAway') });
    }
  };
  const uploadFiles = async (paths: readonly string[]): Promise<void> => {
    const batch = await acts.uploadInputs(paths.map((path) => ({ type: 'file', path })), DEFAULTS);
    const results = await batch.finished;
    for (const [place, path] of paths.entries()) if (results[place]?.state === 'done') await finish(path);
  };
  const ask = (id: string, paths: readonly string[], title: string, upload: () => void, leave: () => void): void => {
    const names = paths.slice(-NAMED).map((path) => basename(path));
    const body = [...names, ...(paths.length > NAMED ? [text('watchMore', { count: paths.length - NAMED })] : [])].join('\n');
    note({ id, title, body, picture: paths.at(-1) ?? null, actions: [{ label: text('watchUpload'), act: upload }, { label: text('watchLeave'), act: leave }], onClick: upload, urgency: 'question' });
  };
  return {
    clipboard: (mark) => {
      if (settings.current().clipboardWatcher.act === 'upload') return told('clipboard-watcher', acts.uploadClipboard(DEFAULTS));
      const upload = (): void => told('clipboard-watcher', uploadClipboard(mark));
      note({ id: 'clipboard-watcher', title: text('watchClipboardTitle'), body: text('watchClipboardBody'), actions: [{ label: text('watchUpload'), act: upload }], onClick: upload, urgency: 'question' });
    },
    screenshots: (paths) => {
      if (settings.current().screenshotWatcher.act === 'upload') return told('screenshot-watcher', uploadFiles(paths));
      waiting = [...waiting, ...paths];
      const asked = waiting;
      const answered = (): void => void (waiting = waiting.filter((path) => !asked.includes(path)));
      ask('screenshot-watcher', asked, text('watchScreenshotsTitle', { count: asked.length }), () => {
        answered();
        told('screenshot-watcher', uploadFiles(asked));
      }, answered);
    },
    // Never uploaded unasked: who closes Picferry may have had a reason.
    missed: (paths) => ask('screenshots-missed', paths, text('watchMissedTitle', { count: paths.length }), () => told('screenshots-missed', uploadFiles(paths)), () => undefined),
  };
};
