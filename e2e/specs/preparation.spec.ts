import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { PreparationProfile } from '../../src/shared/model/preparation';
import { seriousIn } from '../pages/axe';
import { typeIntoFileChooser } from '../pages/file-chooser';
import { pickByKeys } from '../pages/lists';
import { readElsewhere } from '../pages/other-readers';
import { factsOf, largePhoto, movingGif, phonePhoto } from '../pages/photos';
import { setLook, showSection } from '../pages/settings-page';
import { dropFiles, expect, sha256, test } from '../pages/world';

const WORK = { timeout: 60_000 };
const MEGABYTE = 1024 * 1024;

type Invoke = { readonly picferry: { readonly invoke: (name: string, input: unknown) => Promise<{ readonly value: { readonly settings: { readonly preparation: { readonly profiles: readonly PreparationProfile[] } } } }> } };
const profilesIn = async (page: Page): Promise<readonly PreparationProfile[]> => (await page.evaluate(() => (window as unknown as Invoke).picferry.invoke('settings:snapshot', undefined))).value.settings.preparation.profiles;
const bytesAt = async (url: string | null | undefined): Promise<Buffer> => Buffer.from(await (await fetch(url ?? '')).arrayBuffer());

test('a phone photo arrives without place and camera, the right way up, and its row says so; the original can be sent after it', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const photo = await phonePhoto();
  const path = await file('IMG_2034.jpg', photo);
  const { page, upload } = await open();
  await dropFiles(page, [path]);
  await expect(upload.row('IMG_2034.jpg')).toContainText('Uploaded', WORK);
  await expect(upload.row('IMG_2034.jpg')).toContainText('location removed');
  const [job] = (await upload.queue()).jobs;
  // Sky, sea and sun, where a person sees them.
  const points = [[0.5, 0.01], [0.5, 0.99], [0.7, 0.42]] as const;
  const [before, after] = [await readElsewhere(photo, points), await readElsewhere(await bytesAt(job?.url), points)];
  expect(before.said).toMatchObject({ 'GPS:GPSLatitudeRef': 'N', 'IFD0:Make': 'Picferry Cameras', 'IFD0:Orientation': 6 });
  expect(Object.keys(after.said).filter((key) => /gps|make|model|artist|lens|date|xmp|thumbnail/i.test(key) && !/^(System|ICC)/.test(key))).toEqual([]);
  for (const { seen } of [before, after]) {
    expect([seen.width, seen.height]).toEqual([480, 640]);
    for (const [at, colour] of [[11, 61, 102], [6, 34, 46], [255, 242, 201]].entries()) for (const [channel, value] of colour.entries()) expect(Math.abs((seen.points[at]?.[channel] ?? -99) - value)).toBeLessThan(20);
  }
  expect(await readFile(path)).toEqual(photo);
  await upload.row('IMG_2034.jpg').hover();
  await upload.row('IMG_2034.jpg').getByRole('button', { name: 'More for IMG_2034.jpg' }).click();
  await page.getByRole('menuitem', { name: 'Upload again without preparation' }).click();
  await expect(upload.rows).toHaveCount(2);
  await expect.poll(async () => (await upload.queue()).jobs.map(({ state }) => state)).toEqual(['done', 'done']);
  const [again] = (await upload.queue()).jobs;
  expect(sha256(await bytesAt(again?.url))).toBe(sha256(photo));
});

type Region = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
/** How many pixels of a part of a picture are about of a colour. */
const pixelsOf = async (bytes: Buffer, part: Region, [red, green, blue]: readonly [number, number, number]): Promise<number> => {
  const pixels = await sharp(bytes).removeAlpha().extract(part).raw().toBuffer();
  let count = 0;
  for (let at = 0; at < pixels.length; at += 3) if (Math.abs((pixels[at] ?? 0) - red) + Math.abs((pixels[at + 1] ?? 0) - green) + Math.abs((pixels[at + 2] ?? 0) - blue) < 60) count += 1;
  return count;
};

