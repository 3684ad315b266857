import { basename, dirname } from 'node:path';
import type { ChildProcessPort } from '../services';
import type { Imaging, Thumbnail } from './contract';
import { createPool } from './create-pool';
import { ThumbnailReply } from './messages';

export type ImagingOptions = {
  readonly children: ChildProcessPort;
  readonly thumbsFolder: string;
  /** Runs `act` once after `ms`; returns the cancel. */
  readonly after: (ms: number, act: () => void) => () => void;
};

/** Longer than the picture library's own limit, for when that one does not answer any more. */
const LIMIT_MS = 30_000;

/** One picture at a time, in the order asked; a picture whose process dies is tried once more in a fresh one. */
export const createImaging = ({ children, thumbsFolder, after }: ImagingOptions): Imaging => {
  const pool = createPool({ children, size: 1, after });
  const ask = async (what: { readonly path: string; readonly folder: string; readonly menuName?: string; readonly edge?: number }): Promise<Thumbnail> => {
    const answer = await pool.ask({ do: 'thumbnail', ...what }, LIMIT_MS);
    if (answer.type !== 'answer') return { ok: false, reason: answer.type === 'timeout' ? 'timeout' : answer.type === 'memory' ? 'too_big' : 'crashed' };
    const reply = ThumbnailReply.safeParse(answer.message);
    if (!reply.success) return { ok: false, reason: 'crashed' };
    return reply.data.ok ? { ok: true, name: reply.data.name } : { ok: false, reason: reply.data.reason };
  };
  return {
    thumbnail: (path, folder = thumbsFolder) => ask({ path, folder }),
    menuPicture: async (path, to, edge) => (await ask({ path, folder: dirname(to), menuName: basename(to), ...(edge === undefined ? {} : { edge }) })).ok,
    close: pool.close,
  };
};
