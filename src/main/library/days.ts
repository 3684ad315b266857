import type { Day } from './contract';
import { momentOf, placeOf } from './places';

/** The local days of places that are sorted by time, in their order, with how many there are of each. */
export function daysOf(places: Float64Array): readonly Day[] {
  const days: { day: string; count: number }[] = [];
  let from = 0;
  let to = 0;
  for (const place of places) {
    const last = days.at(-1);
    if (last !== undefined && place >= from && place < to) {
      last.count += 1;
      continue;
    }
    const moment = new Date(momentOf(place));
    const [year, month, date] = [moment.getFullYear(), moment.getMonth(), moment.getDate()];
    from = placeOf(new Date(year, month, date).getTime());
    to = placeOf(new Date(year, month, date + 1).getTime());
    days.push({ day: `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(date)}`, count: 1 });
  }
  return days;
}

/** More than a screen holds. */
const SCREEN = 200;

/** The first days of a list that goes on, so far as they reach into its first screens, and one more. */
export function firstDays(places: Float64Array): readonly Day[] {
  const days = daysOf(places);
  let before = 0;
  const end = days.findIndex(({ count }) => (before += count) > SCREEN);
  return end < 0 ? days : days.slice(0, end + 2);
}

const two = (value: number): string => String(value).padStart(2, '0');
