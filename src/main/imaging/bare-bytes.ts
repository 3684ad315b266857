import { stat } from 'node:fs/promises';
import { plainFile, readFully } from '../../lib/plain-file';
import { STEP_BYTES } from '../../lib/step-buffers';
import { KEPT_BY_STRIPPING, type MetadataKind, planFile, type StripPlan } from '../metadata';

const never = new AbortController().signal;

async function barePlan(path: string): Promise<{ readonly size: number; readonly plan: StripPlan }> {
  const file = await plainFile.open(path, 'r');
  try {
    const { size } = await plainFile.stat(file);
    const step = Buffer.allocUnsafeSlow(STEP_BYTES);
    return { size, plan: await planFile({ file, size, step, filled: await readFully(file, step.subarray(0, size), 0) }, KEPT_BY_STRIPPING, never) };
  } finally {
    await plainFile.close(file);
  }
}

/** How many bytes a picture's file has when nothing more is done to it than a profile's wish about its metadata; null where that cannot be done, so that it is not sent. */
export async function bareBytes(path: string, metadata: 'keep' | 'strip'): Promise<number | null> {
  if (metadata === 'keep') return (await stat(path)).size;
  const { size, plan } = await barePlan(path);
  if (plan.type === 'left' && plan.why !== 'format') return null;
  return plan.type === 'cut' ? plan.bytes : size;
}

/** What would be taken out of a picture's file when nothing more is done to it; nothing where that cannot be done. */
export async function bareRemoved(path: string): Promise<readonly MetadataKind[]> {
  const { plan } = await barePlan(path);
  return plan.type === 'cut' ? plan.removed : [];
}
