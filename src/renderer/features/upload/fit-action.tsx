import { Wand2 } from 'lucide-react';
import { assertNever } from '../../../shared/assert-never';
import type { Job } from '../../../shared/model/job';
import { outputName } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts, useSettings } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { SplitButton } from '../../ui/split-button';
import { originalKey } from './adapted-for';
import { waysOut, type WayOut } from './ways-out';

/** Makes a file that failed into something that can be sent, and uploads it. */
export const FitAction = ({ job, tabIndex }: { readonly job: Job; readonly tabIndex: 0 | -1 }) => {
  const { t, bytes } = useText();
  const call = useCall();
  const account = useAccounts().find(({ id }) => id === job.accountId);
  const preparation = useSettings((settings) => settings.preparation);
  const words = (way: WayOut): string => {
    if (way.type === 'profile') return t(way.profile === 'none' ? originalKey(job) : 'jobOnlyPrivate');
    const { format, maxBytes } = way.adapted;
    return format === null || format === job.adapted?.format ? t('jobFit', { size: bytes(maxBytes ?? 0) }) : t('jobConvert', { format: outputName(format) });
  };
  const take = (way: WayOut): void => {
    switch (way.type) {
      case 'adapt':
        return void call('queue:adapt', { ids: [job.id], adapted: way.adapted });
      case 'profile':
        return void call('queue:set-profile', { ids: [job.id], profile: way.profile });
      default:
        return assertNever(way);
    }
  };
  const [first, ...others] = waysOut(job, account, preparation);
  if (first === undefined) return null;
  const icon = <Wand2 size={14} aria-hidden />;
  if (others.length > 0) return <SplitButton tabIndex={tabIndex} label={words(first)} icon={icon} onPress={() => take(first)} moreLabel={t('jobOtherWays')} entries={others.map((way) => ({ label: words(way), onSelect: () => take(way) }))} />;
  return (
    <Button size="s" tabIndex={tabIndex} icon={icon} onClick={() => take(first)}>
      {words(first)}
    </Button>
  );
};
