import { rm } from 'node:fs/promises';
import { PicferryError } from '../../lib/picferry-error';
import { plainFile, readFully } from '../../lib/plain-file';
import { createStepBuffers } from '../../lib/step-buffers';
import type { PreparationProfile } from '../../shared/model/preparation';
import { AS_IT_IS, changesPixels } from '../../shared/model/preparation-profiles';
import type { Studio } from '../imaging';
import { HASH_AHEAD_LIMIT, type FileFacts, type PrepareFile } from '../queue';
import { dimensionsOf, HEAD_BYTES } from './dimensions';
import { asFileError, fileError } from './file-problems';
import { hashOpen } from './hash-file';
import { mediaTypeOf, partNameOf } from './media-type';
import { type CopyPlace, stripOpen } from './strip-open';
import { madeInStudio } from './studio-work';

export type PrepareDeps = CopyPlace & { readonly studio: Pick<Studio, 'make'> };

/**
 * Looks at a file before it is sent: size, time, type by its content, dimensions, and the digest unless it is so large that
 * it is hashed on its way. Where the profile wants metadata out and there is some, or wants more than that, what is sent is
 * a copy; the file itself is never changed. Rejects with `PicferryError` kind `file`, and leaves no copy behind then.
 */
export const createPrepareFile = (deps: PrepareDeps): PrepareFile => {
  const buffers = createStepBuffers(AT_ONCE);
  /** A picture that was made here is sent as it is. */
  const lookAtMade = async (made: { readonly path: string; readonly name: string }, signal: AbortSignal): Promise<FileFacts> => {
    try {
      return { ...(await lookOnce({ ...made, profile: AS_IT_IS }, signal)), prepared: made.path };
    } catch (error) {
      await rm(made.path, { force: true });
      throw error;
    }
  };
  const lookOnce: PrepareFile = async ({ path, name, profile }, signal) => {
    let file: number | null = null;
    const step = buffers.take();
    try {
      file = await plainFile.open(path, 'r');
      const looked = await look({ file, path, step, name, profile }, signal, deps);
      return 'made' in looked ? await lookAtMade(looked.made, signal) : looked;
    } catch (error) {
      if (signal.aborted) throw error;
      throw asFileError(error, name, deps.now());
    } finally {
      buffers.give(step);
      if (file !== null) await plainFile.close(file);
    }
  };
  return async (source, signal) => {
    for (let looks = 1; ; looks += 1) {
      try {
        return await lookOnce(source, signal);
      } catch (error) {
        if (looks === LOOKS || !hasChanged(error)) throw error;
      }
    }
  };
};

/** So many files are looked at at once, as a rule. */
const AT_ONCE = 4;

/** A file that is just being written is looked at again before it counts as one that changes all the time. */
const LOOKS = 3;

const hasChanged = (error: unknown): boolean => error instanceof PicferryError && error.problem.sub === 'changed';

type Look = { readonly file: number; readonly path: string; readonly step: Buffer; readonly name: string; readonly profile: PreparationProfile };

async function look({ file, path, step, name, profile }: Look, signal: AbortSignal, deps: PrepareDeps): Promise<FileFacts | { readonly made: { readonly path: string; readonly name: string } }> {
  const { now } = deps;
  const { size, mtimeMs, ...before } = await statOf(file);
  if (before.isFolder) throw fileError('folder', name, now());
  if (!before.isFile) throw fileError('unreadable', name, now());
  if (size === 0) throw fileError('empty', name, now());
  const filled = await readFully(file, step.subarray(0, size), 0);
  if (filled < Math.min(size, step.length)) throw fileError('changed', name, now());
  signal.throwIfAborted();
  const head = step.subarray(0, Math.min(filled, HEAD_BYTES));
  const type = await mediaTypeOf(name, head);
  const shown = type.kind === 'image' ? dimensionsOf(head) : null;
  const made = type.kind === 'image' && changesPixels(profile) ? await madeInStudio({ path, name: partNameOf(name, type), mime: type.mime, profile }, deps.studio, deps, signal) : null;
  const hashed = size <= HASH_AHEAD_LIMIT;
  const strips = type.kind === 'image' && profile.metadata === 'strip' && made === null;
  const ready = strips ? await stripOpen({ file, size, step, filled }, hashed, deps, signal) : { sha256: hashed && made === null ? await hashOpen(file, size, step, signal) : null, copy: null };
  const after = await statOf(file);
  if (after.size !== size || after.mtimeMs !== mtimeMs) {
    for (const copy of [ready.copy, made]) if (copy !== null) await rm(copy.path, { force: true });
    throw fileError('changed', name, now());
  }
  if (made !== null) return { made };
  return {
    partName: partNameOf(name, type),
    kind: type.kind,
    mime: type.mime,
    bytes: ready.copy?.bytes ?? size,
    modifiedMs: ready.copy?.modifiedMs ?? mtimeMs,
    sha256: ready.sha256,
    width: shown?.width ?? null,
    height: shown?.height ?? null,
    prepared: ready.copy?.path ?? null,
    report: null,
  };
}

async function statOf(file: number) {
  const stat = await plainFile.stat(file);
  return { size: stat.size, mtimeMs: stat.mtimeMs, isFile: stat.isFile(), isFolder: stat.isDirectory() };
}
