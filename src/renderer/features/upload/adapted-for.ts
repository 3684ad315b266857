import type { Account } from '../../../shared/model/account';
import type { Adapted, Job } from '../../../shared/model/job';

const LEAST = 1_000;
/** Formats that a picture may be sent as, the one that most hosts take first. */
const offered = ['jpeg', 'png', 'webp'] as const;

export const takes = (extensions: readonly string[], format: (typeof offered)[number]): boolean =>
  extensions.length === 0 || extensions.some((extension) => extension.toLowerCase() === format || (format === 'jpeg' && extension.toLowerCase() === 'jpg'));

/** Pictures that nothing here decodes, by what they are called: symbols, and what painting programs and cameras keep for themselves. */
const UNREAD = new Set('ico cur icns psd psb xcf kra jxl jp2 j2k jpf jpx jpm jxr hdp ktx flif bpg dng cr2 cr3 crw nef nrw arw sr2 orf rw2 raf pef srw'.split(' '));
const isRead = (name: string): boolean => !UNREAD.has(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '');

/** No more than the host says it takes; where it says nothing, or refuses that, too, half of what it refused. */
const smaller = ({ bytes, problem, adapted }: Pick<Job, 'bytes' | 'problem' | 'adapted'>): number => {
  const limit = Number(problem?.params['maxBytes'] ?? Number.NaN);
  const before = adapted?.maxBytes ?? Infinity;
  return limit >= LEAST && limit < before ? limit : Math.floor(Math.min(bytes ?? 0, before) / 2);
};

/** What the original of a file is offered as: one that was made to fit was refused for its size. */
export const originalKey = ({ adapted }: Pick<Job, 'adapted'>): 'jobOriginal' | 'jobOriginalRefused' => ((adapted?.maxBytes ?? null) === null ? 'jobOriginal' : 'jobOriginalRefused');

/** What a refused picture can be made into so that its host takes it, on top of what it was made into already; null where nothing more is known to help. */
export const adaptedFor = (job: Pick<Job, 'name' | 'state' | 'kind' | 'bytes' | 'problem' | 'adapted'>, account: Pick<Account, 'capabilities'> | undefined): Adapted | null => {
  const { problem, adapted } = job;
  if (job.state !== 'failed' || job.kind !== 'image' || problem === null || !isRead(job.name)) return null;
  if (problem.sub === 'tooBig') {
    const maxBytes = smaller(job);
    return maxBytes >= LEAST ? { maxBytes: Math.min(maxBytes, 1_000_000_000), format: adapted?.format ?? null } : null;
  }
  if (problem.sub !== 'type' || (adapted?.format ?? null) !== null) return null;
  const format = offered.find((one) => takes(account?.capabilities.extensions ?? [], one));
  return format === undefined ? null : { maxBytes: adapted?.maxBytes ?? null, format };
};
