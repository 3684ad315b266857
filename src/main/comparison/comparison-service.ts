import { mkdir, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { ComparedSide, Comparison } from '../../shared/model/comparison';
import type { PreparationProfile } from '../../shared/model/preparation';
import { AS_IT_IS } from '../../shared/model/preparation-profiles';
import type { Studio } from '../imaging';
import type { Counters } from '../preparation';
import type { PreviewsService } from '../previews';
import type { FileFacts, JobSource, PrepareFile, QueueService } from '../queue';
import type { ComparisonService, CompareSource } from './contract';
import { describeFile } from './describe-file';

export type ComparisonDeps = {
  /** For what is made only to be drawn. */
  readonly folder: string;
  readonly prepare: PrepareFile;
  readonly studio: Pick<Studio, 'make' | 'missingLetters'>;
  readonly previews: Pick<PreviewsService, 'share'>;
  readonly queue: Pick<QueueService, 'source'>;
  readonly counters: Pick<Counters, 'next'>;
  readonly newId: () => string;
  readonly now: () => number;
};

/** What the window's engine draws. */
const DRAWN = new Set(['image/jpeg', 'image/png', 'image/apng', 'image/gif', 'image/webp', 'image/avif', 'image/bmp', 'image/svg+xml', 'image/x-icon']);
/** Larger pictures would hold the window up, and its memory. */
const MOST_PIXELS = 50_000_000;
const REDUCED_EDGE = 4096;
/** As much of a file as is read for what it says. */
const MOST_READ = 8 * 1024 * 1024;
/** Files made ready for an estimate. */
const SAMPLES = 3;

type Wanted = { readonly path: string; readonly name: string; readonly named: boolean; readonly profile: PreparationProfile; readonly takes?: readonly string[]; readonly clipboardApp?: string };

/** Files made ready to be looked at, over what makes them ready for the queue. */
export function createComparison(deps: ComparisonDeps): ComparisonService {
  const examples = new Map<string, string>();
  const running = { compare: new AbortController(), estimate: new AbortController() };

  /** One of each is made at a time; what nobody waits for any more ends. */
  const next = async <T>(kind: keyof typeof running, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    running[kind].abort();
    const mine = new AbortController();
    running[kind] = mine;
    const end = (): void => mine.abort();
    outer.addEventListener('abort', end, { once: true });
    if (outer.aborted) end();
    try {
      return await work(mine.signal);
    } catch (error) {
      if (mine.signal.aborted) throw new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, deps.now()));
      throw error;
    } finally {
      outer.removeEventListener('abort', end);
    }
  };
  const gone = (): PicferryError => new PicferryError(problemOf({ kind: 'not_found', message: 'originalGone' }, deps.now()));
  const jobSource = (id: string): JobSource => {
    const source = deps.queue.source(id);
    if (source === null) throw gone();
    return source;
  };
  const wantedOf = (source: CompareSource, profile: PreparationProfile | null): Wanted => {
    if ('jobId' in source) {
      const job = jobSource(source.jobId);
      return { ...job, profile: profile ?? job.profile };
    }
    const path = examples.get(source.exampleId);
    if (path === undefined) throw gone();
    return { path, name: basename(path), named: false, profile: profile ?? AS_IT_IS };
  };

  /** What the window can draw of a file. `ours`: it goes with its address. */
  const sideOf = async (facts: FileFacts, path: string, ours: boolean, signal: AbortSignal): Promise<ComparedSide> => {
    const { partName: name, bytes, mime, width, height } = facts;
    const plain = { name, bytes, mime, width, height };
    const large = width !== null && height !== null && width * height > MOST_PIXELS;
    if (DRAWN.has(mime) && !large) return { ...plain, address: deps.previews.share({ path, type: mime, bytes }, ours), reduced: false };
    const to = join(deps.folder, deps.newId());
    await mkdir(deps.folder, { recursive: true, mode: 0o700 });
    const look: PreparationProfile = { ...AS_IT_IS, format: 'webp', quality: 90, resize: large ? { by: 'longest', value: REDUCED_EDGE } : null };
    const made = await deps.studio.make(path, to, look, signal);
    if (ours) await rm(path, { force: true });
    if (made.type !== 'made') {
      await rm(to, { force: true });
      signal.throwIfAborted();
      return { ...plain, address: null, reduced: false };
    }
    return { ...plain, address: deps.previews.share({ path: to, type: 'image/webp', bytes: (await stat(to)).size }, true), reduced: large };
  };

  const compare = async (wanted: Wanted, signal: AbortSignal): Promise<Comparison> => {
    const { path, name, named } = wanted;
    const original = await deps.prepare({ path, name, named, profile: AS_IT_IS }, signal);
    const told = await describeFile(await startOf(path));
    const began = deps.now();
    const made = await attempt(() => deps.prepare({ ...wanted, count: () => deps.counters.next(wanted.profile.id) }, signal), signal);
    const ms = deps.now() - began;
    const before = await sideOf(original, path, false, signal);
    if ('problem' in made) return { before: { ...before, name }, after: null, problem: made.problem, same: false, report: null, ms, ...told };
    const { facts } = made;
    const same = facts.prepared === null;
    const after = same ? { ...before, name: facts.partName } : await sideOf(facts, facts.prepared, true, signal);
    return { before: { ...before, name }, after, problem: null, same, report: facts.report, ms, ...told };
  };

  return {
    async example(path) {
      const { size } = await stat(path).catch((error: unknown) => {
        throw codeOf(error) === '' ? error : gone();
      });
      const id = deps.newId();
      examples.set(id, path);
      return { id, name: basename(path), bytes: size };
    },
    compare: (source, profile, signal) => next('compare', signal, (mine) => compare(wantedOf(source, profile), mine)),
    estimate: (jobIds, signal) =>
      next('estimate', signal, async (mine) => {
        const files = jobIds.flatMap((id) => deps.queue.source(id) ?? []);
        const known = files.flatMap(({ made }) => made ?? []);
        const unknown = (await Promise.all(files.filter(({ made }) => made === null).map(async (file) => ({ file, bytes: await sizeOf(file.path) })))).sort((a, b) => a.bytes - b.bytes);
        const samples = unknown.length <= SAMPLES ? unknown : [unknown[0], unknown[unknown.length >> 1], unknown.at(-1)].flatMap((one) => one ?? []);
        const measured = { before: 0, after: 0 };
        for (const { file, bytes } of samples) {
          const made = await attempt(() => deps.prepare(file, mine), mine);
          measured.before += bytes;
          measured.after += 'problem' in made ? bytes : made.facts.bytes;
          if (!('problem' in made) && made.facts.prepared !== null) await rm(made.facts.prepared, { force: true });
        }
        const rest = unknown.reduce((sum, { bytes }) => sum + bytes, 0);
        const share = measured.before === 0 ? 1 : measured.after / measured.before;
        const sum = (pick: (one: { readonly before: number; readonly after: number }) => number): number => known.reduce((total, one) => total + pick(one), 0);
        return { files: files.length, before: sum(({ before }) => before) + rest, after: Math.round(sum(({ after }) => after) + rest * share), exact: samples.length === unknown.length };
      }),
    missingLetters: deps.studio.missingLetters,
    stop() {
      for (const one of Object.values(running)) one.abort();
    },
  };
}

/** What came of making a file ready: facts, or what stood in the way. Rejects when `signal` aborts. */
async function attempt(work: () => Promise<FileFacts>, signal: AbortSignal): Promise<{ readonly facts: FileFacts } | { readonly problem: PicferryError['problem'] }> {
  try {
    return { facts: await work() };
  } catch (error) {
    if (signal.aborted || !(error instanceof PicferryError)) throw error;
    return { problem: error.problem };
  }
}

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return 0;
  }
};

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const wanted = Math.min(size, MOST_READ);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
