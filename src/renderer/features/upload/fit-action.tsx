import { Wand2 } from 'lucide-react';
import type { Job } from '../../../shared/model/job';
import { outputName } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { adaptedFor } from './adapted-for';

/** Makes a refused picture fit for its host and uploads it. */
export const FitAction = ({ job, tabIndex }: { readonly job: Job; readonly tabIndex: 0 | -1 }) => {
  const { t, bytes } = useText();
  const call = useCall();
  const account = useAccounts().find(({ id }) => id === job.accountId);
  const adapted = adaptedFor(job, account);
  if (adapted === null) return null;
  const { format, maxBytes } = adapted;
  const label = format === null || format === job.adapted?.format ? t('jobFit', { size: bytes(maxBytes ?? 0) }) : t('jobConvert', { format: outputName(format) });
  return (
    <Button size="s" tabIndex={tabIndex} icon={<Wand2 size={14} aria-hidden />} onClick={() => void call('queue:adapt', { ids: [job.id], adapted })}>
      {label}
    </Button>
  );
};
