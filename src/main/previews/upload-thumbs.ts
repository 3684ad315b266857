import { rm } from 'node:fs/promises';
import type { Upload } from '../../shared/model/upload';
import type { Thumbnail } from '../imaging';
import type { Served } from './contract';
import { createFailures, isPassing, type Failures } from './failures';
import type { LocalFile } from './local-file';
import type { OpenFiles } from './open-files';
import type { Drawing, Tried } from './wanted-thumbs';

export type UploadThumbsDeps = {
  readonly byId: (id: string) => Upload | undefined;
  readonly setThumb: (id: string, name: string) => void;
  readonly setDuration: (id: string, seconds: number) => void;
  readonly localFile: (upload: Upload) => Promise<LocalFile | null>;
  /** Fetches a picture within the bound of thumbnails into a file of ours, whose removal is the caller's. Rejects with `PicferryError`. */
  readonly fetchSmall: (link: string, upload: Upload) => Promise<Served>;
  readonly thumbnail: (path: string) => Promise<Thumbnail>;
  readonly files: OpenFiles;
  readonly onFault: (error: unknown) => void;
  readonly now: () => number;
};

/** Larger originals are never fetched for a small picture of them. */
export const MAX_FETCHED = 8 * 1024 * 1024;

/** What the window's engine can draw and the picture library cannot. */
const ONLY_PAGE = new Set(['image/bmp', 'image/x-icon']);

export interface UploadThumbs {
  /** Makes a thumbnail from the local file, else from what the host has. What failed is not tried again soon. Never rejects. */
  tryOne(id: string): Promise<Tried>;
  /** Takes what the window drew of a row that it was given to draw; anything else, and what is no picture, is left aside. */
  drawn(id: string, seconds: number | null, from: () => Promise<Thumbnail>): Promise<void>;
}

export function createUploadThumbs(deps: UploadThumbsDeps): UploadThumbs {
  const failures = createFailures(deps.now);
  const handed = new Map<string, Drawing>();
  const nothing: Tried = { draw: null };

  const hand = (id: string, served: Served, kind: 'image' | 'video', ours: boolean): Tried => {
    const drawing: Drawing = { id, address: deps.files.add(served, ours), kind };
    handed.set(id, drawing);
    // One try for a while: a window that cannot draw it says nothing.
    failures.note(id, true);
    return { draw: drawing };
  };

  const work = async (upload: Upload): Promise<Tried> => {
    const local = await deps.localFile(upload);
    if (local !== null) {
      if (local.kind === 'video' || ONLY_PAGE.has(local.type)) return hand(upload.id, local, local.kind, false);
      const made = await deps.thumbnail(local.path);
      if (made.ok) {
        deps.setThumb(upload.id, made.name);
        return nothing;
      }
      if (made.reason === 'disk') throw new Error('no thumbnail can be written');
    }
    return fromHost(upload, local !== null, deps, hand, failures);
  };

  return {
    async tryOne(id) {
      const upload = deps.byId(id);
      if (upload === undefined || upload.thumb !== null || upload.kind === 'other' || failures.has(id)) return nothing;
      try {
        return await work(upload);
      } catch (error) {
        failures.note(id, true);
        deps.onFault(error);
        return nothing;
      }
    },
    async drawn(id, seconds, from) {
      const drawing = handed.get(id);
      if (drawing === undefined) return;
      handed.delete(id);
      deps.files.close(drawing.address);
      const made = await from();
      if (!made.ok || deps.byId(id)?.thumb !== null) return;
      failures.forget(id);
      deps.setThumb(id, made.name);
      if (drawing.kind === 'video' && seconds !== null) deps.setDuration(id, seconds);
    },
  };
}

/** Links that are known to show nothing any more are not asked. */
const mayBeThere = (upload: Upload): boolean => upload.linkState !== 'dead' && upload.remoteState !== 'deleted' && upload.remoteState !== 'already_gone';

async function fromHost(upload: Upload, haveOriginal: boolean, deps: UploadThumbsDeps, hand: (id: string, served: Served, kind: 'image', ours: boolean) => Tried, failures: Failures): Promise<Tried> {
  const original = upload.kind === 'image' && !haveOriginal && upload.bytes <= MAX_FETCHED ? upload.url : null;
  const links = mayBeThere(upload) ? [...new Set([upload.thumbUrl, original])].filter((link) => link !== null) : [];
  let passing = false;
  for (const link of links) {
    try {
      const fetched = await deps.fetchSmall(link, upload);
      if (ONLY_PAGE.has(fetched.type)) return hand(upload.id, fetched, 'image', true);
      const made = await deps.thumbnail(fetched.path);
      await rm(fetched.path, { force: true });
      if (made.ok) {
        deps.setThumb(upload.id, made.name);
        return { draw: null };
      }
      passing ||= made.reason === 'disk' || made.reason === 'crashed';
    } catch (error) {
      passing ||= isPassing(error);
    }
  }
  failures.note(upload.id, passing);
  return { draw: null };
}
