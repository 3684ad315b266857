import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { everyLook, pictures } from '../pages/pictures';
import { dropFiles, expect, test } from '../pages/world';

const place = (page: Page, name: string): Locator => page.getByRole('navigation', { name: 'Albums and lists' }).getByRole('button', { name, exact: true });
const tile = (page: Page, name: string | RegExp): Locator => page.getByRole('grid', { name: 'Albums' }).getByRole('gridcell', { name });

const choose = async (page: Page, album: string, entry: string): Promise<void> => {
  await tile(page, new RegExp(`^${album}`)).hover();
  await page.getByRole('button', { name: `Actions for ${album}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
};

const undo = (page: Page, said: string): Promise<void> => page.getByRole('region', { name: 'Messages' }).getByRole('dialog').filter({ hasText: said }).getByRole('button', { name: 'Undo' }).click();

/** Main answers the next call of this name as it does when reading fails, and those after it as ever. */
const failOnce = (app: ElectronApplication, name: string): Promise<void> =>
  app.evaluate(({ ipcMain }, call) => {
    const { _invokeHandlers: handlers } = ipcMain as unknown as { readonly _invokeHandlers: Map<string, unknown> };
    const real = handlers.get(call);
    if (real === undefined) throw new Error(`nothing answers ${call}`);
    handlers.set(call, () => {
      handlers.set(call, real);
      const problem = { kind: 'internal', sub: null, message: 'internal', params: {}, retryable: false, retryAfterMs: null, detail: `${call}: Error (made-to-fail)`, at: Date.now() };
      return { ok: false, error: { code: 'internal', id: 'made-to-fail', problem } };
    });
  }, name);

test('an album of one\'s own is made, filled, renamed and taken away without any host, and Undo brings it back', async ({ open, file, cli }) => {
  for (const name of ['lake.png', 'tower.png']) expect((await cli('upload', await file(name))).code).toBe(0);
  const { page, library } = await open();
  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await page.getByRole('button', { name: 'New album' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('旅行 2026');
  await page.getByRole('button', { name: 'Create album' }).click();
  await expect(tile(page, '旅行 2026, 0 uploads')).toBeVisible();
  // The button of the empty screen went with it; the one in the head gets the keyboard back.
  await expect(page.getByRole('heading', { name: 'Albums & remote', level: 1 })).toBeFocused();
  await page.getByRole('button', { name: 'New album' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'New album' })).toBeFocused();
  await tile(page, '旅行 2026, 0 uploads').click();
  await expect(page.getByText('This album is empty')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();

  await library.show();
  await library.choose('lake.png', 'Move to album…');
  await page.getByRole('combobox', { name: 'Find an album or name a new one' }).fill('旅行');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 upload is now in “旅行 2026”')).toBeVisible();
  await library.choose('tower.png', 'Move to album…');
  await page.getByRole('combobox', { name: 'Find an album or name a new one' }).fill('Towers');
  await page.getByRole('option', { name: 'New album “Towers”' }).click();
  await expect(page.getByText('1 upload is now in “Towers”')).toBeVisible();
  await library.choose('lake.png', 'Move to album…');
  await page.getByRole('option', { name: 'Out of its album' }).click();
  await undo(page, '1 upload is in no album now');
  await expect(page.getByText('1 upload is as it was')).toBeVisible();
  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await expect(tile(page, 'Towers, 1 upload')).toBeVisible();

  await choose(page, '旅行 2026', 'Rename…');
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('towers');
  await expect(page.getByText('Another album has this name.')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('西湖');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await tile(page, '西湖, 1 upload').click();
  await expect(library.rows).toHaveCount(1);
  await expect(library.row('lake.png')).toBeVisible();

  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await choose(page, '西湖', 'Remove album');
  await expect(tile(page, /^西湖/)).toBeHidden();
  await undo(page, '西湖');
  await expect(tile(page, '西湖, 1 upload')).toBeVisible();
});

test('a host\'s albums are listed and kept; the one chosen for uploads is used, and still chosen after a restart', async ({ open, file, addAccounts, control }) => {
  await addAccounts('imgurl');
  const first = await open();
  const { page } = first;
  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await place(page, 'Albums').click();
  await expect(tile(page, '大苏打1, 0 in this library')).toBeVisible();
  await expect(tile(page, '你好啊, 0 in this library')).toContainText('Private');
  await expect(page.getByText(/can list its albums but not what is in them/)).toBeVisible();
  const asked = async (): Promise<number> => (await control.requests()).filter(({ call }) => call === 'albums').length;
  const before = await asked();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect.poll(asked).toBe(before + 1);

  await first.upload.show();
  await page.getByRole('button', { name: 'Album: No album' }).click();
  await page.getByRole('combobox', { name: 'Find an album' }).fill('你好');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Album: 你好啊' })).toBeVisible();
  await first.close();

  const { page: again, upload } = await open();
  await expect(again.getByRole('button', { name: 'Album: 你好啊' })).toBeVisible();
  await dropFiles(again, [await file('hello.png')]);
  await expect(upload.row('hello.png')).toContainText('Uploaded');
  expect((await control.uploads())[0]?.fieldNames).toContain('album_id');
  await again.getByRole('button', { name: 'Albums & remote' }).click();
  await place(again, 'Albums').click();
  await tile(again, '你好啊, 1 in this library').click();
  await expect(again.getByRole('gridcell', { name: 'hello.png' })).toBeVisible();
});

test('where the pictures of an album cannot be read, its cover dialog says so, and another try by keyboard brings them', async ({ open, file, cli }) => {
  for (const name of ['lake.png', 'tower.png']) expect((await cli('upload', await file(name))).code).toBe(0);
  const { app, page, library } = await open();
  await library.show();
  for (const [name, entry] of [['lake.png', 'New album “Towers”'], ['tower.png', 'Towers']] as const) {
    await library.choose(name, 'Move to album…');
    await page.getByRole('combobox', { name: 'Find an album or name a new one' }).fill('Towers');
    await page.getByRole('option', { name: entry }).click();
    await expect(page.getByRole('option', { name: entry })).toBeHidden();
  }
  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await expect(tile(page, 'Towers, 2 uploads')).toBeVisible();
  await failOnce(app, 'library:rows');
  await choose(page, 'Towers', 'Choose cover…');
  const dialog = page.getByRole('dialog', { name: 'Cover of “Towers”' });
  const said = dialog.getByRole('alert');
  await expect(said).toContainText('The pictures of this album could not be read.');
  await expect(dialog.getByRole('listitem')).toHaveCount(0);
  await expect(said.getByRole('button', { name: 'Try again' })).toBeFocused();
  await pictures(app, page, everyLook).inEveryLook('albums-cover-failed');
  expect(await seriousIn(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(said).toBeHidden();
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('button', { name: 'tower.png' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await choose(page, 'Towers', 'Choose cover…');
  await expect(dialog.getByRole('button', { name: 'lake.png' })).toHaveAttribute('aria-pressed', 'true');
});