test('what is laid over a picture is seen in what arrives, in every script, and as a picture', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const mark = await file('mark.png', await sharp({ create: { width: 40, height: 20, channels: 3, background: '#e00000' } }).png().toBuffer());
  const { page, upload, library } = await open();
  const words = { Greek: 'Καλημέρα', Arabic: 'صباح الخير', Chinese: '早上好', emoji: '🌅🙂' };
  const watermark = { colour: '#ff00ff', place: 'centre', size: 20, margin: 0, opacity: 100, angle: 0, path: mark };
  const profiles = [...Object.entries(words).map(([id, text]) => ({ id, name: id, format: 'png', watermark: { ...watermark, kind: 'text', text } })), { id: 'picture', name: 'picture', format: 'png', watermark: { ...watermark, kind: 'picture', text: '', place: 'top-left' } }];
  const drawn: Record<string, number> = {};
  for (const [index, { id }] of profiles.entries()) {
    await page.evaluate((preparation) => (window as unknown as Invoke).picferry.invoke('settings:set', { preparation }), { profiles, defaultProfile: id, accounts: {} });
    const name = `${id}.png`;
    await dropFiles(page, [await file(name, await sharp({ create: { width: 400, height: 200, channels: 3, background: { r: 10, g: 60, b: 90 + index } } }).png().toBuffer())]);
    await expect(upload.row(name)).toContainText('Uploaded', WORK);
    const sent = await bytesAt((await upload.queue()).jobs.find((job) => job.name === name)?.url);
    const [all, middle] = [{ left: 0, top: 0, width: 400, height: 200 }, { left: 0, top: 60, width: 400, height: 80 }];
    if (id === 'picture') {
      // A fifth of the shorter edge: 40 by 20 pixels, in its corner.
      expect([await pixelsOf(sent, { left: 0, top: 0, width: 40, height: 20 }, [224, 0, 0]), await pixelsOf(sent, all, [224, 0, 0])]).toEqual([800, 800]);
    } else drawn[id] = await pixelsOf(sent, middle, [255, 0, 255]);
    expect(await pixelsOf(sent, { left: 0, top: 170, width: 400, height: 30 }, [10, 60, 90 + index])).toBe(12_000);
  }
  // A letter of 40 pixels has about 200 of its colour; boxes in place of letters would have fewer, and no text none.
  for (const [id, least] of Object.entries({ Greek: 900, Arabic: 500, Chinese: 600, emoji: 300 })) expect(drawn[id], id).toBeGreaterThan(least);
  // What is opened again is the file it was made from as long as that is there, and then what was made of it.
  await library.show();
  const original = page.locator('[data-modal]').getByRole('img', { name: 'picture.png' });
  const openedCorner = async (): Promise<readonly number[]> => {
    await library.row('picture.png').dblclick();
    await expect.poll(() => original.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(400);
    const corner = await original.evaluate(async (image) => {
      const readable = new Image();
      readable.crossOrigin = 'anonymous';
      readable.src = (image as HTMLImageElement).src;
      await readable.decode();
      const pen = Object.assign(document.createElement('canvas'), { width: 400, height: 200 }).getContext('2d');
      pen?.drawImage(readable, 0, 0);
      return [...(pen?.getImageData(5, 5, 1, 1).data ?? [])];
    });
    await page.keyboard.press('Escape');
    await expect(original).toBeHidden();
    return corner;
  };
  expect(await openedCorner()).toEqual([10, 60, 94, 255]);
  await file('picture.png', Buffer.from('another file by now'));
  expect(await openedCorner()).toEqual([224, 0, 0, 255]);
});

test('a moving picture keeps moving, whatever the profile makes of pictures', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const gif = await movingGif();
  const { page, upload } = await open();
  await dropFiles(page, [await file('moving.gif', gif)]);
  await expect(upload.footer).toContainText('1 of 1', WORK);
  await page.evaluate(
    () =>
      (window as unknown as Invoke).picferry.invoke('settings:set', {
        preparation: { profiles: [{ id: 'jpeg', name: 'Small JPEG', format: 'jpeg', resize: { by: 'longest', value: 20 } }], defaultProfile: 'jpeg', accounts: {} },
      }),
  );
  await dropFiles(page, [await file('moving 2.gif', Buffer.concat([gif]))]);
  await dropFiles(page, [await file('other.gif', await movingGif())]);
  await expect(upload.row('other.gif')).toContainText('Uploaded', WORK);
  const { jobs } = await upload.queue();
  expect((await factsOf(await bytesAt(jobs.find(({ name }) => name === 'other.gif')?.url))).frames).toBe(4);
  await expect(upload.row('other.gif')).toContainText('its movement would be lost');
});

