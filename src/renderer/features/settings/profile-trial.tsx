import clsx from 'clsx';
import { ImagePlus, SplitSquareHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Comparison } from '../../../shared/model/comparison';
import type { PreparationProfile } from '../../../shared/model/preparation';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure } from '../../bridge';
import { reportWords } from '../../stores/report-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { Busy } from '../../ui/bits';
import { Button } from '../../ui/button';

type Example = { readonly id: string; readonly name: string; readonly bytes: number };
type Tried = { readonly at: 'busy' } | { readonly at: 'done'; readonly comparison: Comparison } | { readonly at: 'failed'; readonly problem: Problem };

/** The example of this window, so that each profile can be tried on the same picture. */
let kept: Example | null = null;

/** Makes the example ready by the profile, anew with each change of it. */
const useTrial = (example: Example | null, profile: PreparationProfile): Tried | null => {
  const { client } = useApp();
  const [tried, setTried] = useState<Tried | null>(null);
  const wanted = JSON.stringify(profile);
  const now = useRef(profile);
  now.current = profile;
  const id = example?.id ?? null;
  useEffect(() => {
    if (id === null) return undefined;
    let [current, addresses] = [true, [] as readonly string[]];
    setTried({ at: 'busy' });
    const close = (): void => addresses.forEach((address) => void client.call('previews:close', { address }));
    const run = async (): Promise<void> => {
      try {
        const comparison = await client.call('preparation:compare', { source: { exampleId: id }, profile: now.current });
        addresses = [comparison.before, comparison.after].flatMap((side) => side?.address ?? []);
        if (current) setTried({ at: 'done', comparison });
        else close();
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (current && failure.error.problem.kind !== 'cancelled') setTried({ at: 'failed', problem: failure.error.problem });
      }
    };
    void run();
    return () => {
      current = false;
      close();
    };
  }, [client, id, wanted]);
  return tried;
};

const Outcome = ({ tried }: { readonly tried: Tried }) => {
  const text = useText();
  const { t, bytes, problem, shortSpan } = text;
  if (tried.at === 'busy') return <Busy text={t('tryBusy')} />;
  if (tried.at === 'failed') return <p className="said text-danger">{problem(tried.problem)}</p>;
  const { before, after, ms, report, same } = tried.comparison;
  if (after === null) return <p className="said text-danger">{tried.comparison.problem === null ? '' : problem(tried.comparison.problem)}</p>;
  const { done, kept: why } = reportWords(report, text);
  // What there may be no room for comes last.
  const facts = [...(after.width === null || after.height === null ? [] : [t('compareSize', { width: after.width, height: after.height })]), ...(same ? [] : [t('tryTime', { time: shortSpan(ms) })]), ...done, ...(same ? [] : [after.name])].join(' · ');
  return (
    <>
      <p className="num truncate font-medium">{same ? t('compareSame') : t('tryResult', { before: bytes(before.bytes), after: bytes(after.bytes) })}</p>
      <p className="num said line-clamp-2 text-small text-text-2 [@media(max-height:560px)]:line-clamp-1" title={facts}>
        {facts}
      </p>
      {why === null ? null : <p className="said text-small text-warn">{why}</p>}
    </>
  );
};

/** What a profile makes of a picture of the person's choice; it stays in sight while what is below is changed. */
export const ProfileTrial = ({ profile }: { readonly profile: PreparationProfile }) => {
  const { t } = useText();
  const { ui } = useApp();
  const call = useCall();
  const [example, setExample] = useState(kept);
  const tried = useTrial(example, profile);
  const choose = async (): Promise<void> => {
    const chosen = await call('preparation:choose-example', undefined);
    if (chosen === undefined || chosen.example === null) return;
    kept = chosen.example;
    setExample(chosen.example);
  };
  const after = tried?.at === 'done' ? tried.comparison.after : null;
  return (
    <section
      aria-label={t('tryTitle')}
      data-stays={example === null ? undefined : ''}
      className={clsx('-mx-4 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-bg px-4 py-2 [@media(max-height:560px)]:py-1 min-[800px]:-ml-2 min-[800px]:pl-2', example !== null && 'sticky top-0 z-10')}
    >
      {example === null ? (
        <div className="min-w-40 flex-1">
          <h2 className="font-semibold">{t('tryTitle')}</h2>
          <p className="text-small text-text-2">{t('tryHelp')}</p>
        </div>
      ) : (
        <div className="flex min-w-60 flex-1 items-center gap-3">
          <span className="relative flex size-14 shrink-0 [@media(max-height:560px)]:size-9 items-center justify-center overflow-hidden rounded-s border border-line bg-sunken">
            {after === null || after.address === null ? null : <img src={after.address} alt="" className="checkerboard absolute inset-0 m-auto max-h-full max-w-full" />}
          </span>
          <div className="min-w-0 flex-1" role="status">
            <p className="truncate text-small text-text-2 [@media(max-height:560px)]:hidden" title={example.name}>
              {example.name}
            </p>
            {tried === null ? null : <Outcome tried={tried} />}
          </div>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="s" icon={<ImagePlus size={14} aria-hidden />} onClick={() => void choose()}>
          {t(example === null ? 'tryChoose' : 'tryAnother')}
        </Button>
        {example === null ? null : (
          <Button size="s" disabled={tried?.at === 'busy'} icon={<SplitSquareHorizontal size={14} aria-hidden />} onClick={() => ui.setState({ compared: { kind: 'example', id: example.id, profile } })}>
            {t('tryLook')}
          </Button>
        )}
      </div>
    </section>
  );
};
