import { everyLook, pictures } from '../pages/pictures';
import { sections, showSection } from '../pages/settings-page';
import { dropFiles, expect, test } from '../pages/world';
import { mp4, png, pngOfBytes } from '../../test/host/pictures';
import { takeChoice } from '../pages/lists';

test('every screen and state is kept as a picture, light and dark, English and Chinese', async ({ open, file, addAccounts, control, cli, host }) => {
  test.setTimeout(240_000);
  await addAccounts('wizs', 'chevereto', 'smms');
  const { app, page, upload, library } = await open();
  const { resize, inEveryLook, fits } = pictures(app, page, everyLook);
  await resize(1040, 700);
  await inEveryLook('upload-empty');
  // Only where the system offers no keychain.
  const putAway = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' });
  if (await putAway.isVisible()) await putAway.click();

  await library.show();
  await expect(page.getByText('Nothing uploaded yet')).toBeVisible();
  await inEveryLook('library-empty');
  await upload.show();

  await control.fail({ dialect: 'chevereto', call: 'upload', cut: true });
  await cli('accounts', 'default', 'chevereto');
  await dropFiles(page, [await file('answer lost.png', png(320, 200))]);
  await expect(upload.row('answer lost.png')).toContainText('Outcome unknown');
  await cli('accounts', 'default', 'wizs');
  await dropFiles(page, [await file('Harbour at dawn.png', png(320, 200)), await file('清晨的港口.png', png(200, 300)), await file('Ferry leaving.mp4', mp4(5, 500)), await file('empty.png', Buffer.alloc(0)), await file('notes.txt', Buffer.from('x'))]);
  await expect(upload.footer).toContainText('2 failed');
  // Messages that pass by keep the language they were said in.
  await expect(page.getByText('links copied').first()).toBeHidden();
  await control.set({ wizs: { throttleBytesPerSecond: 20_000 } });
  const long: string[] = [];
  for (let index = 0; index < 6; index += 1) long.push(await file(`crossing ${String(index + 1)}.png`, pngOfBytes(3_000_000)));
  await dropFiles(page, long);
  await expect.poll(async () => (await upload.queue()).summary.active).toBeGreaterThan(0);
  await inEveryLook('upload-working');
  await upload.footer.getByRole('button', { name: 'Stop the rest' }).click();
  await expect.poll(async () => (await upload.queue()).summary.active).toBe(0);
  await upload.rows.last().scrollIntoViewIfNeeded();
  await page.getByRole('list', { name: 'Uploads' }).evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await inEveryLook('upload-errors-and-unknown');

  await library.show();
  await expect(library.rows).toHaveCount(3);
  await inEveryLook('library-list');
  await takeChoice(page.getByRole('radio', { name: 'Grid' }));
  await inEveryLook('library-grid');
  await takeChoice(page.getByRole('radio', { name: 'List' }));
  await library.choose('Harbour at dawn', 'Details');
  await inEveryLook('library-details');
  await library.choose('Harbour at dawn', 'Delete on the host…');
  await inEveryLook('dialog-delete');
  await page.keyboard.press('Escape');
  const search = page.getByRole('searchbox');
  await search.fill('nothing like this');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await inEveryLook('library-nothing-found');
  await search.fill('');

  for (const section of sections) {
    await showSection(page, section);
    await inEveryLook(`settings-${section}`);
  }
  await showSection(page, 'accounts');
  await page.getByRole('button', { name: 'Add account' }).click();
  await inEveryLook('account-form-1');
  await page.getByRole('textbox', { name: 'Address of the site' }).fill(`${host.baseUrl}/imgurl`);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Step 2 of 2')).toBeVisible();
  await inEveryLook('account-form-2');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await inEveryLook('palette');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await inEveryLook('keys');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const wideParts = [
    ['upload', () => upload.show()],
    ['library', () => library.show()],
    ['settings-accounts', () => showSection(page, 'accounts')],
  ] as const;
  for (const [size, zoom] of [['640x480', 1], ['zoom-200', 2]] as const) {
    await resize(zoom === 1 ? 640 : 1280, zoom === 1 ? 480 : 900, zoom);
    for (const [name, show] of wideParts) {
      await show();
      await fits(`${name} at ${size}`);
      await inEveryLook(`${size}-${name}`);
    }
  }

  await resize(1040, 700);
  await upload.show();
  await upload.footer.getByRole('button', { name: 'Clear finished' }).click();
  await cli('accounts', 'set', 'wizs', '--secret', 'key=wrong', '--set', 'auth=header');
  await dropFiles(page, [await file('refused.png', png(64, 48)), await file('waiting.png', png(48, 64))]);
  await expect(upload.row('waiting.png')).toContainText('Waits: the account is paused');
  await inEveryLook('account-paused-upload');
  await showSection(page, 'accounts');
  await inEveryLook('account-paused-settings');
});
