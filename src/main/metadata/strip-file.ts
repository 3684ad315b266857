import { open as openFile, rm } from 'node:fs/promises';
import { plainFile, readFully } from '../../lib/plain-file';
import { STEP_BYTES } from '../../lib/step-buffers';
import type { MetadataKind, StripKeep, WhyLeft } from './contract';
import { planFile, writePieces } from './plan-file';

/** How it went. Nothing is written unless there was something to take out. */
export type Stripped =
  | { readonly type: 'clean' }
  | { readonly type: 'written'; readonly bytes: number; readonly removed: readonly MetadataKind[] }
  | { readonly type: 'left'; readonly why: WhyLeft };

/**
 * Takes the metadata out of the file `from` into a new file `to`, which must not exist; no pixel changes. Rejects with the
 * system's error, or when `signal` aborts, and leaves nothing behind then.
 */
export async function stripFile(from: string, to: string, keep: StripKeep, signal: AbortSignal): Promise<Stripped> {
  const file = await plainFile.open(from, 'r');
  try {
    const { size } = await plainFile.stat(file);
    const step = Buffer.allocUnsafeSlow(STEP_BYTES);
    const filled = await readFully(file, step.subarray(0, size), 0);
    const plan = await planFile({ file, size, step, filled }, keep, signal);
    if (plan.type !== 'cut') return plan;
    const target = await openFile(to, 'wx', 0o600);
    try {
      await writePieces({ file, step }, plan.pieces, target.fd, signal);
    } catch (error) {
      await target.close();
      await rm(to, { force: true });
      throw error;
    }
    await target.close();
    return { type: 'written', bytes: plan.bytes, removed: plan.removed };
  } finally {
    await plainFile.close(file);
  }
}
