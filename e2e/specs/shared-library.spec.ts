import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { libraryPage } from '../pages/library-page';
import { expect, runCli, test } from '../pages/world';

const openSync = async (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
/** Looks at what other devices did until the library is as it should be. */
const until = (page: Page, check: () => Promise<void>): Promise<void> =>
  expect(async () => {
    await openSync(page);
    await page.getByRole('button', { name: 'Sync all now' }).click();
    await libraryPage(page).show();
    await check();
  }).toPass();

test('two libraries become one, an upload of one device is in the other, what is deleted everywhere leaves both, and one device leaves', async ({ launch, folder, file, cli, addAccounts, accountArgs }) => {
  test.setTimeout(150_000);
  const laptopHome = join(folder, 'laptop-home');
  const onLaptop = async (...args: readonly string[]): Promise<void> => expect((await runCli(laptopHome, folder, args)).code).toBe(0);
  await addAccounts('wizs');
  await onLaptop('accounts', 'add', 'wizs', ...accountArgs('wizs'));
  expect((await cli('upload', await file('harbour.png'), '--account', 'wizs')).code).toBe(0);
  expect((await cli('sync', 'own', 'library', 'on', '--account', 'wizs', '--device-name', 'Desk')).code).toBe(0);
  expect((await cli('sync', 'run')).code).toBe(0);
  await onLaptop('upload', await file('island.png'), await file('buoy.png'), '--account', 'wizs');
  const desk = await launch();
  expect((await cli('upload', await file('market.png'), '--account', 'wizs')).code).toBe(0);
  const laptop = await launch({ env: { PICFERRY_HOME: laptopHome } });
  const [atDesk, atLaptop] = [libraryPage(desk.page), libraryPage(laptop.page)];

  await test.step('a device with records of its own is asked first, with what each side has, and answers by keyboard', async () => {
    const { page } = laptop;
    await openSync(page);
    await page.getByRole('switch', { name: /^Library/ }).press('Space');
    await page.getByRole('button', { name: 'Begin…' }).press('Enter');
    const begin = page.getByRole('dialog', { name: 'How should Picferry’s library begin?' });
    await expect(begin).toContainText('2 records');
    await expect(begin).toContainText('that the other devices get: 2');
    expect(await seriousIn(page)).toEqual([]);
    await begin.getByRole('radio', { name: /^Merge both/ }).press('Enter');
    await expect(page.getByRole('list', { name: 'Picferry’s own data' })).toContainText('Up to date');
    await until(desk.page, () => expect(atDesk.row('island.png')).toBeVisible({ timeout: 2000 }));
  });

  await test.step('it comes without its delete link, and says where from', async () => {
    await until(laptop.page, () => expect(atLaptop.row('harbour.png')).toBeVisible({ timeout: 2000 }));
    await atLaptop.choose('harbour.png', 'Details');
    await expect(laptop.page.getByText('Desk', { exact: true })).toBeVisible();
    expect(await atLaptop.delete('market.png')).toContain('Desk');
  });

  await test.step('removing asks where, by keyboard too', async () => {
    await atDesk.show();
    await atDesk.choose('harbour.png', 'Remove from the library only');
    const question = desk.page.getByRole('dialog', { name: 'Remove 1 record?' });
    await question.getByRole('radio', { name: /this library only/ }).focus();
    await desk.page.keyboard.press('ArrowDown');
    await expect(question.getByRole('radio', { name: /Delete everywhere/ })).toBeChecked();
    expect(await seriousIn(desk.page)).toEqual([]);
    await desk.page.keyboard.press('Enter');
    await expect(atDesk.row('harbour.png')).toBeHidden();
    await until(laptop.page, () => expect(atLaptop.row('harbour.png')).toBeHidden({ timeout: 2000 }));
  });

  await test.step('a restart keeps both; who leaves says what becomes of records from elsewhere, and takes nothing from the others', async () => {
    await laptop.app.close();
    const again = await launch({ env: { PICFERRY_HOME: laptopHome } });
    const library = libraryPage(again.page);
    await library.show();
    await expect(library.row('market.png')).toBeVisible();
    await expect(library.row('harbour.png')).toBeHidden();
    await openSync(again.page);
    await again.page.getByRole('switch', { name: /^Library/ }).press('Space');
    const leave = again.page.getByRole('dialog', { name: 'Stop syncing the library?' });
    await expect(leave).toContainText('The other devices keep what they have.');
    expect(await seriousIn(again.page)).toEqual([]);
    await leave.getByRole('radio', { name: /^Keep/ }).press('ArrowDown');
    await leave.getByRole('radio', { name: /^Remove/ }).press('Enter');
    await expect(again.page.getByRole('switch', { name: /^Library/ })).not.toBeChecked();
    await library.show();
    await expect(library.row('market.png')).toBeHidden();
    await expect(library.row('buoy.png')).toBeVisible();
    await until(desk.page, () => expect(atDesk.row('buoy.png')).toBeVisible({ timeout: 2000 }));
    expect(again.errors).toEqual([]);
  });
  expect([...desk.errors, ...laptop.errors]).toEqual([]);
});
