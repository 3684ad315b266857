import { plainFile, readFully } from '../../lib/plain-file';
import { STEP_BYTES } from '../../lib/step-buffers';
import { KEPT_BY_STRIPPING, planFile } from '../metadata';

const never = new AbortController().signal;

/** How many bytes a picture's file has when nothing more is done to it than a profile's wish about its metadata; null where that cannot be done, so that it is not sent. */
export async function bareBytes(path: string, metadata: 'keep' | 'strip'): Promise<number | null> {
  const file = await plainFile.open(path, 'r');
  try {
    const { size } = await plainFile.stat(file);
    if (metadata === 'keep') return size;
    const step = Buffer.allocUnsafeSlow(STEP_BYTES);
    const plan = await planFile({ file, size, step, filled: await readFully(file, step.subarray(0, size), 0) }, KEPT_BY_STRIPPING, never);
    if (plan.type === 'left' && plan.why !== 'format') return null;
    return plan.type === 'cut' ? plan.bytes : size;
  } finally {
    await plainFile.close(file);
  }
}
