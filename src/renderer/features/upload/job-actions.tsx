import { Copy, ExternalLink, RotateCcw, Settings2, X } from 'lucide-react';
import { assertNever } from '../../../shared/assert-never';
import { formatFor } from '../../../shared/links';
import type { Job } from '../../../shared/model/job';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useActions, useAttempt, useCall } from '../../stores/use-actions';
import { useApp, useFate, useSettings } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { SplitButton } from '../../ui/split-button';
import { FitAction } from './fit-action';
import { JobMenu } from './job-menu';

const small = { size: 14, 'aria-hidden': true } as const;
/** Shows on hover and focus. */
const quiet = 'opacity-0 transition-opacity duration-100 group-focus-within:opacity-100 group-hover:opacity-100';

/** A job and whether Tab stops at what is in its row: it does in one row at a time. */
export type Stop = { readonly job: Job; readonly tabIndex: 0 | -1 };

const CopyButton = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const { copyLinks } = useActions();
  const format = useSettings((settings) => formatFor(job, settings));
  const { uploadId } = job;
  if (uploadId === null || job.url === null) return null;
  return (
    <SplitButton
      tabIndex={tabIndex}
      label={t('copy')}
      icon={<Copy {...small} />}
      onPress={() => void copyLinks([uploadId], format, job.name)}
      moreLabel={t('jobCopyAs')}
      entries={linkFormats.map((one) => ({ label: t(formatNames[one]), checked: one === format, onSelect: () => void copyLinks([uploadId], one, job.name) }))}
    />
  );
};

const Cancel = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const call = useCall();
  return (
    <IconButton
      size="s"
      tabIndex={tabIndex}
      label={t('jobCancel')}
      className={job.state === 'queued' ? quiet : ''}
      onClick={() => void call('queue:cancel', { ids: [job.id] })}
    >
      <X {...small} />
    </IconButton>
  );
};

const Dismiss = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const call = useCall();
  return (
    <IconButton size="s" tabIndex={tabIndex} label={t('jobDismiss')} className={quiet} onClick={() => void call('queue:dismiss', { ids: [job.id] })}>
      <X {...small} />
    </IconButton>
  );
};

const Retry = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const call = useCall();
  return (
    <Button size="s" tabIndex={tabIndex} icon={<RotateCcw {...small} />} onClick={() => void call('queue:retry', { ids: [job.id] })}>
      {t('jobRetry')}
    </Button>
  );
};

const SendAnyway = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const call = useCall();
  return (
    <Button size="s" tabIndex={tabIndex} look="quiet" onClick={() => void call('queue:send-anyway', { id: job.id })}>
      {t('jobSendAnyway')}
    </Button>
  );
};

const FixAccount = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const { ui } = useApp();
  return (
    <Button
      size="s"
      tabIndex={tabIndex}
      icon={<Settings2 {...small} />}
      onClick={() => ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'edit', id: job.accountId } })}
    >
      {t('jobFixAccount')}
    </Button>
  );
};

const Open = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const call = useCall();
  return (
    <IconButton size="s" tabIndex={tabIndex} label={t('jobOpen')} className={quiet} onClick={() => void call('library:open', { id: job.uploadId ?? '' })}>
      <ExternalLink {...small} />
    </IconButton>
  );
};

const CopyReport = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const copy = async (): Promise<void> => {
    if (await attempt('queue:copy-report', { ids: [job.id] })) say({ title: { key: 'copiedReport' } });
  };
  return (
    <Button size="s" tabIndex={tabIndex} look="quiet" onClick={() => void copy()}>
      {t('jobCopyReport')}
    </Button>
  );
};

const outcomes = { found: 'settleFound', not_found: 'settleNotFound', cannot_tell: 'settleCannotTell' } as const;

const AskHost = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const call = useCall();
  const say = useSay();
  const settle = async (): Promise<void> => {
    const answer = await call('queue:settle', { id: job.id });
    if (answer !== undefined) say({ title: { key: outcomes[answer.result] }, type: answer.result === 'found' ? 'done' : 'problem' });
  };
  return (
    <Button size="s" tabIndex={tabIndex} onClick={() => void settle()}>
      {t('jobAskHost')}
    </Button>
  );
};

const DoneActions = (stop: Stop) => {
  const { job } = stop;
  const dead = useFate(job.uploadId) !== null;
  return (
    <>
      <Dismiss {...stop} />
      <JobMenu {...stop} className={quiet} />
      {job.duplicate ? <SendAnyway {...stop} /> : null}
      {job.uploadId !== null && job.url !== null && !dead ? <Open {...stop} /> : null}
      {dead ? null : <CopyButton {...stop} />}
    </>
  );
};

/** What can be done with a job in its state; a row brings no more than it shows, since a list scrolls many in. */
export const JobActions = (stop: Stop) => {
  const { job } = stop;
  switch (job.state) {
    case 'queued':
      return (
        <>
          {job.wait === 'account_paused' ? <FixAccount {...stop} /> : null}
          <JobMenu {...stop} className={quiet} />
          <Cancel {...stop} />
        </>
      );
    case 'preparing':
    case 'sending':
      return <Cancel {...stop} />;
    case 'done':
      return <DoneActions {...stop} />;
    case 'failed':
      return (
        <>
          <Dismiss {...stop} />
          <JobMenu {...stop} className={quiet} />
          <CopyReport {...stop} />
          <FitAction {...stop} />
          {job.problem?.retryable === false ? null : <Retry {...stop} />}
        </>
      );
    case 'cancelled':
      return (
        <>
          <Dismiss {...stop} />
          <JobMenu {...stop} className={quiet} />
          <Retry {...stop} />
        </>
      );
    case 'unknown':
      return (
        <>
          <Dismiss {...stop} />
          <SendAnyway {...stop} />
          <AskHost {...stop} />
        </>
      );
    default:
      return assertNever(job.state);
  }
};
