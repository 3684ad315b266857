import { rmSync } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Upload } from '../../shared/model/upload';
import type { Imaging, Thumbnail } from '../imaging';
import type { LibraryService } from '../library';
import type { IsMadeFrom, WayTo } from '../preparation';
import type { Timers } from '../queue';
import type { Original, PreviewsService, Served } from './contract';
import { fetchOriginal, type FetchBounds } from './fetch-original';
import { ownerOf, reachFor, type HostCopyDeps, type Owner } from './host-copy';
import { localFileOf, type LocalFile } from './local-file';
import { createOpenFiles } from './open-files';
import { createRemoteThumbs } from './remote-thumbs';
import { createUploadThumbs, MAX_FETCHED } from './upload-thumbs';
import { createWantedThumbs } from './wanted-thumbs';

export type PreviewsDeps = {
  /** For fetched originals; emptied when this is built, since nobody knows then whose they were. */
  readonly folder: string;
  readonly library: Pick<LibraryService, 'byId' | 'sourcePath' | 'source' | 'setThumb' | 'clearThumb' | 'setDuration'>;
  readonly accounts: HostCopyDeps['accounts'];
  readonly wayTo: WayTo;
  readonly isMadeFrom: IsMadeFrom;
  /** Null where no window asks: then there are no thumbnails to be had. */
  readonly imaging: Pick<Imaging, 'thumbnail'> | null;
  /** Settles when the thumbnail that is being made of a fresh upload was tried; undefined when none is. */
  readonly making: (uploadId: string) => Promise<void> | undefined;
  /** Resolves when no upload is under way: pictures for looking at must not slow those. */
  readonly quiet: () => Promise<void>;
  readonly timers: Timers;
  readonly newId: () => string;
  /** Unguessable, of letters that need no escape in an address. */
  readonly newToken: () => string;
  readonly onFault: (error: unknown) => void;
  readonly bounds?: { readonly full: FetchBounds; readonly small: FetchBounds };
};

const MEGABYTE = 1024 * 1024;
const BOUNDS = {
  full: { image: 64 * MEGABYTE, video: 512 * MEGABYTE, totalMs: 15 * 60_000 },
  small: { image: MAX_FETCHED, video: 0, totalMs: 30_000 },
} as const;
/** Open at once: a screen of rows to draw and what is looked at; for small pictures of remote rows see there. */
const OPEN = { addresses: 300, bytes: 1024 * MEGABYTE };
const OPEN_SMALL = { addresses: 4000, bytes: 0 };
/** An upload may go on for an hour; somebody looks at these rows now. */
const QUIET_AT_MOST_MS = 5_000;

