import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { codeOf, writeFileAtomic } from '../../lib/atomic-file';

const Stored = z.strictObject({
  version: z.literal(1),
  /** When each watched folder was last known through and through, in epoch milliseconds. */
  folders: z.record(z.string(), z.number()),
  /** Pictures that were taken or asked about, oldest first. */
  seen: z.array(z.string()),
});
type Stored = z.infer<typeof Stored>;

/** Older ones lie before the time at which their folder was last known. */
const KEPT = 2000;
const WRITE_MS = 250;

/** What the screenshot watcher knows over a restart. Losing it loses no picture: those that cannot be told are asked about. */
export interface SeenMemory {
  /** Null for a folder that is watched for the first time. */
  knownAt(folder: string): number | null;
  /** From now on everything in it before `at` is old. */
  know(folder: string, at: number): void;
  /** It is not watched any more; should that change, it begins anew. */
  forget(folder: string): void;
  has(path: string): boolean;
  add(path: string): void;
  /** It was taken away: what comes under its name is another picture. */
  drop(path: string): void;
  /** Writes what is not written yet. */
  flush(): void;
}

export type SeenMemoryDeps = { readonly file: string; readonly after: (ms: number, act: () => void) => () => void; readonly onFault: (error: unknown) => void };

export const openSeenMemory = ({ file, after, onFault }: SeenMemoryDeps): SeenMemory => {
  const stored = read(file, onFault);
  const folders = new Map(Object.entries(stored.folders));
  const seen = new Set(stored.seen);
  let planned: (() => void) | null = null;
  const write = (): void => {
    planned?.();
    planned = null;
    try {
      writeFileAtomic(file, JSON.stringify({ version: 1, folders: Object.fromEntries(folders), seen: [...seen].slice(-KEPT) } satisfies Stored));
    } catch (error) {
      onFault(error);
    }
  };
  const changed = (): void => {
    planned ??= after(WRITE_MS, () => {
      planned = null;
      write();
    });
  };
  return {
    knownAt: (folder) => folders.get(folder) ?? null,
    know: (folder, at) => {
      folders.set(folder, at);
      changed();
    },
    forget: (folder) => {
      if (folders.delete(folder)) changed();
    },
    has: (path) => seen.has(path),
    add: (path) => {
      seen.delete(path);
      seen.add(path);
      changed();
    },
    drop: (path) => {
      if (seen.delete(path)) changed();
    },
    flush: () => {
      if (planned !== null) write();
    },
  };
};

const read = (file: string, onFault: (error: unknown) => void): Stored => {
  const empty: Stored = { version: 1, folders: {}, seen: [] };
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') onFault(error);
    return empty;
  }
};
