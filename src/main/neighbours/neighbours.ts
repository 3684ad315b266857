import { readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { problemOf } from '../../lib/picferry-error';
import { askForHost, holdsData, runningFolders } from '../handover';
import { ProviderError } from '../providers';

/** A folder that was chosen or typed. `relative`: it counts from nowhere; `own`: it is the one we work in ourselves. */
export type NeighbourFolder = { readonly folder: string; readonly problem: 'none' | 'relative' | 'own' | 'no-data' };

/** The other Picferrys of this person on this computer, each known by its data folder. */
export interface Neighbours {
  /** Looks at the disk and contacts nobody. `folder` is the path that is kept. */
  judge(typed: string): NeighbourFolder;
  /** Whether two paths lead to one data folder: by links, or by the id that lies in it. Looks at the disk. */
  isSame(folder: string, other: string): boolean;
  /**
   * The embedded host of another data folder, asked for anew each time: its key is new with every start and never lies
   * on a disk. Rejects with `ProviderError`, which may be tried again, while no Picferry answers there.
   */
  at(folder: string): { start(): Promise<{ readonly url: string; readonly key: string }> };
  /** The data folders of those that run now, without our own. */
  running(): Promise<readonly string[]>;
}

export function createNeighbours({ own, now }: { readonly own: string; readonly now: () => number }): Neighbours {
  const isOwn = (folder: string): boolean => real(folder) === real(own);
  const judge = (typed: string): NeighbourFolder => {
    const path = typed.trim().replace(/^~(?=$|[\\/])/, homedir());
    if (!isAbsolute(path)) return { folder: path, problem: 'relative' };
    const folder = resolve(path);
    if (isOwn(folder)) return { folder, problem: 'own' };
    return { folder, problem: holdsData(folder) ? 'none' : 'no-data' };
  };
  const away = (message: string, folder: string): ProviderError =>
    new ProviderError(problemOf({ kind: 'network', sub: message, message, params: { folder }, retryable: true }, now()), false, 'backoff');
  return {
    judge,
    isSame: (folder, other) => real(folder) === real(other) || (idOf(folder) !== null && idOf(folder) === idOf(other)),
    at: (folder) => ({
      async start() {
        if (isOwn(folder)) throw new ProviderError(problemOf({ kind: 'bad_request', sub: 'neighbourOwn', message: 'neighbourOwn' }, now()), false, 'never');
        const answer = await askForHost(folder);
        if (answer.type === 'host') return { url: answer.url, key: answer.key };
        throw away(answer.type === 'absent' ? 'neighbourAway' : answer.type === 'failed' ? 'neighbourFailed' : 'neighbourVersion', folder);
      },
    }),
    running: async () => (await runningFolders()).filter((folder) => !isOwn(folder) && holdsData(folder)),
  };
}

/** The folder that a path means, also by way of links. */
const real = (folder: string): string => {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
};

/** The id of a data folder; null where there is none, or it cannot be read. */
const idOf = (folder: string): string | null => {
  try {
    return readFileSync(join(folder, 'store', 'folder-id'), 'utf8').trim() || null;
  } catch {
    return null;
  }
};
