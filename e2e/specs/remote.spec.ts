import { png } from '../../test/host/pictures';
import { expect, test } from '../pages/world';

const OTHERS = 58;

test('a public gallery is read on as it is scrolled, marks what the library knows, and takes a stranger\'s row in without a delete link', async ({ open, file, addAccounts, cli, host, control }) => {
  await addAccounts('wizs');
  for (let n = 0; n < OTHERS; n += 1) {
    const form = new FormData();
    form.append('image', new Blob([new Uint8Array(png(10 + n, 10))], { type: 'image/png' }), `other-${String(n)}.png`);
    const answer = await fetch(`${host.baseUrl}/wizs/api/v1/upload.php`, { method: 'POST', headers: { 'x-api-key': host.keys.wizs }, body: form });
    expect(answer.status).toBe(200);
  }
  for (const [n, name] of ['mine-1.png', 'mine-2.png'].entries()) expect((await cli('upload', await file(name, png(100 + n, 50)))).code).toBe(0);
  const { page, library, errors } = await open();
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
  await library.show();
  await expect(library.rows).toHaveCount(3);

  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await page.getByRole('combobox', { name: /^Sort/ }).click();
  await page.getByRole('option', { name: 'Oldest first' }).click();
  await expect(tiles.first()).toContainText('In library');
  await expect.poll(async () => (await control.requests()).filter(({ call }) => call === 'list').length).toBeGreaterThan(pages);
  expect(errors).toEqual([]);
});
