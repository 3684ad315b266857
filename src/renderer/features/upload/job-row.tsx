import clsx from 'clsx';
import { ChevronRight, Copy, ExternalLink, File, Film, Image, Monitor, RotateCcw, Settings2, X } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import { assertNever } from '../../../shared/assert-never';
import { linkOf } from '../../../shared/links';
import type { Job } from '../../../shared/model/job';
import { formatNames } from '../../stores/format-names';
import { formatFor, linkFormats } from '../../stores/link-text';
import { isLive, progressOf } from '../../stores/queue-state';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { useActions, useAttempt, useCall, useNow, useSay } from '../../stores/use-actions';
import { useApp, useFate, useQueue, useSettings } from '../../stores/use-app';
import { Badge, Progress, Thumb, type Tone } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { SplitButton } from '../../ui/split-button';
import { JobAlbum, JobMenu } from './job-menu';
import { fateKeys, jobTone, jobWords } from './job-words';

const small = { size: 14, 'aria-hidden': true } as const;

const KindIcon = ({ kind }: { readonly kind: Job['kind'] }) => {
  const Icon = kind === 'image' ? Image : kind === 'video' ? Film : File;
  return <Icon size={18} strokeWidth={1.5} aria-hidden />;
};

const StateWords = ({ job }: { readonly job: Job }) => {
  const text = useText();
  const now = useNow(job.state === 'queued' && job.waitUntil !== null);
  const fate = useFate(job.uploadId);
  const tone: Tone = jobTone(job);
  const words = jobWords(job, now, text);
  if (isLive(job)) return <span className={clsx('num truncate', tone === 'warn' ? 'text-warn' : 'text-text-2')}>{words}</span>;
  if (job.state === 'done' && fate !== null) return <Badge>{text.t(fateKeys[fate])}</Badge>;
  return <Badge tone={tone}>{words}</Badge>;
};

/** A job and whether Tab stops at what is in its row: it does in one row at a time. */
type Stop = { readonly job: Job; readonly tabIndex: 0 | -1 };

const CopyButton = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const { copyLinks } = useActions();
  const format = useSettings((settings) => formatFor(job.kind, settings));
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

const useSettle = (job: Job): (() => Promise<void>) => {
  const call = useCall();
  const say = useSay();
  const { t } = useText();
  return async () => {
    const answer = await call('queue:settle', { id: job.id });
    if (answer === undefined) return;
    const words = { found: 'settleFound', not_found: 'settleNotFound', cannot_tell: 'settleCannotTell' } as const;
    say({ title: t(words[answer.result]), type: answer.result === 'found' ? 'done' : 'problem' });
  };
};

