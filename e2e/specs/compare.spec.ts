import type { Locator } from '@playwright/test';
import { invoke } from '../app/bridge';
import { seriousIn } from '../pages/axe';
import { factsOf, phonePhoto } from '../pages/photos';
import { dropFiles, expect, sha256, test } from '../pages/world';

const WORK = { timeout: 60_000 };

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1).replace(/\.0$/, '')} kB`;

test('the original is taken for one of several in the preview, and taken back, by keyboard: picture, row and total follow, and so does what arrives', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  await invoke(page, 'settings:set', { preparation: { profiles: [{ id: 'small', name: 'Small', metadata: 'strip', resize: { by: 'longest', value: 120 } }, { id: 'marked', name: 'Marked', watermark: { kind: 'text', text: '小明', colour: '#ffffff', path: '', place: 'bottom-right', size: 6, margin: 3, opacity: 60, angle: 0 } }], defaultProfile: 'small', accounts: {} } });
  await invoke(page, 'queue:pause', { paused: true });
  const photos = { 'IMG_1.jpg': await phonePhoto(), 'IMG_2.jpg': await phonePhoto(500, 400), 'IMG_3.jpg': await phonePhoto(400, 300) };
  const paths: string[] = [];
  for (const [name, bytes] of Object.entries(photos)) paths.push(await file(name, bytes));
  await dropFiles(page, paths);
  const sizes = async (): Promise<Readonly<Record<string, number>>> => Object.fromEntries((await upload.queue()).jobs.map(({ name, bytes }) => [name, bytes ?? 0]));
  await expect.poll(async () => Object.values(await sizes()).filter((bytes) => bytes > 0).length).toBe(3);
  const made = await sizes();
  const original = (name: keyof typeof photos): number => photos[name].length;
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const total = (bytes: number): string => `All 3 files: ${kilobytes(sum(Object.values(photos).map(({ length }) => length)))} → ${kilobytes(bytes)}`;

  await upload.footer.getByRole('button', { name: 'Preview waiting files' }).click();
  const dialog = page.getByRole('dialog');
  // Rows behind a dialog are there for the eye alone.
  const row = (name: string): Locator => page.locator(`[role=listitem][aria-label="${name}"]`);
  const after = dialog.getByRole('group', { name: /^The picture/ }).getByRole('img', { name: 'After' });
  const width = (): Promise<number> => after.evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect(after).toBeVisible(WORK);
  await page.keyboard.press('PageDown');
  await expect(dialog).toContainText('2 of 3');
  await expect.poll(width, WORK).toBe(96);
  await expect(dialog.getByText(total(sum(Object.values(made))))).toBeVisible(WORK);

  const button = dialog.getByRole('button', { name: 'Use the original' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Nothing changes: the file is sent as it is.', WORK);
  await expect.poll(width, WORK).toBe(400);
  await expect(dialog.getByText(total((made['IMG_1.jpg'] ?? 0) + original('IMG_2.jpg') + (made['IMG_3.jpg'] ?? 0)))).toBeVisible(WORK);
  await expect.poll(async () => (await sizes())['IMG_2.jpg']).toBe(original('IMG_2.jpg'));
  await expect(row('IMG_2.jpg')).not.toContainText('→');
  await expect(row('IMG_3.jpg')).toContainText('→');
  expect(await seriousIn(page)).toEqual([]);

  // The same button takes it back, and has the keyboard still.
  await expect(dialog.getByRole('button', { name: 'Use the prepared one' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(width, WORK).toBe(96);
  await expect(dialog.getByText(total(sum(Object.values(made))))).toBeVisible(WORK);
  await expect(row('IMG_2.jpg')).toContainText('→');
  await expect(button).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(width, WORK).toBe(400);

  // A profile that is chosen leaves the keyboard in the dialog, so that it goes on to the next file; and the account's can be had again.
  await page.keyboard.press('PageDown');
  await expect(dialog).toContainText('3 of 3');
  const choose = async (name: string): Promise<void> => {
    await dialog.getByRole('combobox', { name: /^Profile/ }).click();
    await page.getByRole('option', { name }).click();
    await dialog.getByRole('button', { name: 'Use this profile' }).press('Enter');
    await expect(dialog.getByRole('button', { name: 'Use this profile' })).toBeHidden();
  };
  await choose('Remove location and camera data');
  await expect.poll(width, WORK).toBe(300);
  // Pixel by pixel in the middle, but for what lies at an edge.
  const zoom = dialog.locator('output');
  await dialog.getByRole('combobox', { name: /^Profile/ }).click();
  await page.getByRole('option', { name: 'Marked' }).click();
  await expect(dialog).toContainText('300 × 400', WORK);
  await expect(zoom).not.toHaveText('100 %');
  await choose('The account’s profile');
  await expect(zoom).toHaveText('100 %', WORK);
  await expect.poll(width, WORK).toBe(90);
  await page.keyboard.press('PageUp');
  await expect(dialog).toContainText('2 of 3');
  await page.keyboard.press('Escape');
  await invoke(page, 'queue:pause', { paused: false });
  await expect.poll(async () => (await upload.queue()).jobs.map(({ state }) => state), WORK).toEqual(['done', 'done', 'done']);

  const arrived = new Map((await upload.queue()).jobs.map(({ name, url }) => [name, url ?? '']));
  const bytesOf = async (name: string): Promise<Buffer> => Buffer.from(await (await fetch(arrived.get(name) ?? '')).arrayBuffer());
  expect(sha256(await bytesOf('IMG_2.jpg'))).toBe(sha256(photos['IMG_2.jpg']));
  for (const name of ['IMG_1.jpg', 'IMG_3.jpg']) {
    const { exif, shown } = await factsOf(await bytesOf(name));
    expect([exif?.includes('Picferry Cameras') ?? false, Math.max(shown.width, shown.height)]).toEqual([false, 120]);
  }
  expect((await control.files()).length).toBe(3);
});
