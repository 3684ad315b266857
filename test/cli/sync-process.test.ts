import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PicferryError } from '../../src/lib/picferry-error';
import { nodeChildren } from '../../src/main/cli/children';
import type { ChildProcessPort } from '../../src/main/services';
import { createEngineProcess, type EngineProcess } from '../../src/main/sync/process/engine-process';
import { startTestHost, type TestHost } from '../host/test-host';
import { SHORT_LIMITS } from '../providers/fixture';

/** The built programs; `npm run build` makes them. */
const PROGRAMS = resolve(import.meta.dirname, '..', '..', 'out', 'main');
const DOCUMENT = { account: 'wiz', fileKey: 'doc' } as const;

let host: TestHost;
let root: string;
let engine: EngineProcess;
let children: { readonly kill: () => void }[];
beforeAll(async () => {
  host = await startTestHost();
});
afterAll(() => host.stop());
beforeEach(async () => {
  await host.control.reset();
  root = mkdtempSync(join(tmpdir(), 'picferry-sync-process-'));
  children = [];
  const real = nodeChildren(PROGRAMS);
  const watched: ChildProcessPort = {
    start: (entry) => {
      const child = real.start(entry);
      children.push(child);
      return child;
    },
  };
  engine = createEngineProcess({
    children: watched,
    setup: { folder: join(root, 'sync'), deviceName: 'Desk', userAgent: 'test', asksProxy: false },
    answer: () => Promise.resolve({ provider: 'wizs', name: 'WiZs', url: host.urls.wizs, settings: {}, secrets: { key: host.keys.wizs }, limits: SHORT_LIMITS, proxy: { mode: 'none' } }),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    now: Date.now,
  });
});
afterEach(async () => {
  await engine.close();
  rmSync(root, { recursive: true, force: true });
});

const file = (): string => join(root, 'doc.json');
const write = (value: unknown): void => writeFileSync(file(), JSON.stringify(value));
const read = (): unknown => JSON.parse(readFileSync(file(), 'utf8')) as unknown;
const contents = (): readonly unknown[] => host.control.documents.versions(DOCUMENT.fileKey).map(({ content }) => JSON.parse(content) as unknown);
const pushes = (): number => host.control.requests().filter(({ call }) => call === 'json-push').length;
/** Conflicts at the host: open ones by 0, resolved ones by 1. */
const conflictsOf = async (resolved: 0 | 1): Promise<number> => {
  const answer = await fetch(`${host.urls.wizs}/api/v1/json/conflicts.php?resolved=${resolved}`, { headers: { 'X-API-Key': host.keys.wizs } });
  return ((await answer.json()) as { readonly total: number }).total;
};
const run = (): Promise<unknown> => engine.ask('run', [DOCUMENT, {}]);
/** At version 1, with an edit that waits. */
const edited = async (): Promise<void> => {
  write({ n: 1 });
  await engine.ask('add', [DOCUMENT, file(), {}]);
  await run();
  write({ n: 2 });
};

describe('the process that syncs', { timeout: 120_000 }, () => {
  it.each([
    ['before the host had it', false],
    ['after the host had it', true],
  ])('killed in the middle of a push, %s, loses nothing and sends nothing twice', async (_when, afterWork) => {
    await edited();
    host.control.failNext({ call: 'json-push', hang: true, afterWork });
    const before = pushes();
    const ended = run().catch((error: unknown) => error);
    await vi.waitFor(() => expect(pushes()).toBe(before + 1));
    await vi.waitFor(() => expect(contents()).toHaveLength(afterWork ? 2 : 1));
    children[0]?.kill();
    expect(await ended).toBeInstanceOf(PicferryError);
    expect(await ended).toMatchObject({ problem: { message: 'syncStopped' } });
    expect(read()).toEqual({ n: 2 });

    expect(await run()).toMatchObject({ state: 'clean', version: 2 });
    expect([contents(), read(), children.length]).toEqual([[{ n: 1 }, { n: 2 }], { n: 2 }, 2]);
    write({ n: 3 });
    expect(await run()).toMatchObject({ state: 'clean', version: 3 });
    expect(contents()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
  describe.each(['pushed', 'stored'] as const)('where "local" is what was %s', (localMeans) => {
    it.each([
      ['before the host had it', false],
      ['after the host had it', true],
    ])('killed in the middle of a resolution, %s, resolves once and loses nothing', async (_when, afterWork) => {
      host.control.set({ wizs: { baseTracking: 'push', localMeans } });
      await edited();
      host.control.documents.pushAs({ file_key: DOCUMENT.fileKey, device_id: 'other', content: { n: 1, other: 1 } });
      host.control.failNext({ call: 'json-resolve', hang: true, afterWork });
      const resolves = (): number => host.control.requests().filter(({ call }) => call === 'json-resolve').length;
      const ended = run().catch((error: unknown) => error);
      await vi.waitFor(() => expect(resolves()).toBe(1));
      const resolved = (): Promise<number> => conflictsOf(1);
      await vi.waitFor(async () => expect(await resolved()).toBe(afterWork ? 1 : 0));
      children[0]?.kill();
      expect(await ended).toMatchObject({ problem: { message: 'syncStopped' } });

      expect(await run()).toMatchObject({ state: 'clean', openConflicts: 0 });
      expect([read(), contents(), await resolved(), await conflictsOf(0)]).toEqual([{ n: 2, other: 1 }, [{ n: 1 }, { n: 1, other: 1 }, { n: 2, other: 1 }], 1, 0]);
      expect([children.length, resolves()]).toEqual([2, afterWork ? 1 : 2]);
    });
  });
  it('finds a push whose answer was lost, and does not send it again', async () => {
    await edited();
    host.control.failNext({ call: 'json-push', status: 500, afterWork: true });
    await expect(run()).rejects.toBeInstanceOf(PicferryError);
    const before = pushes();
    expect(await run()).toMatchObject({ state: 'clean', version: 2 });
    expect([contents(), pushes()]).toEqual([[{ n: 1 }, { n: 2 }], before]);
  });
});
