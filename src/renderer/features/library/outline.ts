import type { DayCount } from '../../stores/library-window';

/** One line on screen: a day's heading, or a stretch of uploads side by side. */
export type Line =
  | { readonly kind: 'day'; readonly day: string; readonly count: number }
  | {
      readonly kind: 'uploads';
      readonly first: number;
      readonly count: number;
      /** Which line of uploads it is, from 0, headings left out. */
      readonly row: number;
    };

/** The heights of a line of uploads and of a day's heading, in pixels. */
export type LineSizes = { readonly uploads: number; readonly day: number };

/** How a view of any length lies on screen, without a thing in memory for every upload. */
export type Outline = {
  /** Lines in all, headings included. */
  readonly lines: number;
  /** Lines of uploads. */
  readonly rows: number;
  readonly line: (index: number) => Line;
  readonly lineOf: (place: number) => number;
  /** How far below the first line's top this line's is, in pixels; for the line after the last, the height of all. */
  readonly topOf: (index: number, sizes: LineSizes) => number;
  /** The line that lies so far below the first line's top; the first or the last one beyond the ends. */
  readonly lineAt: (top: number, sizes: LineSizes) => number;
  /** The line of the heading above a line; null without headings. */
  readonly headingOf: (index: number) => number | null;
  /** The place so many lines further down (up when negative), in the same column where there is one. */
  readonly step: (place: number, lines: number) => number;
};

type Section = { readonly day: string | null; readonly first: number; readonly count: number; readonly line: number; readonly row: number };

const sectionsOf = (total: number, columns: number, days: readonly DayCount[]): readonly Section[] => {
  const sections: Section[] = [];
  let first = 0;
  let line = 0;
  let row = 0;
  const add = (day: string | null, count: number): void => {
    sections.push({ day, first, count, line, row });
    const rows = Math.ceil(count / columns);
    first += count;
    row += rows;
    line += rows + (day === null ? 0 : 1);
  };
  for (const [index, { day, count }] of days.entries()) {
    // Days and total come from different moments: the total wins, and the last day takes what is over.
    const left = total - first;
    const own = index === days.length - 1 ? left : Math.min(count, left);
    if (own > 0) add(day, own);
  }
  if (days.length === 0 && total > 0) add(null, total);
  return sections;
};

const NO_SECTION: Section = { day: null, first: 0, count: 0, line: 0, row: 0 };

/** The last section that begins at or before a value. */
const lastUpTo = (sections: readonly Section[], value: number, begin: (section: Section) => number): Section => {
  let low = 0;
  let high = sections.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (begin(sections[middle] ?? NO_SECTION) <= value) low = middle;
    else high = middle - 1;
  }
  return sections[low] ?? NO_SECTION;
};
const sectionAt = (sections: readonly Section[], by: 'first' | 'line' | 'row', value: number): Section => lastUpTo(sections, value, (section) => section[by]);

/** Every line before a section is one of uploads or a heading. */
const topOfSection = ({ line, row }: Section, sizes: LineSizes): number => row * sizes.uploads + (line - row) * sizes.day;

/** `days` empty: one run without headings. */
export const outlineOf = (total: number, columns: number, days: readonly DayCount[]): Outline => {
  const sections = sectionsOf(total, columns, days);
  const last = sections.at(-1);
  const head = (section: Section): number => (section.day === null ? 0 : 1);
  const rowsOf = (section: Section): number => Math.ceil(section.count / columns);
  const lines = last === undefined ? 0 : last.line + head(last) + rowsOf(last);
  const rows = last === undefined ? 0 : last.row + rowsOf(last);
  const lineOf = (place: number): number => {
    const section = sectionAt(sections, 'first', place);
    return section.line + head(section) + Math.floor((place - section.first) / columns);
  };
  const line = (index: number): Line => {
    const section = sectionAt(sections, 'line', index);
    const within = index - section.line - head(section);
    if (within < 0 && section.day !== null) return { kind: 'day', day: section.day, count: section.count };
    const first = section.first + within * columns;
    return { kind: 'uploads', first, count: Math.max(0, Math.min(columns, section.first + section.count - first)), row: section.row + within };
  };
  return {
    lines,
    rows,
    line,
    lineOf,
    topOf: (index, sizes) => {
      const section = sectionAt(sections, 'line', index);
      const within = index - section.line;
      return topOfSection(section, sizes) + (within > 0 ? head(section) * sizes.day + (within - head(section)) * sizes.uploads : 0);
    },
    lineAt: (top, sizes) => {
      const section = lastUpTo(sections, top, (one) => topOfSection(one, sizes));
      const below = top - topOfSection(section, sizes) - head(section) * sizes.day;
      const line_ = section.line + (below < 0 ? 0 : head(section) + Math.floor(below / sizes.uploads));
      return Math.max(0, Math.min(lines - 1, line_));
    },
    headingOf: (index) => {
      const section = sectionAt(sections, 'line', index);
      return section.day === null ? null : section.line;
    },
    step: (place, by) => {
      const section = sectionAt(sections, 'first', place);
      const column = (place - section.first) % columns;
      const from = section.row + Math.floor((place - section.first) / columns);
      const to = Math.min(rows - 1, Math.max(0, from + by));
      const target = sectionAt(sections, 'row', to);
      const first = target.first + (to - target.row) * columns;
      return Math.min(first + column, target.first + target.count - 1);
    },
  };
};
