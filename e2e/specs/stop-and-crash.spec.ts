import { dropFiles, expect, sha256, test } from '../pages/world';
import { startFaultProxy } from '../../test/fault-proxy/fault-proxy';
import { pngOfBytes } from '../../test/host/pictures';
import { readFile } from 'node:fs/promises';

test('an upload stopped in its middle leaves no record and closes its connection', async ({ open, file, addAccounts, control, cli }) => {
  await addAccounts('wizs');
  await control.set({ wizs: { throttleBytesPerSecond: 500_000 } });
  const { page, upload, library } = await open();
  await dropFiles(page, [await file('long.png', pngOfBytes(12_000_000))]);
  await expect.poll(async () => (await control.uploads())[0]?.bytesReceived ?? 0).toBeGreaterThan(0);
  expect((await control.uploads())[0]?.state).toBe('open');
  await upload.row('long.png').getByRole('button', { name: 'Stop' }).click();
  await expect(upload.row('long.png')).toContainText('Stopped');
  await expect.poll(async () => (await control.uploads()).map(({ state }) => state)).toEqual(['closed']);
  expect(await control.files()).toEqual([]);
  await library.show();
  await expect(page.getByText('Nothing uploaded yet')).toBeVisible();
  expect((await cli('library', '--json')).out.trim()).toBe('[]');
});

test('a crash in the middle of 20 files loses none and sends none twice', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  await control.set({ wizs: { throttleBytesPerSecond: 200_000 } });
  const paths: string[] = [];
  for (let index = 0; index < 20; index += 1) paths.push(await file(`p${String(index)}.png`, pngOfBytes(60_000)));
  const first = await open();
  await dropFiles(first.page, paths);
  await expect.poll(async () => (await control.files()).length).toBeGreaterThan(3);
  await first.kill();

  await control.set({ wizs: { throttleBytesPerSecond: null } });
  const { upload } = await open();
  await expect
    .poll(async () => {
      const { jobs } = await upload.queue();
      return [jobs.length, jobs.filter(({ state }) => state !== 'done' && state !== 'unknown').map(({ state, wait }) => [state, wait])];
    }, { timeout: 40_000 })
    .toEqual([20, []]);
  const digests = (await control.files()).map((one) => one.sha256);
  expect(new Set(digests).size).toBe(digests.length);
  const { jobs } = await upload.queue();
  const wanted = await Promise.all(jobs.filter(({ state }) => state === 'done').map(async ({ name }) => sha256(await readFile(paths.find((path) => path.endsWith(`/${name}`)) ?? ''))));
  for (const digest of wanted) expect(digests).toContain(digest);
});

test('the progress shown is what a host behind 1 MB/s has received, within 1 MB', async ({ open, file, host, cli }) => {
  const size = 6_000_000;
  const proxy = await startFaultProxy(host.port);
  proxy.plan({ upRate: 1_000_000 });
  await cli('accounts', 'add', 'slow', '--provider', 'wizs', '--url', `http://127.0.0.1:${String(proxy.port)}/wizs`, '--secret', `key=${host.keys.wizs}`);
  const { page, upload } = await open();
  await dropFiles(page, [await file('slow.png', pngOfBytes(size))]);
  await upload.row('slow.png').getByRole('progressbar').waitFor();
  const gaps: number[] = [];
  for (;;) {
    const before = proxy.sentUp();
    const shown = await page.evaluate(() => document.querySelector('[role=listitem] [role=progressbar]')?.getAttribute('aria-valuenow') ?? null);
    const after = proxy.sentUp();
    if (shown === null || after >= size) break;
    const bytes = (Number(shown) / 100) * size;
    gaps.push(Math.max(0, before - bytes, bytes - after));
  }
  expect(gaps.length).toBeGreaterThan(10);
  expect(Math.max(...gaps)).toBeLessThan(1_000_000);
  await expect(upload.row('slow.png')).toContainText('Uploaded');
  await proxy.stop();
});
