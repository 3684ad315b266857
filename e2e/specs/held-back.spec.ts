import sharp from 'sharp';
import { invoke } from '../app/bridge';
import { seriousIn } from '../pages/axe';
import { mp4 } from '../../test/host/pictures';
import { dropFiles, expect, test } from '../pages/world';

const WORK = { timeout: 60_000 };

/** A WebP with a place in it whose parts end behind what it says is its end. */
const wrongWebp = async (): Promise<Buffer> => {
  const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#8899aa' } })
    .webp()
    .withExif({ IFD0: { Make: 'Picferry Cameras' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1', GPSLongitudeRef: 'E', GPSLongitude: '116/1 23/1 17/1' } })
    .toBuffer();
  photo.writeUInt32LE(photo.readUInt32LE(4) - 4, 4);
  return photo;
};

test('a picture that does not give up its location does not leave, says so before and in its row, and goes out only as the original', async ({ open, file, addAccounts, control }) => {
  test.setTimeout(300_000);
  await addAccounts('wizs');
  const { page, upload } = await open();
  const bytes = await wrongWebp();
  await invoke(page, 'queue:pause', { paused: true });
  await dropFiles(page, [await file('garden.webp', bytes)]);
  const row = upload.row('garden.webp');
  const sentence = 'Location and camera data may be in garden.webp. They cannot be removed because the file is damaged, so it is not sent.';
  await expect(row).toContainText(sentence, WORK);
  await expect(row.getByRole('button', { name: 'Only remove location and camera data' })).toHaveCount(0);
  await expect(row.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await row.focus();
  await page.keyboard.press('Space');
  const dialog = page.getByRole('dialog', { name: 'garden.webp' });
  await expect(dialog).toContainText(sentence, WORK);
  await expect(dialog).not.toContainText('Nothing was in it that had to go');
  expect(await seriousIn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await invoke(page, 'queue:pause', { paused: false });

  // Another profile that cannot make it ready leads to no way out that would send it with its location.
  await invoke(page, 'settings:set', { preparation: { profiles: [{ id: 'small', name: 'Small', resize: { by: 'width', value: 32 } }], defaultProfile: 'small', accounts: {} } });
  await dropFiles(page, [await file('gate.webp', bytes)]);
  const gate = upload.row('gate.webp');
  await expect(gate).toContainText('could not be made ready by the profile “Small”', WORK);
  await expect(gate.getByRole('button', { name: 'Only remove location and camera data' })).toHaveCount(0);
  // Asked for all the same, it ends the same way.
  const id = (await upload.queue()).jobs.find(({ name }) => name === 'gate.webp')?.id ?? '';
  await invoke(page, 'queue:set-profile', { ids: [id], profile: 'private' });
  await expect(gate).toContainText('They cannot be removed because the file is damaged', WORK);
  expect(await control.files()).toEqual([]);

  await row.getByRole('button', { name: 'Use the original' }).press('Enter');
  await expect(row).toContainText('Uploaded', WORK);
  expect((await control.files()).map(({ name }) => name)).toEqual(['garden.webp']);
  expect(await control.files()).toHaveLength(1);
});

test('a video is said to tell where it was taken, before it goes, as it goes and after', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  await invoke(page, 'queue:pause', { paused: true });
  await dropFiles(page, [await file('walk.mp4', mp4())]);
  const row = upload.row('walk.mp4');
  const sentence = 'Location and camera data may still be in it: videos are left as they are.';
  await expect(row).toContainText(sentence, WORK);
  await upload.footer.getByRole('button', { name: 'Preview waiting files' }).click();
  const dialog = page.getByRole('dialog', { name: 'walk.mp4' });
  await expect(dialog).toContainText(sentence, WORK);
  await expect(dialog).toContainText('Nothing could be read of it, which does not mean that nothing is in it.');
  await expect(dialog).not.toContainText('Nothing was in it that had to go');
  expect(await seriousIn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await invoke(page, 'queue:pause', { paused: false });
  await expect(row).toContainText('Uploaded', WORK);
  await expect(row).toContainText(sentence);
});
