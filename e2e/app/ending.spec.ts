import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pngOfBytes } from '../../test/host/pictures';
import { dropFiles, expect, test } from '../pages/world';
import { invoke } from './bridge';
import { descendants, living } from './processes';
import { appFolder, runtimePath, sandboxed } from '../runtime';
import type { Picferry } from '../fixtures';
import { EVERYTHING } from '../../src/shared/model/library-defaults';

const pidOf = ({ app }: Picferry): number => app.process().pid ?? 0;
const names = async ({ app }: Picferry): Promise<readonly string[]> =>
  app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ name }) => name ?? '').filter((name) => name.startsWith('Picferry ')));

test('SIGTERM ends Picferry in order: exit 0, the log says so, nothing is left running and the upload in hand goes on at the next start', async ({ open, file, addAccounts, control, home }) => {
  await addAccounts('wizs');
  await control.set({ wizs: { throttleBytesPerSecond: 100_000 } });
  const first = await open();
  await dropFiles(first.page, [await file('one.png', pngOfBytes(400_000)), await file('two.png')]);
  await expect.poll(async () => (await control.uploads()).length).toBeGreaterThan(0);
  const children = descendants(pidOf(first));
  const child = first.app.process();
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expect.poll(() => living(children)).toEqual([]);
  const log = await readFile(join(home, 'logs', 'picferry.log'), 'utf8');
  expect(log).toContain('"message":"started"');
  expect(log).toContain('"message":"stopped"');

  await control.set({ wizs: { throttleBytesPerSecond: null } });
  const { upload } = await open();
  await expect.poll(async () => (await upload.queue()).jobs.map(({ state }) => state === 'done' || state === 'unknown')).toEqual([true, true]);
});

test('a crash takes the host\'s and the imaging process with it', async ({ open, file }) => {
  const picferry = await open();
  await dropFiles(picferry.page, [await file('here.png')]);
  await expect.poll(() => names(picferry)).toEqual(expect.arrayContaining(['Picferry host', 'Picferry imaging']));
  const children = descendants(pidOf(picferry));
  expect(living(children).length).toBeGreaterThan(3);
  await picferry.kill();
  await expect.poll(() => living(children)).toEqual([]);
});

test('quitting leaves no process behind', async ({ open, file }) => {
  const picferry = await open();
  await dropFiles(picferry.page, [await file('here.png')]);
  await expect.poll(() => names(picferry)).toEqual(expect.arrayContaining(['Picferry host', 'Picferry imaging']));
  const children = descendants(pidOf(picferry));
  await picferry.close();
  await expect.poll(() => living(children)).toEqual([]);
});

test('a start while the last window is closing opens a window of its own', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  await control.set({ wizs: { throttleBytesPerSecond: 100_000 } });
  const first = await open();
  await dropFiles(first.page, [await file('one.png', pngOfBytes(2_000_000))]);
  await expect.poll(async () => (await control.uploads()).length).toBeGreaterThan(0);
  const child = first.app.process();
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const second = await open();
  expect((await second.upload.queue()).jobs).toHaveLength(1);
  await exited;
});

test('links to this computer open again after a restart, before anything is uploaded', async ({ open, file }) => {
  const first = await open();
  await dropFiles(first.page, [await file('here.png')]);
  const linkOf = async (picferry: Picferry): Promise<string | null> =>
    (await invoke(picferry.page, 'library:view', { query: EVERYTHING, limit: 1 })).uploads[0]?.url ?? null;
  await expect.poll(() => linkOf(first)).not.toBeNull();
  await first.close();
  const second = await open();
  const link = (await linkOf(second)) ?? '';
  await expect.poll(async () => (await fetch(link).catch(() => null))?.status).toBe(200);
});

test('quitting in the middle of an upload asks first, and stays when the person wants to', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  await control.set({ wizs: { throttleBytesPerSecond: 100_000 } });
  const { app, page } = await open();
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((...given: readonly unknown[]) => {
      asked.push((given.at(-1) as { readonly message: string }).message);
      return Promise.resolve({ response: asked.length === 1 ? 1 : 0, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  });
  await dropFiles(page, [await file('long.png', pngOfBytes(3_000_000))]);
  await expect.poll(async () => (await control.uploads()).length).toBe(1);
  const asked = (): Promise<readonly string[]> => app.evaluate(() => (globalThis as unknown as { readonly asked: readonly string[] }).asked);
  await app.evaluate(({ app: electron }) => electron.quit());
  await expect.poll(asked).toEqual(['One upload is still running.']);
  expect(app.process().exitCode).toBeNull();
  await expect(page.locator('html[data-ready]')).toBeAttached();
  const exited = once(app.process(), 'exit');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect((await exited)[0]).toBe(0);
});

test('a second start shows the first window and ends', async ({ open, home }) => {
  const { app } = await open();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = spawn(runtimePath(), [...(sandboxed() ? [] : ['--no-sandbox']), appFolder()], {
    env: { ...process.env, PICFERRY_HOME: home },
    stdio: 'ignore',
  });
  expect((await once(second, 'exit'))[0]).toBe(0);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  expect(app.windows().length).toBe(1);
});

test('a page that dies is loaded again; the queue goes on meanwhile and the person is told', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  await control.set({ wizs: { throttleBytesPerSecond: 200_000 } });
  const { app, page } = await open();
  await dropFiles(page, [await file('long.png', pngOfBytes(600_000))]);
  await expect.poll(async () => (await control.uploads()).length).toBe(1);
  // A question to a page that is dying would never be answered.
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const again = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    return again;
  });
  const shown = (): Promise<string> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return '';
      return (await contents.executeJavaScript('document.documentElement.hasAttribute("data-ready") ? document.body.innerText : ""')) as string;
    });
  await expect.poll(shown, { timeout: 30_000 }).toContain('long.png');
  await expect.poll(shown).toContain('loaded again');
  await expect.poll(async () => (await control.files()).length).toBe(1);
});
