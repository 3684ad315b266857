import { appendFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { codeOf, writeFileAtomic } from '../../lib/atomic-file';
import type { MediaKind } from '../../shared/model/job';

/** Where an uploaded picture lay on this computer, and what tells that it is still the same one. */
const Source = z.strictObject({ id: z.string(), path: z.string(), bytes: z.number(), modifiedMs: z.number() });
type Source = z.infer<typeof Source>;

export type PictureSourcesOptions = {
  /** One JSON value a line; shared by window and command line, which never own the data folder at the same time. */
  readonly file: string;
  /** Whether a path belongs to bytes that are taken away once their upload is done. */
  readonly isKept: (path: string) => boolean;
  readonly onFault: (error: unknown) => void;
};

/** Remembers where the newest uploads' files lie, for thumbnails that could not be made at once. */
export interface PictureSources {
  /** Takes note of a finished upload. Neither waits nor throws; a failure costs the thumbnail only. */
  note(upload: { readonly id: string; readonly kind: MediaKind; readonly path: string }): void;
  /** The upload's own file, if it is known and was not touched since. */
  find(id: string): Promise<string | undefined>;
}

/** The file's name in the data folder's store. */
export const PICTURE_SOURCES = 'picture-sources.jsonl';

/** Older uploads than these are forgotten. */
export const SOURCES_KEPT = 5_000;

export const createPictureSources = ({ file, isKept, onFault }: PictureSourcesOptions): PictureSources => {
  let known: Promise<Map<string, Source>> | undefined;
  const load = async (): Promise<Map<string, Source>> => {
    const all = parseLines(await textOf(file));
    const newest = all.slice(-SOURCES_KEPT);
    if (all.length > 2 * SOURCES_KEPT) writeFileAtomic(file, newest.map((source) => `${JSON.stringify(source)}\n`).join(''), { mode: 0o600 });
    return new Map(newest.map((source) => [source.id, source]));
  };
  return {
    note({ id, kind, path }) {
      if (kind !== 'image' || isKept(path)) return;
      try {
        const { size, mtimeMs } = statSync(path);
        const source: Source = { id, path, bytes: size, modifiedMs: mtimeMs };
        appendFileSync(file, `${JSON.stringify(source)}\n`, { mode: 0o600 });
        void known?.then((sources) => sources.set(id, source), onFault);
      } catch (error) {
        onFault(error);
      }
    },
    async find(id) {
      known ??= load();
      const source = (await known).get(id);
      if (source === undefined) return undefined;
      const now = await stat(source.path).catch(() => null);
      return now !== null && now.isFile() && now.size === source.bytes && now.mtimeMs === source.modifiedMs ? source.path : undefined;
    },
  };
};

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
};

/** Lines that a crash cut off or that mean nothing are passed over. */
const parseLines = (text: string): readonly Source[] =>
  text.split('\n').flatMap((line) => {
    try {
      const parsed = Source.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
