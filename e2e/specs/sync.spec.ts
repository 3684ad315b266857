import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { expect, runCli, test } from '../pages/world';
import { takeChoice } from '../pages/lists';

const openSync = async (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
const openDocument = async (page: Page): Promise<void> => {
  await page.getByRole('list', { name: 'Documents' }).getByRole('button', { name: 'settings', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'settings', level: 1 })).toBeFocused();
};
const syncNow = async (page: Page, note = ''): Promise<void> => {
  await page.getByRole('textbox', { name: 'Note for the next version' }).fill(note);
  await page.getByRole('button', { name: 'Sync now' }).click();
};
const versions = (page: Page) => page.getByRole('listbox', { name: 'Versions, newest first' });

/** Answers the system's dialog with this file, as a person would. */
const chooses = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
  }, path);

test('two devices keep one document: begun by a merge, seen in versions and devices, restored in part', async ({ launch, folder, file, cli, addAccounts, accountArgs }) => {
  const [deskFile, laptopFile] = [await file('desk.json', Buffer.from('{\n  "theme": "dark",\n  "size": 13\n}\n')), await file('laptop.json', Buffer.from('{\n  "font": "Inter"\n}\n'))];
  const laptopHome = join(folder, 'laptop-home');
  await addAccounts('wizs');
  expect((await runCli(laptopHome, folder, ['accounts', 'add', 'wizs', ...accountArgs('wizs')])).code).toBe(0);
  expect((await cli('sync', 'add', 'settings', deskFile, '--account', 'wizs', '--device-name', 'Desk')).code).toBe(0);
  expect((await cli('sync', 'run', 'settings', '--message', 'from the desk')).code).toBe(0);
  const [desk, laptop] = [await launch(), await launch({ env: { PICFERRY_HOME: laptopHome } })];

  await test.step('a file that the host knows already asks how to begin, and shows what a merge would do', async () => {
    const { page, app } = laptop;
    await chooses(app, laptopFile);
    await openSync(page);
    await expect(page.getByText('Keep JSON files the same on all your devices')).toBeVisible();
    await page.getByRole('button', { name: 'Choose JSON files…' }).click();
    const adding = page.getByRole('dialog', { name: 'Sync a file' });
    await adding.getByRole('textbox', { name: 'Key' }).fill('settings');
    await adding.getByRole('combobox', { name: /Account/ }).click();
    await page.getByRole('option', { name: /wizs/ }).click();
    await adding.getByRole('button', { name: 'Sync', exact: true }).click();
    await page.getByRole('list', { name: 'Documents' }).getByRole('button', { name: 'Begin…' }).click();
    const begin = page.getByRole('dialog', { name: 'How should settings begin?' });
    await expect(begin).toContainText('Nothing clashes.');
    await begin.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByRole('list', { name: 'Documents' })).toContainText('Up to date');
    expect(JSON.parse(readFileSync(laptopFile, 'utf8'))).toEqual({ font: 'Inter', theme: 'dark', size: 13 });
  });

  await test.step('an edit gets its note, and reaches the other device', async () => {
    await openSync(desk.page);
    await openDocument(desk.page);
    const note = desk.page.getByRole('textbox', { name: 'Note for the next version' });
    await syncNow(desk.page, 'nothing to say');
    // What is typed while a sync goes on is not taken away by its end.
    await note.fill('said meanwhile');
    await expect(desk.page.getByRole('button', { name: 'Sync now' })).toBeEnabled();
    await expect(note).toHaveAccessibleDescription('Kept for the next version that this device sends.');
    await expect(note).toHaveValue('said meanwhile');
    await desk.page.getByRole('button', { name: 'Take the note back' }).click();
    await expect(note).toHaveAccessibleDescription('');
    await note.fill('lighter');
    await note.blur();
    await expect(note).toHaveAccessibleDescription('Kept for the next version that this device sends.');
    // The saved file is sent by itself, and soon.
    await writeFile(deskFile, '{\n  "theme": "light",\n  "size": 14,\n  "font": "Inter"\n}\n');
    await expect(versions(desk.page).getByRole('option', { name: /lighter/ })).toContainText('This device');
    await expect(note).toHaveValue('');
    await openDocument(laptop.page);
    await syncNow(laptop.page);
    await expect(versions(laptop.page).getByRole('option', { name: /lighter/ })).toContainText('Desk');
    await expect.poll(() => JSON.parse(readFileSync(laptopFile, 'utf8')) as unknown).toEqual({ font: 'Inter', theme: 'light', size: 14 });
  });

  await test.step('two versions are compared by place and by line with the keyboard alone', async () => {
    const { page } = laptop;
    await versions(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('End');
    const changes = page.getByRole('list', { name: 'Differences' });
    await expect(changes.getByRole('listitem')).toHaveCount(3);
    await expect(changes).toContainText('theme');
    await takeChoice(page.getByRole('radio', { name: 'By line' }));
    await expect(page.getByRole('list', { name: 'Lines' })).toContainText('"theme": "light"');
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop comparing' }).click();
  });

  await test.step('one place of an old version comes back as a new version', async () => {
    const { page } = laptop;
    await page.getByRole('button', { name: 'Restore…' }).click();
    const restore = page.getByRole('dialog', { name: 'Restore from version 1' });
    await restore.getByRole('checkbox', { name: 'All places' }).uncheck();
    await restore.getByRole('checkbox', { name: /theme/ }).check();
    await restore.getByRole('button', { name: 'Restore 1 place' }).click();
    await expect(page.getByText(/1 place is as in version 1 again/).first()).toBeVisible();
    expect(JSON.parse(readFileSync(laptopFile, 'utf8'))).toEqual({ font: 'Inter', theme: 'dark', size: 14 });
    await expect(versions(page).getByRole('option', { name: /From version 1/ })).toBeVisible();
  });

  await test.step('a device is renamed, and the other one sees it', async () => {
    await laptop.page.getByRole('tab', { name: 'Devices' }).click();
    await laptop.page.getByRole('button', { name: 'Rename…' }).click();
    const rename = laptop.page.getByRole('dialog', { name: 'Name of this device' });
    await rename.getByRole('textbox', { name: 'Name' }).fill('Laptop');
    await rename.getByRole('button', { name: 'Rename' }).click();
    await expect(laptop.page.getByRole('list', { name: 'Devices' })).toContainText('Laptop');
    expect(await seriousIn(laptop.page)).toEqual([]);
    await writeFile(laptopFile, '{\n  "font": "Inter",\n  "theme": "dark",\n  "size": 15\n}\n');
    await syncNow(laptop.page);
    await desk.page.getByRole('tab', { name: 'Devices' }).click();
    await expect(async () => {
      await syncNow(desk.page);
      await expect(desk.page.getByRole('list', { name: 'Devices' })).toContainText('Laptop', { timeout: 2000 });
    }).toPass();
  });
  expect([...desk.errors, ...laptop.errors]).toEqual([]);
});
