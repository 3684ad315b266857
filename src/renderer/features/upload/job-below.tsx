import clsx from 'clsx';
import { ChevronRight, Copy } from 'lucide-react';
import { useState } from 'react';
import { linkOf } from '../../../shared/links';
import type { Job } from '../../../shared/model/job';
import { isLive, progressOf } from '../../stores/queue-state';
import { reportWords } from '../../stores/report-words';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { useAlbumNames, useFate, useSettings } from '../../stores/use-app';
import { Progress } from '../../ui/bits';
import { IconButton } from '../../ui/button';
import type { Stop } from './job-actions';
import { NameField } from './name-field';

/** What the host said, word for word. */
const Detail = ({ job, tabIndex }: Stop) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const [open, setOpen] = useState(false);
  const detail = job.problem?.detail ?? null;
  if (detail === null) return null;
  const copyDetail = async (text: string): Promise<void> => {
    if (await attempt('clipboard:copy-text', { text })) say({ title: { key: 'copiedDetail' } });
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
            <Copy size={14} aria-hidden />
          </IconButton>
        </div>
      ) : null}
    </div>
  );
};

const JobLink = ({ job, url, dead }: { readonly job: Job; readonly url: string; readonly dead: boolean }) => {
  const settings = useSettings((all) => all);
  const albumOf = useAlbumNames();
  const subject = { ...job, url, album: albumOf({ ...job, localAlbumId: null }), uploadedAt: job.finishedAt ?? job.createdAt };
  return (
    <div className="flex min-w-0 items-center gap-2">
      <code className={clsx('min-w-0 truncate font-mono text-small text-text-2 select-text', dead && 'line-through')}>
        {linkOf(subject, settings)}
      </code>
    </div>
  );
};

/** What the person asked for and this file did not get, such as the removal of its location. */
const Kept = ({ job }: { readonly job: Job }) => {
  const text = useText();
  const { kept } = reportWords(job.report, text);
  return kept === null ? null : <p className="said text-small text-warn">{kept}</p>;
};

/** What stands below the name: the bar while it moves, the link when done, the sentence when not. */
export const JobBelow = (stop: Stop) => (
  <>
    <Below {...stop} />
    {stop.job.report === null ? null : <Kept job={stop.job} />}
  </>
);

const Below = ({ job, tabIndex }: Stop) => {
  const { t, problem } = useText();
  const fate = useFate(job.uploadId);
  const fraction = progressOf(job);
  if (fraction !== null && fraction < 1)
    return (
      <div className="mt-1.5">
        <Progress label={t('jobProgress', { name: job.name })} value={fraction} />
      </div>
    );
  if (job.wait === 'name') return <NameField job={job} tabIndex={tabIndex} />;
  if (job.state === 'done' && fate === 'removed') return null;
  if (job.state === 'done' && job.url !== null) return <JobLink job={job} url={job.url} dead={fate !== null} />;
  if (job.state === 'done' && job.pendingReview) return <p className="text-small text-text-2">{t('stateReviewText')}</p>;
  if (job.state === 'unknown') return <p className="said text-small text-text-2">{t('stateUnknownText')}</p>;
  if (job.problem === null) return null;
  if (job.state !== 'failed' && !isLive(job)) return null;
  return (
    <>
      <p className={clsx('said text-small', job.state === 'failed' ? 'text-danger' : 'text-text-2')}>{problem({ ...job.problem, detail: null })}</p>
      {job.state === 'failed' ? <Detail job={job} tabIndex={tabIndex} /> : null}
    </>
  );
};
