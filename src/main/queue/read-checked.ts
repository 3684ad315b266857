import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { codeOf } from '../../lib/atomic-file';
import { plainFile } from '../../lib/plain-file';
import type { StepBuffers } from '../../lib/step-buffers';
import type { FileFacts } from './job-record';
import { createReadAhead } from './read-ahead';

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
  /** Called once before the file is opened, and awaited before the first byte is given out; a rejection ends the reading. */
  readonly onFirst: () => Promise<void>;
  readonly onFault: (fault: FileFault) => void;
  /** Called when a file was hashed on its way, before the last bytes are given out. */
  readonly onHash: (sha256: string) => void;
};

/**
 * The bytes of a file in steps of 1 MiB, as they were when it was prepared. The last step is held back
 * until the file is known to be unchanged, so that a host never gets the whole of a file that changed
 * under way. Nothing is opened before the first step is asked for, and a step stays as it is only until
 * the next one is.
 */
export async function* readChecked(path: string, facts: Facts, buffers: StepBuffers, hooks: ReadHooks): AsyncGenerator<Buffer, void, undefined> {
  const told = (fault: FileFault): FileFaultError => {
    hooks.onFault(fault);
    return new FileFaultError(fault);
  };
  /** What the system refuses is the file's fault. */
  const ofFile = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const code = codeOf(error);
      throw told(code === 'ENOENT' || code === 'ENOTDIR' ? 'vanished' : 'unreadable');
    }
  };
  const allowed = Promise.allSettled([hooks.onFirst()]);
  const file = await ofFile(plainFile.open(path, 'r'));
  const ahead = createReadAhead(file, facts.bytes, buffers);
  try {
    ahead.begin();
    if (!isSame(await ofFile(plainFile.stat(file)), facts)) throw told('changed-before');
    const [first] = await allowed;
    if (first.status === 'rejected') throw first.reason;
    const hash = facts.sha256 === null ? createHash('sha256') : null;
    for (let given = 0; given < facts.bytes; ) {
      const step = await ofFile(ahead.next());
      if (step.length === 0) throw told('changed');
      given += step.length;
      hash?.update(step);
      if (given === facts.bytes) {
        if (!isSame(await ofFile(stat(path)), facts)) throw told('changed');
        if (hash !== null) hooks.onHash(hash.digest('hex'));
      }
      yield step;
    }
    ahead.release();
  } finally {
    await ahead.settled();
    await plainFile.close(file);
  }
}

/** Whether the file is the one that was prepared; false for one that is gone. */
export const isUnchanged = async (path: string, facts: Facts): Promise<boolean> => {
  try {
    return isSame(await stat(path), facts);
  } catch {
    return false;
  }
};

const isSame = (now: Pick<Stats, 'size' | 'mtimeMs'>, facts: Facts): boolean => now.size === facts.bytes && now.mtimeMs === facts.modifiedMs;
