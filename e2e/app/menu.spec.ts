import type { ElectronApplication } from '@playwright/test';
import { dropFiles, expect, test } from '../pages/world';
import { invoke } from './bridge';
import { EVERYTHING } from '../../src/shared/model/library-defaults';

/** Chooses an item of the system's menu by its label. */
const choose = (app: ElectronApplication, label: string): Promise<void> =>
  app.evaluate(({ Menu, BrowserWindow }, wanted) => {
    type Item = { readonly label: string; readonly submenu?: { readonly items: readonly Item[] } | null | undefined; click: (...args: readonly unknown[]) => void };
    const all = (items: readonly Item[]): readonly Item[] => items.flatMap((item) => [item, ...all(item.submenu?.items ?? [])]);
    const found = all((Menu.getApplicationMenu()?.items ?? []) as unknown as readonly Item[]).find((item) => item.label === wanted);
    if (found === undefined) throw new Error(`no menu item ${wanted}`);
    found.click({}, BrowserWindow.getAllWindows()[0], {});
  }, label);

test('the menu\'s items act', async ({ open, file }) => {
  const { app, page, upload } = await open();
  const picture = await file('chosen.png');
  await app.evaluate(({ dialog, shell }, path) => {
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [path] })) as typeof dialog.showOpenDialog;
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openPath = (folder) => {
      opened.push(folder);
      return Promise.resolve('');
    };
  }, picture);
  await choose(app, 'Choose files…');
  await expect(upload.row('chosen.png')).toContainText('Uploaded');
  await choose(app, 'Open the data folder');
  const { dataFolder } = await invoke(page, 'app:info', undefined);
  await invoke(page, 'app:open-data-folder', undefined);
  const opened = await app.evaluate(() => (globalThis as unknown as { readonly opened: readonly string[] }).opened);
  expect(opened).toEqual([dataFolder, dataFolder]);
  await choose(app, 'Settings…');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await choose(app, 'Keys');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});

test('the menu speaks the language of the settings', async ({ open }) => {
  const { app, page } = await open();
  const labels = (): Promise<readonly string[]> => app.evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label));
  expect(await labels()).toEqual(['File', 'Edit', 'View', 'Help']);
  await invoke(page, 'settings:set', { language: 'zh-CN' });
  await expect.poll(labels).toEqual(['文件', '编辑', '视图', '帮助']);
});

test('about tells the programs that really run, the data folder and where the vault\'s key lies', async ({ open, home }) => {
  const { app, page } = await open();
  const versions = await app.evaluate(({ app: electron }) => ({ ...process.versions, app: electron.getVersion() }));
  expect(await invoke(page, 'app:info', undefined)).toMatchObject({
    version: versions.app,
    platform: process.platform,
    electron: versions['electron'],
    chrome: versions['chrome'],
    node: versions.node,
    systemLanguage: 'en',
    dataFolder: home,
  });
});

test('links leave Picferry by one door, and only as addresses a browser may open', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const { app, page } = await open();
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  await dropFiles(page, [await file('door.png')]);
  const newest = async () => (await invoke(page, 'library:view', { query: EVERYTHING, limit: 1 })).uploads[0];
  await expect.poll(async () => (await newest())?.url).toBeTruthy();
  const upload = await newest();
  await invoke(page, 'library:open', { id: upload?.id ?? '' });
  const opened = await app.evaluate(() => (globalThis as unknown as { readonly opened: readonly string[] }).opened);
  expect(opened).toEqual([upload?.url]);
  await expect(invoke(page, 'library:open', { id: 'unknown' })).rejects.toThrow('failed');
});
