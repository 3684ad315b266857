import { createHash } from 'node:crypto';
import { mkdir, open as openFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { readFully } from '../../lib/plain-file';
import type { RemovedPart } from '../../shared/model/preparation-report';
import { KEPT_BY_STRIPPING, planFile, readPieces, type OpenFile, type Piece, type WhyLeft } from '../metadata';
import { hashOpen } from './hash-file';

/** Where prepared copies go. */
export type CopyPlace = { readonly folder: string; readonly newId: () => string; readonly now: () => number };

/** What is to be sent: the file itself (`copy` is null), or a copy of ours. `sha256` is null where it was not asked for. `kept`: why nothing could be taken out of it. */
export type Ready = { readonly sha256: string | null; readonly copy: Copy | null; readonly removed: readonly RemovedPart[]; readonly kept: WhyLeft | null };
/** A file that nothing is taken out of. */
export const AS_READ = { copy: null, removed: [], kept: null } as const satisfies Omit<Ready, 'sha256'>;
export type Copy = { readonly path: string; readonly bytes: number; readonly modifiedMs: number };

/**
 * Takes a picture's metadata out into a copy, or finds that there is none to take out; either way its bytes are read once for
 * that and for their digest. `hashed`: whether the digest of a file without metadata is wanted. Rejects with `PicferryError`
 * when the copy cannot be written, else like `planFile`.
 */
export async function stripOpen(looked: OpenFile, hashed: boolean, place: CopyPlace, signal: AbortSignal): Promise<Ready> {
  const { file, size, step, filled } = looked;
  const small = size <= step.length;
  const digest = createOrderedDigest();
  if (!small && hashed) digest.take(0, step.subarray(0, filled));
  const plan = await planFile(looked, KEPT_BY_STRIPPING, signal, small || !hashed ? undefined : digest.take);
  if (plan.type === 'cut') return { ...(await copyOf(looked, plan.pieces, place, signal)), removed: plan.removed, kept: null };
  const kept = plan.type === 'left' ? plan.why : null;
  if (!hashed) return { ...AS_READ, sha256: null, kept };
  return { ...AS_READ, sha256: small ? await hashOpen(file, size, step, signal) : await digest.rest(looked, signal), kept };
}

/** A digest of a file whose stretches come in order, but perhaps not all of them. */
function createOrderedDigest() {
  const hash = createHash('sha256');
  let done = 0;
  const take = (at: number, bytes: Buffer): void => {
    if (at > done || at + bytes.length <= done) return;
    hash.update(bytes.subarray(done - at));
    done = at + bytes.length;
  };
  return {
    take,
    /** Reads what is missing. A file that has become shorter gives the digest of what it has. */
    async rest({ file, size, step }: Pick<OpenFile, 'file' | 'size' | 'step'>, signal: AbortSignal): Promise<string> {
      while (done < size) {
        signal.throwIfAborted();
        const got = await readFully(file, step.subarray(0, size - done), done);
        if (got === 0) break;
        take(done, step.subarray(0, got));
      }
      return hash.digest('hex');
    },
  };
}

async function copyOf(open: Pick<OpenFile, 'file' | 'step'>, pieces: readonly Piece[], { folder, newId, now }: CopyPlace, signal: AbortSignal): Promise<Pick<Ready, 'sha256' | 'copy'>> {
  const path = join(folder, newId());
  const hash = createHash('sha256');
  const target = await writing(now, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return openFile(path, 'wx', 0o600);
  });
  try {
    for await (const bytes of readPieces(open, pieces, signal)) {
      hash.update(bytes);
      await writing(now, () => target.writeFile(bytes));
    }
    const { size, mtimeMs } = await target.stat();
    return { sha256: hash.digest('hex'), copy: { path, bytes: size, modifiedMs: mtimeMs } };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await target.close();
  }
}

/** What the system says of our own files means something else than what it says of a person's. */
export async function writing<T>(now: () => number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    const refused = problemOf({ kind: 'file', sub: 'diskRefused', message: 'diskRefused', retryable: true, detail: code }, now());
    throw code === '' ? error : new PicferryError(diskProblem(error, now()) ?? refused, { cause: error });
  }
}
