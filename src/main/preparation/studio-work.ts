import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../../shared/assert-never';
import type { PreparationProfile } from '../../shared/model/preparation';
import type { Problem } from '../../shared/model/problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Studio } from '../imaging';
import { type CopyPlace, writing } from './strip-open';

/** A picture to be made ready by a profile that changes pixels. */
export type StudioWork = { readonly path: string; readonly name: string; readonly mime: string; readonly profile: PreparationProfile };

/** Formats that pictures are read from. What else there is, is sent as it is. */
const READ = new Set(['image/jpeg', 'image/png', 'image/apng', 'image/webp', 'image/gif', 'image/avif', 'image/tiff']);

/** The new file and its name; null when the picture is better left without this work. Rejects with `PicferryError`, or when `signal` aborts, and leaves nothing behind then. */
export async function madeInStudio({ path, name, mime, profile }: StudioWork, studio: Pick<Studio, 'make'>, { folder, newId, now }: CopyPlace, signal: AbortSignal): Promise<{ readonly path: string; readonly name: string } | null> {
  if (!READ.has(mime)) return null;
  const to = join(folder, newId());
  await writing(now, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const made = await studio.make(path, to, profile, signal);
  if (made.type === 'made') return { path: to, name: renamed(name, mime, made.extension) };
  if (made.type === 'alone') return null;
  await rm(to, { force: true });
  if (made.type === 'cancelled') {
    signal.throwIfAborted();
    throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled', retryable: true }, now()));
  }
  throw new PicferryError(problemOfWork(made.why, { name, profile }, now()));
}

/** The file's name, with another extension where the format has become another. */
function renamed(name: string, mime: string, extension: string): string {
  const same = mime === `image/${extension === 'jpg' ? 'jpeg' : extension}`;
  return same ? name : `${name.replace(/(?<=.)\.[A-Za-z0-9]{1,10}$/u, '')}.${extension}`;
}

type Why = Extract<Awaited<ReturnType<Studio['make']>>, { type: 'failed' }>['why'];

function problemOfWork(why: Why, { name, profile }: { readonly name: string; readonly profile: PreparationProfile }, at: number): Problem {
  const part = { kind: 'file', sub: 'prepare', params: { name, profile: profile.name }, retryable: true, detail: why } as const;
  switch (why) {
    case 'failed':
    case 'crashed':
      return problemOf({ ...part, message: 'prepareFailed' }, at);
    case 'timeout':
      return problemOf({ ...part, message: 'prepareTimeout' }, at);
    case 'too_big':
      return problemOf({ ...part, message: 'prepareTooBig' }, at);
    case 'no_fit':
      return problemOf({ ...part, message: 'prepareNoFit', params: { ...part.params, maxBytes: profile.maxBytes ?? 0 } }, at);
    case 'disk':
      return problemOf({ ...part, sub: 'diskRefused', message: 'diskRefused', params: {}, detail: null }, at);
    default:
      return assertNever(why);
  }
}