/** What can be done with a job in its state; the quiet ones show on hover and focus. */
const Actions = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const { ui } = useApp();
  const call = useCall();
  const attempt = useAttempt();
  const say = useSay();
  const settle = useSettle(job);
  const dead = useFate(job.uploadId) !== null;
  const copyReport = async (): Promise<void> => {
    if (await attempt('queue:copy-report', { ids: [job.id] })) say({ title: t('copiedReport') });
  };
  const quiet = 'opacity-0 transition-opacity duration-100 group-focus-within:opacity-100 group-hover:opacity-100';
  const dismiss = (
    <IconButton size="s" tabIndex={tabIndex} label={t('jobDismiss')} className={quiet} onClick={() => void call('queue:dismiss', { ids: [job.id] })}>
      <X {...small} />
    </IconButton>
  );
  const report = (
    <Button
      size="s"
      tabIndex={tabIndex}
      look="quiet"
      onClick={() => {
        void copyReport();
      }}
    >
      {t('jobCopyReport')}
    </Button>
  );
  const anyway = (
    <Button size="s" tabIndex={tabIndex} look="quiet" onClick={() => void call('queue:send-anyway', { id: job.id })}>
      {t('jobSendAnyway')}
    </Button>
  );
  const retry = (
    <Button size="s" tabIndex={tabIndex} icon={<RotateCcw {...small} />} onClick={() => void call('queue:retry', { ids: [job.id] })}>
      {t('jobRetry')}
    </Button>
  );
  switch (job.state) {
    case 'queued':
      return (
        <>
          {job.wait === 'account_paused' ? (
            <Button
              size="s"
              tabIndex={tabIndex}
              icon={<Settings2 {...small} />}
              onClick={() => ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'edit', id: job.accountId } })}
            >
              {t('jobFixAccount')}
            </Button>
          ) : null}
          <JobMenu job={job} tabIndex={tabIndex} className={quiet} />
          <IconButton size="s" tabIndex={tabIndex} label={t('jobCancel')} className={quiet} onClick={() => void call('queue:cancel', { ids: [job.id] })}>
            <X {...small} />
          </IconButton>
        </>
      );
    case 'preparing':
    case 'sending':
      return (
        <IconButton size="s" tabIndex={tabIndex} label={t('jobCancel')} onClick={() => void call('queue:cancel', { ids: [job.id] })}>
          <X {...small} />
        </IconButton>
      );
    case 'done':
      return (
        <>
          {dismiss}
          {job.duplicate ? anyway : null}
          {job.uploadId !== null && job.url !== null && !dead ? (
            <IconButton size="s" tabIndex={tabIndex} label={t('jobOpen')} className={quiet} onClick={() => void call('library:open', { id: job.uploadId ?? '' })}>
              <ExternalLink {...small} />
            </IconButton>
          ) : null}
          {dead ? null : <CopyButton job={job} tabIndex={tabIndex} />}
        </>
      );
    case 'failed':
      return (
        <>
          {dismiss}
          {report}
          {job.problem?.retryable === false ? null : retry}
        </>
      );
    case 'cancelled':
      return (
        <>
          {dismiss}
          {retry}
        </>
      );
    case 'unknown':
      return (
        <>
          {dismiss}
          {anyway}
          <Button size="s" tabIndex={tabIndex} onClick={() => void settle()}>
            {t('jobAskHost')}
          </Button>
        </>
      );
    default:
      return assertNever(job.state);
  }
};

const Detail = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const [open, setOpen] = useState(false);
  const detail = job.problem?.detail ?? null;
  if (detail === null) return null;
  const copyDetail = async (text: string): Promise<void> => {
    if (await attempt('clipboard:copy-text', { text })) say({ title: t('copiedDetail') });
  };
  return (
    <div className="mt-0.5">
      <button
        type="button"
        tabIndex={tabIndex}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="inline-flex h-6 items-center gap-1 rounded-s text-small text-text-2 hover:text-text"
      >
        <ChevronRight size={12} aria-hidden className={clsx('transition-transform duration-100', open && 'rotate-90')} />
        {t(open ? 'jobHideDetail' : 'jobShowDetail')}
      </button>
      {open ? (
        <div className="mt-1 flex items-start gap-2 rounded-s border border-line bg-sunken p-2">
          <code className="said min-w-0 flex-1 font-mono text-small whitespace-pre-wrap">{detail}</code>
          <IconButton
            size="s"
            tabIndex={tabIndex}
            label={t('copy')}
            onClick={() => void copyDetail(detail)}
          >
            <Copy {...small} />
          </IconButton>
        </div>
      ) : null}
    </div>
  );
};

/** What stands below the name: the bar while it moves, the link when done, the sentence when not. */
const Below = ({ job, tabIndex }: Stop) => {
  const { t, problem } = useText();
  const settings = useSettings((all) => all);
  const fate = useFate(job.uploadId);
  const fraction = progressOf(job);
  if (fraction !== null && fraction < 1)
    return (
      <div className="mt-1.5">
        <Progress label={t('jobProgress', { name: job.name })} value={fraction} />
      </div>
    );
  if (job.state === 'done' && fate === 'removed') return null;
  if (job.state === 'done' && job.url !== null)
    return (
      <div className="flex min-w-0 items-center gap-2">
        <code className={clsx('min-w-0 truncate font-mono text-small text-text-2 select-text', fate !== null && 'line-through')}>
          {linkOf({ ...job, url: job.url, uploadedAt: job.finishedAt ?? job.createdAt }, settings)}
        </code>
      </div>
    );
  if (job.state === 'done' && job.pendingReview) return <p className="text-small text-text-2">{t('stateReviewText')}</p>;
  if (job.state === 'unknown') return <p className="said text-small text-text-2">{t('stateUnknownText')}</p>;
  if (job.problem === null) return null;
  if (job.state !== 'failed' && !isLive(job)) return null;
  return (
    <>
      <p className={clsx('said text-small', job.state === 'failed' ? 'text-danger' : 'text-text-2')}>{problem(job.problem)}</p>
      {job.state === 'failed' ? <Detail job={job} tabIndex={tabIndex} /> : null}
    </>
  );
};

