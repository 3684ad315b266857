import { randomUUID } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { MediaKind } from '../../shared/model/job';
import type { Imaging } from './contract';

export type ThumbnailerDeps = {
  readonly imaging: Pick<Imaging, 'thumbnail'>;
  /** Where bytes wait that may vanish before their turn; on the same disk as the kept bytes. */
  readonly waitingFolder: string;
  /** Whether a path belongs to bytes that are taken away once their upload is done. */
  readonly isKept: (path: string) => boolean;
  readonly setThumb: (uploadId: string, name: string) => void;
  /** Resolves when no upload is under way: pictures for looking at must never slow those. */
  readonly quiet: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
};

/** Gives uploads their thumbnails, behind everything else. */
export interface Thumbnailer {
  /** Takes note of a finished upload while its bytes are there. Neither waits nor throws. */
  uploaded(upload: { readonly id: string; readonly kind: MediaKind; readonly path: string }): void;
  /** Settles when the upload's thumbnail was tried; undefined when none is being made. Never rejects. */
  making(uploadId: string): Promise<void> | undefined;
  /** Runs work while no thumbnail is made and nothing is sent; its failure is a fault. */
  between(work: () => Promise<unknown>): Promise<void>;
  /** Resolves when every picture noted so far was tried. */
  settled(): Promise<void>;
}

export const createThumbnailer = (deps: ThumbnailerDeps): Thumbnailer => {
  let chain: Promise<void> = Promise.resolve();
  const underWay = new Map<string, Promise<void>>();
  sweep(deps.waitingFolder);

  const make = async (id: string, path: string, ours: boolean): Promise<void> => {
    try {
      await deps.quiet();
      const thumbnail = await deps.imaging.thumbnail(path);
      if (thumbnail.ok) deps.setThumb(id, thumbnail.name);
    } catch (error) {
      deps.onFault(error);
    } finally {
      if (ours) rmSync(path, { force: true });
      underWay.delete(id);
    }
  };

  return {
    uploaded: ({ id, kind, path }) => {
      if (kind !== 'image') return;
      try {
        const ours = deps.isKept(path);
        const source = ours ? secondName(path, deps.waitingFolder) : path;
        chain = chain.then(() => make(id, source, ours));
        underWay.set(id, chain);
      } catch (error) {
        deps.onFault(error);
      }
    },
    making: (uploadId) => underWay.get(uploadId),
    between: (work) => {
      chain = chain.then(async () => {
        try {
          await deps.quiet();
          await work();
        } catch (error) {
          deps.onFault(error);
        }
      });
      return chain;
    },
    settled: () => chain,
  };
};

/** A second name for the same bytes costs nothing and outlives the first; where the disk has no such thing, a copy. */
const secondName = (path: string, folder: string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const other = join(folder, `${randomUUID()}${extname(path)}`);
  try {
    linkSync(path, other);
  } catch {
    copyFileSync(path, other);
  }
  return other;
};

/** What an earlier process left is of no use: nobody knows whose it was. */
const sweep = (folder: string): void => {
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
};
