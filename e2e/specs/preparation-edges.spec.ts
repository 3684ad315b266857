import { invoke } from '../app/bridge';
import { seriousIn } from '../pages/axe';
import { typeIntoFileChooser } from '../pages/file-chooser';
import { largePhoto, movingGif, phonePhoto } from '../pages/photos';
import { inEverySize, putNoticesAway } from '../pages/pictures';
import { showSection } from '../pages/settings-page';
import { dropFiles, expect, test } from '../pages/world';

const WORK = { timeout: 60_000 };
const MEGABYTE = 1024 * 1024;
const LETTERS = { kind: 'text', text: '𒀀', colour: '#ffffff', path: '', place: 'centre', size: 20, margin: 0, opacity: 100, angle: 0 } as const;
const NAMED = { template: '{date}-{nmae}', slug: 'off', lowerCase: false, collision: 'ignore' } as const;

test('what could not be made ready goes out without work on its pixels, as it is, or not at all; a name with a mistake is said where it is made', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  const sendBy = (defaultProfile: string): Promise<unknown> =>
    invoke(page, 'settings:set', { preparation: { profiles: [{ id: 'marked', name: 'Marked', watermark: LETTERS }, { id: 'named', name: 'Named', naming: NAMED }], defaultProfile, accounts: {} } });
  await sendBy('marked');
  await dropFiles(page, [await file('IMG_1.jpg', await phonePhoto()), await file('IMG_2.jpg', await phonePhoto(500, 400))]);
  const first = upload.row('IMG_1.jpg');
  await expect(first).toContainText('has characters that cannot be drawn', WORK);
  await first.getByRole('button', { name: 'Only remove location and camera data' }).press('Enter');
  await expect(first).toContainText('Uploaded', WORK);
  await expect(first).toContainText('location removed');
  const second = upload.row('IMG_2.jpg');
  await second.getByRole('button', { name: 'Other ways to send it' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Use the original' }).press('Enter');
  await expect(second).toContainText('Uploaded', WORK);
  await expect(second).not.toContainText('location removed');

  await sendBy('named');
  await dropFiles(page, [await file('IMG_3.jpg', await phonePhoto(400, 300))]);
  const third = upload.row('IMG_3.jpg');
  await expect(third).toContainText('makes names by a template with a mistake in it: {nmae}', WORK);
  expect(await seriousIn(page)).toEqual([]);
  await showSection(page, 'pictures');
  await expect(page.getByText('Nothing is sent by this profile until a mistake in its names is corrected: {nmae}')).toBeVisible();
  await page.getByRole('button', { name: 'Edit “Named”' }).click();
  await expect(page.getByText('Until this is right, nothing is sent by this profile.')).toBeVisible();
  const template = page.getByRole('textbox', { name: 'Name at the host' });
  await template.fill('shore-{name}');
  await template.press('Enter');
  await upload.show();
  await third.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(third).toContainText('Uploaded', WORK);
  expect((await control.files()).map(({ name }) => name)).toEqual(['IMG_1.jpg', 'IMG_2.jpg', 'shore-IMG_3.jpg']);
});

test('the original of a file that was made to fit gives way to what was made to fit again', async ({ open, file, addAccounts }) => {
  await addAccounts('smms');
  const { page, upload } = await open();
  await dropFiles(page, [await file('huge.jpg', await largePhoto(6 * MEGABYTE))]);
  const fit = upload.row('huge.jpg').getByRole('button', { name: /^Make it fit/ });
  await expect(fit).toBeVisible(WORK);
  await invoke(page, 'queue:pause', { paused: true });
  await fit.press('Enter');
  // One by itself closes the preview with each choice.
  await dropFiles(page, [await file('small.jpg', await phonePhoto())]);
  const adapted = async () => (await upload.queue()).jobs.find(({ name }) => name === 'huge.jpg')?.adapted;
  await expect.poll(adapted).not.toBeNull();
  const before = await adapted();
  await upload.footer.getByRole('button', { name: 'Preview waiting files' }).click();
  // The newest comes first.
  await expect(page.getByRole('dialog', { name: 'small.jpg' })).toBeVisible();
  await page.keyboard.press('PageDown');
  const dialog = page.getByRole('dialog', { name: 'huge.jpg' });
  // Before it is chosen.
  const refused = 'smms refused the original for its size.';
  const original = dialog.getByRole('button', { name: 'Use the original' });
  await expect(original).toHaveAccessibleDescription(refused, WORK);
  await expect(dialog.getByText(refused)).toBeVisible();
  await original.press('Enter', WORK);
  await expect.poll(adapted).toBeNull();
  await dialog.getByRole('button', { name: 'Use the prepared one' }).press('Enter', WORK);
  await expect.poll(adapted).toEqual(before);
  await page.keyboard.press('Escape');
  await invoke(page, 'queue:pause', { paused: false });
  await expect(upload.row('huge.jpg')).toContainText('Uploaded', WORK);
});

test('a file that ends too early goes out when its location could be taken out, else only as it is, as one does that was to be drawn on', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  const cut = (await phonePhoto()).subarray(0, -400);
  await dropFiles(page, [await file('cut.jpg', cut), await file('cut.gif', (await movingGif()).subarray(0, -100)), await file('header.jpg', cut.subarray(0, 900))]);
  // Within its pixels a JPEG is long past what has to go.
  await expect(upload.row('cut.jpg')).toContainText('location removed', WORK);
  for (const name of ['cut.gif', 'header.jpg']) await expect(upload.row(name)).toContainText(`Location and camera data may be in ${name}. They cannot be removed because the file ends too early, so it is not sent.`, WORK);
  await page.screenshot({ path: 'test-results/screenshots/cut-rows.png' });
  expect((await control.files()).map(({ name }) => name)).toEqual(['cut.jpg']);
  for (const name of ['cut.gif', 'header.jpg']) {
    const row = upload.row(name);
    await row.getByRole('button', { name: 'Use the original' }).press('Enter');
    await expect(row).toContainText('Uploaded', WORK);
  }

  await invoke(page, 'settings:set', { preparation: { profiles: [{ id: 'marked', name: 'Marked', watermark: { ...LETTERS, text: 'shore' } }], defaultProfile: 'marked', accounts: {} } });
  await dropFiles(page, [await file('cut 2.jpg', cut.subarray(0, -1))]);
  const marked = upload.row('cut 2.jpg');
  await expect(marked).toContainText('The picture cut 2.jpg could not be made ready by the profile “Marked”: it may be damaged.', WORK);
  await page.screenshot({ path: 'test-results/screenshots/cut-marked.png' });
  await marked.getByRole('button', { name: 'Other ways to send it' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Use the original' }).press('Enter');
  await expect(marked).toContainText('Uploaded', WORK);
  expect((await control.files()).map(({ name }) => name).sort()).toEqual(['cut 2.jpg', 'cut.gif', 'cut.jpg', 'header.jpg']);
});

const drawing = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320">
  <rect width="480" height="320" fill="#eef3f7"/><circle cx="240" cy="130" r="80" fill="#d98c3a" onclick="alert(1)"/>
  <foreignObject x="60" y="230" width="360" height="70"><p xmlns="http://www.w3.org/1999/xhtml">A page inside, which is seen</p></foreignObject>
  <a href="https://example.com/"><text x="20" y="30">outside</text></a><script>alert(1)</script></svg>`);

test('what stayed in a file, what was left out and what a drawing lost is seen before it goes, in its row and beside the picture', async ({ open, file, addAccounts }) => {
  test.setTimeout(300_000);
  await addAccounts('wizs');
  const { app, page, upload } = await open();
  await invoke(page, 'settings:set', { preparation: { profiles: [{ id: 'notes', name: 'Notes', unsupported: 'send', watermark: { ...LETTERS, text: '小明' } }], defaultProfile: 'notes', accounts: {} } });
  await invoke(page, 'queue:pause', { paused: true });
  const cut = (await phonePhoto()).subarray(0, -40);
  await dropFiles(page, [
    await file('harbour map with a long name 港口地图.svg', drawing),
    await file('scan.jxl', Buffer.from('ff0a1f2b0000', 'hex')),
    await file('cut.jpg', cut),
  ]);
  const map = upload.row('harbour map with a long name 港口地图.svg');
  await expect(map).toContainText('It stays a drawing', WORK);
  await expect(map).toContainText('content removed');
  await expect(map).toContainText('was removed although it could be seen');
  const kept = inEverySize(app, page);
  await putNoticesAway(page);
  await kept('prepare-notes-rows');
  await map.focus();
  await page.keyboard.press('Space');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('was removed although it could be seen', WORK);
  await expect(dialog).not.toContainText('both sides look the same');
  await expect(dialog.getByRole('region', { name: 'What was removed' })).toContainText('Content that is no drawing');
  expect(await seriousIn(page)).toEqual([]);
  await kept('prepare-notes-compare');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // What a profile makes of a picture stays in sight while it is changed.
  await showSection(page, 'pictures');
  await page.getByRole('button', { name: 'Edit “Notes”' }).click();
  await page.getByRole('button', { name: 'Choose a picture…' }).first().click();
  await typeIntoFileChooser(await file('trial.jpg', await phonePhoto(1200, 900)));
  const trial = page.getByRole('region', { name: /^(Try it on a picture|用一张图片试试)$/ });
  await expect(trial).toContainText('trial.jpg');
  await expect(trial.getByText(/ → /)).toBeVisible(WORK);
  const frame = page.getByRole('switch', { name: 'Round corners, border and shadow' });
  const bring = async (): Promise<void> => {
    await page.locator('[role=switch]').last().scrollIntoViewIfNeeded();
    await expect(page.getByText(/ → .*B/).first()).toBeInViewport({ ratio: 1 });
    // Size and time come first, where there is always room for them, and the bar leaves most of it to what is changed.
    const facts = trial.getByText(/^[\d,]+ × [\d,]+ · [^·]*\d/);
    await expect(facts).toBeInViewport({ ratio: 1 });
    expect(await trial.evaluate((bar: HTMLElement) => bar.offsetHeight / window.innerHeight)).toBeLessThan(0.13);
  };
  await bring();
  await frame.click();
  await expect(trial.getByText(/ → /)).toBeInViewport({ ratio: 1 });
  await kept('prepare-trial', bring);
});
