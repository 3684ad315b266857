import type { Page } from '@playwright/test';
import { dropFiles, expect, test } from '../pages/world';
import { takeChoice } from '../pages/lists';

/** What has the keyboard: its role or element, and its name. */
const held = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at === null ? 'nothing' : `${at.getAttribute('role') ?? at.localName} ${at.getAttribute('aria-label') ?? at.textContent ?? ''}`.trim();
  });

const tab = async (page: Page): Promise<string> => {
  await page.keyboard.press('Tab');
  return held(page);
};

test('the keyboard reaches all and loses its place nowhere', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, upload, library, errors } = await open();
  await control.fail({ dialect: 'wizs', call: 'upload', status: 200, json: { result: 'failed', code: 400, message: 'no' }, times: 1 });
  await dropFiles(page, [await file('bad.png')]);
  await expect(upload.footer).toContainText('1 failed');
  const names = ['k0.png', 'k1.png', 'k2.png', 'k3.png'];
  await dropFiles(page, await Promise.all(names.map((name) => file(name))));
  await expect(upload.footer).toContainText('4 of 5');

  await test.step('a count leads to its row', async () => {
    await upload.footer.getByRole('button', { name: '1 failed' }).press('Enter');
    await expect(upload.row('bad.png')).toBeFocused();
  });

  await test.step('Delete puts away row after row', async () => {
    await upload.row('k0.png').focus();
    await page.keyboard.press('Delete');
    await expect(upload.row('k1.png')).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(upload.row('k2.png')).toBeFocused();
    await expect(upload.rows).toHaveCount(3);
  });

  await test.step('a changed screen is where Tab goes on, and the list is one stop', async () => {
    await page.keyboard.press('Control+2');
    await expect(page.getByRole('heading', { name: 'Library', level: 1 })).toBeFocused();
    expect(await tab(page)).toContain('Search the library');
    await takeChoice(page.getByRole('radio', { name: 'List' }));
    for (let left = 12; left > 0 && !(await tab(page)).startsWith('row'); left -= 1);
    await expect(library.rows.first()).toBeFocused();
    expect([await tab(page), await tab(page), await tab(page)]).toEqual(['button Copy', 'button Copy as another format', 'button More actions']);
    await page.keyboard.press('Tab');
    await expect(page.locator('[role=grid] :focus')).toHaveCount(0);
  });

  await test.step('keys mean the list as soon as it is opened, and none of them changes a thing unseen', async () => {
    const reopen = async (): Promise<void> => {
      await library.rows.first().focus();
      await page.keyboard.press('Control+1');
      await expect(page.getByRole('heading', { name: 'Upload', level: 1 })).toBeFocused();
      await page.keyboard.press('Control+2');
      await expect(page.getByRole('heading', { name: 'Library', level: 1 })).toBeFocused();
    };
    await reopen();
    await page.keyboard.press('Control+i');
    await expect(page.getByLabel('Details', { exact: true })).toBeVisible();
    await page.keyboard.press('Control+i');
    await expect(page.getByLabel('Details', { exact: true })).toBeHidden();
    for (const key of ['Delete', 'Enter']) {
      await reopen();
      await page.keyboard.press(key);
      await expect(library.rows.first()).toBeFocused();
      await expect(page.getByRole('alertdialog')).toHaveCount(0);
    }
    await reopen();
    await page.keyboard.press(' ');
    await expect(page.locator('[data-modal]')).toContainText('1 of 4');
    await page.keyboard.press('Escape');
    await expect(library.rows.first()).toBeFocused();
  });

  await test.step('one Escape closes what is open', async () => {
    const closes = async (name: string, role: 'dialog' | 'alertdialog' = 'dialog'): Promise<void> => {
      await expect(page.getByRole(role, { name })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.locator('[data-modal], [role=dialog], [role=alertdialog]')).toHaveCount(0);
    };
    await library.row('k3.png').focus();
    await page.keyboard.press('Delete');
    await closes('Delete 1 picture on wizs?', 'alertdialog');
    await expect(library.row('k3.png')).toBeFocused();
    await page.keyboard.press('?');
    await closes('Keys');
    await page.keyboard.press('Control+k');
    await closes('Commands');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Add an account');
    await page.keyboard.press('Enter');
    await closes('Add an account');
  });

  await test.step('a picture deleted at its host has no link to copy in the queue', async () => {
    await library.show();
    expect(await library.delete('k2.png')).toContain('Deleted');
    await upload.show();
    const row = upload.row('k2.png');
    await expect(row).toContainText('Deleted');
    await expect(row.getByRole('button', { name: 'Copy', exact: true })).toHaveCount(0);
    await expect(upload.row('k3.png').getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Upload', level: 1 })).toBeFocused();
  });
  await test.step('a record taken out of the library leaves the keyboard with its neighbour', async () => {
    await library.show();
    const names = (await library.rows.allInnerTexts()).map((words) => /k\d\.png|bad\.png/.exec(words)?.[0] ?? words);
    const at = names.indexOf('k1.png');
    const neighbour = names[at + 1] ?? names[at - 1] ?? 'none';
    await library.choose('k1.png', 'Remove from the library only');
    await expect(library.rows).toHaveCount(3);
    await expect(library.row(neighbour)).toBeFocused();
  });
  expect(errors).toEqual([]);
});
