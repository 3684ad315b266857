import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFailures, isPassing } from './failures';
import type { OpenFiles } from './open-files';

export type RemoteThumbsDeps = {
  readonly files: OpenFiles;
  /** Fetches the picture at an address and makes it small in `folder`; resolves with its name there. Rejects where that fails. */
  readonly small: (accountId: string, url: string, folder: string, signal: AbortSignal) => Promise<{ readonly name: string; readonly bytes: number }>;
  /** Emptied with every start. */
  readonly folder: string;
  readonly now: () => number;
};

const AT_ONCE = 4;
/** Rows whose small pictures are kept at once; those that were not asked for longest go first. */
const MOST = 2000;

/** Small pictures of rows that a host lists; kept until Picferry ends, within a bound. */
export interface RemoteThumbs {
  /** In the order of the addresses; null where none can be had. Never rejects. */
  get(accountId: string, urls: readonly string[], signal: AbortSignal): Promise<readonly (string | null)[]>;
}

export function createRemoteThumbs({ files, small, folder, now }: RemoteThumbsDeps): RemoteThumbs {
  const failures = createFailures(now);
  const kept = new Map<string, { readonly name: string; readonly address: string }>();
  const fetching = new Map<string, Promise<string | null>>();
  let free = AT_ONCE;
  const queue: (() => void)[] = [];
  const turn = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => queue.push(go));
  };
  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const shrink = (): void => {
    for (const [key, { name, address }] of kept) {
      if (kept.size <= MOST) return;
      kept.delete(key);
      files.close(address);
      // Two rows with the same picture share a file.
      if (![...kept.values()].some((other) => other.name === name)) rmSync(join(folder, name), { force: true });
    }
  };
  const fetchOne = async (key: string, accountId: string, url: string, signal: AbortSignal): Promise<string | null> => {
    await turn();
    try {
      if (signal.aborted) return null;
      const { name, bytes } = await small(accountId, url, folder, signal);
      const address = files.add({ path: join(folder, name), type: 'image/webp', bytes }, false);
      kept.set(key, { name, address });
      shrink();
      return address;
    } catch (error) {
      failures.note(key, isPassing(error));
      return null;
    } finally {
      fetching.delete(key);
      leave();
    }
  };
  const one = (accountId: string, url: string, signal: AbortSignal): Promise<string | null> => {
    const key = JSON.stringify([accountId, url]);
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return Promise.resolve(known.address);
    }
    if (failures.has(key)) return Promise.resolve(null);
    const under = fetching.get(key) ?? fetchOne(key, accountId, url, signal);
    fetching.set(key, under);
    return under;
  };
  return { get: (accountId, urls, signal) => Promise.all(urls.map((url) => one(accountId, url, signal))) };
}
