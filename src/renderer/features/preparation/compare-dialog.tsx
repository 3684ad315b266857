import { ChevronLeft, ChevronRight, CircleAlert, ImageOff, LoaderCircle } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import type { Comparison } from '../../../shared/model/comparison';
import { AS_IT_IS, profilesOf } from '../../../shared/model/preparation-profiles';
import { profileOptions } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import type { Compared as What } from '../../stores/ui-store';
import { useCall } from '../../stores/use-actions';
import { useApp, useQueue, useSettings, useUi } from '../../stores/use-app';
import { EmptyState } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { FullDialog } from '../../ui/full-dialog';
import { Select } from '../../ui/select';
import { SplitPicture } from '../../ui/split-picture';
import { ComparisonFacts } from './comparison-facts';
import { useComparison, useEstimate, type Compared } from './use-comparison';

const icon = { size: 36, strokeWidth: 1.25 } as const;

const Stage = ({ compared, first }: { readonly compared: Compared; readonly first: RefObject<HTMLDivElement | null> }) => {
  const { t, problem } = useText();
  const [broken, setBroken] = useState<Comparison | null>(null);
  const plain = (title: string, sign: React.ReactNode) => (
    <div ref={first} tabIndex={-1} role="status" className="h-full outline-none">
      <EmptyState icon={sign} title={title} />
    </div>
  );
  if (compared.at === 'busy') return plain(t('compareBusy'), <LoaderCircle {...icon} className="animate-spin motion-reduce:animate-none" />);
  if (compared.at === 'failed') return plain(t('compareFailed', { text: problem(compared.problem) }), <CircleAlert {...icon} />);
  const { comparison } = compared;
  const { before, after } = comparison;
  if (after === null) return plain(comparison.problem === null ? '' : t('compareNotMade', { text: problem(comparison.problem) }), <CircleAlert {...icon} />);
  if (before.address === null || after.address === null || broken === comparison) return plain(t('compareNotShown'), <ImageOff {...icon} />);
  const known = after.width !== null && after.height !== null && after.width > 0 && after.height > 0;
  return (
    <SplitPicture
      ref={first}
      before={before.address}
      after={after.address}
      extent={known && after.width !== null && after.height !== null ? { width: after.width, height: after.height } : null}
      actualFirst={comparison.report?.recoded === true}
      onBroken={() => setBroken(comparison)}
      words={{
        stage: t('compareStage'),
        slider: t('compareSlider'),
        before: t('compareBefore'),
        after: t('compareAfter'),
        fit: t('compareFit'),
        actual: t('compareActual'),
        larger: t('compareZoomIn'),
        smaller: t('compareZoomOut'),
      }}
    />
  );
};

const AS_JOB = '';

const Total = ({ ids, ready }: { readonly ids: readonly string[]; readonly ready: boolean }) => {
  const { t, bytes, number } = useText();
  const estimate = useEstimate(ids, ready);
  if (ids.length < 2) return null;
  const total = number(estimate?.files ?? ids.length);
  return (
    <span role="status" className="num mr-auto text-text-2">
      {estimate === null ? t('compareEstimating', { total }) : t(estimate.exact ? 'compareEstimateExact' : 'compareEstimate', { total, before: bytes(estimate.before), after: bytes(estimate.after) })}
    </span>
  );
};

/** One job after the other, before and after; a profile can be tried and chosen for each that is not sent yet. */
const JobsDialog = ({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) => {
  const text = useText();
  const { t, number } = text;
  const call = useCall();
  const first = useRef<HTMLDivElement>(null);
  const preparation = useSettings((settings) => settings.preparation);
  const [at, setAt] = useState(0);
  const [tried, setTried] = useState(AS_JOB);
  const id = ids[at] ?? '';
  const job = useQueue(({ byId }) => byId.get(id));
  const profile = profilesOf(preparation).find((one) => one.id === tried) ?? null;
  const compared = useComparison({ jobId: id }, profile);
  const unsent = job !== undefined && (job.state === 'queued' || job.state === 'failed' || job.state === 'cancelled');
  const go = (by: number): void => {
    setTried(AS_JOB);
    setAt(Math.min(ids.length - 1, Math.max(0, at + by)));
  };
  const use = async (chosen: string): Promise<void> => {
    await call('queue:set-profile', { ids: [id], profile: chosen });
    setTried(AS_JOB);
    if (ids.length === 1) onClose();
  };
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
          {unsent ? (
            <Select
              className="w-56 max-w-full"
              label={t('compareProfile')}
              value={tried}
              onChange={setTried}
              options={[{ value: AS_JOB, label: profileOptions(preparation, text).find(({ value }) => value === job.profile)?.label ?? t('jobProfileAccount') }, ...profileOptions(preparation, text).filter(({ value }) => value !== job.profile)]}
            />
          ) : null}
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
      foot={
        <>
          {compared.at === 'done' ? <ComparisonFacts comparison={compared.comparison} /> : null}
          {unsent || ids.length > 1 ? (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-2">
              <Total ids={ids} ready={compared.at !== 'busy'} />
              {unsent && job.profile !== AS_IT_IS.id ? <Button onClick={() => void use(AS_IT_IS.id)}>{t('compareOriginal')}</Button> : null}
              {unsent && profile !== null ? (
                <Button look="primary" onClick={() => void use(profile.id)}>
                  {t('compareUse')}
                </Button>
              ) : null}
            </div>
          ) : null}
        </>
      }
    >
      <Stage compared={compared} first={first} />
    </FullDialog>
  );
};

const ExampleDialog = ({ what, onClose }: { readonly what: Extract<What, { readonly kind: 'example' }>; readonly onClose: () => void }) => {
  const { t } = useText();
  const first = useRef<HTMLDivElement>(null);
  const compared = useComparison({ exampleId: what.id }, what.profile);
  return (
    <FullDialog
      title={compared.at === 'done' ? compared.comparison.before.name : t('compareTitle')}
      note={t('compareTitle')}
      closeLabel={t('close')}
      first={first}
      onClose={onClose}
      foot={compared.at === 'done' ? <ComparisonFacts comparison={compared.comparison} /> : null}
    >
      <Stage compared={compared} first={first} />
    </FullDialog>
  );
};

/** What was asked to be compared, over the whole window. */
export const CompareDialog = () => {
  const { ui } = useApp();
  const what = useUi((state) => state.compared);
  const close = (): void => ui.setState({ compared: null });
  if (what === null) return null;
  return what.kind === 'jobs' ? <JobsDialog ids={what.ids} onClose={close} /> : <ExampleDialog what={what} onClose={close} />;
};
