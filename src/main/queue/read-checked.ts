import { createHash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { codeOf } from '../../lib/atomic-file';
import type { FileFacts } from './job-record';

/** What went wrong with the file itself while it was read for sending. */
export type FileFault = 'changed-before' | 'changed' | 'vanished' | 'unreadable';

export class FileFaultError extends Error {
  constructor(readonly fault: FileFault) {
    super(`the file is ${fault}`);
    this.name = 'FileFaultError';
  }
}

type Facts = Pick<FileFacts, 'bytes' | 'modifiedMs' | 'sha256'>;

export type ReadHooks = {
  /** Called once before the first byte is given out; a throw ends the stream. */
  readonly onFirst: () => void;
  readonly onFault: (fault: FileFault) => void;
  /** Called when a file was hashed on its way, before the last bytes are given out. */
  readonly onHash: (sha256: string) => void;
};

const STEP = 1024 * 1024;

/**
 * The bytes of a file in steps of 1 MiB, as they were when it was prepared. The last step is held back
 * until the file is known to be unchanged, so that a host never gets the whole of a file that changed
 * under way. Nothing is opened before the first byte is asked for.
 */
export const readChecked = (path: string, facts: Facts, hooks: ReadHooks): Readable =>
  Readable.from(steps(path, facts, hooks), { objectMode: false, highWaterMark: STEP });

async function* steps(path: string, facts: Facts, hooks: ReadHooks): AsyncGenerator<Buffer> {
  const fail = (fault: FileFault): FileFaultError => {
    hooks.onFault(fault);
    return new FileFaultError(fault);
  };
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, 'r');
    if (!isSame(await handle.stat(), facts)) throw fail('changed-before');
    hooks.onFirst();
    const hash = facts.sha256 === null ? createHash('sha256') : null;
    let held: Buffer | null = null;
    for (let offset = 0; offset < facts.bytes; ) {
      const step = Buffer.allocUnsafe(Math.min(STEP, facts.bytes - offset));
      const { bytesRead } = await handle.read(step, 0, step.length, offset);
      if (bytesRead === 0) throw fail('changed');
      if (held !== null) yield held;
      held = bytesRead === step.length ? step : step.subarray(0, bytesRead);
      hash?.update(held);
      offset += bytesRead;
    }
    if (!isSame(await stat(path), facts)) throw fail('changed');
    if (hash !== null) hooks.onHash(hash.digest('hex'));
    if (held !== null) yield held;
  } catch (error) {
    if (error instanceof FileFaultError) throw error;
    const code = codeOf(error);
    if (code === '') throw error;
    throw fail(code === 'ENOENT' || code === 'ENOTDIR' ? 'vanished' : 'unreadable');
  } finally {
    await handle?.close();
  }
}

const isSame = (now: { readonly size: number; readonly mtimeMs: number }, facts: Facts): boolean =>
  now.size === facts.bytes && now.mtimeMs === facts.modifiedMs;
