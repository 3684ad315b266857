import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import type { ScreenshotWatcher } from '../../shared/model/settings';
import { fitsPattern, isPictureName } from './name-pattern';
import type { ScreenshotPlace } from './screenshot-places';
import type { SeenMemory } from './seen-memory';
import { cameAt, FILE_CLOCK_MS, watchFolder, type FolderWatch } from './watch-folder';

export type ScreenshotsDeps = {
  readonly places: readonly ScreenshotPlace[];
  readonly settings: ScreenshotWatcher;
  readonly memory: SeenMemory;
  /** Whole new pictures that came within a moment. */
  readonly onNew: (paths: readonly string[]) => void;
  /** Pictures that came while nobody watched: Picferry was not running. */
  readonly onMissed: (paths: readonly string[]) => void;
  /** A folder went away or came back. */
  readonly onThere: () => void;
  /** A folder came to lie in one of the system's: screenshots may go there from now on. */
  readonly onFolder: () => void;
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onFault: (error: unknown) => void;
};

export interface Screenshots {
  /** Folders that are watched. */
  folders(): readonly string[];
  missing(): readonly string[];
  /** Watches the system's folders that are not watched yet; what came to them since then is new. False when there are none. */
  alsoWatch(places: readonly ScreenshotPlace[], since: number): Promise<boolean>;
  lookAgain(): Promise<void>;
  /** The picture was put away since then, in epoch milliseconds. */
  tookAway(path: string, since: number): Promise<void>;
  /** With `forget`, what comes from now on is left alone for good. */
  close(forget: boolean): void;
}

/** Pictures of one burst are one batch, so that their links come together. */
const TOGETHER_MS = 400;

/** Every folder once, with all its patterns; a folder without patterns takes every picture. */
const foldersOf = (places: readonly ScreenshotPlace[], { systemFolder, folders }: ScreenshotWatcher): ReadonlyMap<string, readonly string[]> => {
  const all = new Map<string, readonly string[]>();
  const add = (path: string, patterns: readonly string[]): void => {
    const before = all.get(path);
    all.set(path, before === undefined ? patterns : before.length === 0 || patterns.length === 0 ? [] : [...before, ...patterns]);
  };
  if (systemFolder) for (const { path, patterns } of places) add(path, patterns);
  for (const { path, pattern } of folders) add(path, pattern.trim() === '' ? [] : [pattern]);
  return all;
};

export const watchScreenshots = async (deps: ScreenshotsDeps): Promise<Screenshots> => {
  const { memory, now, after, onFault } = deps;
  const watches = new Map<string, FolderWatch>();
  const missed: string[] = [];
  let burst: string[] = [];
  const take = (path: string): void => {
    // What Picferry itself moved there was taken before.
    if (memory.has(path)) return;
    memory.add(path);
    memory.know(dirname(path), now());
    burst.push(path);
    if (burst.length > 1) return;
    after(TOGETHER_MS, () => {
      const paths = burst;
      burst = [];
      deps.onNew(paths);
    });
  };
  let closed = false;
  const wanting = (patterns: readonly string[]) => (name: string): boolean => isPictureName(name) && (patterns.length === 0 || patterns.some((pattern) => fitsPattern(name, pattern)));
  const begin = async (folder: string, wants: (name: string) => boolean, since?: number): Promise<void> => {
    const watch = await watchFolder({ folder, wants, onNew: take, onGone: memory.drop, onThere: deps.onThere, onFolder: deps.onFolder, now, after, onFault, ...(since === undefined ? {} : { since }) });
    if (closed) return watch.close();
    watches.set(folder, watch);
    memory.know(folder, now());
  };
  for (const [folder, patterns] of foldersOf(deps.places, deps.settings)) {
    const wants = wanting(patterns);
    const since = memory.knownAt(folder);
    if (since !== null) missed.push(...(await cameSince(folder, since, wants)).filter((path) => !memory.has(path)));
    await begin(folder, wants);
  }
  for (const path of missed) memory.add(path);
  if (missed.length > 0) deps.onMissed(missed);
  return {
    folders: () => [...watches.keys()],
    alsoWatch: async (places, since) => {
      const fresh = [...foldersOf(places, deps.settings)].filter(([folder]) => !watches.has(folder));
      for (const [folder, patterns] of fresh) await begin(folder, wanting(patterns), since);
      return fresh.length > 0;
    },
    missing: () => [...watches].filter(([, watch]) => !watch.there()).map(([folder]) => folder),
    lookAgain: async () => {
      for (const watch of watches.values()) await watch.lookAgain();
    },
    tookAway: async (path, since) => {
      memory.drop(path);
      await watches.get(dirname(path))?.tookAway(basename(path), since);
    },
    close: (forget) => {
      closed = true;
      for (const [folder, watch] of watches) {
        watch.close();
        if (forget) memory.forget(folder);
        else memory.know(folder, now());
      }
      memory.flush();
    },
  };
};

/** Pictures that came to the folder after that time, oldest first. What was taken already is remembered by name. */
const cameSince = async (folder: string, since: number, wants: (name: string) => boolean): Promise<readonly string[]> => {
  const found: { readonly path: string; readonly at: number }[] = [];
  for (const name of (await namesOf(folder)).filter(wants)) {
    const path = join(folder, basename(name));
    try {
      const facts = await stat(path);
      const at = cameAt(facts);
      if (at > since - FILE_CLOCK_MS && facts.size > 0) found.push({ path, at });
    } catch (error) {
      if (codeOf(error) === '') throw error;
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ path }) => path);
};

const namesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return [];
  }
};