test('a photo of 12 MB is made to fit a host that takes 5 MB', async ({ open, file, addAccounts }) => {
  await addAccounts('smms');
  const { page, upload } = await open();
  await dropFiles(page, [await file('huge.jpg', await largePhoto(12 * MEGABYTE))]);
  const row = upload.row('huge.jpg');
  await expect(row).toContainText('The file is larger than smms allows.');
  await row.getByRole('button', { name: /^Make it fit/ }).press('Enter');
  await expect(row).toContainText('Uploaded', WORK);
  const [job] = (await upload.queue()).jobs;
  const sent = await bytesAt(job?.url);
  expect(sent.length).toBeLessThan(5 * MEGABYTE);
  expect((await factsOf(sent)).format).toBe('jpeg');
  // What half of its size is still too much for is offered smaller again.
  await dropFiles(page, [await file('larger.jpg', await largePhoto(24 * MEGABYTE))]);
  const larger = upload.row('larger.jpg');
  const offer = larger.getByRole('button', { name: /^Make it fit/ });
  await offer.press('Enter', WORK);
  await expect(offer).toBeHidden();
  await expect(offer).toBeVisible(WORK);
  await offer.press('Enter');
  await expect(larger).toContainText('Uploaded', WORK);
  // And a format that it does not take is made into one that it does, where a profile sends all as it is.
  await page.evaluate(() => (window as unknown as Invoke).picferry.invoke('settings:set', { preparation: { profiles: [], defaultProfile: 'none', accounts: {} } }));
  await dropFiles(page, [await file('scan.tiff', await sharp(await phonePhoto()).tiff().toBuffer())]);
  const scan = upload.row('scan.tiff');
  await scan.getByRole('button', { name: 'Send as JPEG' }).press('Enter', WORK);
  await expect(scan).toContainText('Uploaded', WORK);
  const scanned = (await upload.queue()).jobs.find(({ name }) => name === 'scan.tiff');
  expect((await factsOf(await bytesAt(scanned?.url))).format).toBe('jpeg');
  expect(scanned?.url).toMatch(/\.jpe?g$/);
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keys' }).getByText('Space', { exact: true })).toBeVisible();
});

test('before and after lie under one slider, for keys and mouse, and what goes is listed', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  await page.evaluate(() => (window as unknown as Invoke).picferry.invoke('queue:pause', { paused: true }));
  await dropFiles(page, [await file('IMG_1.jpg', await phonePhoto()), await file('IMG_2.jpg', await phonePhoto(500, 400))]);
  await expect.poll(async () => (await upload.queue()).jobs.filter(({ bytes }) => bytes !== null).length).toBe(2);
  await upload.row('IMG_1.jpg').focus();
  await page.keyboard.press('Space');
  const dialog = page.getByRole('dialog', { name: 'IMG_1.jpg' });
  const slider = dialog.getByRole('slider', { name: 'Border between before and after' });
  await expect(slider).toHaveValue('50', WORK);
  const stage = dialog.getByRole('group', { name: /^The picture/ });
  await expect(stage.getByRole('img', { name: 'After' })).toBeVisible();
  await stage.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveValue('52');
  await page.keyboard.press('Home');
  await expect(slider).toHaveValue('0');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveValue('1');
  await stage.focus();
  await page.keyboard.press('1');
  await expect(dialog.getByText('100 %')).toBeVisible();
  const box = await stage.boundingBox();
  if (box === null) throw new Error('the stage is not there');
  await page.mouse.move(box.x + box.width * 0.01, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 3 });
  await page.mouse.up();
  await expect(slider).toHaveValue('75');
  await expect(dialog.getByRole('region', { name: 'What was removed' })).toContainText('Picferry Cameras');
  await expect(dialog).toContainText('39.90750, 116.38806');
  expect(await seriousIn(page)).toEqual([]);
  await dialog.getByRole('combobox', { name: /^Profile/ }).click();
  await page.getByRole('option', { name: 'Send files as they are' }).click();
  await expect(dialog).toContainText('Nothing changes: the file is sent as it is.', WORK);
  await dialog.getByRole('button', { name: 'Use this profile' }).click();
  await expect(dialog).toBeHidden();
  expect((await upload.queue()).jobs.map(({ name, profile }) => [name, profile])).toEqual([
    ['IMG_1.jpg', 'none'],
    ['IMG_2.jpg', null],
  ]);
  await upload.footer.getByRole('button', { name: 'Preview waiting files' }).click();
  await expect(page.getByText(/^All 2 files: /)).toBeVisible(WORK);
});

