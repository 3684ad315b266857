import { PicferryError, problemOf } from '../../lib/picferry-error';
import { KEPT_BY_STRIPPING, planFile, type OpenFile, type WhyLeft } from '../metadata';
import type { StudioWork } from './studio-work';

const messages = { broken: 'stripBroken', cut: 'stripCut', odd: 'stripOdd' } as const;

/**
 * Throws `PicferryError` for a picture that should give up its metadata and cannot, since it is damaged or built by rules that
 * are not known here; gives back `format`: of such kinds nothing is ever taken out, which is only told.
 */
export function refuseUnstripped(why: WhyLeft, { name, profile }: Pick<StudioWork, 'name' | 'profile'>, at: number): 'format' {
  if (why === 'format') return why;
  // A file that ends too early may still be on its way here.
  throw new PicferryError(problemOf({ kind: 'file', sub: 'prepare', message: messages[why], params: { name, profile: profile.name, stays: why }, retryable: why === 'cut' }, at));
}

/** Where `work` on a picture fails, its problem also tells, as `stays`, why the picture would not give up its metadata either. Rejects as `work` does. */
export async function tellingWhatStays<T>(work: () => Promise<T>, open: OpenFile, signal: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PicferryError) || error.problem.sub !== 'prepare') throw error;
    const plan = await planFile(open, KEPT_BY_STRIPPING, signal);
    if (plan.type !== 'left' || plan.why === 'format') throw error;
    const { problem } = error;
    throw new PicferryError({ ...problem, params: { ...problem.params, stays: plan.why } }, { cause: error });
  }
}
