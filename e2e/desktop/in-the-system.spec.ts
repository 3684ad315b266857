import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appFolder, runtimePath } from '../fixtures';
import { dropFiles, expect, test } from '../pages/world';
import { sandboxed } from '../runtime';
import { startPanel } from './panel';

/** Starts Picferry again as the system does, beside the one that runs; resolves to its exit code. */
const startAgain = async (home: string, ...args: readonly string[]): Promise<number | null> => {
  const child = spawn(runtimePath(), [...(sandboxed() ? [] : ['--no-sandbox']), appFolder(), ...args], { env: { ...process.env, PICFERRY_HOME: home }, stdio: 'ignore' });
  return ((await once(child, 'exit')) as [number | null])[0];
};

test('Settings write the file that starts Picferry at login and remove it; that start shows no window but its tray; files and links come from other starts, links only after a yes', async ({ open, file, folder, home, addAccounts, control }) => {
  await addAccounts('wizs');
  const config = join(folder, 'config');
  const picferry = await open({ env: { XDG_CONFIG_HOME: config } });
  const { app, page } = picferry;
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Desktop' }).click();
  await expect(page.getByText('This desktop shows no tray icons')).toBeVisible();
  const entry = join(config, 'autostart', 'picferry.desktop');
  const login = page.getByRole('switch', { name: 'Start at login' });
  await login.click();
  await expect(page.getByText(`Lies in ${entry}`)).toBeVisible();
  expect(await readFile(entry, 'utf8')).toMatch(new RegExp(`^Exec=env PICFERRY_HOME=${home} .*${appFolder()} --hidden$`, 'm'));
  await login.click();
  await expect.poll(() => existsSync(entry)).toBe(false);

  expect(await startAgain(home, '--send', '--', await file('from the file manager.png'))).toBe(0);
  await expect.poll(async () => (await control.files()).length).toBe(1);
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((...given: readonly unknown[]) => {
      asked.push((given.at(-1) as { readonly detail: string }).detail);
      return Promise.resolve({ response: 1, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  });
  expect(await startAgain(home, '--link', '--', 'picferry://upload?url=https%3A%2F%2Fpictures.invalid%2Fa.png')).toBe(0);
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { readonly asked: readonly string[] }).asked.join())).toContain('https://pictures.invalid/a.png');
  expect((await control.files()).length).toBe(1);
  // A yes to what cannot be had is answered in the window as well: here no desktop shows notifications.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as typeof dialog.showMessageBox;
  });
  expect(await startAgain(home, '--link', '--', 'picferry://upload?url=http%3A%2F%2F127.0.0.1%2Fa.png')).toBe(0);
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('This address leads into a private network and was not opened.')).toBeVisible();
  await picferry.close();

  const panel = await startPanel();
  const silent = spawn(runtimePath(), [...(sandboxed() ? [] : ['--no-sandbox']), appFolder(), '--hidden'], { env: { ...process.env, LANGUAGE: 'en', LC_ALL: 'C.UTF-8', PICFERRY_HOME: home }, stdio: 'ignore' });
  const ended = once(silent, 'exit');
  await expect.poll(panel.look).not.toBeNull();
  const windows = async (): Promise<string> => {
    const search = spawn('xdotool', ['search', '--onlyvisible', '--name', '^Picferry$'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let found = '';
    search.stdout.on('data', (chunk: Buffer) => (found += chunk.toString()));
    await once(search, 'close');
    return found.trim();
  };
  expect(await windows()).toBe('');
  await panel.press('Open Picferry');
  await expect.poll(windows).not.toBe('');
  await panel.press('Quit Picferry');
  expect(await ended).toEqual([0, null]);
  await panel.close();
});

test('the drop window takes a real drop, stands above others, may do nothing else and puts itself away', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { app, page } = await open();
  const invoke = (name: string, input: unknown) => (window as unknown as { readonly picferry: { readonly invoke: (name: string, input: unknown) => Promise<unknown> } }).picferry.invoke(name, input);
  const opened = app.waitForEvent('window');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Desktop' }).click();
  const wanted = page.getByRole('switch', { name: 'Show the drop window' });
  await wanted.click();
  const small = await opened;
  await small.locator('html[data-ready]').waitFor({ state: 'attached' });
  const look = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => ({ top: window.isAlwaysOnTop(), shown: window.isVisible(), width: window.getBounds().width })));
  expect(look).toContainEqual({ top: true, shown: true, width: 148 });
  await dropFiles(small, [await file('one.png'), await file('two.png')], { x: 70, y: 90 });
  await expect(small.getByRole('status')).toHaveText('Taken: 2. The links come to the clipboard.');
  await expect.poll(async () => (await control.files()).length).toBe(2);
  expect(await small.evaluate(`(${invoke.toString()})('settings:set', { theme: 'dark' })`)).toMatchObject({ ok: false, error: { code: 'refused' } });
  await small.screenshot({ path: test.info().outputPath('drop-window.png') });
  await page.screenshot({ path: test.info().outputPath('settings-desktop.png') });
  const closed = small.waitForEvent('close');
  await small.getByRole('button', { name: 'Hide the drop window' }).click();
  await closed;
  await expect(wanted).not.toBeChecked();
});
