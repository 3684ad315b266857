import { readFile } from 'node:fs/promises';
import { addressesIn, readXClipboard } from '../pages/x-clipboard';
import { dropFiles, expect, test } from '../pages/world';

test('a fresh install takes a dropped picture, puts its Markdown link on the clipboard and serves the same bytes', async ({ open, file }) => {
  const { page, upload } = await open();
  await expect(page.getByRole('heading', { name: 'Drop pictures, videos or folders here' })).toBeVisible();
  const path = await file('sunrise.png');
  await dropFiles(page, [path]);
  await expect(upload.row('sunrise.png')).toContainText('Uploaded');
  await expect(upload.row('sunrise.png')).toContainText('This computer only');
  await expect.poll(readXClipboard).toMatch(/^!\[sunrise\]\(http:\/\/127\.0\.0\.1:\d+\/\S+\)$/);
  await expect(page.getByText('1 link copied')).toBeVisible();
  await expect(page.getByText('Opens only on this computer').first()).toBeVisible();
  const [address = ''] = addressesIn(readXClipboard());
  const answer = await fetch(address);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(await readFile(path));
  await expect(upload.footer).toContainText('All done');
});
