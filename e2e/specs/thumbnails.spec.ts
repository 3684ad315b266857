import { rm } from 'node:fs/promises';
import { expect, test } from '../pages/world';
import { png } from '../../test/host/pictures';

test("a command line's uploads get their thumbnails when the library shows them, from their files or, where these are gone, from the host", async ({ open, file, addAccounts, cli }) => {
  await addAccounts('wizs');
  await file('kept.png', png(60, 40));
  const gone = await file('moved away.png', png(60, 40));
  expect((await cli('upload', 'files/kept.png', 'files/moved away.png')).code).toBe(0);
  await rm(gone);
  const { library, errors } = await open();
  await library.show();
  for (const name of ['kept.png', 'moved away.png']) {
    const picture = library.row(name).locator('img');
    await expect(picture).toHaveAttribute('src', /^picture:\/\/thumb\/[0-9a-f]{64}\.webp$/);
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(60);
  }
  expect(errors).toEqual([]);
});
