import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { png } from '../../test/host/pictures';
import { inEverySize, putNoticesAway } from '../pages/pictures';
import { expect, test } from '../pages/world';

/** An ImgURL host with this many albums, as its API page has them. */
const hostOfAlbums = async (count: number): Promise<{ readonly url: string; readonly close: () => void }> => {
  const data = Array.from({ length: count }, (_, at) => ({ album_id: at + 1, user_email: 'xxx@qq.com', user_uid: 'u', name: at % 3 === 0 ? `旅行 ${at + 1}` : `Album ${at + 1} of a long journey`, description: '', create_date: '2026-01-02 03:04:05', update_date: null, is_private: at % 7 === 0 ? 1 : 0, password: null, cover: null }));
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ code: 200, msg: '', data })));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
};

test('10,000 albums of a host are kept as pictures: on their screen and in the box that one is chosen in', async ({ open, cli }) => {
  test.setTimeout(180_000);
  const many = await hostOfAlbums(10_000);
  expect((await cli('accounts', 'add', 'journeys', '--provider', 'imgurl', '--url', many.url, '--set', 'uid=u', '--secret', 'token=t')).code).toBe(0);
  const { app, page, upload } = await open();
  const kept = inEverySize(app, page);
  await putNoticesAway(page);
  await page.getByRole('button', { name: 'Albums & remote' }).click();
  await page.getByRole('navigation', { name: 'Albums and lists' }).getByRole('button', { name: 'Albums', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Albums' }).getByRole('gridcell').first()).toBeVisible();
  await kept('albums-many');
  await upload.show();
  await page.getByRole('button', { name: 'Album: No album' }).click();
  const find = page.getByRole('combobox', { name: 'Find an album' });
  await find.fill('journey');
  await expect(page.getByRole('option').first()).toBeVisible();
  await kept('albums-many-choose');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Album: Album \d+ of a long journey$/ })).toBeVisible();
  many.close();
});

test('a check of links that goes on is kept as a picture with its progress', async ({ open, file, addAccounts, cli }) => {
  test.setTimeout(120_000);
  await addAccounts('wizs');
  const paths: string[] = [];
  for (let index = 0; index < 240; index += 1) paths.push(await file(`crossing ${index + 1} 清晨.png`, png(30 + index, 40)));
  expect((await cli('upload', ...paths)).code).toBe(0);
  const { app, page, library } = await open();
  await putNoticesAway(page);
  await library.show();
  await library.rows.first().click();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Check links' }).click();
  const bar = page.getByRole('region', { name: 'Actions in progress' });
  await expect(bar.getByRole('progressbar')).toBeVisible();
  await inEverySize(app, page)('links-checking');
  await expect(bar.getByRole('progressbar')).toBeVisible();
});

test('every part of the window is kept as a picture, narrow and zoomed, too', async ({ open }) => {
  test.setTimeout(120_000);
  const { app, page } = await open();
  // The page itself may go nowhere.
  await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    await window?.loadURL(`${window.webContents.getURL().split('#')[0] ?? ''}#/gallery`);
    window?.webContents.reload();
  });
  await expect(page.getByRole('region', { name: 'Bar', exact: true })).toBeVisible();
  const kept = inEverySize(app, page);
  for (const part of ['Button', 'Bar', 'PickList', 'EmptyState']) {
    await kept(`parts-${part}`, () => page.getByRole('region', { name: part, exact: true }).first().evaluate((one) => one.scrollIntoView({ block: 'start' })));
  }
});
