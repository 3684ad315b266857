import { dropFiles, expect, test } from '../pages/world';
import { invoke } from '../app/bridge';

const COUNT = 3000;

test('3,000 files dropped at once: all are there in their order, few rows are drawn, and main tells of them in portions', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const { page, upload, errors } = await open();
  await invoke(page, 'queue:pause', { paused: true });
  const paths = await Promise.all(Array.from({ length: COUNT }, (_, index) => file(`${String(index)}.png`)));
  await page.evaluate(() => {
    const kept = window as unknown as { told: number[]; picferry: { on: (name: string, listener: (event: { upsert: readonly unknown[] }) => void) => void } };
    kept.told = [];
    kept.picferry.on('queue:changed', ({ upsert }) => kept.told.push(upsert.length));
  });
  await dropFiles(page, paths);
  await expect(upload.footer).toContainText('0 of 3,000');
  const list = page.getByRole('list', { name: 'Uploads', exact: true });
  await expect(upload.row('0.png')).toHaveAttribute('aria-posinset', '1');
  await upload.row('0.png').focus();
  await page.keyboard.press('End');
  await expect(upload.row('2999.png')).toBeFocused();
  await expect(upload.row('2999.png')).toHaveAttribute('aria-posinset', String(COUNT));
  await page.keyboard.press('ArrowUp');
  await expect(upload.row('2998.png')).toBeFocused();
  expect(await list.getByRole('listitem').count()).toBeLessThan(60);
  const told = await page.evaluate(() => (window as unknown as { readonly told: readonly number[] }).told);
  expect(Math.max(...told)).toBeLessThanOrEqual(100);
  await invoke(page, 'queue:cancel', { all: true });
  await invoke(page, 'queue:dismiss', { finished: true });
  await expect(upload.rows).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a queue of 1,000 is there again after a start, whole and in its order', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const first = await open();
  await invoke(first.page, 'queue:pause', { paused: true });
  const paths = await Promise.all(Array.from({ length: 1000 }, (_, index) => file(`${String(index)}.png`)));
  await dropFiles(first.page, paths);
  await expect(first.upload.footer).toContainText('0 of 1,000');
  await first.kill();
  const { page, upload } = await open();
  await expect(upload.footer).toContainText('0 of 1,000');
  await upload.row('0.png').focus();
  await page.keyboard.press('End');
  await expect(upload.row('999.png')).toBeFocused();
  await expect(upload.row('999.png')).toHaveAttribute('aria-setsize', '1000');
});
