/** How much of a file is read at once. 1 MiB steps are three times as fast as Node's 64 KiB. */
export const STEP_BYTES = 1024 * 1024;

/**
 * Buffers of `STEP_BYTES` that are used again and again: fresh ones for every file would keep the garbage collector
 * busier than all work on the bytes.
 */
export interface StepBuffers {
  take(): Buffer;
  /** Gives a buffer back. Nothing may read or write it any more; one that may still be in use is simply not given back. */
  give(buffer: Buffer): void;
}

/** `kept`: as many stay in memory when nobody uses them. */
export const createStepBuffers = (kept: number): StepBuffers => {
  const free: Buffer[] = [];
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(STEP_BYTES),
    give(buffer) {
      if (free.length < kept) free.push(buffer);
    },
  };
};
