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

const two = (value: number): string => String(value).padStart(2, '0');
