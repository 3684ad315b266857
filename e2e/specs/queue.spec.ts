import { readXClipboard } from '../pages/x-clipboard';
import { dropFiles, expect, setXClipboard, test } from '../pages/world';
import { pngOfBytes } from '../../test/host/pictures';

test('the queue pauses, goes on, and stops the rest', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  const button = (name: string) => upload.footer.getByRole('button', { name });
  await control.set({ wizs: { throttleBytesPerSecond: 100_000 } });
  const paths: string[] = [];
  for (let index = 0; index < 8; index += 1) paths.push(await file(`q${String(index)}.png`, pngOfBytes(200_000)));
  await dropFiles(page, paths);
  await button('Pause').click();
  await expect(upload.row('q7.png')).toContainText('Paused');
  await expect.poll(async () => (await upload.queue()).summary.active).toBe(0);
  const before = (await control.uploads()).length;
  expect(before).toBeLessThan(8);
  expect((await upload.queue()).summary).toMatchObject({ paused: true, failed: 0 });

  await control.set({ wizs: { throttleBytesPerSecond: 10_000 } });
  await button('Go on').click();
  await expect.poll(async () => (await control.uploads()).length).toBeGreaterThan(before);
  await button('Stop the rest').click();
  await expect.poll(async () => (await upload.queue()).jobs.filter(({ state }) => state === 'cancelled').length).toBeGreaterThan(0);
  await button('Clear finished').click();
  await expect(page.getByRole('heading', { name: 'Drop pictures, videos or folders here' })).toBeVisible();
});

test('bytes that are there already are answered with their link; "Upload anyway" sends them', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  const path = await file('twice.png');
  await dropFiles(page, [path]);
  await expect(upload.row('twice.png')).toContainText('Uploaded');
  await expect.poll(readXClipboard).toContain('![twice]');
  const link = readXClipboard();
  await setXClipboard('UTF8_STRING', 'nothing');
  await dropFiles(page, [path]);
  const again = upload.rows.filter({ hasText: 'Was there already' });
  await expect(again).toBeVisible();
  await expect.poll(readXClipboard).toBe(link);
  expect((await control.files()).length).toBe(1);
  await again.getByRole('button', { name: 'Upload anyway' }).click();
  await expect.poll(async () => (await control.files()).length).toBe(2);
  await expect(upload.rows.filter({ hasText: 'Was there already' })).toHaveCount(0);
});

test('all that failed is tried again at once', async ({ open, file, addAccounts, control }) => {
  await addAccounts('imgurl');
  const { page, upload } = await open();
  await control.fail({ dialect: 'imgurl', call: 'upload', status: 200, json: { code: 400, msg: 'busy' }, times: 2 });
  await dropFiles(page, [await file('r1.png'), await file('r2.png')]);
  await expect(upload.footer).toContainText('2 failed');
  await upload.footer.getByRole('button', { name: 'Try all failed again' }).click();
  await expect(upload.footer).toContainText('2 of 2');
  expect((await control.files()).length).toBe(2);
});

test('a wrong key pauses the account after one refusal; 20 files wait and go on once the key is right', async ({ open, file, addAccounts, control, cli, host }) => {
  await addAccounts('wizs');
  await cli('accounts', 'set', 'wizs', '--secret', 'key=wrong', '--set', 'concurrency=1', '--set', 'auth=header');
  const { page, upload } = await open();
  const paths: string[] = [];
  for (let index = 0; index < 20; index += 1) paths.push(await file(`w${String(index)}.png`));
  await dropFiles(page, paths);
  await expect(page.getByText('wizs did not accept the key.').first()).toBeVisible();
  await expect.poll(async () => (await upload.queue()).summary).toMatchObject({ waiting: 20, failed: 0, active: 0 });
  expect((await control.uploads()).length).toBe(1);
  await expect(page.getByRole('button', { name: /Account in use: wizs\. Paused/ })).toBeVisible();
  await expect(upload.row('w1.png')).toContainText('Waits: the account is paused');

  const fixed = await cli('accounts', 'set', 'wizs', '--secret', `key=${host.keys.wizs}`);
  expect(fixed.code).toBe(0);
  await expect(upload.footer).toContainText('20 of 20');
  expect((await control.files()).length).toBe(20);
});

test('without a network the queue waits, and goes on by itself when it is back', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { app, page, upload } = await open();
  await app.evaluate(({ net }) => Object.defineProperty(net, 'isOnline', { value: () => false, configurable: true, writable: true }));
  await expect.poll(async () => (await upload.queue()).summary.offline).toBe(true);
  await dropFiles(page, [await file('here.png')]);
  await expect(upload.row('here.png')).toContainText('Uploaded');
  await expect(upload.footer).toContainText('No network');
  await app.evaluate(({ net }) => Object.defineProperty(net, 'isOnline', { value: () => true, configurable: true, writable: true }));
  await expect(upload.footer).not.toContainText('No network');
  expect((await control.files()).length).toBe(1);
});