type JobRowProps = { readonly id: string; readonly index: number; readonly count: number; readonly tabbable: boolean; readonly onFocus: (index: number) => void };

export const JobRow = memo(({ id, index, count, tabbable, onFocus }: JobRowProps) => {
  const { t, account, bytes } = useText();
  const job = useQueue((queue) => queue.byId.get(id));
  const dead = useFate(job?.uploadId ?? null) !== null;
  const call = useCall();
  const { copyLinks } = useActions();
  const format = useSettings((settings) => formatFor(job?.kind ?? 'image', settings));
  if (job === undefined) return null;
  const keydown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && job.uploadId !== null && job.url !== null && !dead) void copyLinks([job.uploadId], format, job.name);
    else if (event.key === 'Enter' && (job.state === 'failed' || job.state === 'cancelled')) void call('queue:retry', { ids: [job.id] });
    else if (event.key === 'Delete' || event.key === 'Backspace') void call(isLive(job) ? 'queue:cancel' : 'queue:dismiss', { ids: [job.id] });
    else return;
    event.preventDefault();
  };
  const tabIndex = tabbable ? 0 : -1;
  // In a narrow window several actions, or a long one, go below the job.
  const wraps = (!isLive(job) && job.state !== 'cancelled') || job.wait === 'account_paused';
  return (
    <div
      role="listitem"
      aria-label={job.name}
      aria-setsize={count}
      aria-posinset={index + 1}
      data-row={index}
      tabIndex={tabIndex}
      onFocus={() => onFocus(index)}
      onKeyDown={keydown}
      className={clsx(
        'group mx-2 grid min-h-15 grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-3 rounded-s px-2 py-2 -outline-offset-2 hover:bg-surface focus-within:bg-surface',
        wraps && 'max-[760px]:grid-cols-[40px_minmax(0,1fr)]',
      )}
    >
      <Thumb src={thumbAddress(job.thumb)} size="row" fallback={<KindIcon kind={job.kind} />} />
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <span className="min-w-16 truncate font-medium" title={job.name}>
            {job.name}
          </span>
          {isLive(job) ? null : <StateWords job={job} />}
          {job.bytes === null ? null : <span className="num shrink-0 text-small text-text-2">{bytes(job.bytes)}</span>}
          <span className="min-w-0 shrink truncate text-small text-text-2 max-[900px]:hidden">
            {t('jobToAccount', { name: account(job.accountName) })}
            {job.albumId === null ? null : <JobAlbum accountId={job.accountId} albumId={job.albumId} />}
          </span>
          {job.onlyThisComputer && job.state === 'done' ? (
            <Badge icon={<Monitor size={12} aria-hidden />} title={t('onlyHere')}>
              {t('onlyHereShort')}
            </Badge>
          ) : null}
          {isLive(job) ? (
            <span className="ml-auto flex max-w-3/5 shrink-0 items-center justify-end gap-2 text-small">
              {job.attempts > 1 ? <span className="shrink-0 text-text-2 max-[900px]:hidden">{t('attempt', { count: job.attempts })}</span> : null}
              <StateWords job={job} />
            </span>
          ) : null}
        </div>
        <Below job={job} tabIndex={tabIndex} />
      </div>
      <div className={clsx('flex items-center justify-end gap-1', wraps && 'max-[760px]:col-start-2 max-[760px]:pt-1')}>
        <Actions job={job} tabIndex={tabIndex} />
      </div>
    </div>
  );
});
JobRow.displayName = 'JobRow';
