import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { addressesIn, readXClipboard } from '../pages/x-clipboard';
import { dropFiles, expect, setXClipboard, test } from '../pages/world';
import { png } from '../../test/host/pictures';

test('Ctrl+V uploads what another program copied: a picture, files, or the address of a picture', async ({ open, file, control, addAccounts, host }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  const paste = () => page.keyboard.press('Control+v');

  await setXClipboard('image/png', png(8, 6));
  await paste();
  await expect.poll(async () => (await control.files()).length).toBe(1);
  await expect(upload.rows.first()).toContainText('Uploaded');
  await expect.poll(readXClipboard).toMatch(/^!\[[^\]]+\]\(http/);

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
