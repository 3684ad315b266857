import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { libraryPage } from '../pages/library-page';
import { expect, runCli, test } from '../pages/world';

const openSync = async (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
const share = async (page: Page): Promise<void> => {
  await openSync(page);
  await page.getByRole('switch', { name: /^Library/ }).click();
  await expect(page.getByRole('list', { name: 'Picferry’s own data' })).toContainText('Up to date');
};
/** Looks at what other devices did until the library is as it should be. */
const until = (page: Page, check: () => Promise<void>): Promise<void> =>
  expect(async () => {
    await openSync(page);
    await page.getByRole('button', { name: 'Sync all now' }).click();
    await libraryPage(page).show();
    await check();
  }).toPass();

test('an upload of one device is in the library of the other, and what is deleted everywhere leaves both', async ({ launch, folder, file, cli, addAccounts, accountArgs }) => {
  const laptopHome = join(folder, 'laptop-home');
  await addAccounts('wizs');
  expect((await runCli(laptopHome, folder, ['accounts', 'add', 'wizs', ...accountArgs('wizs')])).code).toBe(0);
  const pictures = [await file('harbour.png'), await file('market.png')];
  expect((await cli('sync', 'own', 'library', 'on', '--account', 'wizs', '--device-name', 'Desk')).code).toBe(0);
  const desk = await launch();
  expect((await cli('upload', ...pictures, '--account', 'wizs')).code).toBe(0);
  const laptop = await launch({ env: { PICFERRY_HOME: laptopHome } });
  const [atDesk, atLaptop] = [libraryPage(desk.page), libraryPage(laptop.page)];

  await test.step('it comes without its delete link, and says where from', async () => {
    await share(laptop.page);
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

  await test.step('a restart keeps both', async () => {
    await laptop.app.close();
    const again = await launch({ env: { PICFERRY_HOME: laptopHome } });
    const library = libraryPage(again.page);
    await library.show();
    await expect(library.row('market.png')).toBeVisible();
    await expect(library.row('harbour.png')).toBeHidden();
  });
  expect([...desk.errors, ...laptop.errors]).toEqual([]);
});
