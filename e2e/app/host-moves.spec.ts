import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '../pages/world';
import { appFolder } from '../runtime';

test('`picferry host` moves into the window that starts and back when it ends; its links open all the while', async ({ cli, file, home, folder, open }) => {
  const host = spawn(process.execPath, [join(appFolder(), 'out', 'main', 'cli.js'), 'host'], {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C.UTF-8', PICFERRY_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(host, 'exit') as Promise<[number | null, string | null]>;
  const lines = createInterface(host.stdout);
  await once(lines, 'line');
  const { out } = await cli('upload', await file('kept.png'), '--format', 'url');
  const link = out.trim();
  const status = async (): Promise<number | undefined> => (await fetch(link).catch(() => null))?.status;
  expect(await status()).toBe(200);

  const picferry = await open();
  await expect.poll(() => picferry.app.evaluate(({ app }) => app.getAppMetrics().filter(({ name }) => name === 'Picferry host').length)).toBe(1);
  await expect.poll(status).toBe(200);
  expect(host.exitCode).toBeNull();

  await picferry.close();
  await expect.poll(status).toBe(200);
  expect(host.exitCode).toBeNull();
  host.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
});
