import { watch, type FSWatcher, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { wholenessOf } from './whole-picture';

export type WatchFolderDeps = {
  readonly folder: string;
  readonly wants: (name: string) => boolean;
  /** What came to the folder since then is new although it lies there when the watch begins; epoch milliseconds. Without it nothing is. */
  readonly since?: number;
  /** A whole new picture; once for each. */
  readonly onNew: (path: string) => void;
  /** A picture that was told of, or old, was taken away. */
  readonly onGone?: (path: string) => void;
  /** A folder came to lie in this one. */
  readonly onFolder?: () => void;
  /** The folder went away or came back. */
  readonly onThere?: () => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onFault: (error: unknown) => void;
};

export interface FolderWatch {
  /** Whether the folder is there. */
  there(): boolean;
  /** Looks through the folder, since what happened may not have been told: after sleep, on network drives. */
  lookAgain(): Promise<void>;
  /** The picture of that name was taken away by Picferry since then; what lies there now, if it came later, is another one. Nobody needs to have told of either. */
  tookAway(name: string, since: number): Promise<void>;
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
/** How often a folder that is not there is looked for, and one looked through of which the system tells nothing. */
const GONE_MS = 3000;
/** File systems stamp by a clock that may lie this far behind the one we read. */
export const FILE_CLOCK_MS = 20;

/**
 * Tells of new pictures in one folder. What is there when the watch begins is old, and so is what a folder that comes back,
 * such as a drive's, had in it before. A picture that is written over is the same picture; one that was taken away and
 * comes again is new. Folders inside are not watched.
 */
export const watchFolder = async (deps: WatchFolderDeps): Promise<FolderWatch> => {
  const { folder, wants, onNew, now, after, onFault } = deps;
  const known = new Set<string>();
  const growing = new Map<string, Growing>();
  /** What did not become whole, by the time it last changed. */
  const abandoned = new Map<string, number>();
  let watcher: FSWatcher | null = null;
  /** Tells the folder that is listened to from another one of the same name. */
  let identity = '';
  let there = false;
  /** When the folder was last seen, or first looked for. */
  let seenAt = now();
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
    abandoned.delete(name);
    if (known.delete(name)) deps.onGone?.(join(folder, name));
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
  let again: () => void = () => undefined;
  const planAgain = (): void => {
    again();
    if (closed) return;
    again = after(there && watcher !== null ? AGAIN_MS : GONE_MS, () => {
      lookAgain().catch(onFault).finally(planAgain);
    });
  };
  const deaf = (): void => {
    watcher?.close();
    watcher = null;
  };
  const heard = async (event: string, name: string): Promise<void> => {
    if (event === 'rename' && name === basename(folder)) {
      // This folder itself was moved or removed, and another one may lie in its place.
      identity = '';
      await lookAgain();
    }
    if (wants(name)) await consider(name);
    else if (event === 'rename' && deps.onFolder !== undefined && (await facts(name))?.isDirectory() === true) deps.onFolder();
  };
  /** A system that tells of no change, or of no more of them, leaves looking. */
  const listen = (): void => {
    deaf();
    try {
      watcher = watch(folder, { persistent: false }, (event, name) => {
        (name === null ? lookAgain() : heard(event, name)).catch(onFault);
      });
    } catch (error) {
      if (codeOf(error) === '') throw error;
      return;
    }
    watcher.on('error', () => {
      deaf();
      lookAgain().catch(onFault);
    });
  };
  /** The names in the folder, and whether it is another one than before; null while it cannot be read. */
  const list = async (): Promise<{ readonly names: readonly string[]; readonly another: boolean } | null> => {
    try {
      const { dev, ino } = await stat(folder);
      const another = `${dev} ${ino}` !== identity;
      if ((another || watcher === null) && !closed) listen();
      const names = await readdir(folder);
      identity = `${dev} ${ino}`;
      return { names, another };
    } catch (error) {
      if (codeOf(error) === '') throw error;
      deaf();
      identity = '';
      return null;
    }
  };
  /** Takes what came to the folder since then for new, and all else in it for old. */
  const sort = async (names: readonly string[], since: number): Promise<void> => {
    for (const name of names) {
      if (!wants(name) || known.has(name) || growing.has(name)) continue;
      const found = await facts(name);
      if (found !== null && cameAt(found) > since - FILE_CLOCK_MS) await consider(name);
      else if (found !== null) known.add(name);
    }
  };
  const lookOnceAgain = async (): Promise<void> => {
    const found = await list();
    if (closed) return;
    const before = seenAt;
    if (found !== null) seenAt = now();
    if (there !== (found !== null)) {
      there = found !== null;
      planAgain();
      deps.onThere?.();
    }
    if (found === null) return;
    const present = new Set(found.names);
    for (const name of [...known, ...abandoned.keys()]) if (!present.has(name)) forget(name);
    if (found.another) await sort(found.names, before);
    else for (const name of found.names) if (!known.has(name)) await consider(name);
  };
  let last: Promise<void> = Promise.resolve();
  const lookAgain = (): Promise<void> => {
    const next = last.then(lookOnceAgain, lookOnceAgain);
    last = next;
    return next;
  };

  const first = await list();
  there = first !== null;
  await sort(first?.names ?? [], deps.since ?? Infinity);
  planAgain();
  return {
    there: () => there,
    lookAgain,
    tookAway: async (name, since) => {
      forget(name);
      await sort([name], since);
    },
    close: () => {
      closed = true;
      deaf();
      if (looking !== null && looking !== 'now') looking.cancel();
      again();
      growing.clear();
    },
  };
};

/** When a picture came to its folder. Its own dates may be older; its change time is not. */
export const cameAt = ({ ctimeMs }: Pick<Stats, 'ctimeMs'>): number => ctimeMs;
