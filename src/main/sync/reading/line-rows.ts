import { align } from '../../../merge';
import type { LineRow } from '../../../shared/model/sync-views';

/** Equal lines shown before and behind changed ones. */
const AROUND = 3;
/** Longer lines are cut for show. */
export const LONGEST_LINE = 2_000;

/** Two texts line by line, as rows that are made when asked for. */
export type LineRows = { readonly page: (whole: boolean, offset: number, limit: number) => { readonly rows: readonly LineRow[]; readonly total: number } };

/** A run of rows of one kind; `before` and `after` are the first lines' places. */
type Run = { readonly kind: LineRow['kind']; readonly count: number; readonly before: number; readonly after: number };

/** What both texts have and what either has, in order. */
const runsOf = (before: readonly string[], after: readonly string[]): readonly Run[] => {
  const hunks = align(before, after) ?? [{ lo: 0, hi: before.length, from: 0, to: after.length }];
  const runs: Run[] = [];
  const add = (run: Run): void => void (run.count > 0 && runs.push(run));
  let [b, a] = [0, 0];
  for (const { lo, hi, from, to } of hunks) {
    add({ kind: 'same', count: lo - b, before: b, after: a });
    add({ kind: 'removed', count: hi - lo, before: lo, after: from });
    add({ kind: 'added', count: to - from, before: hi, after: from });
    [b, a] = [hi, to];
  }
  add({ kind: 'same', count: before.length - b, before: b, after: a });
  return runs;
};

/** The same with long stretches of equal lines folded. */
const folded = (runs: readonly Run[]): readonly Run[] =>
  runs.flatMap((run, index): readonly Run[] => {
    if (run.kind !== 'same') return [run];
    const head = index === 0 ? 0 : AROUND;
    const tail = index === runs.length - 1 ? 0 : AROUND;
    const hidden = run.count - head - tail;
    if (hidden < 2) return [run];
    return [
      ...(head === 0 ? [] : [{ ...run, count: head }]),
      { kind: 'fold', count: hidden, before: run.before + head, after: run.after + head },
      ...(tail === 0 ? [] : [{ ...run, count: tail, before: run.before + head + hidden, after: run.after + head + hidden }]),
    ];
  });

const lengthOf = ({ kind, count }: Run): number => (kind === 'fold' ? 1 : count);

export const lineRows = (before: readonly string[], after: readonly string[]): LineRows => {
  const all = runsOf(before, after);
  const few = folded(all);
  const lineAt = (lines: readonly string[], index: number): string => (lines[index] ?? '').slice(0, LONGEST_LINE);
  const rowAt = (run: Run, within: number): LineRow => {
    const [b, a] = [run.before + within, run.after + within];
    if (run.kind === 'same') return { kind: 'same', before: b + 1, after: a + 1, text: lineAt(after, a) };
    if (run.kind === 'removed') return { kind: 'removed', before: b + 1, text: lineAt(before, b) };
    if (run.kind === 'added') return { kind: 'added', after: a + 1, text: lineAt(after, a) };
    return { kind: 'fold', count: run.count };
  };
  return {
    page(whole, offset, limit) {
      const rows: LineRow[] = [];
      let at = 0;
      for (const run of whole ? all : few) {
        const length = lengthOf(run);
        for (let row = Math.max(offset, at); row < Math.min(at + length, offset + limit); row += 1) rows.push(rowAt(run, row - at));
        at += length;
      }
      return { rows, total: at };
    },
  };
};
