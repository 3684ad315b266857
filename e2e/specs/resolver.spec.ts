import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { setLook } from '../pages/settings-page';
import { expect, runCli, test } from '../pages/world';

const DOCUMENT = {
  theme: 'light',
  size: 13,
  tags: ['sea'],
  accounts: [{ id: 'home', quota: 10 }, { id: 'work', quota: 5 }],
  shortcuts: Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`act${String(i)}`, i])),
};
type Doc = typeof DOCUMENT;
const changed = (change: (document: Doc) => void): string => {
  const document = structuredClone(DOCUMENT);
  change(document);
  return JSON.stringify(document, null, 2);
};
/** Twenty places that clash: values, a list, a deletion, elements. */
const mine = changed((document) => {
  Object.assign(document, { theme: 'solarized light', size: 14, tags: ['sea', 'ferry'] });
  document.accounts = [{ id: 'home', quota: 20 }, { id: 'new', quota: 1 }];
  for (const key of Object.keys(document.shortcuts)) document.shortcuts[key] = 100;
});
const theirs = changed((document) => {
  Object.assign(document, { theme: 'solarized dark', size: 15, tags: ['sea', 'lighthouse'] });
  document.accounts = [{ id: 'home', quota: 15 }, { id: 'work', quota: 50 }, { id: 'new', quota: 2 }];
  for (const key of Object.keys(document.shortcuts)) document.shortcuts[key] = 200;
});

const openConflicts = async (page: Page): Promise<void> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
  await page.getByRole('button', { name: /^Decide|conflicts?$/ }).first().click();
  await expect(page.getByTestId('validity')).toBeVisible();
  await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
};
const validity = (page: Page) => page.getByTestId('validity');
const place = (page: Page) => page.getByTestId('place');

test('twenty conflicts are decided by keys alone, over a change from elsewhere and a restart, and both devices agree', async ({ launch, folder, file, cli, addAccounts, accountArgs }) => {
  // Two devices by their command lines, and the window twice: many starts on a busy machine.
  test.setTimeout(180_000);
  const [deskFile, laptopFile] = [await file('desk.json', Buffer.from(JSON.stringify(DOCUMENT, null, 2))), await file('laptop.json', Buffer.from('{}'))];
  const laptopHome = join(folder, 'laptop-home');
  const onLaptop = async (...args: readonly string[]): Promise<void> => expect((await runCli(laptopHome, folder, args)).code).toBe(0);
  await addAccounts('wizs');
  await onLaptop('accounts', 'add', 'wizs', ...accountArgs('wizs'));
  const sync = async (...args: readonly string[]) => (await cli('sync', ...args)).code;
  expect(await sync('add', 'settings', deskFile, '--account', 'wizs', '--device-name', 'Desk')).toBe(0);
  expect(await sync('run', 'settings')).toBe(0);
  await onLaptop('sync', 'add', 'settings', laptopFile, '--account', 'wizs', '--device-name', 'Laptop');
  await onLaptop('sync', 'run', 'settings');
  await writeFile(laptopFile, theirs);
  await onLaptop('sync', 'run', 'settings', '--message', 'from the train');
  await writeFile(deskFile, mine);
  expect(await sync('run', 'settings')).toBe(1);

  const first = await launch();
  await test.step('the conflicts wait on the device that met them; Apply is blocked and says why', async () => {
    await openConflicts(first.page);
    await expect(validity(first.page)).toHaveText('20 places are undecided');
    await first.page.keyboard.press('Control+Enter');
    await expect(first.page.getByTestId('resolver-heard')).toHaveText('Not applied: 20 places are undecided');
    expect(await seriousIn(first.page)).toEqual([]);
    for (const key of ['m', 'j', 't', 'j']) await first.page.keyboard.press(key);
    await expect(validity(first.page)).toHaveText('18 places are undecided');
    const at = await place(first.page).textContent();
    await first.page.keyboard.press('b');
    await expect(place(first.page)).not.toHaveText(at ?? '');
    await expect(first.page.getByTestId('just-decided')).toHaveText(/: base taken$/);
    await first.page.keyboard.press('Control+Enter');
    await expect(first.page.getByTestId('resolver-heard')).toHaveText('Not applied: 17 places are undecided');
    await first.page.keyboard.press('Enter');
    await first.page.keyboard.press('Control+A');
    await first.page.keyboard.type('{"quota": ');
    await expect(validity(first.page)).toContainText('not JSON at line 1');
    await first.page.keyboard.press('Escape');
    await expect(first.page.getByTestId('resolver-heard')).toContainText('What you typed is kept');
    await expect(validity(first.page)).toHaveText('17 places are undecided');
    await first.page.keyboard.press('Control+Enter');
    await expect(first.page.getByTestId('resolver-heard')).toContainText('Not applied:');
    await first.page.keyboard.press('Escape');
    await first.page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).press('Enter');
    await expect(place(first.page)).toBeHidden();
    await first.close();
  });

  const { page, errors } = await launch();
  await test.step('what was decided and typed is there after a restart; a change from elsewhere is told and keeps it', async () => {
    await openConflicts(page);
    await expect(validity(page)).toHaveText('17 places are undecided');
    await expect(page.getByTestId('still')).toContainText('What you typed is kept');
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', { name: /^Value of/ });
    await expect(field).toHaveValue('{"quota": ');
    await page.keyboard.press('End');
    await page.keyboard.type('12');
    const later = JSON.parse(theirs) as Doc;
    later.shortcuts['act13'] = 300;
    await writeFile(laptopFile, JSON.stringify(later));
    await onLaptop('sync', 'run', 'settings');
    expect(await sync('run', 'settings')).toBe(1);
    await expect(page.getByText(/^Laptop changed this document meanwhile\. Your choices stay: [^:]+\. Another value, please look again: shortcuts › act13\.$/)).toBeVisible();
    await expect(field).toHaveValue('{"quota": 12');
    await expect(field).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Backspace');
    await expect(validity(page)).toHaveText('17 places are undecided');
  });

  await test.step('the rest takes two keys each, as fast as they can be pressed, and both devices have one document', async () => {
    await setLook(page, { theme: 'dark', language: 'zh-CN' });
    expect(await seriousIn(page)).toEqual([]);
    await setLook(page, { theme: 'light', language: 'en' });
    await page.keyboard.press('j');
    for (let left = 17; left > 0; left -= 1) for (const key of ['t', 'j']) await page.keyboard.press(key);
    await expect(validity(page)).toHaveText('Valid, ready to apply');
    await page.keyboard.press('Control+Z');
    await expect(validity(page)).toHaveText('1 place is undecided');
    await page.keyboard.press('Control+Shift+Z');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('settings is decided here.')).toBeVisible();
    await expect.poll(async () => (await runCli(laptopHome, folder, ['sync', 'run', 'settings'])).code).toBe(0);
    await expect.poll(async () => (await onLaptop('sync', 'run', 'settings'), JSON.parse(readFileSync(laptopFile, 'utf8')) as unknown)).toEqual(JSON.parse(readFileSync(deskFile, 'utf8')));
    expect(JSON.parse(readFileSync(deskFile, 'utf8'))).toMatchObject({ theme: 'solarized light', size: 15, shortcuts: { act0: 200, act13: 300 } });
    expect(errors).toEqual([]);
  });
});
