import type { Page } from '@playwright/test';
import { invoke } from '../app/bridge';
import { largePhoto, phonePhoto } from '../pages/photos';
import { inEverySize, putNoticesAway } from '../pages/pictures';
import { showSection } from '../pages/settings-page';
import { dropFiles, expect, test } from '../pages/world';

const WORK = { timeout: 60_000 };

/** One that has every part, with words of both languages. */
const EVERYTHING = {
  id: 'blog',
  name: '博客 Blog with a rather long name',
  metadata: 'strip',
  resize: { by: 'longest', value: 1600 },
  crop: { tolerance: 10, margin: 4 },
  format: 'webp',
  formatRules: [{ input: 'png', format: 'keep' }, { input: 'heic', format: 'jpeg' }],
  quality: 82,
  maxBytes: 500_000,
  flatten: '#ffffff',
  watermark: { kind: 'text', text: '© 小明的渡轮', colour: '#ffffff', path: '', place: 'bottom-right', size: 12, margin: 4, opacity: 80, angle: 0 },
  frame: { radius: 12, border: { width: 2, colour: '#405060' }, shadow: { size: 24, opacity: 35 } },
  naming: { template: '{date:YYYY}-{name}-{counter}', slug: 'letters', lowerCase: true, collision: 'number' },
} as const;

const scrolledTo = (page: Page, share: number): Promise<void> =>
  page.evaluate((part) => {
    const scrollers = [...document.querySelectorAll('main, main *')].filter((one) => one.scrollHeight > one.clientHeight + 40 && /auto|scroll/.test(getComputedStyle(one).overflowY));
    const longest = scrollers.sort((a, b) => b.scrollHeight - a.scrollHeight)[0];
    longest?.scrollTo(0, (longest.scrollHeight - longest.clientHeight) * part);
  }, share);

test('what makes pictures ready is kept as pictures: the editor, before and after, make it fit, and the name before uploading', async ({ open, file, addAccounts }) => {
  test.setTimeout(240_000);
  await addAccounts('smms');
  const { app, page, upload } = await open();
  const madeReadyBy = (defaultProfile: string): Promise<unknown> => invoke(page, 'settings:set', { preparation: { profiles: [EVERYTHING], defaultProfile, accounts: {} } });
  await madeReadyBy('private');

  const kept = inEverySize(app, page);
  await putNoticesAway(page);
  await showSection(page, 'pictures');
  await kept('prepare-profiles', () => scrolledTo(page, 0));
  await page.getByRole('button', { name: /^Edit/ }).first().click();
  for (const [index, share] of [0, 0.25, 0.5, 0.75, 1].entries()) await kept(`prepare-editor-${index}`, () => scrolledTo(page, share));
  await page.getByRole('button', { name: 'All profiles' }).click();

  await upload.show();
  await dropFiles(page, [await file('too large 太大了.jpg', await largePhoto(6 * 1024 * 1024))]);
  await expect(upload.row('too large 太大了.jpg').getByRole('button', { name: /^Make it fit/ })).toBeVisible(WORK);
  await invoke(page, 'queue:pause', { paused: true });
  await dropFiles(page, [await file('IMG_20260502_190405 渡轮.jpg', await phonePhoto(1200, 900)), await file('IMG_2.jpg', await phonePhoto(500, 400))]);
  await kept('prepare-fit');
  await madeReadyBy('blog');
  await upload.footer.getByRole('button', { name: 'Preview waiting files' }).click();
  await expect(page.getByRole('dialog').getByRole('img', { name: 'After' })).toBeVisible(WORK);
  await expect(page.getByText(/^All 2 files: /)).toBeVisible(WORK);
  await kept('prepare-compare', () => expect(page.getByRole('button', { name: 'Use the original' })).toBeInViewport({ ratio: 1 }));
  await page.keyboard.press('Escape');

  await invoke(page, 'settings:set', { askNames: true });
  await dropFiles(page, [await file('DSC_0001.jpg', await phonePhoto(300, 200)), await file('屏幕截图 2026-05-02 190405.png')]);
  await expect(page.getByRole('textbox', { name: 'Name for DSC_0001.jpg' })).toBeVisible();
  await kept('prepare-name');
});
