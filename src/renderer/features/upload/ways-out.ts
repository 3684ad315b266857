import type { Account } from '../../../shared/model/account';
import type { Adapted, Job } from '../../../shared/model/job';
import type { InputFormat, PictureFormat, PreparationProfile, PreparationSettings } from '../../../shared/model/preparation';
import { AS_IT_IS, changesPixels, PRIVATE, profileOfJob } from '../../../shared/model/preparation-profiles';
import { adaptedFor, takes } from './adapted-for';

/** How a file that failed may go out all the same. */
export type WayOut = { readonly type: 'adapt'; readonly adapted: Adapted } | { readonly type: 'profile'; readonly profile: 'private' | 'none' };

type Failed = Pick<Job, 'name' | 'state' | 'kind' | 'bytes' | 'problem' | 'adapted' | 'profile' | 'accountId'>;

/** Of these, another format takes less time and room, and comes out smaller. */
const COSTLY: readonly PictureFormat[] = ['avif', 'png'];
const HELPED_BY_FORMAT: readonly string[] = ['prepareTimeout', 'prepareMemory', 'prepareNoFit'];
/** The first keeps transparency. */
const lighter = ['webp', 'jpeg'] as const;

const spellings: Readonly<Record<string, InputFormat>> = { jpg: 'jpeg', jpe: 'jpeg', heif: 'heic', tif: 'tiff', svgz: 'svg' };

/** What a picture of this name would have become. */
const formatOf = (name: string, { format, formatRules }: PreparationProfile): string => {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const input = spellings[extension] ?? extension;
  const wanted = formatRules.find((rule) => rule.input === input)?.format ?? format;
  return wanted === 'keep' ? input : wanted;
};

/** Messages of work on pixels, or on a name. */
const OF_MORE: readonly string[] = ['prepareTimeout', 'prepareMemory', 'prepareNoFit', 'prepareTooBig', 'prepareNoLetters', 'prepareNoMark', 'prepareBadName'];

/** Whether what failed was the removal of data alone: the profile may be another one since. */
const isBareWork = (problem: Failed['problem'], { name }: PreparationProfile): boolean => !OF_MORE.includes(problem?.message ?? '') && (problem?.params['profile'] ?? name) === name;

const afterPreparing = (job: Failed, account: Pick<Account, 'capabilities'> | undefined, preparation: PreparationSettings): readonly WayOut[] => {
  const { adapted, problem, name } = job;
  const profile = profileOfJob(job, preparation);
  const redraws = changesPixels(profile);
  const costly = redraws && HELPED_BY_FORMAT.includes(problem?.message ?? '') && (adapted?.format ?? null) === null && COSTLY.some((one) => one === formatOf(name, profile));
  const format = costly ? lighter.find((one) => takes(account?.capabilities.extensions ?? [], one)) : undefined;
  return [
    ...(format === undefined ? [] : [{ type: 'adapt', adapted: { maxBytes: adapted?.maxBytes ?? null, format } } as const]),
    // Who wanted location and camera data out is offered that before the file as it is; unless that very work failed, or would.
    ...(profile.metadata === 'strip' && problem?.params['stays'] === undefined && (redraws || !isBareWork(problem, profile)) ? [{ type: 'profile', profile: PRIVATE.id as 'private' } as const] : []),
    ...(profile.id === AS_IT_IS.id && adapted === null ? [] : [{ type: 'profile', profile: AS_IT_IS.id as 'none' } as const]),
  ];
};

/** What else may be done with a file that was refused, or that could not be made ready; the likeliest first. */
export const waysOut = (job: Failed, account: Pick<Account, 'capabilities'> | undefined, preparation: PreparationSettings): readonly WayOut[] => {
  if (job.state !== 'failed') return [];
  if (job.problem?.sub === 'prepare') return afterPreparing(job, account, preparation);
  const adapted = adaptedFor(job, account);
  return adapted === null ? [] : [{ type: 'adapt', adapted }];
};
