import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nodeChildren } from '../../src/main/cli/children';
import { createStudio } from '../../src/main/imaging';
import { createPrepareFile } from '../../src/main/preparation';
import { PreparationProfile } from '../../src/shared/model/preparation';
import { watchChildrenMemory } from '../measure/children-memory';
import type { Bench, BenchPlace, Row } from '../row';
import { makePhotos, makeScreenshots } from './pictures';

type Job = { readonly from: string; readonly to: string; readonly format: 'webp' | 'png'; readonly edge: number | null };
type Measured = { readonly seconds: number; readonly peakMb: number };

/** As many at once as Picferry makes. */
const AT_ONCE = 2;
const never = new AbortController().signal;

const measured = async (work: () => Promise<void>): Promise<Measured> => {
  const memory = watchChildrenMemory();
  const began = performance.now();
  await work();
  return { seconds: (performance.now() - began) / 1000, peakMb: memory.stop() };
};

const each = async (jobs: readonly Job[], work: (job: Job) => Promise<void>): Promise<void> => {
  const line = [...jobs];
  const next = async (): Promise<void> => {
    for (let job = line.shift(); job !== undefined; job = line.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
};

const ended = (command: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
      .on('error', reject)
      .on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${String(code)}`))));
  });

/** Picferry's preparation as queue and command line use it: look, prepare in its processes, hash. */
const ours = async ({ root, folder }: BenchPlace, jobs: readonly Job[]): Promise<Measured & { readonly p99: number }> => {
  const after = (ms: number, act: () => void): (() => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  };
  const studio = createStudio({ children: nodeChildren(join(root, 'out', 'main')), size: AT_ONCE, after });
  const prepare = createPrepareFile({ folder: join(folder, 'prepared'), newId: randomUUID, now: Date.now, studio });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const result = await measured(() =>
    each(jobs, async ({ from, format, edge }) => {
      const profile = PreparationProfile.parse({ id: 'bench', name: 'bench', format: format === 'webp' ? 'webp' : 'keep', quality: 80, resize: edge === null ? null : { by: 'longest', value: edge } });
      await prepare({ path: from, name: 'picture', profile }, never);
    }),
  );
  delay.disable();
  studio.close();
  return { ...result, p99: delay.percentile(99) / 1e6 };
};

const native = ({ root }: BenchPlace, jobs: readonly Job[]): Promise<Measured> => measured(() => ended(process.execPath, [join(root, 'bench', 'peers', 'native-sharp.mjs'), JSON.stringify(jobs)]));

const magick = (jobs: readonly Job[]): Promise<Measured> =>
  measured(() => each(jobs, ({ from, to, format, edge }) => ended('convert', [from, '-auto-orient', ...(edge === null ? [] : ['-resize', `${edge}x${edge}>`]), ...(format === 'webp' ? ['-quality', '80'] : ['-quality', '95']), `${format}:${to}`])));

/** Throughput and memory of picture work, beside the same library's native build in plain Node, and ImageMagick. */
export const imaging: Bench = {
  name: 'imaging',
  run: async (place) => {
    const out = join(place.folder, 'out');
    mkdirSync(out, { recursive: true });
    place.say('pictures are being drawn');
    const photos = await makePhotos(join(place.folder, 'photos'), 8);
    const screens = await makeScreenshots(join(place.folder, 'screens'), 20);
    const works: readonly (readonly [string, readonly Job[]])[] = [
      ['24-megapixel JPEG to 2048 px WebP', photos.map((from, at) => ({ from, to: join(out, `p${at}`), format: 'webp', edge: 2048 }))],
      ['20 screenshots to WebP', screens.map((from, at) => ({ from, to: join(out, `w${at}`), format: 'webp', edge: null }))],
      ['20 screenshots to optimised PNG', screens.map((from, at) => ({ from, to: join(out, `s${at}`), format: 'png', edge: null }))],
    ];
    const rows: Row[] = [];
    let p99 = 0;
    for (const [name, jobs] of works) {
      place.say(name);
      const [we, library, other] = [await ours(place, jobs), await native(place, jobs), await magick(jobs)];
      p99 = Math.max(p99, we.p99);
      const told = ({ seconds, peakMb }: Measured): string => `${(jobs.length / seconds).toFixed(2)}/s, ${peakMb.toFixed(0)} MB`;
      const [toLibrary, toOther] = [library.seconds / we.seconds, other.seconds / we.seconds];
      rows.push({ promise: `${name}, beside native sharp`, figure: `${toLibrary.toFixed(2)} x (${told(we)}; sharp ${told(library)})`, bound: '>= 0.4 x', ok: toLibrary >= 0.4 });
      rows.push({ promise: `${name}, beside ImageMagick`, figure: `${toOther.toFixed(2)} x (${told(other)})`, bound: '>= 2 x', ok: toOther >= 2 });
    }
    rows.push({ promise: 'event loop of the main process meanwhile, p99', figure: `${p99.toFixed(1)} ms`, bound: '<= 50 ms', ok: p99 <= 50 });
    return rows;
  },
};
