import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { wholenessOf } from './whole-picture';

export type WatchFolderDeps = {
  readonly folder: string;
  readonly wants: (name: string) => boolean;
  /** A whole new picture; once for each. */
  readonly onNew: (path: string) => void;
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onFault: (error: unknown) => void;
};

export interface FolderWatch {
  /** Whether the folder is there. */
  there(): boolean;
  /** Looks through the folder, since what happened may not have been told: after sleep, on network drives. */
  lookAgain(): Promise<void>;
  close(): void;
}

type Growing = { readonly size: number; readonly mtimeMs: number; readonly since: number };

const LOOK_MS = 150;
/** Between looks at what has not changed for a while. */
const LATER_MS = 3000;
/** A file that did not change for this long is looked at. */
const STILL_MS = 400;
/** Where the format does not tell the end, nothing may change for this long. */
const UNSURE_MS = 5000;
/** What is still not whole after this is left alone until it changes again. */
const GIVE_UP_MS = 600_000;
const AGAIN_MS = 60_000;

/**
 * Tells of new pictures in one folder. What is there when the watch begins is old. A picture
 * that is written over is the same picture; one that was taken away and comes again is new. Folders inside are not watched.
 */
export const watchFolder = async (deps: WatchFolderDeps): Promise<FolderWatch> => {
  const { folder, wants, onNew, now, after, onFault } = deps;
  const known = new Set<string>();
  const growing = new Map<string, Growing>();
  /** What did not become whole, by the time it last changed. */
  const abandoned = new Map<string, number>();
  let watcher: FSWatcher | null = null;
  let there = false;
  let closed = false;
  let looking: { readonly at: number; readonly cancel: () => void } | 'now' | null = null;

  const facts = async (name: string) => {
    try {
      return await stat(join(folder, name));
    } catch (error) {
      if (codeOf(error) === '') throw error;
      return null;
    }
  };
  const forget = (name: string): void => {
    known.delete(name);
    abandoned.delete(name);
  };
  const consider = async (name: string): Promise<void> => {
    if (closed || !wants(name) || growing.has(name)) return;
    const found = await facts(name);
    if (closed || growing.has(name)) return;
    if (found === null) return forget(name);
    if (known.has(name) || !found.isFile() || abandoned.get(name) === found.mtimeMs) return;
    growing.set(name, { size: found.size, mtimeMs: found.mtimeMs, since: now() });
    plan(LOOK_MS);
  };
  /** Whether the file is done with, for better or worse. */
  const judged = async (name: string, before: Growing): Promise<boolean> => {
    const found = await facts(name);
    if (found === null) return true;
    if (found.size !== before.size || found.mtimeMs !== before.mtimeMs) {
      growing.set(name, { size: found.size, mtimeMs: found.mtimeMs, since: now() });
      return false;
    }
    const still = now() - before.since;
    if (still < STILL_MS) return false;
    const wholeness = await wholenessOf(join(folder, name)).catch((error: unknown) => {
      // Some systems let nobody read what another program still writes.
      if (codeOf(error) === '') throw error;
      return 'part' as const;
    });
    if (wholeness === 'part' || (wholeness === 'unsure' && still < UNSURE_MS)) {
      if (still > GIVE_UP_MS) abandoned.set(name, found.mtimeMs);
      return still > GIVE_UP_MS;
    }
    if (!closed) {
      known.add(name);
      onNew(join(folder, name));
    }
    return true;
  };
  const lookOnce = async (): Promise<void> => {
    for (const [name, before] of [...growing]) if (!closed && (await judged(name, before))) growing.delete(name);
  };
  /** One look after the other; a nearer time takes the place of a later one. */
  const plan = (ms: number): void => {
    if (closed || looking === 'now' || (looking !== null && looking.at <= now() + ms)) return;
    if (looking !== null) looking.cancel();
    looking = { at: now() + ms, cancel: after(ms, look) };
  };
  const look = (): void => {
    looking = 'now';
    lookOnce()
      .catch(onFault)
      .finally(() => {
        looking = null;
        if (growing.size > 0) plan([...growing.values()].some(({ since }) => now() - since < UNSURE_MS) ? LOOK_MS : LATER_MS);
      });
  };
  const listen = (): void => {
    watcher?.close();
    watcher = watch(folder, { persistent: false }, (_event, name) => {
      (name === null ? lookAgain() : consider(String(name))).catch(onFault);
    });
    // A folder that goes away ends the watch; the next look finds it when it is there again.
    watcher.on('error', () => {
      watcher?.close();
      watcher = null;
    });
  };
  const list = async (): Promise<readonly string[] | null> => {
    try {
      if (watcher === null && !closed) listen();
      return await readdir(folder);
    } catch (error) {
      if (codeOf(error) === '') throw error;
      watcher?.close();
      watcher = null;
      return null;
    }
  };
  const lookAgain = async (): Promise<void> => {
    const names = await list();
    there = names !== null;
    if (names === null) return;
    const present = new Set(names);
    for (const name of [...known, ...abandoned.keys()]) if (!present.has(name)) forget(name);
    for (const name of names) if (!known.has(name)) await consider(name);
  };

  const first = await list();
  there = first !== null;
  for (const name of first ?? []) if (wants(name) && !growing.has(name)) known.add(name);
  let again: () => void = () => undefined;
  const planAgain = (): void => {
    again = after(AGAIN_MS, () => {
      lookAgain().catch(onFault).finally(() => (closed ? undefined : planAgain()));
    });
  };
  planAgain();
  return {
    there: () => there,
    lookAgain,
    close: () => {
      closed = true;
      watcher?.close();
      if (looking !== null && looking !== 'now') looking.cancel();
      again();
      growing.clear();
    },
  };
};
