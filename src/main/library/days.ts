import type { Day } from './contract';
import { momentOf, placeOf } from './places';

/** The local days of places that are sorted by time, in their order, with how many there are of each. */
export const daysOf = (places: Float64Array): readonly Day[] => [...eachDay(places)];

/** More than a screen holds. */
const SCREEN = 200;

/** The first days of a list that goes on, so far as they reach into its first screens, and one more. */
export function firstDays(places: Float64Array): readonly Day[] {
  const days: Day[] = [];
  let before = 0;
  for (const day of eachDay(places)) {
    days.push(day);
    if (before > SCREEN) break;
    before += day.count;
  }
  return days;
}

function* eachDay(places: Float64Array): Generator<Day, void, undefined> {
  let open: { day: string; count: number } | null = null;
  let from = 0;
  let to = 0;
  for (const place of places) {
    if (open !== null && place >= from && place < to) {
      open.count += 1;
      continue;
    }
    if (open !== null) yield open;
    const moment = new Date(momentOf(place));
    const [year, month, date] = [moment.getFullYear(), moment.getMonth(), moment.getDate()];
    from = placeOf(new Date(year, month, date).getTime());
    to = placeOf(new Date(year, month, date + 1).getTime());
    open = { day: `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(date)}`, count: 1 };
  }
  if (open !== null) yield open;
}

const two = (value: number): string => String(value).padStart(2, '0');
