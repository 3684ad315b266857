import type { Upload } from '../../shared/model/upload';

/** Uploads read at once. */
export const PAGE = 100;
/** Pages kept at most, whatever the library's size: those nearest to what is on screen. */
export const PAGES_KEPT = 12;

/** Stretches of a view by page number; a page that is not at hand has not been read or was let go. */
export type Pages = ReadonlyMap<number, readonly Upload[]>;
/** The first and the last place that are on screen. */
export type Seen = { readonly first: number; readonly last: number };

export const rowAt = (pages: Pages, place: number): Upload | undefined => pages.get(Math.floor(place / PAGE))?.[place % PAGE];

/** Where an upload stands, as far as it is at hand; null otherwise. */
export const placeOf = (pages: Pages, id: string): number | null => {
  for (const [number, rows] of pages) {
    const at = rows.findIndex((upload) => upload.id === id);
    if (at >= 0) return number * PAGE + at;
  }
  return null;
};

/** The pages to have at hand, what is on screen first, then one above and below. */
export const wantedPages = (seen: Seen, total: number): readonly number[] => {
  if (total <= 0) return [];
  const end = Math.floor((total - 1) / PAGE);
  const from = Math.min(end, Math.max(0, Math.floor(seen.first / PAGE)));
  const to = Math.min(end, Math.floor(seen.last / PAGE));
  const onScreen = Array.from({ length: Math.min(PAGES_KEPT - 2, to - from + 1) }, (_, index) => from + index);
  return [...onScreen, to + 1, from - 1].filter((number) => number >= 0 && number <= end);
};

/** Whether this page lacks something that is on screen. */
export const isMissing = (pages: Pages, number: number, seen: Seen): boolean => (pages.get(number)?.length ?? 0) < Math.min(PAGE, seen.last + 1 - number * PAGE);

/** Leaves out pages beyond the end and all but the nearest; the same object when nothing has to go. */
export const pruned = (pages: Pages, seen: Seen, total: number): Pages => {
  const pagesThere = Math.ceil(total / PAGE);
  const middle = (seen.first + seen.last) / 2 / PAGE - 0.5;
  const kept = [...pages.keys()]
    .filter((number) => number < pagesThere)
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    .slice(0, PAGES_KEPT);
  return kept.length === pages.size ? pages : new Map(kept.sort((a, b) => a - b).map((number) => [number, pages.get(number) ?? []]));
};

/** With changed uploads in place of what they were; the same object when none is at hand. */
export const withChanged = (pages: Pages, changed: ReadonlyMap<string, Upload>): Pages => {
  let next: Map<number, readonly Upload[]> | null = null;
  for (const [number, rows] of pages) {
    if (!rows.some(({ id }) => changed.has(id))) continue;
    next ??= new Map(pages);
    next.set(number, rows.map((upload) => changed.get(upload.id) ?? upload));
  }
  return next ?? pages;
};

export type Removal = { readonly pages: Pages; readonly removed: readonly Upload[]; readonly firstTouched: number | null };

/** Takes uploads out at once: what stands below them moves up, as far as it is at hand. `firstTouched` is the first page that changed. */
export const withoutUploads = (pages: Pages, gone: ReadonlySet<string>): Removal => {
  const ordered = [...pages].sort(([a], [b]) => a - b);
  const removed: Upload[] = [];
  let firstTouched: number | null = null;
  const next = new Map<number, Upload[]>();
  for (const [number, rows] of ordered)
    for (const [index, upload] of rows.entries()) {
      if (gone.has(upload.id)) {
        removed.push(upload);
        firstTouched ??= number;
        continue;
      }
      const place = number * PAGE + index - removed.length;
      const page = Math.floor(place / PAGE);
      const held = next.get(page) ?? [];
      // A page is a run from its first place: what would leave a hole is read again.
      if (place % PAGE === held.length) next.set(page, [...held, upload]);
    }
  return removed.length === 0 ? { pages, removed, firstTouched } : { pages: next, removed, firstTouched };
};

/** The local day of a moment, `YYYY-MM-DD`. */
export const dayOf = (at: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

export type DayCount = { readonly day: string; readonly count: number };

/** One upload less on each of these days. */
export const daysWithout = (days: readonly DayCount[], removed: readonly Upload[]): readonly DayCount[] => {
  if (days.length === 0 || removed.length === 0) return days;
  const less = new Map<string, number>();
  for (const { uploadedAt } of removed) less.set(dayOf(uploadedAt), (less.get(dayOf(uploadedAt)) ?? 0) + 1);
  return days.map((day) => ({ ...day, count: day.count - (less.get(day.day) ?? 0) })).filter(({ count }) => count > 0);
};
