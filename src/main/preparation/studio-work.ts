import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../../shared/assert-never';
import type { InputFormat, PreparationProfile } from '../../shared/model/preparation';
import { changesPixels } from '../../shared/model/preparation-profiles';
import type { LeftBecause, RemovedPart } from '../../shared/model/preparation-report';
import type { Problem } from '../../shared/model/problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { mustConvert, type Studio } from '../imaging';
import { type CopyPlace, writing } from './strip-open';

/** A picture to be made ready by a profile, for a host that takes these extensions, or does not say. */
export type StudioWork = { readonly path: string; readonly name: string; readonly mime: string; readonly profile: PreparationProfile; readonly takes: readonly string[] };

/** Formats that pictures are read from, by what a profile calls them. What else there is, is sent as it is. */
const READ: Readonly<Record<string, InputFormat>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'apng',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heic',
  'image/tiff': 'tiff',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
};

/** Whether a picture goes through the studio: its profile asks for more than its metadata, or its host for another format. */
export function needsStudio({ mime, profile, takes }: Pick<StudioWork, 'mime' | 'profile' | 'takes'>): boolean {
  const kind = READ[mime];
  if (kind === undefined) return false;
  return changesPixels(profile) || (kind === 'svg' && profile.svg !== 'keep') || mustConvert(kind, profile, takes);
}

/** Whether a profile asks for work on the pixels of a picture whose format is not read here. */
export const isBeyondStudio = ({ mime, profile }: Pick<StudioWork, 'mime' | 'profile'>): boolean => mime.startsWith('image/') && READ[mime] === undefined && changesPixels(profile);

/** `made`: a new file and its name; `left`: the picture is better left without this work. */
export type StudioResult =
  | { readonly type: 'made'; readonly path: string; readonly name: string; readonly recoded: boolean; readonly removed: readonly RemovedPart[]; readonly left: LeftBecause | null }
  | { readonly type: 'left'; readonly why: LeftBecause };

/** Rejects with `PicferryError`, or when `signal` aborts, and leaves nothing behind then. */
export async function madeInStudio({ path, name, mime, profile, takes }: StudioWork, studio: Pick<Studio, 'make'>, { folder, newId, now }: CopyPlace, signal: AbortSignal): Promise<StudioResult> {
  const to = join(folder, newId());
  await writing(now, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const made = await studio.make(path, to, profile, signal, takes);
  if (made.type === 'made') return { type: 'made', path: to, name: renamed(name, mime, made.extension), recoded: made.recoded, removed: made.removed, left: made.left ?? null };
  if (made.type === 'alone') return { type: 'left', why: made.why };
  await rm(to, { force: true });
  if (made.type === 'cancelled') {
    signal.throwIfAborted();
    throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled', retryable: true }, now()));
  }
  throw new PicferryError(problemOfWork(made, { name, profile }, now()));
}

/** The file's name, with another extension where the format has become another. */
function renamed(name: string, mime: string, extension: string): string {
  const same = mime === `image/${extension === 'jpg' ? 'jpeg' : extension === 'svg' ? 'svg+xml' : extension}` || (mime === 'image/apng' && extension === 'png');
  return same && !(extension === 'svg' && /\.svgz$/i.test(name)) ? name : `${name.replace(/(?<=.)\.[A-Za-z0-9]{1,10}$/u, '')}.${extension}`;
}

/** Throws `PicferryError` for a file that does not fit: what nothing can be done to is not sent larger than its profile wants it. */
export function refuseTooLarge(bytes: number, { name, profile }: Pick<StudioWork, 'name' | 'profile'>, at: number): void {
  if (bytes > (profile.maxBytes ?? bytes)) throw new PicferryError(problemOfWork({ type: 'failed', why: 'no_fit' }, { name, profile }, at));
}

type Failed = Extract<Awaited<ReturnType<Studio['make']>>, { type: 'failed' }>;

function problemOfWork({ why, letters = '' }: Failed, { name, profile }: { readonly name: string; readonly profile: PreparationProfile }, at: number): Problem {
  const part = { kind: 'file', sub: 'prepare', params: { name, profile: profile.name }, retryable: true, detail: why } as const;
  switch (why) {
    case 'failed':
    case 'crashed':
      return problemOf({ ...part, message: 'prepareFailed' }, at);
    case 'timeout':
      return problemOf({ ...part, message: 'prepareTimeout' }, at);
    case 'too_big':
      return problemOf({ ...part, message: 'prepareTooBig', retryable: false }, at);
    case 'no_fit':
      return problemOf({ ...part, message: 'prepareNoFit', params: { ...part.params, maxBytes: profile.maxBytes ?? 0 } }, at);
    case 'no_mark':
      return problemOf({ ...part, message: 'prepareNoMark' }, at);
    case 'no_letters':
      return problemOf({ ...part, message: 'prepareNoLetters', params: { ...part.params, letters } }, at);
    case 'trap':
      return problemOf({ ...part, message: 'prepareTrap', retryable: false }, at);
    case 'outside':
      return problemOf({ ...part, message: 'prepareOutside', retryable: false }, at);
    case 'slow':
      return problemOf({ ...part, message: 'prepareSlow' }, at);
    case 'memory':
      return problemOf({ ...part, message: 'prepareMemory' }, at);
    case 'disk':
      return problemOf({ ...part, sub: 'diskRefused', message: 'diskRefused', params: {}, detail: null }, at);
    default:
      return assertNever(why);
  }
}
