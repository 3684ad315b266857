import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { heicPhoto } from '../../../test/pictures/sample-heifs';
import { png } from '../../../test/queue/queue-world';
import { PicferryError } from '../../lib/picferry-error';
import { PreparationProfile } from '../../shared/model/preparation';
import { AS_IT_IS } from '../../shared/model/preparation-profiles';
import type { Studio } from '../imaging';
import { createPrepareFile } from '../preparation';
import type { Served } from '../previews';
import type { JobSource } from '../queue';
import { createComparison } from './comparison-service';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-comparison-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const WEBP = PreparationProfile.parse({ id: 'webp', name: 'Blog', format: 'webp' });
const MADE = png();
type Make = Studio['make'];
const making: Make = (_path, to) => {
  writeFileSync(to, MADE);
  return Promise.resolve({ type: 'made', extension: 'webp', recoded: true, removed: ['exif'] });
};
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'resolved',
    (error: unknown) => (error instanceof PicferryError ? error.problem.kind : String(error)),
  );

function world(make: Make = making) {
  const shared: (Served & { readonly ours: boolean })[] = [];
  const jobs = new Map<string, JobSource>();
  let [ids, counted] = [0, 0];
  const studio: Pick<Studio, 'make' | 'missingLetters'> = { make, missingLetters: () => Promise.resolve('ꦲ') };
  const [newId, now] = [(): string => `id-${(ids += 1)}`, (): number => 1_700_000_000_000];
  const service = createComparison({
    folder: join(folder, 'looks'),
    prepare: createPrepareFile({ folder: join(folder, 'prepared'), newId, now, studio }),
    studio,
    previews: { share: (file, ours) => (shared.push({ ...file, ours }), `picture://preview/${shared.length}`) },
    queue: { source: (id) => jobs.get(id) ?? null },
    counters: { next: () => (counted += 1) },
    newId,
    now,
  });
  const job = (id: string, part: Partial<JobSource> = {}, bytes: Uint8Array = png()): string => {
    const path = join(folder, `${id}.png`);
    writeFileSync(path, bytes);
    jobs.set(id, { path, name: `${id}.png`, named: false, profile: WEBP, takes: [], clipboardApp: '', made: null, ...part });
    return path;
  };
  return { service, shared, job, looks: (): number => counted };
}

test('a job is shown before and after: the file as it lies there, and the copy, which goes with its address', async () => {
  const { service, shared, job } = world();
  const path = job('a');
  const before = readFileSync(path);
  const compared = await service.compare({ jobId: 'a' }, null, never);
  expect(compared).toMatchObject({ same: false, problem: null, report: { recoded: true, removed: ['exif'] }, before: { name: 'a.png', address: 'picture://preview/1' }, after: { name: 'a.webp', bytes: MADE.length, address: 'picture://preview/2' } });
  expect(shared.map(({ path: of, ours }) => [of === path, ours])).toEqual([[true, false], [false, true]]);
  expect(readFileSync(path)).toEqual(before);
});

test('another profile is tried without the job knowing, and one that changes nothing shows the file itself', async () => {
  const { service, shared, job } = world();
  job('a');
  expect(await service.compare({ jobId: 'a' }, AS_IT_IS, never)).toMatchObject({ same: true, after: { name: 'a.png', address: 'picture://preview/1' } });
  expect(shared).toHaveLength(1);
});

test('a number in a name is the one that comes next, and none is taken by looking', async () => {
  const { service, job, looks } = world();
  job('a', { profile: PreparationProfile.parse({ id: 'n', name: 'n', naming: { ...WEBP.naming, template: 'shot-{counter}' } }) });
  expect((await service.compare({ jobId: 'a' }, null, never)).after?.name).toBe('shot-1.png');
  expect(looks()).toBe(1);
});

test('what cannot be made ready is said, beside the file as it is', async () => {
  const { service, job } = world(() => Promise.resolve({ type: 'failed', why: 'too_big' }));
  job('a');
  expect(await service.compare({ jobId: 'a' }, null, never)).toMatchObject({ after: null, problem: { message: 'prepareTooBig' }, before: { name: 'a.png' } });
});

