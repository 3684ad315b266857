import { createHash, type Hash } from 'node:crypto';
import { close, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { codeOf } from '../../lib/atomic-file';
import { plainFile } from '../../lib/plain-file';
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
  /** Awaited once before the first byte is given out; a rejection ends the stream. */
  readonly onFirst: () => Promise<void>;
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
export function readChecked(path: string, facts: Facts, hooks: ReadHooks): Readable {
  const reader = new CheckedReader(path, facts, hooks);
  return new Readable({
    highWaterMark: STEP,
    read() {
      reader.next().then(
        (step) => this.push(step),
        (error: unknown) => this.destroy(error as Error),
      );
    },
    destroy: (error, done) => reader.close(() => done(error)),
  });
}

class CheckedReader {
  #file: number | undefined;
  #offset = 0;
  #busy = false;
  #closing: (() => void) | undefined;
  readonly #hash: Hash | null;

  constructor(
    private readonly path: string,
    private readonly facts: Facts,
    private readonly hooks: ReadHooks,
  ) {
    this.#hash = facts.sha256 === null ? createHash('sha256') : null;
  }

  /** The next step, or null at the end. One call at a time. */
  async next(): Promise<Buffer | null> {
    this.#busy = true;
    try {
      return await this.#step();
    } catch (error) {
      throw this.#explained(error);
    } finally {
      this.#busy = false;
      if (this.#closing !== undefined) this.close(this.#closing);
    }
  }

  /** Closes the file once no read is on its way. */
  close(done: () => void): void {
    if (this.#busy) this.#closing = done;
    else if (this.#file === undefined) done();
    else {
      const file = this.#file;
      this.#file = undefined;
      close(file, done);
    }
  }

  async #step(): Promise<Buffer | null> {
    const { facts } = this;
    if (this.#offset === facts.bytes) return null;
    let ready: Promise<void> | undefined;
    if (this.#file === undefined) {
      this.#file = await plainFile.open(this.path, 'r');
      if (!isSame(await plainFile.stat(this.#file), facts)) throw this.#fault('changed-before');
      ready = this.hooks.onFirst();
    }
    const step = Buffer.allocUnsafeSlow(Math.min(STEP, facts.bytes - this.#offset));
    const [{ bytesRead }] = await Promise.all([plainFile.read(this.#file, step, 0, step.length, this.#offset), ready]);
    if (bytesRead === 0) throw this.#fault('changed');
    const taken = bytesRead === step.length ? step : step.subarray(0, bytesRead);
    this.#offset += bytesRead;
    this.#hash?.update(taken);
    if (this.#offset === facts.bytes) {
      if (!isSame(await stat(this.path), facts)) throw this.#fault('changed');
      if (this.#hash !== null) this.hooks.onHash(this.#hash.digest('hex'));
    }
    return taken;
  }

  #fault(fault: FileFault): FileFaultError {
    this.hooks.onFault(fault);
    return new FileFaultError(fault);
  }

  /** The system's word about the file as a fault; what a hook rejected with stays what it is. */
  #explained(error: unknown): unknown {
    const call = typeof error === 'object' && error !== null && 'syscall' in error ? error.syscall : undefined;
    if (error instanceof FileFaultError || typeof call !== 'string' || !['open', 'fstat', 'stat', 'read'].includes(call)) return error;
    const code = codeOf(error);
    return this.#fault(code === 'ENOENT' || code === 'ENOTDIR' ? 'vanished' : 'unreadable');
  }
}

const isSame = (now: Pick<Stats, 'size' | 'mtimeMs'>, facts: Facts): boolean => now.size === facts.bytes && now.mtimeMs === facts.modifiedMs;