test('a file waits for its name and holds nobody back', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  await showSection(page, 'pictures');
  await page.getByRole('switch', { name: 'Ask for a name before uploading' }).click();
  await upload.show();
  await dropFiles(page, [await file('DSC_1.png'), await file('DSC_2.png')]);
  await page.getByRole('textbox', { name: 'Name for DSC_1.png' }).focus();
  await page.keyboard.type('harbour');
  await page.keyboard.press('Enter');
  await expect(upload.row('harbour.png')).toContainText('Uploaded', WORK);
  await expect(page.getByRole('textbox', { name: 'Name for DSC_2.png' })).toBeFocused();
  expect((await control.files()).map(({ name }) => name)).toEqual(['harbour.png']);
  await page.getByRole('button', { name: 'Upload all under their own names' }).click();
  await expect(upload.row('DSC_2.png')).toContainText('Uploaded', WORK);
  // A name that was written over whole, and one with what no host takes, are shown as they are sent.
  await dropFiles(page, [await file('DSC_3.png'), await file('DSC_4.png')]);
  await page.getByRole('textbox', { name: 'Name for DSC_3.png' }).focus();
  for (const typed of ['2026/05: 港口', 'con']) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }
  for (const name of ['2026-05- 港口.png', '_con.png']) await expect(upload.row(name)).toContainText('Uploaded', WORK);
  expect((await control.files()).slice(2).map(({ name }) => name).sort()).toEqual(['2026-05- 港口.png', '_con.png']);
});

