import { Wand2 } from 'lucide-react';
import type { Account } from '../../../shared/model/account';
import type { Adapted, Job } from '../../../shared/model/job';
import { outputName } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts } from '../../stores/use-app';
import { Button } from '../../ui/button';

const LEAST = 1_000;
/** Formats that a picture may be sent as, the one that most hosts take first. */
const offered = ['jpeg', 'png', 'webp'] as const;

const takes = (extensions: readonly string[], format: (typeof offered)[number]): boolean =>
  extensions.length === 0 || extensions.some((extension) => extension.toLowerCase() === format || (format === 'jpeg' && extension.toLowerCase() === 'jpg'));

/**
 * What a refused picture can be made into so that its host takes it; null where that is not known to help. A host that
 * does not say how much it takes is offered half of what it refused.
 */
export const adaptedFor = (job: Job, account: Pick<Account, 'capabilities'> | undefined): Adapted | null => {
  const { problem } = job;
  if (job.state !== 'failed' || job.kind !== 'image' || problem === null || job.adapted !== null) return null;
  if (problem.sub === 'tooBig') {
    const limit = Number(problem.params['maxBytes'] ?? Number.NaN);
    const maxBytes = limit >= LEAST ? limit : Math.floor((job.bytes ?? 0) / 2);
    return maxBytes >= LEAST ? { maxBytes: Math.min(maxBytes, 1_000_000_000), format: null } : null;
  }
  if (problem.sub !== 'type') return null;
  const format = offered.find((one) => takes(account?.capabilities.extensions ?? [], one));
  return format === undefined ? null : { maxBytes: null, format };
};

/** Makes a refused picture fit for its host and uploads it. */
export const FitAction = ({ job, tabIndex }: { readonly job: Job; readonly tabIndex: 0 | -1 }) => {
  const { t, bytes } = useText();
  const call = useCall();
  const account = useAccounts().find(({ id }) => id === job.accountId);
  const adapted = adaptedFor(job, account);
  if (adapted === null) return null;
  const label = adapted.format === null ? t('jobFit', { size: bytes(adapted.maxBytes ?? 0) }) : t('jobConvert', { format: outputName(adapted.format) });
  return (
    <Button size="s" tabIndex={tabIndex} icon={<Wand2 size={14} aria-hidden />} onClick={() => void call('queue:adapt', { ids: [job.id], adapted })}>
      {label}
    </Button>
  );
};
