import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figures } from './library/store-process';
import type { Bench, BenchPlace, Row } from './row';

const run = promisify(execFile);

const SIZES = [1000, 10_000, 100_000] as const;

/** The value below which this share of the values lies. */
const quantile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const times = (answers: Figures['search']): readonly number[] => answers.map((answer) => answer.ms);
const slowest = (answers: Figures['search']): string => {
  const worst = answers.reduce((a, b) => (b.ms > a.ms ? b : a));
  return `slowest ${ms(worst.ms)}: ${worst.what}`;
};

const BUNDLE = "const { bundle } = await import('./scripts/run-ts.mjs'); process.stdout.write(await bundle('bench/library/store-process.ts'));";

/** Each store fills its folder in one process and is measured in the next one. */
const measure = async (place: BenchPlace, program: string, kind: 'ours' | 'json', size: number): Promise<Figures> => {
  const folder = join(place.folder, `${kind}-${String(size)}`);
  mkdirSync(folder);
  const part = async (phase: 'seed' | 'ask'): Promise<Partial<Figures>> =>
    JSON.parse((await run(process.execPath, [program, kind, phase, folder, String(size)], { cwd: place.root, maxBuffer: 2 ** 26 })).stdout) as Partial<Figures>;
  const { seed } = await part('seed');
  return { ...((await part('ask')) as Figures), seed: seed ?? Number.NaN };
};

const rowsOf = (size: number, ours: Figures, json: Figures): readonly Row[] => {
  const at = `${size.toLocaleString('en')} uploads:`;
  const row = (promise: string, mine: number, theirs: number, bound: number, more: string): Row => ({
    promise: `${at} ${promise}`,
    figure: `${ms(mine)} (JSON + gzip ${ms(theirs)})${more === '' ? '' : `; ${more}`}`,
    bound: `≤ ${String(bound)} ms`,
    ok: mine <= bound,
  });
  const p95 = (key: 'search' | 'filter' | 'sort'): readonly [number, number] => [quantile(times(ours[key]), 0.95), quantile(times(json[key]), 0.95)];
  return [
    row('insert of one, p95', quantile(ours.insert, 0.95), quantile(json.insert, 0.5), 2, `median ${ms(quantile(ours.insert, 0.5))}`),
    row('open to first screen', ours.open, json.open, 150, ''),
    row('search as you type, p95', ...p95('search'), 30, slowest(ours.search)),
    row('filter change, p95', ...p95('filter'), 50, slowest(ours.filter)),
    row('sort change once the first screen has settled, p95', ...p95('sort'), 50, slowest(ours.sort)),
    {
      promise: `${at} memory, file, seeding`,
      figure: `${ours.memory.toFixed(0)} MiB, ${ours.file.toFixed(0)} MiB, ${(ours.seed / 1000).toFixed(1)} s (JSON + gzip ${json.memory.toFixed(0)} MiB, ${json.file.toFixed(0)} MiB, ${(json.seed / 1000).toFixed(1)} s)`,
      bound: 'for comparison',
      ok: true,
    },
  ];
};

/** The library at three sizes, side by side with PicGo's gallery store. Every answer is the first one after a change. */
export const library: Bench = {
  name: 'library',
  run: async (place) => {
    const program = (await run(process.execPath, ['--input-type=module', '-e', BUNDLE], { cwd: place.root })).stdout.trim();
    const rows: Row[] = [];
    for (const size of SIZES) {
      place.say(`${String(size)} uploads`);
      rows.push(...rowsOf(size, await measure(place, program, 'ours', size), await measure(place, program, 'json', size)));
    }
    return rows;
  },
};
