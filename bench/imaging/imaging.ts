import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nodeChildren } from '../../src/main/cli/children';
import { createStudio } from '../../src/main/imaging';
import { createPrepareFile } from '../../src/main/preparation';
import { PreparationProfile } from '../../src/shared/model/preparation';
import { watchChildrenMemory } from '../measure/children-memory';
import { findImageMagick, type ImageMagick } from '../peers/image-magick';
import type { Bench, BenchPlace, Row } from '../row';
import { makePhotos, makeScreenshots } from './pictures';

/** `whole`: a WebP that loses nothing, as Picferry makes of flat pictures. */
type Job = { readonly from: string; readonly to: string; readonly format: 'webp' | 'png'; readonly whole: boolean; readonly edge: number | null };
/** `bytes`: of all that was made. */
type Measured = { readonly seconds: number; readonly peakMb: number; readonly bytes: number };

/** As many at once as Picferry makes. */
const AT_ONCE = 2;
const never = new AbortController().signal;

const measured = async (work: () => Promise<void>, bytes: () => number): Promise<Measured> => {
  const memory = watchChildrenMemory();
  const began = performance.now();
  await work();
  return { seconds: (performance.now() - began) / 1000, peakMb: memory.stop(), bytes: bytes() };
};
const bytesOf = (jobs: readonly Job[]) => (): number => jobs.reduce((sum, { to }) => sum + statSync(to).size, 0);

const each = async (jobs: readonly Job[], work: (job: Job) => Promise<void>): Promise<void> => {
  const line = [...jobs];
  const next = async (): Promise<void> => {
    for (let job = line.shift(); job !== undefined; job = line.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
};

/** Resolves to what the command printed. */
const ended = (command: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.on('error', reject).on('close', (code) => (code === 0 ? resolve(printed) : reject(new Error(`${command} ended with ${String(code)}`))));
  });

/**
 * Picferry's preparation as the queue uses it: look, prepare in its processes, hash. The processes stay between pictures, so each
 * has made one before; the native build, too. ImageMagick is a process for each picture.
 */
const ours = async ({ root, folder }: BenchPlace, jobs: readonly Job[]): Promise<Measured & { readonly p99: number }> => {
  const after = (ms: number, act: () => void): (() => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  };
  const studio = createStudio({ children: nodeChildren(join(root, 'out', 'main')), size: AT_ONCE, after });
  const prepare = createPrepareFile({ folder: join(folder, 'prepared'), newId: randomUUID, now: Date.now, studio });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let bytes = 0;
  const work = (some: readonly Job[]): Promise<void> =>
    each(some, async ({ from, format, edge }) => {
      const profile = PreparationProfile.parse({ id: 'bench', name: 'bench', format: format === 'webp' ? 'webp' : 'keep', quality: 80, resize: edge === null ? null : { by: 'longest', value: edge } });
      const made = await prepare({ path: from, name: 'picture', profile }, never);
      bytes += made.bytes;
    });
  await work(jobs.slice(0, AT_ONCE));
  bytes = 0;
  delay.reset();
  const result = await measured(() => work(jobs), () => bytes);
  delay.disable();
  studio.close();
  return { ...result, p99: delay.percentile(99) / 1e6 };
};

const native = async ({ root }: BenchPlace, jobs: readonly Job[]): Promise<Measured> => {
  let seconds = '';
  const { peakMb, bytes } = await measured(async () => void (seconds = await ended(process.execPath, [join(root, 'bench', 'peers', 'native-sharp.mjs'), JSON.stringify(jobs)])), bytesOf(jobs));
  return { seconds: Number(seconds), peakMb, bytes };
};

/** The same work: where it can be said, the same quality and effort. PNG: the tightest deflate, rows predicted one by one. */
const magick = ({ command }: ImageMagick, jobs: readonly Job[]): Promise<Measured> => {
  const sized = (edge: number | null): readonly string[] => (edge === null ? [] : ['-resize', `${edge}x${edge}>`]);
  const encoded = ({ format, whole }: Job): readonly string[] => (format === 'png' ? ['-quality', '95'] : ['-quality', '80', '-define', 'webp:method=4', '-define', `webp:lossless=${whole}`]);
  return measured(() => each(jobs, async (job) => void (await ended(command, [job.from, '-auto-orient', ...sized(job.edge), '-strip', ...encoded(job), `${job.format}:${job.to}`]))), bytesOf(jobs));
};

const beside = (promise: string, jobs: number, we: Measured, peer: Measured, least: number, told: string): Row => {
  const speed = ({ seconds, peakMb, bytes }: Measured): string => `${(jobs / seconds).toFixed(2)}/s, ${peakMb.toFixed(0)} MB, ${(bytes / jobs / 1000).toFixed(0)} KB each`;
  const share = peer.seconds / we.seconds;
  return { promise, figure: `${share.toFixed(2)} x (${speed(we)}; ${told} ${speed(peer)})`, bound: `>= ${least} x`, ok: share >= least };
};

/** The native build is what Picferry itself works with where there is no WebAssembly to be slower. */
const LEAST_OF_NATIVE = process.platform === 'linux' ? 0.4 : 0.9;

/** Throughput and memory of picture work, beside the same library's native build in plain Node, and ImageMagick. */
export const imaging: Bench = {
  name: 'imaging',
  run: async (place) => {
    const out = join(place.folder, 'out');
    mkdirSync(out, { recursive: true });
    const other = findImageMagick();
    place.say(other === null ? 'ImageMagick is not installed and could not be had: what is held against it fails' : `ImageMagick ${other.version} in ${other.command}`);
    place.say('pictures are being drawn');
    const photos = await makePhotos(join(place.folder, 'photos'), 8);
    const screens = await makeScreenshots(join(place.folder, 'screens'), 20);
    const works: readonly (readonly [string, readonly Job[]])[] = [
      ['8 JPEG of 24 megapixels to 2048 px WebP of quality 80', photos.map((from, at) => ({ from, to: join(out, `p${at}`), format: 'webp', whole: false, edge: 2048 }))],
      ['20 screenshots to lossless WebP', screens.map((from, at) => ({ from, to: join(out, `w${at}`), format: 'webp', whole: true, edge: null }))],
      ['20 screenshots to optimised PNG', screens.map((from, at) => ({ from, to: join(out, `s${at}`), format: 'png', whole: true, edge: null }))],
    ];
    const rows: Row[] = [];
    let p99 = 0;
    for (const [name, jobs] of works) {
      place.say(name);
      const [we, library, magicks] = [await ours(place, jobs), await native(place, jobs), other === null ? null : await magick(other, jobs)];
      p99 = Math.max(p99, we.p99);
      rows.push(beside(`${name}, beside native sharp`, jobs.length, we, library, LEAST_OF_NATIVE, 'sharp'));
      rows.push(magicks === null ? { promise: `${name}, beside ImageMagick`, figure: 'not measured: no ImageMagick', bound: '>= 2 x', ok: false } : beside(`${name}, beside ImageMagick`, jobs.length, we, magicks, 2, 'ImageMagick'));
    }
    rows.push({ promise: 'event loop of the main process meanwhile, p99', figure: `${p99.toFixed(1)} ms`, bound: '<= 50 ms', ok: p99 <= 50 });
    return rows;
  },
};
