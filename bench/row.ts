/** One promise's line in the bench's output. */
export type Row = {
  readonly promise: string;
  /** What was measured, in words with units. */
  readonly figure: string;
  /** What it must keep to, in words with units. */
  readonly bound: string;
  readonly ok: boolean;
};

/** A measurement that fills one or more rows. */
export type Bench = { readonly name: string; readonly run: (place: BenchPlace) => Promise<readonly Row[]> };

export type BenchPlace = {
  /** An empty folder of this bench's own, removed afterwards. */
  readonly folder: string;
  /** The Electron binary. */
  readonly electron: string;
  /** The project's root, where `out/` lies. */
  readonly root: string;
  readonly say: (line: string) => void;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

const width = (rows: readonly Row[], key: 'promise' | 'figure' | 'bound'): number => Math.max(key.length, ...rows.map((row) => row[key].length));

/** The rows as a table for a terminal. */
export const table = (rows: readonly Row[]): string => {
  const [a, b, c] = [width(rows, 'promise'), width(rows, 'figure'), width(rows, 'bound')];
  const line = (promise: string, figure: string, bound: string, result: string): string =>
    `${promise.padEnd(a)}  ${figure.padEnd(b)}  ${bound.padEnd(c)}  ${result}`;
  return [line('promise', 'figure', 'bound', 'result'), ...rows.map((row) => line(row.promise, row.figure, row.bound, row.ok ? 'pass' : 'FAIL'))].join('\n');
};
