import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { addressesIn, readXClipboard } from '../pages/x-clipboard';
import { clipboardText, dropFiles, expect, setXClipboard, sha256, test } from '../pages/world';
import { png } from '../../test/host/pictures';

test('Ctrl+V uploads what another program copied: a picture, files, or the address of a picture', async ({ open, file, control, addAccounts, host }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  const paste = () => page.keyboard.press('Control+v');

  const copied = png(8, 6);
  await setXClipboard('image/png', copied);
  await paste();
  // Its own bytes, and not those of a PNG that the page was given.
  await expect.poll(async () => (await control.files()).map(({ sha256: digest }) => digest)).toEqual([sha256(copied)]);
  await expect(upload.rows.first()).toContainText('Uploaded');
  await expect.poll(readXClipboard).toMatch(/^!\[[^\]]+\]\(http/);
  await expect(page.getByRole('region', { name: 'Notices' }).getByText('Picferry can watch the clipboard')).toBeVisible();

  const [one, two] = [await file('copied one.png'), await file('复制 two.png')];
  await setXClipboard('text/uri-list', `${pathToFileURL(one).href}\r\n${pathToFileURL(two).href}\r\n`);
  await paste();
  await expect(upload.row('copied one.png')).toContainText('Uploaded');
  await expect(upload.row('复制 two.png')).toContainText('Uploaded');
  await expect.poll(() => readXClipboard().split('\n').length).toBe(2);
  const [first = ''] = addressesIn(readXClipboard());
  expect(Buffer.from(await (await fetch(first)).arrayBuffer())).toEqual(await readFile(one));

  await setXClipboard('UTF8_STRING', `${host.baseUrl}/secret.png`);
  await paste();
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('This address leads into a private network and was not opened.')).toBeVisible();
  expect((await control.files()).length).toBe(3);

  await setXClipboard('UTF8_STRING', 'just some words');
  await paste();
  await expect(page.getByText(/no picture/i).first()).toBeVisible();
});

test('a dropped folder gives its pictures and videos, and one without says so', async ({ open, file, control, addAccounts, folder }) => {
  await addAccounts('wizs');
  await file('album/a.png');
  await file('album/deep/b.png');
  await file('album/notes.txt', Buffer.from('x'));
  await file('papers/notes.txt', Buffer.from('x'));
  const { page, upload } = await open();
  await dropFiles(page, [`${folder}/files/album`, `${folder}/files/papers`]);
  await expect(upload.row('a.png')).toContainText('Uploaded');
  await expect(upload.row('b.png')).toContainText('Uploaded');
  await expect(upload.row('papers')).toContainText('There are no pictures in this folder.');
  expect((await control.files()).map(({ name }) => name).sort()).toEqual(['a.png', 'b.png']);
});

test('pictures dragged from a page are one batch: all their links are on the clipboard', async ({ open, control, addAccounts }) => {
  await addAccounts('wizs');
  const { app, page, upload } = await open();
  const pictures = [png(9, 5), png(7, 5)].map((bytes) => bytes.toString('base64'));
  await page.evaluate((all) => {
    const transfer = new DataTransfer();
    for (const [n, text] of all.entries()) {
      transfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], `from a page ${String(n)}.png`, { type: 'image/png' }));
    }
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, pictures);
  await expect(upload.row('from a page 0.png')).toContainText('Uploaded');
  await expect(upload.row('from a page 1.png')).toContainText('Uploaded');
  expect(await control.files()).toHaveLength(2);
  await expect.poll(async () => addressesIn(await clipboardText(app)).length).toBe(2);
});
