import type { Text } from '../../stores/text';

const DAY = 86_400_000;
const asDay = (at: number): string => {
  const date = new Date(at);
  return `${String(date.getFullYear())}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
};

/** `YYYY-MM-DD` in the person's words: today, yesterday, else its date. */
export const dayWords = (day: string, { t, language }: Pick<Text, 't' | 'language'>, now: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const noon = new Date(year, month - 1, date, 12);
  if (day === '' || Number.isNaN(noon.getTime())) return '–';
  if (day === asDay(now)) return t('dayToday');
  if (day === asDay(now - DAY)) return t('dayYesterday');
  const thisYear = year === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', ...(thisYear ? {} : { year: 'numeric' }) }).format(noon);
};
