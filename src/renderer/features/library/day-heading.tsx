import { memo } from 'react';
import { useText } from '../../stores/text';

/** The line above a day's uploads. */
export const DayHeading = memo(({ day, count, height }: { readonly day: string; readonly count: number; readonly height: number }) => {
  const { number, day: words } = useText();
  return (
    <div className="flex items-center gap-2 bg-bg px-4" style={{ height }}>
      <span className="font-semibold">{words(day, Date.now())}</span>
      <span className="num text-small text-text-2">{number(count)}</span>
    </div>
  );
});
DayHeading.displayName = 'DayHeading';
