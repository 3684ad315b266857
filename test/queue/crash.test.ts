import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestHost, type TestHost } from '../host/test-host';
import { bundleProgram } from '../programs/bundle';
import { png } from './queue-world';

/** About three seconds a round on an idle machine. */
const ROUNDS = process.env['PICFERRY_LONG'] === '1' ? 40 : 5;
const FILES = 20;
/** More than the next start takes over in one go. */
const MANY = 120;

const End = z.object({ end: z.array(z.object({ id: z.string(), name: z.string(), state: z.string(), url: z.string().nullable(), problem: z.string().nullable() })) });
type Jobs = z.infer<typeof End>['end'];

let program = '';
let host: TestHost;
beforeAll(async () => {
  [program, host] = await Promise.all([bundleProgram('test/queue/upload-process.ts'), startTestHost()]);
}, 60_000);
afterAll(async () => {
  await host.stop();
  rmSync(join(program, '..'), { recursive: true, force: true });
});

/** Runs the program until it has said `lines` lines, then kills it; to its end when that never comes. */
async function run(folder: string, files: readonly string[], lines: number): Promise<{ readonly said: readonly unknown[]; readonly killed: boolean }> {
  const child: ChildProcess = spawn(process.execPath, [program, folder, host.urls.wizs, host.keys.wizs, ...files], {
    env: { ...process.env, PICFERRY_KEYCHAIN: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.stdout === null || child.stderr === null) throw new Error('a pipe is missing');
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const said: unknown[] = [];
  let killed = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (killed) continue;
    said.push(JSON.parse(line));
    if (said.length < lines) continue;
    killed = child.kill('SIGKILL');
  }
  await exited;
  if (!killed && child.exitCode !== 0) throw new Error(errors.join(''));
  return { said, killed };
}

const endOf = (said: readonly unknown[]): Jobs => End.parse(said.find((line) => End.safeParse(line).success)).end;

const digestAt = async (url: string): Promise<string> => createHash('sha256').update(Buffer.from(await (await fetch(url)).arrayBuffer())).digest('hex');

const rounds = Array.from({ length: ROUNDS }, (_, round) => [round % 5 === 4 ? MANY : FILES, round] as const);

describe('kill -9 in the middle of an upload', () => {
  it.each(rounds)('of %i files loses none and sends none twice (round %i)', async (count) => {
    const folder = mkdtempSync(join(tmpdir(), 'picferry-crash-'));
    try {
      // Each round is a device of its own that sends other bytes under the names and sizes of the rounds before it.
      const nameOf = (index: number): string => `${index}.png`;
      const files = Array.from({ length: count }, (_, index) => {
        const path = join(folder, nameOf(index));
        writeFileSync(path, png(randomBytes((count === MANY ? 20_000 : 200_000) + index)));
        return path;
      });
      // Killed up to twice, at any moment from the first job on disk to almost the end; then left alone.
      const first = await run(folder, files, 1 + Math.floor(Math.random() * 3 * count));
      let said = first.said;
      if (first.killed) {
        const second = await run(folder, [], 1 + Math.floor(Math.random() * 2 * count));
        said = second.killed ? (await run(folder, [], Infinity)).said : second.said;
      }
      const jobs = endOf(said);
      const wasAdded = first.said.some((line) => typeof line === 'object' && line !== null && ('added' in line || 'state' in line));
      expect(jobs).toHaveLength(wasAdded ? count : 0);
      const stored = await host.control.files();
      for (const [index, path] of files.entries()) {
        const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
        const copies = stored.filter((file) => file.sha256 === sha256).length;
        const job = jobs.find(({ name }) => name === nameOf(index));
        expect(['done', 'unknown']).toContain(job?.state ?? 'missing');
        expect(copies, `${job?.name} is ${job?.state}`).toBeLessThanOrEqual(1);
        if (job?.state !== 'done') continue;
        expect(copies).toBe(1);
        expect(await digestAt(job.url ?? ''), job.name).toBe(sha256);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
