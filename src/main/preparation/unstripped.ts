import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { MediaKind } from '../../shared/model/job';
import { KEPT_BY_STRIPPING, planFile, type OpenFile, type WhyLeft } from '../metadata';
import type { StudioWork } from './studio-work';

const messages = { broken: 'stripBroken', cut: 'stripCut', odd: 'stripOdd' } as const;

/**
 * What is to be told of metadata that stays in a file: of some kinds nothing is ever taken out. Throws `PicferryError` for a
 * picture that should give it up and cannot, since it is damaged or built by rules that are not known here.
 */
export function keptIn(kind: MediaKind, why: WhyLeft | null, { name, profile }: Pick<StudioWork, 'name' | 'profile'>, at: number): 'format' | 'video' | null {
  // A film tells where it was taken, too.
  if (kind === 'video') return profile.metadata === 'strip' ? 'video' : null;
  if (why === null || why === 'format') return why;
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
