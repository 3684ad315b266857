import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestHost, type TestHost } from '../host/test-host';
import { bundleProgram } from '../programs/bundle';
import { createOperationsWorld } from './operations-world';

const FILES = 30;

let program = '';
let host: TestHost;
beforeAll(async () => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  [program, host] = await Promise.all([bundleProgram('test/operations/delete-process.ts'), startTestHost()]);
}, 60_000);
afterAll(async () => {
  await host.stop();
  rmSync(join(program, '..'), { recursive: true, force: true });
  vi.unstubAllEnvs();
});

/** Runs the program until it has said `lines` lines, then kills it; to its end when that never comes. */
async function run(folder: string, lines: number): Promise<readonly unknown[]> {
  const child = spawn(process.execPath, [program, folder], { env: { ...process.env, PICFERRY_KEYCHAIN: 'off' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said: unknown[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line));
    if (said.length === lines) child.kill('SIGKILL');
  }
  const code = await exited;
  if (code !== 0 && code !== null) throw new Error(errors.join(''));
  return said;
}

describe('kill -9 in the middle of deleting 30', () => {
  it.each([1, 7, 15])('keeps what was found out, and a second time deletes the rest (after %i answers)', async (lines) => {
    await host.control.reset();
    const world = await createOperationsWorld(host);
    await world.upload(FILES);
    await world.services.close();
    host.control.failNext({ dialect: 'wizs', call: 'delete', delayMs: 20, times: FILES });
    await run(world.folder, lines);
    const gone = (await host.control.files()).filter(({ deleted }) => deleted).length;
    expect(gone).toBeGreaterThanOrEqual(1);
    expect(gone).toBeLessThan(FILES);

    const said = await run(world.folder, Infinity);
    const outcomes = said.flatMap((line) => (typeof line === 'object' && line !== null && 'end' in line ? [line.end as Record<string, number>] : []))[0] ?? {};
    // What had answered but was not written yet is found gone: three at most are on their way at a time.
    expect((outcomes['deleted'] ?? 0) + (outcomes['already_gone'] ?? 0)).toBe(FILES);
    expect((await host.control.files()).filter(({ deleted }) => !deleted)).toEqual([]);
    await world.close();
  }, 60_000);
});
