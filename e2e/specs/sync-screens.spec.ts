import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { pictures, twoLooks } from '../pages/pictures';
import { expect, runCli, test } from '../pages/world';

const SHORTCUTS = Object.fromEntries(Array.from({ length: 18 }, (_, i) => [`action ${String(i + 1)}`, `Ctrl+${String(i)}`]));
const DOCUMENT = { theme: 'light', fontSize: 13, shortcuts: SHORTCUTS, accounts: [{ id: 'home', quota: 10 }] };
const text = (change: object): string => `${JSON.stringify({ ...DOCUMENT, ...change }, null, 2)}\n`;
const all = (side: string): object => ({ theme: side, fontSize: side.length, shortcuts: Object.fromEntries(Object.keys(SHORTCUTS).map((key) => [key, `${side} ${key}`])) });

const openSync = async (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
const toAll = async (page: Page): Promise<void> => page.getByRole('button', { name: 'All documents' }).click();
const tab = async (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();
const validity = (page: Page) => page.getByTestId('validity');

test('every screen of Sync is kept as a picture, and applying is undone', async ({ launch, folder, file, addAccounts, accountArgs }) => {
  test.setTimeout(150_000);
  const [deskFile, laptopFile, notesFile] = [await file('settings.json', Buffer.from(text({}))), await file('laptop.json', Buffer.from('{}')), await file('notes.json', Buffer.from('{"notes":["mine"],"sort":"name"}'))];
  const laptop = join(folder, 'laptop-home');
  const onLaptop = async (...args: readonly string[]): Promise<void> => expect((await runCli(laptop, folder, args)).code).toBe(0);
  await addAccounts('wizs');
  const { app, page, errors } = await launch();
  const { resize, inEveryLook, fits } = pictures(app, page, twoLooks);
  const kept = async (name: string): Promise<void> => {
    await inEveryLook(`sync-${name}`);
    expect(await seriousIn(page), name).toEqual([]);
  };
  const chooses = (path: string): Promise<void> =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
    }, path);
  const add = async (path: string, key: string, named: string): Promise<void> => {
    await chooses(path);
    await page.getByRole('button', { name: named }).first().click();
    const adding = page.getByRole('dialog', { name: 'Sync a file' });
    await adding.getByRole('textbox', { name: 'Key' }).fill(key);
    await adding.getByRole('combobox', { name: /Account/ }).click();
    await page.getByRole('option', { name: /wizs/ }).click();
  };
  const documents = page.getByRole('list', { name: 'Documents' });

  await resize(1040, 700);
  await openSync(page);
  await kept('empty');
  await add(deskFile, 'settings', 'Choose JSON files…');
  await kept('adding');
  await page.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(documents).toContainText('Up to date');

  await onLaptop('accounts', 'add', 'wizs', ...accountArgs('wizs'));
  await onLaptop('sync', 'add', 'settings', laptopFile, '--account', 'wizs', '--device-name', 'Laptop');
  await onLaptop('sync', 'run', 'settings');
  await writeFile(laptopFile, text(all('theirs')));
  await onLaptop('sync', 'run', 'settings', '--message', 'from the train');
  await onLaptop('sync', 'add', 'notes', await file('laptop-notes.json', Buffer.from('{"notes":["theirs"],"sort":"date"}')), '--account', 'wizs');
  await onLaptop('sync', 'run', 'notes');
  await writeFile(deskFile, text(all('mine')));
  await expect(async () => {
    await page.getByRole('button', { name: /Sync all/ }).click();
    await expect(page.getByRole('button', { name: 'Decide 20 places…' })).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 40_000 });
  await add(notesFile, 'notes', 'Add documents…');
  await page.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Begin…' })).toBeVisible();
  await kept('documents');
  await page.getByRole('button', { name: 'Begin…' }).click();
  await expect(page.getByRole('dialog', { name: 'How should notes begin?' })).toContainText(/waits? for you to decide/);
  await kept('first-run');
  await page.keyboard.press('Escape');

  await test.step('twenty conflicts, none left, and what was applied is taken back', async () => {
    await page.getByRole('button', { name: 'Decide 20 places…' }).click();
    await expect(validity(page)).toHaveText('20 places are undecided');
    await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
    await kept('resolver-20');
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Take all' }).click();
    await page.getByRole('menuitem', { name: /^Take theirs/ }).click();
    await expect(validity(page)).toHaveText('Valid, ready to apply');
    await kept('resolver-0');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('settings.json is decided and on its way')).toBeVisible();
    await expect.poll(() => readFileSync(deskFile, 'utf8')).not.toBe(text(all('mine')));
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => readFileSync(deskFile, 'utf8')).toBe(text(all('mine')));
    await expect(page.getByText('settings.json is as it was before')).toBeVisible();
    await expect(page.getByText('settings.json is decided and on its way')).toBeHidden();
  });

  await test.step('one conflict', async () => {
    await onLaptop('sync', 'run', 'settings');
    await writeFile(laptopFile, text({ ...all('mine'), theme: 'solarized light' }));
    await onLaptop('sync', 'run', 'settings', '--message', 'lighter');
    await writeFile(deskFile, text({ ...all('mine'), theme: 'solarized dark' }));
    await toAll(page);
    await expect(async () => {
      await page.getByRole('button', { name: /Sync all/ }).click();
      await expect(page.getByRole('button', { name: 'Decide 1 place…' })).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 40_000 });
    await page.getByRole('button', { name: 'Decide 1 place…' }).click();
    await expect(validity(page)).toHaveText('1 place is undecided');
    await kept('resolver-1');
    for (const [name, width, height, zoom] of [['640', 640, 480, 1], ['zoom-200', 1280, 900, 2]] as const) {
      await resize(width, height, zoom);
      await fits(`the resolver at ${name}`);
      await kept(`resolver-${name}`);
    }
    await resize(1040, 700);
    await page.keyboard.press('t');
    await page.keyboard.press('Control+Enter');
    await expect(validity(page)).toBeHidden();
  });

  await toAll(page);
  await documents.getByRole('button', { name: 'settings', exact: true }).click();
  await expect(page.getByRole('listbox', { name: 'Versions, newest first' }).getByRole('option', { name: /lighter/ })).toBeVisible();
  await kept('timeline');
  await page.getByRole('combobox', { name: /Search by/ }).click();
  await page.getByRole('option', { name: 'Place' }).click();
  await page.getByRole('searchbox', { name: /Changed place/ }).fill('accounts.quota');
  await expect(page.getByRole('status').filter({ hasText: /1 version of \d+ changed it/ })).toBeVisible();
  await kept('timeline-place');
  await page.getByRole('searchbox', { name: /Changed place/ }).fill('');
  await page.getByRole('listbox', { name: 'Versions, newest first' }).getByRole('option', { name: /v1\b/ }).click();
  await page.getByRole('button', { name: 'Restore…' }).click();
  await expect(page.getByRole('checkbox', { name: 'All places' })).toBeVisible();
  await kept('restore');
  await page.keyboard.press('Escape');
  await tab(page, 'Devices');
  await expect(page.getByRole('list', { name: 'Devices' })).toContainText('Laptop');
  await kept('devices');
  await tab(page, 'Conflicts');
  await kept('conflicts');
  expect(errors).toEqual([]);
});