/** Originals and small pictures for the window, over library, hosts and disk. */
export function createPreviews(deps: PreviewsDeps): PreviewsService {
  const { folder, library, timers } = deps;
  const lifetime = new AbortController();
  const bounds = deps.bounds ?? BOUNDS;
  rmSync(folder, { recursive: true, force: true });
  const files = createOpenFiles(deps.newToken, OPEN);
  const smallFiles = createOpenFiles(deps.newToken, OPEN_SMALL);
  let opening = { key: '', controller: new AbortController() };

  const host = { accounts: deps.accounts, now: timers.now };
  const fetchTo = async (link: string, owner: Owner, kind: 'full' | 'small', signal: AbortSignal): Promise<LocalFile> => {
    const reach = await reachFor(link, owner, host);
    return fetchOriginal(link, join(folder, deps.newId()), { reach, bounds: bounds[kind], signal }, deps);
  };
  const localFile = (upload: Upload, signal: AbortSignal): Promise<LocalFile | null> => localFileOf(upload, signal, { sourcePath: library.sourcePath, source: library.source, isMadeFrom: deps.isMadeFrom });

  /** One original is looked at at a time: a fetch that nobody waits for any more ends with the next. */
  const next = async <T>(which: Original, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    opening.controller.abort();
    const mine = new AbortController();
    opening = { key: keyOf(which), controller: mine };
    const end = (): void => mine.abort();
    for (const outer of [signal, lifetime.signal]) {
      if (outer.aborted) end();
      outer.addEventListener('abort', end, { once: true });
    }
    try {
      return await work(mine.signal);
    } finally {
      for (const outer of [signal, lifetime.signal]) outer.removeEventListener('abort', end);
    }
  };
  const opened = (file: LocalFile, from: 'file' | 'host'): Awaited<ReturnType<PreviewsService['openUpload']>> => ({ address: files.add(served(file), from === 'host'), kind: file.kind, from, bytes: file.bytes });
  const fetched = (link: string, owner: Owner, signal: AbortSignal) => fetchTo(link, owner, 'full', signal).then((file) => opened(file, 'host'));

  const quiet = async (): Promise<void> => {
    let stop: () => void = () => undefined;
    await Promise.race([deps.quiet(), new Promise<void>((resolve) => (stop = timers.after(QUIET_AT_MOST_MS, resolve)))]);
    stop();
  };
  const thumbnail = async (path: string, into?: string): Promise<Thumbnail> => {
    await quiet();
    return deps.imaging?.thumbnail(path, into) ?? { ok: false, reason: 'crashed' };
  };
  const uploadThumbs = createUploadThumbs({
    byId: library.byId,
    setThumb: library.setThumb,
    setDuration: library.setDuration,
    localFile: (upload) => localFile(upload, lifetime.signal),
    fetchSmall: (link, upload) => fetchTo(link, upload, 'small', lifetime.signal),
    thumbnail,
    files,
    onFault: deps.onFault,
    now: timers.now,
  });
  const wanted = createWantedThumbs({ tryOne: uploadThumbs.tryOne, making: deps.making, timers });
  const remoteThumbs = createRemoteThumbs({
    files: smallFiles,
    folder: join(folder, 'rows'),
    now: timers.now,
    small: async (accountId, url, into, signal) => {
      const { path } = await fetchTo(url, ownerOf(accountId, host), 'small', signal);
      try {
        const made = await thumbnail(path, into);
        if (!made.ok) throw new PicferryError(problemOf({ kind: 'rejected_file', message: 'urlNotPicture', retryable: made.reason !== 'failed' }, timers.now()));
        return { name: made.name, bytes: (await stat(join(into, made.name))).size };
      } finally {
        await rm(path, { force: true });
      }
    },
  });

  return {
    openUpload: (id, signal) =>
      next({ uploadId: id }, signal, async (mine) => {
        const upload = library.byId(id);
        if (upload === undefined) throw new PicferryError(problemOf({ kind: 'not_found', message: 'uploadNotFound' }, timers.now()));
        const file = await localFile(upload, mine);
        if (file !== null) return opened(file, 'file');
        if (upload.url === null) throw new PicferryError(problemOf({ kind: 'not_found', message: 'originalGone' }, timers.now()));
        return fetched(upload.url, upload, mine);
      }),
    openRemote: (accountId, url, signal) => next({ accountId, url }, signal, (mine) => fetched(url, ownerOf(accountId, host), mine)),
    stop: (which) => (opening.key === keyOf(which) ? opening.controller.abort() : undefined),
    share: (file, ours) => files.add(file, ours),
    close: (address) => void files.close(address),
    served: (token) => files.served(token) ?? smallFiles.served(token),
    wantThumbs: wanted.want,
    putThumb: (id, bytes, seconds) =>
      uploadThumbs.drawn(id, seconds, async () => {
        const path = join(folder, deps.newId());
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
        try {
          return (await deps.imaging?.thumbnail(path)) ?? { ok: false, reason: 'crashed' };
        } finally {
          await rm(path, { force: true });
        }
      }),
    remoteThumbs: (accountId, urls, signal) => remoteThumbs.get(accountId, urls, signal),
    thumbMissing: (name) => library.clearThumb(name),
    end() {
      lifetime.abort();
      wanted.close();
      files.closeAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const keyOf = (which: Original): string => JSON.stringify('uploadId' in which ? [which.uploadId] : [which.accountId, which.url]);

const served = ({ path, type, bytes }: LocalFile): Served => ({ path, type, bytes });
