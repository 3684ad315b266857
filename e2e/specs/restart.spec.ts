import { dropFiles, expect, test } from '../pages/world';

test('a restart keeps queue, library, settings, accounts and the window\'s place', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const first = await open();
  await dropFiles(first.page, [await file('kept.png'), await file('empty.png', Buffer.alloc(0))]);
  await expect(first.upload.footer).toContainText('1 of 2');
  await first.page.getByRole('combobox', { name: /^Copy as/ }).click();
  await first.page.getByRole('option', { name: 'BBCode' }).click();
  await expect(first.upload.row('kept.png')).toContainText('[img]');
  const place = { x: 40, y: 60, width: 900, height: 600 };
  await first.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
  await first.close();

  const { app, page, upload, library } = await open();
  await expect(upload.row('kept.png')).toContainText('Uploaded');
  await expect(upload.row('kept.png')).toContainText('[img]');
  await expect(upload.row('empty.png')).toContainText('The file is empty.');
  await expect(page.getByRole('button', { name: /Account in use: wizs/ })).toBeVisible();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(place);
  await library.show();
  await expect(library.row('kept.png')).toBeVisible();
});