test('a format that no window draws is drawn as another one, and what was made for that stays nowhere', async () => {
  const { service, shared, job } = world();
  job('a', { profile: AS_IT_IS }, heicPhoto());
  const { before } = await service.compare({ jobId: 'a' }, null, never);
  expect([before.mime, before.reduced, shared[0]?.type, shared[0]?.ours]).toEqual(['image/heic', false, 'image/webp', true]);
  const none = world(() => Promise.resolve({ type: 'failed', why: 'failed' }));
  none.job('b', { profile: AS_IT_IS }, heicPhoto());
  expect((await none.service.compare({ jobId: 'b' }, null, never)).before.address).toBeNull();
  expect(none.shared).toEqual([]);
});

test('a chosen example is compared by any profile; a job or an example that is not there is said to be gone', async () => {
  const { service, job } = world();
  const path = job('a');
  const { id, name, bytes } = await service.example(path);
  expect([name, bytes]).toEqual(['a.png', readFileSync(path).length]);
  expect(await service.compare({ exampleId: id }, WEBP, never)).toMatchObject({ same: false });
  expect(await service.compare({ exampleId: id }, null, never)).toMatchObject({ same: true });
  expect(await code(service.compare({ jobId: 'nowhere' }, null, never))).toBe('not_found');
  expect(await code(service.compare({ exampleId: 'nowhere' }, null, never))).toBe('not_found');
  expect(await code(service.example(join(folder, 'nowhere.png')))).toBe('not_found');
});

test('one is made at a time: the next one, a closed window and the end of the app end it as cancelled', async () => {
  const held: Make = (_path, _to, _profile, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve({ type: 'cancelled' }), { once: true }));
  const { service, job } = world(held);
  job('a');
  const first = code(service.compare({ jobId: 'a' }, null, never));
  const leaving = new AbortController();
  const second = code(service.compare({ jobId: 'a' }, null, leaving.signal));
  expect(await first).toBe('cancelled');
  leaving.abort();
  expect(await second).toBe('cancelled');
  const third = code(service.compare({ jobId: 'a' }, null, never));
  service.stop();
  expect(await third).toBe('cancelled');
  const gone = new AbortController();
  gone.abort();
  expect(await code(service.compare({ jobId: 'a' }, null, gone.signal))).toBe('cancelled');
});

test('a few files are made ready for an estimate of many, and none of those copies stays', async () => {
  const made: string[] = [];
  const { service, job } = world((path, to, ...rest) => (made.push(to), making(path, to, ...rest)));
  const sizes = [100, 200, 300, 400, 500];
  for (const [index, more] of sizes.entries()) job(`j${index}`, {}, Buffer.concat([MADE, Buffer.alloc(more)]));
  const total = sizes.reduce((sum, more) => sum + MADE.length + more, 0);
  const few = await service.estimate(['j0', 'j1'], never);
  expect(few).toEqual({ files: 2, before: MADE.length * 2 + 300, after: MADE.length * 2, exact: true });
  const all = await service.estimate(['j0', 'j1', 'j2', 'j3', 'j4', 'nowhere'], never);
  expect([all.files, all.before, all.exact]).toEqual([5, total, false]);
  expect(all.after).toBe(Math.round((total * MADE.length * 3) / (MADE.length * 3 + 100 + 300 + 500)));
  expect(made).toHaveLength(5);
  expect(made.filter((path) => existsSync(path))).toEqual([]);
});

test('what was made ready already counts as it is, and what cannot be made counts whole', async () => {
  const { service, job } = world(() => Promise.resolve({ type: 'failed', why: 'failed' }));
  job('known', { made: { before: 1000, after: 300 } });
  const path = job('bad');
  const { length } = readFileSync(path);
  expect(await service.estimate(['known', 'bad'], never)).toEqual({ files: 2, before: 1000 + length, after: 300 + length, exact: true });
  expect(await service.missingLetters('aꦲ')).toBe('ꦲ');
});