/** Goes on by Tab until what is wanted has the keyboard. */
const tabTo = async (page: Page, role: string, name: string): Promise<void> => {
  for (let left = 250; left > 0; left -= 1) {
    const there = await page.evaluate(
      ([wantedRole, wanted]) => {
        const at = document.activeElement;
        if (!(at instanceof HTMLElement)) return false;
        const labels = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? [...(at.labels ?? [])].map(({ textContent }) => textContent ?? '') : [];
        const role = at.getAttribute('type') === 'color' ? 'colour' : at.getAttribute('role') ?? { INPUT: 'textbox', TEXTAREA: 'textbox', BUTTON: 'button' }[at.tagName] ?? '';
        return role === wantedRole && [at.getAttribute('aria-label') ?? '', at.textContent ?? '', ...labels].some((text) => text.startsWith(wanted));
      },
      [role, name] as const,
    );
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no ${role} “${name}” comes by Tab`);
};

test('every part of a profile can be set by the keyboard alone', async ({ open, file }) => {
  const { page, errors } = await open();
  await setLook(page, { language: 'en' });
  await showSection(page, 'pictures');
  const turn = async (name: string): Promise<void> => {
    await tabTo(page, 'switch', name);
    await page.keyboard.press('Space');
  };
  const pick = async (name: string, downs: number): Promise<void> => {
    await tabTo(page, 'combobox', name);
    await pickByKeys(page, new Array<string>(downs).fill('ArrowDown'));
    // Until it has the keyboard again, Tab would begin elsewhere.
    await expect(page.getByRole('combobox', { name }).first()).toBeFocused();
  };
  const write = async (name: string, text: string): Promise<void> => {
    await tabTo(page, 'textbox', name);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  };
  await tabTo(page, 'button', 'New profile');
  await page.keyboard.press('Enter');
  // What a new one is called is written at once.
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type('Blog');
  await turn('Remove location and camera data');
  await turn('Turn pictures upright for good');
  await turn('Convert colours to sRGB');
  await pick('Drawings (SVG)', 1);
  await pick('Make smaller', 1);
  await write('At most (pixels)', '1600');
  await turn('Cut off empty edges');
  await write('How different', '12');
  await write('Leave around it', '8');
  await pick('Send as', 3);
  await tabTo(page, 'button', 'Add an exception');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await pick('Send as, exception 1', 2);
  await turn('Convert what the host does not take');
  await turn('Choose the quality');
  await write('Quality', '71');
  await turn('Keep below a size');
  await write('At most (kB)', '400');
  await turn('Fill transparent parts');
  await write('Colour', '#abc');
  await pick('Lay over the picture', 1);
  await write('Text', '© 小明');
  await write('Colour of the text', '#102030');
  await pick('Where', 1);
  await write('Size', '7');
  await write('Distance', '4');
  await write('Opacity', '55');
  await write('Turned by', '-30');
  await turn('Round corners, border and shadow');
  await write('Round corners', '10');
  await turn('Border');
  await write('Width of the border', '2');
  await write('Colour of the border', '#405060');
  await write('Reach', '20');
  await write('Opacity of the shadow', '40');
  await write('Name at the host', '{{date:YYYY}-{{name}'.replaceAll('{{', '{'));
  await pick('Letters in names', 2);
  await turn('Small letters only');
  await pick('When a name is taken', 1);
  const saved = async (): Promise<PreparationProfile | undefined> => (await profilesIn(page))[0];
  await expect.poll(async () => ({ ...(await saved()), id: 'p' })).toEqual({
    id: 'p',
    name: 'Blog',
    metadata: 'keep',
    orientation: 'apply',
    colour: 'srgb',
    crop: { tolerance: 12, margin: 8 },
    resize: { by: 'longest', value: 1600 },
    format: 'webp',
    formatRules: [{ input: 'jpeg', format: 'png' }],
    unsupported: 'send',
    svg: 'rasterise',
    quality: 71,
    maxBytes: 400_000,
    flatten: '#aabbcc',
    watermark: { kind: 'text', text: '© 小明', colour: '#102030', path: '', place: 'tile', size: 7, margin: 4, opacity: 55, angle: -30 },
    frame: { radius: 10, border: { width: 2, colour: '#405060' }, shadow: { size: 20, opacity: 40 } },
    naming: { template: '{date:YYYY}-{name}', slug: 'ascii', lowerCase: true, collision: 'number' },
  });
  expect(await seriousIn(page)).toEqual([]);
  // Each way of making it smaller; the number goes on where it means the same.
  for (const [downs, by, value] of [[1, 'width', 1600], [1, 'height', 1600], [1, 'percent', 50]] as const) {
    await pick('Make smaller', downs);
    await expect.poll(async () => (await saved())?.resize).toEqual({ by, value });
  }
  // What is no number of the range is said and not kept.
  const number = page.getByRole('textbox', { name: 'Percent of its size' });
  for (const typed of ['0', '101', '1e1', '12.5', '', '−5']) {
    await write('Percent of its size', typed);
    await expect(page.getByText('A whole number from 1 to 100.')).toBeVisible();
    await page.keyboard.press('Enter');
  }
  await write('Percent of its size', ' 25 ');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await saved())?.resize).toEqual({ by: 'percent', value: 25 });
  await expect(number).toHaveValue('25');
  // Characters that no font here draws are named before anything is sent; the text is kept.
  const letters = page.getByText('No picture is sent by this profile as long as these are in it, since they cannot be drawn: 𒀀𓂀');
  await write('Text', 'Κα 𒀀𓂀𒀀');
  await expect(letters).toBeVisible();
  await write('Text', 'Καλημέρα صباح الخير 早上好 🌅');
  await expect(letters).toBeHidden();
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await saved())?.watermark?.text).toBe('Καλημέρα صباح الخير 早上好 🌅');
  await pick('Lay over the picture', 1);
  await expect(page.getByText('No picture chosen yet: nothing is drawn.')).toBeVisible();
  await tabTo(page, 'button', 'Choose a picture');
  await page.keyboard.press('Enter');
  const mark = await file('mark.png');
  await typeIntoFileChooser(mark);
  await expect.poll(async () => (await saved())?.watermark).toMatchObject({ kind: 'picture', path: mark, size: 7 });
  // Two changes in one moment both stay.
  await page.evaluate(() => {
    for (const name of ['Cut off empty edges', 'Keep below a size', 'Small letters only']) document.querySelector<HTMLElement>(`[role=switch][aria-label="${name}"]`)?.click();
  });
  await expect.poll(async () => [(await saved())?.crop, (await saved())?.maxBytes, (await saved())?.naming.lowerCase]).toEqual([null, null, false]);
  // And all of it goes back, the last change first.
  await tabTo(page, 'button', 'Undo the last change');
  for (let left = 40; left > 0 && (await page.getByRole('button', { name: 'Undo the last change' }).isEnabled()); left -= 1) await page.keyboard.press('Enter');
  await expect.poll(async () => (await saved())?.watermark).toBeNull();
  expect(errors).toEqual([]);
});
