import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Bench, BenchPlace, Row } from './row';

const run = promisify(execFile);

const BUNDLE = "const { bundle } = await import('./scripts/run-ts.mjs'); process.stdout.write(await bundle('bench/merge/measure.ts'));";
type Figures = Readonly<Record<string, number>>;

/** Each measurement has a process of its own, with the heap that the merge's worker gets. */
const measure = async ({ root }: BenchPlace, program: string, ...args: readonly string[]): Promise<Figures> =>
  JSON.parse((await run(process.execPath, ['--expose-gc', '--max-old-space-size=3072', program, ...args], { cwd: root, maxBuffer: 2 ** 20 })).stdout) as Figures;

const times = (figures: Figures, key: string): string => `${(figures[key] ?? Number.NaN).toFixed(1)}×`;
const megabytes = (figures: Figures): string => `${((figures['bytes'] ?? 0) / 1e6).toFixed(0)} MB`;

const ratio = (promise: string, figures: Figures, key: string, most: number, more = ''): Row => ({
  promise,
  figure: `${times(figures, key)}${more}`,
  bound: `≤ ${String(most)}×`,
  ok: (figures[key] ?? Number.NaN) <= most,
});

const partRows = (ten: Figures, forty: Figures, fifty: Figures): readonly Row[] => {
  const parse = `; JSON.parse ${(ten['parse'] ?? 0).toFixed(0)} ms`;
  const scaling = { scaling: (forty['mergeMs'] ?? Number.NaN) / (ten['mergeMs'] ?? Number.NaN) };
  return [
    ratio(`P1 merge of parsed ${megabytes(ten)}, 1 % edited on each side`, ten, 'merge', 6, `${parse}; ${times(ten, 'recorded')} with changes recorded`),
    ratio(`P2 text to merged text, ${megabytes(ten)}`, ten, 'whole', 12, `; reading one text ${times(ten, 'read')}`),
    ratio(`P2 text to merged text, ${megabytes(fifty)}`, fifty, 'whole', 14, `; JSON.parse ${(fifty['parse'] ?? 0).toFixed(0)} ms`),
    ratio(`P3 guard scan, ${megabytes(ten)}`, ten, 'guard', 2),
    ratio(`P3 canonical form and SHA-256, ${megabytes(ten)}`, ten, 'hash', 6),
    ratio(`P4 merge of ${megabytes(forty)} against ${megabytes(ten)}`, scaling, 'scaling', 5),
  ];
};

const listRows = (list: Figures): readonly Row[] => {
  const unchanged = `; unchanged ${(list['unchanged'] ?? 0).toFixed(1)} ms`;
  return [
    ratio('P4 10,000-item list, new head and new tail, against the unchanged list', list, 'ends', 3, unchanged),
    ratio('P4 the same, 1 % of the items edited', list, 'spread', 10),
    ratio('P4 the same, all in another order on one side', list, 'shuffle', 10),
    ratio('P4 the same with changes recorded', list, 'recordedShuffle', 10),
    ratio('P4 the same, in two other orders', list, 'shuffles', 10, `; ${String(list['shuffleConflicts'])} conflict`),
  ];
};

const limit = (promise: string, figure: number, most: number, unit: string): Row => ({ promise, figure: `${figure.toFixed(1)} ${unit}`, bound: `≤ ${String(most)} ${unit}`, ok: figure <= most });

const otherRows = (memory: Figures, resolver: Figures, waiting: Figures): readonly Row[] => [
  limit(`P5 peak memory of merging three texts of ${megabytes(memory)}, per byte of one`, memory['peak'] ?? Number.NaN, 40, 'bytes'),
  limit('P8 resolver with 10,000 conflicts: read, merged, first rows', resolver['opening'] ?? Number.NaN, 1000, 'ms'),
  limit('P8 one choice, what the window draws of it', resolver['one'] ?? Number.NaN, 100, 'ms'),
  limit('P8 take all and take it back, drawn both times', resolver['all'] ?? Number.NaN, 500, 'ms'),
  limit(`a further version while ${(waiting['open'] ?? 0).toLocaleString('en')} places wait: their base, and the merge over it`, waiting['waiting'] ?? Number.NaN, 1000, 'ms'),
  { promise: 'P8 all taken back', figure: resolver['undone'] === 1 ? 'the same to the byte' : 'another document', bound: 'the same to the byte', ok: resolver['undone'] === 1 },
];

/** The merge of JSON documents against JSON.parse of one of them (SYNC.md §5.2). */
export const merge: Bench = {
  name: 'merge',
  run: async (place) => {
    const program = (await run(process.execPath, ['--input-type=module', '-e', BUNDLE], { cwd: place.root })).stdout;
    const parts = async (size: number, runs: number): Promise<Figures> => {
      place.say(`three documents of ${String(size)} MB`);
      return measure(place, program, 'parts', String(size), String(runs));
    };
    const [ten, forty, fifty] = [await parts(10, 5), await parts(40, 5), await parts(50, 3)];
    place.say('lists, memory, resolver');
    const list = await measure(place, program, 'list', '0', '9');
    const memory = await measure(place, program, 'memory', '50');
    const resolver = await measure(place, program, 'resolver', '0', '5');
    return [...partRows(ten, forty, fifty), ...listRows(list), ...otherRows(memory, resolver, await measure(place, program, 'waiting', '0', '5'))];
  },
};
