import type { SyncVersionRow, SyncVersionSide } from '../../../shared/model/sync';

/** A line of the timeline: a day's heading, the file as it is now, or a version. */
export type TimelineLine = { readonly kind: 'day'; readonly day: string } | { readonly kind: 'file' } | { readonly kind: 'version'; readonly row: SyncVersionRow };

/** The day in a host's label of a time, as `YYYY-MM-DD`; '' where there is none. */
export const dayOfLabel = (label: string | null): string => /^\d{4}-\d{2}-\d{2}/.exec(label ?? '')?.[0] ?? '';

/** Versions under the days of their labels; the file comes first. */
export const timelineOf = (rows: readonly SyncVersionRow[], withFile: boolean): readonly TimelineLine[] => {
  const lines: TimelineLine[] = withFile ? [{ kind: 'file' }] : [];
  let day: string | null = null;
  for (const row of rows) {
    const of = dayOfLabel(row.createdAt);
    // Where no time is known there is no day to name.
    if (of !== day && (of !== '' || day !== null)) lines.push({ kind: 'day', day: of });
    day = of;
    lines.push({ kind: 'version', row });
  }
  return lines;
};

export const sideOf = (line: TimelineLine): SyncVersionSide | null => (line.kind === 'day' ? null : line.kind === 'file' ? 'file' : line.row.version);
