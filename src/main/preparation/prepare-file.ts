import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { plainFile, readFully } from '../../lib/plain-file';
import { createStepBuffers } from '../../lib/step-buffers';
import type { PreparationProfile } from '../../shared/model/preparation';
import { AS_IT_IS } from '../../shared/model/preparation-profiles';
import type { PreparationReport } from '../../shared/model/preparation-report';
import type { Studio } from '../imaging';
import { asksFor, checkNameTemplate } from '../../shared/templates/name-template';
import { HASH_AHEAD_LIMIT, type FileFacts, type PrepareFile } from '../queue';
import { dimensionsOf, HEAD_BYTES } from './dimensions';
import { asFileError, fileError } from './file-problems';
import { hashOpen } from './hash-file';
import { mediaTypeOf, partNameOf, SVG } from './media-type';
import { nameOf } from './name-file';
import { AS_READ, type CopyPlace, type Ready, stripOpen } from './strip-open';
import { keptIn, tellingWhatStays } from './unstripped';
import { isBeyondStudio, madeInStudio, needsStudio, refuseTooLarge, type StudioResult } from './studio-work';

export type PrepareDeps = CopyPlace & { readonly studio: Pick<Studio, 'make'> };

/**
 * Looks at a file before it is sent: size, time, type by its content, dimensions, and the digest unless it is so large that
 * it is hashed on its way. Where the profile wants metadata out and there is some, or wants more than that, what is sent is
 * a copy; the file itself is never changed. What is sent is called as the profile or the person wants it. Rejects with `PicferryError` kind `file`, and leaves no copy behind then;
 * so it does where metadata is to go that a damaged picture does not give up.
 */
