import clsx from 'clsx';
import { File, Film, Image, Monitor } from 'lucide-react';
import { memo } from 'react';
import type { Job } from '../../../shared/model/job';
import { isLive } from '../../stores/queue-state';
import { reportWords, wasChanged } from '../../stores/report-words';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { useNow } from '../../stores/use-actions';
import { useFate, useQueue } from '../../stores/use-app';
import { Badge, Thumb, type Tone } from '../../ui/bits';
import { JobActions, type Stop } from './job-actions';
import { JobBelow } from './job-below';
import { JobAlbum } from './job-menu';
import { fateKeys, jobTone, jobWords } from './job-words';

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

/** How large the file is, and what was made of it. */
const Size = ({ job }: { readonly job: Job }) => {
  const text = useText();
  const { t, bytes } = text;
  if (job.bytes === null) return null;
  if (!wasChanged(job.report) || job.report === null) return <span className="num shrink-0 text-small text-text-2">{bytes(job.bytes)}</span>;
  const from = job.report.originalBytes;
  const [before, after] = [bytes(from), bytes(job.bytes)];
  const words = [before === after ? after : t('jobSizes', { before, after }), ...reportWords(job.report, text).done].join(', ');
  return (
    <span title={words} className="num min-w-0 shrink truncate text-small text-text-2">
      {words}
    </span>
  );
};

// In a narrow window several actions, or a long one, go below the job.
const wraps = (job: Job): boolean => (!isLive(job) && job.state !== 'cancelled') || job.wait === 'account_paused';

// So do the ways out of what could not be made ready, beside a sentence that says why.
const wrapsEarly = (job: Job): boolean => job.state === 'failed' && job.problem?.sub === 'prepare';

/** What a row shows of its job. It is drawn anew when the job changes, not when the list around it does. */
const JobContent = memo(({ job, tabIndex }: Stop) => {
  const { t, account } = useText();
  return (
    <>
      <Thumb src={thumbAddress(job.thumb)} size="row" fallback={<KindIcon kind={job.kind} />} />
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <span className="min-w-16 truncate font-medium" title={job.name}>
            {job.name}
          </span>
          {isLive(job) ? null : <StateWords job={job} />}
          <Size job={job} />
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
        <JobBelow job={job} tabIndex={tabIndex} />
      </div>
      <div className={clsx('flex items-center justify-end gap-1', wraps(job) && 'max-[760px]:col-start-2 max-[760px]:pt-1', wrapsEarly(job) && 'max-[1100px]:col-start-2 max-[1100px]:pt-1')}>
        <JobActions job={job} tabIndex={tabIndex} />
      </div>
    </>
  );
});
JobContent.displayName = 'JobContent';

type JobRowProps = { readonly id: string; readonly index: number; readonly count: number; readonly tabbable: boolean; readonly onFocus: (index: number) => void };

/** One job of the list; the list knows the row's keys. */
export const JobRow = memo(({ id, index, count, tabbable, onFocus }: JobRowProps) => {
  const job = useQueue((queue) => queue.byId.get(id));
  if (job === undefined) return null;
  const tabIndex = tabbable ? 0 : -1;
  return (
    <div
      role="listitem"
      aria-label={job.name}
      aria-setsize={count}
      aria-posinset={index + 1}
      data-row={index}
      tabIndex={tabIndex}
      onFocus={() => onFocus(index)}
      className={clsx(
        'group mx-2 grid min-h-15 grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-3 rounded-s px-2 py-2 -outline-offset-2 hover:bg-surface focus-within:bg-surface',
        wraps(job) && 'max-[760px]:grid-cols-[40px_minmax(0,1fr)]',
        wrapsEarly(job) && 'max-[1100px]:grid-cols-[40px_minmax(0,1fr)]',
      )}
    >
      <JobContent job={job} tabIndex={tabIndex} />
    </div>
  );
});
JobRow.displayName = 'JobRow';
