import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { appFolder, runtimePath, sandboxed } from '../runtime';
import { readXClipboard } from '../pages/x-clipboard';
import { expect, setXClipboard, test } from '../pages/world';

test('the command line hands its work to the open window and still gives links, errors and exit code', async ({ open, file, cli, addAccounts, control }) => {
  await addAccounts('wizs');
  const { upload, library, page } = await open();
  await setXClipboard('UTF8_STRING', 'mine');
  await file('one.png');
  const good = await cli('upload', 'files/one.png', '--format', 'url');
  expect(good).toMatchObject({ code: 0, err: '' });
  expect(good.out).toMatch(/^http\S+\n$/);
  expect((await fetch(good.out.trim())).status).toBe(200);

  await file('empty.png', Buffer.alloc(0));
  const mixed = await cli('upload', 'files/empty.png', 'files/one.png', '--json');
  expect(mixed.code).toBe(1);
  expect(JSON.parse(mixed.out)).toMatchObject([{ ok: false, error: { kind: 'file' } }, { ok: true, duplicate: true, url: good.out.trim() }]);
  await expect(upload.rows.filter({ hasText: 'one.png' }).first()).toBeVisible();
  await expect(upload.rows.filter({ hasText: 'empty.png' })).toContainText('The file is empty.');
  expect(readXClipboard()).toBe('mine');
  await library.show();
  await expect(library.row('one.png')).toBeVisible();
  expect((await control.files()).length).toBe(1);
  expect((await cli('accounts', 'add', 'wizs', '--provider', 'smms', '--url', 'https://sm.ms')).code).toBe(2);
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
});

test('a second start shows the first window and ends', async ({ open, home }) => {
  const { app } = await open();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = spawn(runtimePath(), [appFolder(), ...(sandboxed() ? [] : ['--no-sandbox'])], { env: { ...process.env, PICFERRY_HOME: home }, stdio: ['ignore', 'ignore', 'pipe'] });
  const [[code]] = await Promise.all([once(second, 'exit'), text(second.stderr)]);
  expect(code).toBe(0);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))).toEqual([true]);
});
