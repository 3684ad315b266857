import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { png } from '../../test/host/pictures';
import { invoke } from '../app/bridge';
import { recordWebm } from '../pages/films';
import { dropFiles, expect, test } from '../pages/world';

const THUMB = /^picture:\/\/thumb\/([0-9a-f]{64}\.webp)$/;

/** A BMP of one colour, bottom row first. */
const bmp = (width: number, height: number): Buffer => {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * height, 0x60);
  file.fill(0, 0, 54);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
};

const shownWidth = (picture: Locator): Promise<number> => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);

/** Mean brightness of a shown picture. */
const brightness = (picture: Locator): Promise<number> =>
  picture.evaluate(async (image) => {
    const readable = new Image();
    // Pictures have an origin of their own; without this their pixels cannot be read.
    readable.crossOrigin = 'anonymous';
    readable.src = (image as HTMLImageElement).src;
    await readable.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 8;
    const pen = canvas.getContext('2d');
    pen?.drawImage(readable, 0, 0, 8, 8);
    const pixels = [...(pen?.getImageData(0, 0, 8, 8).data ?? [])];
    return pixels.reduce((sum, value, at) => (at % 4 === 3 ? sum : sum + value), 0) / 192;
  });

test('a BMP and a video get pictures that the window draws; a file that is no picture keeps the sign of its kind', async ({ open, file }) => {
  const { page, upload, library, errors } = await open();
  // A damaged file goes out only where it may keep its metadata.
  await invoke(page, 'settings:set', { preparation: { profiles: [], defaultProfile: 'none', accounts: {} } });
  const film = await recordWebm(page, 2);
  const paths = [await file('scan.bmp', bmp(600, 300)), await file('film.webm', film), await file('broken.png', Buffer.concat([png(4, 4).subarray(0, 40), Buffer.alloc(200)]))];
  await dropFiles(page, paths);
  await expect.poll(async () => (await upload.queue()).summary.active + (await upload.queue()).summary.waiting).toBe(0);
  await library.show();
  const scan = library.row('scan.bmp').locator('img');
  const poster = library.row('film.webm').locator('img');
  await expect(scan).toHaveAttribute('src', THUMB);
  await expect(poster).toHaveAttribute('src', THUMB);
  await expect.poll(() => shownWidth(scan)).toBe(400);
  await expect.poll(() => shownWidth(poster)).toBe(160);
  expect(await brightness(poster)).toBeGreaterThan(40);
  await expect(library.row('broken.png')).toBeVisible();
  await expect(library.row('broken.png').locator('img')).toHaveCount(0);
  await library.choose('film.webm', 'Details');
  const length = page.getByRole('complementary', { name: 'Details' }).locator('dl > div').filter({ hasText: /^Length/ });
  await expect(length).toHaveText('Length0:02');
  expect(errors).toEqual([]);
});

test('an original is shown full-size from its file, from its host when that is gone, and a video can be moved about in', async ({ open, file, addAccounts, cli, folder }) => {
  await addAccounts('wizs');
  const paths = [await file('here.png', png(640, 480)), await file('gone.png', png(800, 500))];
  for (const path of paths) expect((await cli('upload', path)).code).toBe(0);
  await writeFile(join(folder, 'files', 'gone.png'), 'another file by now');
  const { page, upload, library, errors } = await open();
  await dropFiles(page, [await file('film.webm', await recordWebm(page))]);
  await expect.poll(async () => (await upload.queue()).summary.active + (await upload.queue()).summary.waiting).toBe(0);
  await library.show();
  const closed: string[] = [];
  for (const [name, width] of [['here.png', 640], ['gone.png', 800]] as const) {
    await library.row(name).dblclick();
    const original = page.locator('[data-modal]').getByRole('img', { name });
    await expect(original).toHaveAttribute('src', /^picture:\/\/preview\/[\w-]{32}$/);
    await expect.poll(() => shownWidth(original)).toBe(width);
    const address = (await original.getAttribute('src')) ?? '';
    await page.keyboard.press('Escape');
    await expect(original).toBeHidden();
    // What was closed is not to be had any more, once the word of it has come to main.
    const again = (): Promise<boolean> =>
      page.evaluate((src) => new Promise<boolean>((resolve) => {
        const image = new Image();
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
        image.src = src;
      }), address);
    await expect.poll(again).toBe(false);
    closed.push(address);
  }
  await library.row('film.webm').dblclick();
  const film = page.locator('[data-modal]').locator('video');
  await expect.poll(() => film.evaluate((video) => (video as HTMLVideoElement).readyState)).toBeGreaterThanOrEqual(2);
  await film.evaluate(async (element) => {
    const video = element as HTMLVideoElement;
    video.pause();
    const there = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    video.currentTime = 1;
    await there;
  });
  expect(await film.evaluate((video) => (video as HTMLVideoElement).currentTime)).toBe(1);
  // Asked for on purpose.
  expect(errors.filter((error) => !closed.some((address) => error.includes(address)))).toEqual([]);
});

test('a thumbnail that a crash left half-written is made again, not shown', async ({ open, file, home }) => {
  const first = await open();
  await dropFiles(first.page, [await file('a.png', png(300, 200)), await file('b.png', png(300, 200))]);
  await first.library.show();
  const names: string[] = [];
  for (const name of ['a.png', 'b.png']) {
    const picture = first.library.row(name).locator('img');
    await expect(picture).toHaveAttribute('src', THUMB);
    names.push(THUMB.exec((await picture.getAttribute('src')) ?? '')?.[1] ?? '');
  }
  await first.close();
  const thumb = (name: string | undefined): string => join(home, 'thumbs', name ?? '');
  const whole = await readFile(thumb(names[0]));
  await writeFile(thumb(names[0]), whole.subarray(0, whole.length / 2));
  await writeFile(thumb(names[1]), '');
  const { library } = await open();
  await library.show();
  for (const name of ['a.png', 'b.png']) await expect.poll(async () => ((await library.row(name).locator('img').count()) === 1 ? shownWidth(library.row(name).locator('img')) : 0)).toBe(300);
  expect(createHash('sha256').update(await readFile(thumb(names[0]))).digest('hex')).toBe(names[0]?.slice(0, 64));
});
