import { plainFile } from '../../lib/plain-file';
import { STEP_BYTES, type StepBuffers } from '../../lib/step-buffers';

/** Reads a file in steps, one step further than was asked for: the disk works while the network does. */
export interface ReadAhead {
  /** Starts to read the first step. */
  begin(): void;
  /**
   * The next step, empty where the file ends before its `size`. Ends the right to read the step before, whose place the
   * step after this one takes. Rejects with the system's error. One call at a time, after `begin`.
   */
  next(): Promise<Buffer>;
  /** Resolves when nothing reads the file any more; asks for nothing further. */
  settled(): Promise<void>;
  /** Gives the buffers back, once nobody uses any step any more. */
  release(): void;
}

export function createReadAhead(file: number, size: number, buffers: StepBuffers): ReadAhead {
  const taken: Buffer[] = [];
  let [steps, offset] = [0, 0];
  let reading = Promise.allSettled<{ readonly bytesRead: number }>([]);

  const begin = (): void => {
    const into = (taken[steps % 2] ??= buffers.take());
    reading = Promise.allSettled([plainFile.read(file, into, 0, Math.min(STEP_BYTES, size - offset), offset)]);
  };
  return {
    begin,
    async next() {
      const [read] = await reading;
      if (read === undefined || read.status === 'rejected') throw read?.reason;
      const step = (taken[steps % 2] ?? Buffer.alloc(0)).subarray(0, read.value.bytesRead);
      steps += 1;
      offset += step.length;
      if (step.length > 0 && offset < size) begin();
      return step;
    },
    async settled() {
      await reading;
    },
    release() {
      for (const buffer of taken.splice(0)) buffers.give(buffer);
    },
  };
}
