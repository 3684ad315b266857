import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { Job } from '../../../shared/model/job';
import { useText } from '../../stores/text';
import { useAccounts, useQueue } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { FullDialog } from '../../ui/full-dialog';
import { Select } from '../../ui/select';
import { CompareStage } from './compare-stage';
import { ComparisonFacts } from './comparison-facts';
import { originalWords } from './original-words';
import { useComparison, useEstimate } from './use-comparison';
import { useJobProfile } from './use-job-profile';

const Total = ({ ids, ready }: { readonly ids: readonly string[]; readonly ready: boolean }) => {
  const { t, bytes, number } = useText();
  const estimate = useEstimate(ids, ready);
  if (ids.length < 2 || estimate === 'failed') return null;
  const total = number(estimate?.files ?? ids.length);
  return (
    <span role="status" className="num mr-auto text-text-2">
      {estimate === null ? t('compareEstimating', { total }) : t(estimate.exact ? 'compareEstimateExact' : 'compareEstimate', { total, before: bytes(estimate.before), after: bytes(estimate.after) })}
    </span>
  );
};

/** A choice makes the file ready anew, so that is no reason to take the choice away. */
const UNSENT: ReadonlySet<Job['state']> = new Set(['queued', 'preparing', 'failed', 'cancelled']);

/** One job after the other, before and after; a profile can be tried and chosen for each that is not sent yet. */
export const JobsDialog = ({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) => {
  const text = useText();
  const { t, number } = text;
  const warning = useId();
  const first = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const id = ids[at] ?? '';
  const job = useQueue(({ byId }) => byId.get(id));
  const { profile, options, tried, setTried, useTried, useOriginal, usePrepared } = useJobProfile(job);
  const compared = useComparison({ jobId: id }, profile);
  const unsent = job !== undefined && UNSENT.has(job.state);
  const go = (by: number): void => {
    setTried('');
    setAt(Math.min(ids.length - 1, Math.max(0, at + by)));
  };
  const choose = async (chosen: () => Promise<void>): Promise<void> => {
    await chosen();
    if (ids.length === 1) onClose();
  };
  const other = useOriginal ?? usePrepared;
  const account = useAccounts().find((one) => one.id === job?.accountId);
  const refused = job === undefined || !unsent || other === null ? null : originalWords(job, account, compared.at === 'done' ? compared.comparison.before.bytes : null, text);
  return (
    <FullDialog
      title={job?.name ?? t('compareTitle')}
      note={ids.length > 1 ? t('compareOf', { at: number(at + 1), total: number(ids.length) }) : t('compareTitle')}
      closeLabel={t('close')}
      first={first}
      onClose={onClose}
      onKey={(event) => {
        if (event.key === 'PageUp' || event.key === 'PageDown') go(event.key === 'PageUp' ? -1 : 1);
      }}
      actions={
        <>
          {unsent ? <Select className="w-56 max-w-full" label={t('compareProfile')} value={tried} onChange={setTried} options={options} /> : null}
          {ids.length > 1 ? (
            <>
              <IconButton label={t('previewPrevious')} disabled={at === 0} onClick={() => go(-1)}>
                <ChevronLeft size={18} aria-hidden />
              </IconButton>
              <IconButton label={t('previewNext')} disabled={at === ids.length - 1} onClick={() => go(1)}>
                <ChevronRight size={18} aria-hidden />
              </IconButton>
            </>
          ) : null}
        </>
      }
      foot={compared.at === 'done' ? <ComparisonFacts comparison={compared.comparison} /> : null}
      bar={
        unsent || ids.length > 1 ? (
          <div className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-4 py-2">
            <Total ids={ids} ready={compared.at !== 'busy'} />
            {refused === null ? null : (
              <p id={warning} className="min-w-0 flex-1 basis-60 text-small text-warn">
                {refused}
              </p>
            )}
            {/* One button, so that the keyboard stays on it and takes back what it did. */}
            {unsent && other !== null ? <Button aria-describedby={refused === null ? undefined : warning} onClick={() => void choose(other)}>{t(useOriginal === null ? 'comparePrepared' : 'compareOriginal')}</Button> : null}
            {unsent && useTried !== null ? (
              <Button look="primary" onClick={() => void choose(useTried)}>
                {t('compareUse')}
              </Button>
            ) : null}
          </div>
        ) : null
      }
    >
      <CompareStage compared={compared} profile={profile} first={first} />
    </FullDialog>
  );
};