export const createPrepareFile = (deps: PrepareDeps): PrepareFile => {
  const buffers = createStepBuffers(AT_ONCE);
  /** A picture that was made here is sent as it is. */
  const lookAtMade = async ({ path, name, report }: MadeFile, signal: AbortSignal): Promise<FileFacts> => {
    try {
      return { ...(await lookOnce({ path, name, profile: AS_IT_IS }, signal)), prepared: path, report };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  };
  const lookOnce: PrepareFile = async ({ path, name, profile, takes = [] }, signal) => {
    let file: number | null = null;
    const step = buffers.take();
    try {
      file = await plainFile.open(path, 'r');
      const looked = await look({ file, path, step, name, profile, takes }, signal, deps);
      return 'made' in looked ? await lookAtMade(looked, signal) : looked;
    } catch (error) {
      if (signal.aborted) throw error;
      throw asFileError(error, name, deps.now(), path);
    } finally {
      buffers.give(step);
      if (file !== null) await plainFile.close(file);
    }
  };
  const looked: PrepareFile = async (source, signal) => {
    for (let looks = 1; ; looks += 1) {
      try {
        return await lookOnce(source, signal);
      } catch (error) {
        if (looks === LOOKS || !hasChanged(error)) throw error;
      }
    }
  };
  return async (file, signal) => {
    if (file.named !== true) refuseBadName(file.profile, file.name, deps.now());
    // Before the work on it: of files that are made ready side by side, the first in line gets the first number.
    const counter = file.named !== true && asksFor(file.profile.naming.template, 'counter') ? (file.count?.() ?? 1) : 1;
    const facts = await looked(file, signal);
    try {
      const partName = await nameOf({ facts, file, counter, profile: file.profile, path: facts.prepared ?? file.path, now: deps.now(), uuid: randomUUID() }, signal);
      return { ...facts, partName };
    } catch (error) {
      if (facts.prepared !== null) await rm(facts.prepared, { force: true });
      if (signal.aborted) throw error;
      throw asFileError(error, file.name, deps.now());
    }
  };
};

/** A template with a mistake would come out as it was typed, in every link: nothing goes out by such a name. */
function refuseBadName({ name: profile, naming }: PreparationProfile, name: string, at: number): void {
  const fault = checkNameTemplate(naming.template);
  if (fault !== null) throw new PicferryError(problemOf({ kind: 'file', sub: 'prepare', message: 'prepareBadName', params: { name, profile, text: fault.text }, retryable: true }, at));
}

/** So many files are looked at at once, as a rule. */
const AT_ONCE = 4;

/** A file that is just being written is looked at again before it counts as one that changes all the time. */
const LOOKS = 3;

const hasChanged = (error: unknown): boolean => error instanceof PicferryError && error.problem.sub === 'changed';

type Look = { readonly file: number; readonly path: string; readonly step: Buffer; readonly name: string; readonly profile: PreparationProfile; readonly takes: readonly string[] };
/** A picture that the studio made. */
type MadeFile = { readonly made: true; readonly path: string; readonly name: string; readonly report: PreparationReport };

async function look({ file, path, step, name, profile, takes }: Look, signal: AbortSignal, deps: PrepareDeps): Promise<FileFacts | MadeFile> {
  const { now } = deps;
  const { size, mtimeMs, ...before } = await statOf(file);
  if (before.isFolder) throw fileError('folder', name, now());
  if (!before.isFile) throw fileError('unreadable', name, now());
  if (size === 0) throw fileError('empty', name, now());
  const filled = await readFully(file, step.subarray(0, size), 0);
  if (filled < Math.min(size, step.length)) throw fileError('changed', name, now());
  signal.throwIfAborted();
  const head = step.subarray(0, Math.min(filled, HEAD_BYTES));
  const type = await mediaTypeOf(name, step.subarray(0, filled));
  const isImage = type.kind === 'image';
  const partName = partNameOf(name, type);
  const bare = type.mime === 'image/bmp' && isWholeBmp(head, size);
  // The place where the head lies is written over by what follows.
  const shown = (isImage ? dimensionsOf(head) : null) ?? { width: null, height: null };
  const open = { file, size, step, filled };
  // What a drawing says of itself goes in the studio, unless the profile leaves drawings as they are.
  const strips = isImage && profile.metadata === 'strip' && type.mime !== SVG;
  const work = { path, name: partName, mime: type.mime, profile, takes };
  const making = (): Promise<StudioResult> => madeInStudio(work, deps.studio, deps, signal);
  const studio = isImage && needsStudio(work) ? await (strips ? tellingWhatStays(making, open, signal) : making()) : null;
  const made = studio?.type === 'made' ? studio : null;
  const hashed = size <= HASH_AHEAD_LIMIT;
  const ready = strips && made === null ? await stripOpen(open, hashed, deps, signal) : { ...AS_READ, sha256: hashed && made === null ? await hashOpen(file, size, step, signal) : null };
  const after = await statOf(file);
  if (after.size !== size || after.mtimeMs !== mtimeMs) {
    for (const copy of [ready.copy, made]) if (copy !== null) await rm(copy.path, { force: true });
    throw fileError('changed', name, now());
  }
  if (made !== null) return { made: true, path: made.path, name: made.name, report: { removed: made.removed, kept: null, left: made.left, recoded: made.recoded, originalBytes: size } };
  const kept = bare ? null : keptIn(type.kind, ready.kept, work, now());
  const sent = sentOf(ready, { bytes: size, modifiedMs: mtimeMs });
  const left = studio?.type === 'left' && studio.why !== 'nothing' ? studio.why : await leftBeyond({ name: partName, mime: type.mime, profile }, ready.copy, sent.bytes, now());
  return {
    ...{ partName, kind: type.kind, mime: type.mime, ...shown },
    ...sent,
    report: isImage || kept !== null ? { removed: ready.removed, kept, left, recoded: false, originalBytes: size } : null,
  };
}

/** Why a picture of a kind that is not read goes out as it is; null where nothing was asked for. Rejects, and leaves no copy behind, for one that is larger than was asked for. */
async function leftBeyond(work: Pick<Look, 'name' | 'profile'> & { readonly mime: string }, copy: Ready['copy'], bytes: number, at: number): Promise<'format' | null> {
  if (!isBeyondStudio(work)) return null;
  try {
    refuseTooLarge(bytes, work, at);
    return 'format';
  } catch (error) {
    if (copy !== null) await rm(copy.path, { force: true });
    throw error;
  }
}

/** A BMP has no room for location and camera data, unless something lies behind what it says is its end. */
const isWholeBmp = (head: Buffer, size: number): boolean => head.length >= 6 && head.readUInt32LE(2) >= size;

/** What is sent: the copy, or the file itself. */
const sentOf = ({ copy, sha256 }: Ready, file: Pick<FileFacts, 'bytes' | 'modifiedMs'>): Pick<FileFacts, 'bytes' | 'modifiedMs' | 'sha256' | 'prepared'> =>
  copy === null ? { ...file, sha256, prepared: null } : { bytes: copy.bytes, modifiedMs: copy.modifiedMs, sha256, prepared: copy.path };

async function statOf(file: number) {
  const stat = await plainFile.stat(file);
  return { size: stat.size, mtimeMs: stat.mtimeMs, isFile: stat.isFile(), isFolder: stat.isDirectory() };
}
