import { memo, useMemo } from 'react';
import { dayOf } from '../../stores/library-window';
import { useText } from '../../stores/text';

const DAY = 86_400_000;

/** A local day given as `YYYY-MM-DD`, in the person's words: today, yesterday, else its date. */
const useDay = (day: string): string => {
  const { t, language } = useText();
  return useMemo(() => {
    const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
    const noon = new Date(year, month - 1, date, 12);
    if (Number.isNaN(noon.getTime())) return day;
    if (day === dayOf(Date.now())) return t('dayToday');
    if (day === dayOf(Date.now() - DAY)) return t('dayYesterday');
    const thisYear = year === new Date().getFullYear();
    return new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', ...(thisYear ? {} : { year: 'numeric' }) }).format(noon);
  }, [day, t, language]);
};

/** The line above a day's uploads. */
export const DayHeading = memo(({ day, count, height }: { readonly day: string; readonly count: number; readonly height: number }) => {
  const { number } = useText();
  return (
    <div className="flex items-center gap-2 bg-bg px-4" style={{ height }}>
      <span className="font-semibold">{useDay(day)}</span>
      <span className="num text-small text-text-2">{number(count)}</span>
    </div>
  );
});
DayHeading.displayName = 'DayHeading';
