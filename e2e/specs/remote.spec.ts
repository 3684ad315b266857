import { png } from '../../test/host/pictures';
import { expect, test } from '../pages/world';

const OTHERS = 58;

const upload = async (url: string, field: string, name: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name);
  expect((await fetch(url, { method: 'POST', headers, body: form })).status).toBe(200);
};

test('a public gallery is read on as it is scrolled, marks what the library knows, and takes a stranger\'s row in without a delete link; a network\'s last hour can be looked at and cleared', async ({ open, file, addAccounts, cli, host, control }) => {
  await addAccounts('wizs', 'smms');
  for (let n = 0; n < OTHERS; n += 1) await upload(`${host.baseUrl}/wizs/api/v1/upload.php`, 'image', `other-${String(n)}.png`, png(10 + n, 10), { 'x-api-key': host.keys.wizs });
  for (const [n, name] of ['mine-1.png', 'mine-2.png'].entries()) expect((await cli('upload', await file(name, png(100 + n, 50)))).code).toBe(0);
  expect((await cli('upload', await file('hour.png', png(30, 30)), '--account', 'smms')).code).toBe(0);
  await upload(`${host.baseUrl}/smms/api/upload`, 'smfile', 'neighbour.png', png(31, 30));
  const { app, page, library, errors } = await open();
  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await page.getByRole('navigation', { name: 'Albums and lists' }).getByRole('button', { name: 'Public gallery' }).click();
  const list = page.getByRole('grid', { name: 'Listed by wizs' });
  const tiles = list.getByRole('gridcell');
  await expect(page.getByText('50 of 60 read')).toBeVisible();
  await expect(tiles.filter({ hasText: 'In library' })).toHaveCount(2);
  await tiles.first().click();
  await page.keyboard.press('End');
  await expect(page.getByText('60 rows, no more')).toBeVisible();
  await page.keyboard.press('End');
  const pages = (await control.requests()).filter(({ call }) => call === 'list').length;
  expect(pages).toBe(2);

  await tiles.last().click();
  await expect(page.getByRole('button', { name: 'Delete on the host…' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Add to library', exact: true }).click();
  await expect(page.getByText('1 added to the library.')).toBeVisible();
  await expect(tiles.last()).toContainText('In library');
  await expect(page.getByRole('button', { name: 'Delete on the host…' })).toHaveCount(0);
  await library.show();
  await expect(library.rows).toHaveCount(4);

  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await page.getByRole('combobox', { name: /^Sort/ }).click();
  await page.getByRole('option', { name: 'Oldest first' }).click();
  await expect(tiles.first()).toContainText('In library');
  await expect.poll(async () => (await control.requests()).filter(({ call }) => call === 'list').length).toBeGreaterThan(pages);

  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  await page.getByRole('navigation', { name: 'Albums and lists' }).getByRole('button', { name: 'Last hour' }).click();
  const hour = page.getByRole('grid', { name: 'Listed by smms' }).getByRole('gridcell');
  await expect(hour).toHaveCount(2);
  const entries = async (name: string): Promise<readonly string[]> => {
    await hour.filter({ hasText: name }).getByRole('button', { name: `Actions for ${name}` }).click();
    return page.getByRole('menuitem').allInnerTexts();
  };
  expect(await entries('hour.png')).toContain('Delete on the host…');
  await page.keyboard.press('Escape');
  expect(await entries('neighbour.png')).not.toContain('Delete on the host…');
  await page.getByRole('menuitem', { name: 'Open in browser' }).click();
  const opened = (): Promise<readonly string[]> => app.evaluate(() => (globalThis as unknown as { readonly opened: readonly string[] }).opened);
  await expect.poll(opened).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/smms\/files\//)]);
  expect((await fetch((await opened())[0] ?? '')).status).toBe(200);

  await page.getByRole('main').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Clear list…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Only the list is emptied.');
  await question.getByRole('button', { name: 'Clear list' }).click();
  await expect(page.getByText('List cleared. The files stay online.')).toBeVisible();
  await expect(page.getByText('Nothing was uploaded from this network in the last hour.')).toBeVisible();
  expect((await control.files('smms')).filter(({ deleted }) => deleted)).toEqual([]);
  expect(errors).toEqual([]);
});
