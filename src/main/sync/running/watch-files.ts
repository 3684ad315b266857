import { watch, type FSWatcher } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { codeOf } from '../../../lib/atomic-file';

export type WatchFilesDeps = {
  /** Told when a file is another one than before and has been left alone for a moment; also when it came or went. */
  readonly onChange: (path: string) => void;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onFault: (error: unknown) => void;
};

/** Tells of changes of single files, whichever way an editor writes them. */
export interface FileWatch {
  /** These files from now on, and no others. What they hold now counts as known. */
  set(paths: readonly string[]): void;
  close(): void;
}

/** A file that did not change for this long is done with: editors write in pieces, or write another and rename it. */
const STILL_MS = 400;
/** Some folders tell nothing (network drives, places behind a link), so all files are looked at as often as this. */
const LOOK_MS = 3_000;

type Watched = { mark: string | null; pending: string | null; cancel: () => void };

export const watchFiles = ({ onChange, after, onFault }: WatchFilesDeps): FileWatch => {
  const files = new Map<string, Watched>();
  const folders = new Map<string, FSWatcher>();
  let closed = false;
  let cancelLook: () => void = () => undefined;

  /** `waited`: it was left alone since the look before. */
  const settle = async (path: string, file: Watched, waited: boolean): Promise<void> => {
    const mark = await markOf(path);
    if (closed || files.get(path) !== file) return;
    if (mark === file.mark) {
      file.pending = UNKNOWN;
      return;
    }
    if (mark !== file.pending) {
      file.pending = mark;
      file.cancel();
      file.cancel = after(STILL_MS, () => void settle(path, file, true).catch(onFault));
    } else if (waited) {
      file.mark = mark;
      file.pending = UNKNOWN;
      onChange(path);
    }
  };
  const look = (path: string): void => {
    const file = files.get(path);
    if (file !== undefined) settle(path, file, false).catch(onFault);
  };
  const lookInto = (folder: string, name: string | null): void => {
    for (const path of files.keys()) if (dirname(path) === folder && (name === null || basename(path) === name)) look(path);
  };
  const listen = (folder: string): void => {
    if (folders.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => lookInto(folder, name === null ? null : String(name)));
      // A folder that goes away ends its watch; the next look finds it when it is there again.
      watcher.on('error', () => ignore(folder));
      folders.set(folder, watcher);
    } catch (error) {
      if (codeOf(error) === '') throw error;
    }
  };
  const ignore = (folder: string): void => {
    folders.get(folder)?.close();
    folders.delete(folder);
  };
  const listenToAll = (): void => {
    const wanted = new Set([...files.keys()].map(dirname));
    for (const folder of [...folders.keys()]) if (!wanted.has(folder)) ignore(folder);
    for (const folder of wanted) listen(folder);
  };
  const again = (): void => {
    cancelLook();
    if (closed || files.size === 0) return;
    cancelLook = after(LOOK_MS, () => {
      listenToAll();
      for (const path of files.keys()) look(path);
      again();
    });
  };
  const begin = async (path: string, file: Watched): Promise<void> => {
    const mark = await markOf(path);
    // A change that was told meanwhile is newer than this.
    if (file.mark === UNKNOWN) file.mark = mark;
  };

  return {
    set(paths) {
      const wanted = new Set(paths);
      for (const [path, file] of [...files]) {
        if (wanted.has(path)) continue;
        file.cancel();
        files.delete(path);
      }
      for (const path of wanted) {
        if (files.has(path)) continue;
        const file: Watched = { mark: UNKNOWN, pending: UNKNOWN, cancel: () => undefined };
        files.set(path, file);
        begin(path, file).catch(onFault);
      }
      listenToAll();
      again();
    },
    close() {
      closed = true;
      cancelLook();
      for (const file of files.values()) file.cancel();
      for (const folder of [...folders.keys()]) ignore(folder);
      files.clear();
    },
  };
};

const UNKNOWN = 'unknown';

/** What tells one state of a file from another; null when there is none. A link counts as what it leads to. */
const markOf = async (path: string): Promise<string | null> => {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(await realpath(path));
    return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return null;
  }
};
