import type { Readable } from 'node:stream';
import type { QueueInput } from '../queue';
import { fetchLimits, fetchPicture, type FetchLimits } from './fetch-picture';
import type { Reach, WayTo } from './judged-get';
import { keepBytes, type KeepDeps } from './keep-bytes';
import { inputsFromPaths } from './walk';

/** Turns what a person hands over into inputs of the queue; bytes are on disk before it resolves. */
export interface Intake {
  /** One input per file, in order; folders are walked. One bad path never costs another. */
  paths(paths: readonly string[]): Promise<readonly QueueInput[]>;
  /** Rejects with `PicferryError` kind `file` when they cannot be kept. */
  bytes(name: string, bytes: Uint8Array | Readable): Promise<QueueInput>;
  /** Fetches a picture; private addresses are refused, but for hosts that the person entered. Rejects with `PicferryError`. */
  url(url: string, signal: AbortSignal, reach?: Pick<Reach, 'ownHosts'>): Promise<Extract<QueueInput, { type: 'kept' }>>;
}

/** `folder` is where kept bytes lie: `intake` in the data folder's `store`. */
export const createIntake = (deps: KeepDeps & { readonly wayTo: WayTo }, limits: FetchLimits = fetchLimits): Intake => ({
  paths: (paths) => inputsFromPaths(paths, deps.now),
  bytes: (name, bytes) => keepBytes(deps, name, bytes),
  async url(url, signal, reach = {}) {
    const { name, bytes } = await fetchPicture(url, signal, deps.wayTo, { ...limits, ...reach });
    return keepBytes(deps, name, bytes);
  },
});
