import { useState } from 'react';
import type { Job } from '../../../shared/model/job';
import type { PreparationProfile } from '../../../shared/model/preparation';
import { AS_IT_IS, profileFor, profileOfJob, profilesOf } from '../../../shared/model/preparation-profiles';
import { profileOptions } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import type { Option } from '../../ui/select';

const AS_JOB = '';
/** No profile has this id. */
const OF_ACCOUNT = '@account';

type JobProfile = {
  /** What the job is looked at by: the one that is tried, or else its own. Null when there is no job. */
  readonly profile: PreparationProfile | null;
  readonly options: readonly Option<string>[];
  readonly tried: string;
  readonly setTried: (value: string) => void;
  /** Takes the one that is tried for good; null when none is. */
  readonly useTried: (() => Promise<void>) | null;
  /** Sends the file as it is; null when that is what happens. */
  readonly useOriginal: (() => Promise<void>) | null;
  /** Takes that back; null when the original was not asked for here. */
  readonly usePrepared: (() => Promise<void>) | null;
};

/** What a job is made ready by, and other ways to try on it and to choose. */
export const useJobProfile = (job: Job | undefined): JobProfile => {
  const text = useText();
  const call = useCall();
  const preparation = useSettings((settings) => settings.preparation);
  const [tried, setTried] = useState(AS_JOB);
  const [before, setBefore] = useState<ReadonlyMap<string, Pick<Job, 'profile' | 'adapted'>>>(new Map());
  if (job === undefined) return { profile: null, options: [], tried, setTried, useTried: null, useOriginal: null, usePrepared: null };
  const { id, accountId } = job;
  const earlier = before.get(id);
  const own = profileOfJob(job, preparation);
  const trial = tried === OF_ACCOUNT ? profileFor(preparation, accountId) : profilesOf(preparation).find((one) => one.id === tried);
  const choose = async (chosen: string | null, adapted: Job['adapted'] = null): Promise<void> => {
    await call('queue:set-profile', { ids: [id], profile: chosen, adapted });
    setTried(AS_JOB);
  };
  const known = profileOptions(preparation, text);
  const ofAccount = text.t('jobProfileAccount');
  return {
    profile: trial ?? own,
    options: [
      { value: AS_JOB, label: known.find(({ value }) => value === job.profile)?.label ?? ofAccount },
      ...(job.profile === null ? [] : [{ value: OF_ACCOUNT, label: ofAccount }]),
      ...known.filter(({ value }) => value !== job.profile),
    ],
    tried,
    setTried,
    useTried: trial === undefined ? null : () => choose(tried === OF_ACCOUNT ? null : trial.id),
    useOriginal:
      own.id === AS_IT_IS.id && job.adapted === null
        ? null
        : async () => {
            setBefore(new Map([...before, [id, { profile: job.profile, adapted: job.adapted }]]));
            await choose(AS_IT_IS.id);
          },
    usePrepared: job.profile === AS_IT_IS.id && job.adapted === null && earlier !== undefined ? () => choose(earlier.profile, earlier.adapted) : null,
  };
};
