import clsx from 'clsx';
import { useText } from '../stores/text';

type HintsProps = { readonly low: boolean; readonly adjusting: boolean; readonly dragging: boolean; readonly last: boolean };

/** What can be done now, at the edge that the crosshair is far from. */
export const Hints = ({ low, adjusting, dragging, last }: HintsProps) => {
  const { t } = useText();
  const lines = adjusting
    ? [t('captureHintTake')]
    : dragging
      ? [t('captureHintAdjust')]
      : [`${t('captureHintDrag')} · ${t('captureHintKeys')}`, t(last ? 'captureHintMore' : 'captureHintMoreFirst')];
  return (
    <div
      className={clsx(
        'pointer-events-none absolute left-1/2 max-w-[calc(100vw-32px)] -translate-x-1/2 rounded-m bg-[rgb(16_22_24/0.92)] px-4 py-2 text-center text-[#eef4f4] shadow-lift',
        low ? 'bottom-6' : 'top-6',
      )}
    >
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
};
