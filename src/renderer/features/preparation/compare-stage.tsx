import { CircleAlert, ImageOff, LoaderCircle } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import type { Comparison } from '../../../shared/model/comparison';
import type { PreparationProfile } from '../../../shared/model/preparation';
import { useText } from '../../stores/text';
import { EmptyState } from '../../ui/bits';
import { SplitPicture } from '../../ui/split-picture';
import type { Compared } from './use-comparison';

const icon = { size: 36, strokeWidth: 1.25 } as const;

type CompareStageProps = {
  readonly compared: Compared;
  /** What it was made by. */
  readonly profile: PreparationProfile | null;
  /** What takes the keyboard. */
  readonly first: RefObject<HTMLDivElement | null>;
};

/** A mark in a corner, a frame or a cut edge would lie out of sight where only the middle is seen. */
const changesEdges = (profile: PreparationProfile | null): boolean => profile !== null && (profile.watermark !== null || profile.frame !== null || profile.crop !== null);

/** Both sides of a comparison under one slider, or why there are none. */
export const CompareStage = ({ compared, profile, first }: CompareStageProps) => {
  const { t, problem } = useText();
  const [broken, setBroken] = useState<Comparison | null>(null);
  useEffect(() => {
    // What had the keyboard may have gone with the last picture.
    const at = document.activeElement;
    if (at === null || at === document.body || at.hasAttribute('data-modal')) first.current?.focus({ preventScroll: true });
  }, [compared, first]);
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
      actualFirst={comparison.report?.recoded === true && !changesEdges(profile)}
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
