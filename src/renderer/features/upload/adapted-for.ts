import type { Account } from '../../../shared/model/account';
import type { Adapted, Job } from '../../../shared/model/job';

const LEAST = 1_000;
/** Formats that a picture may be sent as, the one that most hosts take first. */
const offered = ['jpeg', 'png', 'webp'] as const;

const takes = (extensions: readonly string[], format: (typeof offered)[number]): boolean =>
  extensions.length === 0 || extensions.some((extension) => extension.toLowerCase() === format || (format === 'jpeg' && extension.toLowerCase() === 'jpg'));

/** Pictures that nothing here decodes, by what they are called: symbols, and what painting programs and cameras keep for themselves. */
const UNREAD = new Set('ico cur icns psd psb xcf kra jxl jp2 j2k jpf jpx jpm jxr hdp ktx flif bpg dng cr2 cr3 crw nef nrw arw sr2 orf rw2 raf pef srw'.split(' '));
const isRead = (name: string): boolean => !UNREAD.has(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '');

/**
 * What a refused picture can be made into so that its host takes it; null where that is not known to help. A host that
 * does not say how much it takes is offered half of what it refused.
 */
export const adaptedFor = (job: Job, account: Pick<Account, 'capabilities'> | undefined): Adapted | null => {
  const { problem } = job;
  if (job.state !== 'failed' || job.kind !== 'image' || problem === null || job.adapted !== null || !isRead(job.name)) return null;
  if (problem.sub === 'tooBig') {
    const limit = Number(problem.params['maxBytes'] ?? Number.NaN);
    const maxBytes = limit >= LEAST ? limit : Math.floor((job.bytes ?? 0) / 2);
    return maxBytes >= LEAST ? { maxBytes: Math.min(maxBytes, 1_000_000_000), format: null } : null;
  }
  if (problem.sub !== 'type') return null;
  const format = offered.find((one) => takes(account?.capabilities.extensions ?? [], one));
  return format === undefined ? null : { maxBytes: null, format };
};
