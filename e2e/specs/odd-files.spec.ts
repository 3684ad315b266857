import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { dropFiles, expect, sha256, test } from '../pages/world';
import { chunk, png, pngOfBytes } from '../../test/host/pictures';

const EMOJI = '🎉 party.png';
const LONG = `${'长'.repeat(83)}ab.png`;

test('a picture with words and a place inside arrives without them, and stays as it is here', async ({ open, file, control, addAccounts }) => {
  await addAccounts('wizs');
  const clean = png(30, 20);
  const told = Buffer.concat([clean.subarray(0, -12), chunk('tEXt', Buffer.from('Comment\0taken at home, 39.9 N 116.4 E')), clean.subarray(-12)]);
  const path = await file('home.png', told);
  const { page, upload } = await open();
  await dropFiles(page, [path]);
  await expect(upload.footer).toContainText('1 of 1');
  expect((await control.files()).map((one) => one.sha256)).toEqual([sha256(clean)]);
  expect(await readFile(path)).toEqual(told);
});

test('names with spaces, quotes, emoji, Chinese, 255 bytes, or no extension all arrive with their bytes', async ({ open, file, control, addAccounts }) => {
  await addAccounts('wizs');
  expect(Buffer.byteLength(LONG)).toBe(255);
  const names = ['two words.png', `it's "quoted".png`, EMOJI, '截图 1.png', LONG, 'none'];
  const paths: string[] = [];
  for (const name of names) paths.push(await file(name));
  const { page, upload } = await open();
  await dropFiles(page, paths);
  await expect(upload.footer).toContainText(`${String(names.length)} of ${String(names.length)}`);
  const sent = await Promise.all(paths.map(async (path) => sha256(await readFile(path))));
  expect((await control.files()).map((one) => one.sha256).sort()).toEqual(sent.sort());
  const stored = (await control.files()).map(({ name }) => name);
  // Quotes go as %22 in a form, as browsers send them (HTML standard, multipart form data).
  for (const name of names.slice(0, 4)) expect(stored).toContain(name.replaceAll('"', '%22'));
  const { jobs } = await upload.queue();
  expect(jobs.map(({ name }) => name)).toEqual(paths.map((path) => basename(path)));
});

test('a file over the host\'s limit, a kind it does not take and a file that is gone each say so; a wrong extension harms nothing', async ({ open, file, addAccounts }) => {
  await addAccounts('smms');
  const { page, upload } = await open();
  const vanished = await file('vanished.png');
  await rm(vanished);
  await dropFiles(page, [await file('big.png', pngOfBytes(6 * 1024 * 1024)), await file('notes.txt', Buffer.from('x')), vanished, await file('a-png.jpg'), await file('good.png')]);
  await expect(upload.row('big.png')).toContainText('The file is larger than smms allows.');
  await expect(upload.row('notes.txt')).toContainText('This is neither a picture nor a video.');
  await expect(upload.row('vanished.png')).toContainText('There is no such file.');
  await expect(upload.row('a-png.jpg')).toContainText('Uploaded');
  await expect(upload.row('good.png')).toContainText('Uploaded');
  await expect(upload.footer).toContainText('3 failed');
  await page.getByRole('listitem', { name: 'notes.txt' }).getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByText('Report copied').first()).toBeVisible();
});

test('a file whose answer got lost is not sent again by itself; the person may ask the host or send it anyway', async ({ open, file, addAccounts, control }) => {
  await addAccounts('chevereto');
  await control.set({ chevereto: { refuseDuplicates: false } });
  await control.fail({ dialect: 'chevereto', call: 'upload', cut: true });
  const { page, upload } = await open();
  await dropFiles(page, [await file('lost.png', png())]);
  const row = upload.row('lost.png');
  await expect(row).toContainText('Outcome unknown');
  await expect(row).toContainText('It was sent, but no answer came. It may be online, so it is not sent again by itself.');
  expect((await control.uploads()).length).toBe(1);
  await row.getByRole('button', { name: 'Ask the host' }).click();
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('The host cannot tell.')).toBeVisible();
  await row.getByRole('button', { name: 'Upload anyway' }).click();
  await expect(row).toContainText('Uploaded');
  expect((await control.uploads()).length).toBe(2);
});
