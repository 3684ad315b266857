import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import { setLook } from './settings-page';

const folder = resolve(__dirname, '..', '..', 'test-results', 'screenshots');

export const everyLook = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'zh-CN' },
  { theme: 'dark', language: 'zh-CN' },
] as const;
/** Both languages and both themes in two pictures. */
export const twoLooks = [everyLook[0], everyLook[3]] as const;

/** Takes pictures of the window, kept as the output of the tests. */
export const pictures = (app: ElectronApplication, page: Page, looks: readonly (typeof everyLook)[number][]) => {
  let zoom = 1;
  const shot = async (name: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    // A zoomed page is cut off by Playwright's own pictures; the window's are whole.
    const whole = (): Promise<string> =>
      app.evaluate(async ({ BrowserWindow }) => (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64') ?? '');
    if (zoom !== 1) {
      await page.evaluate(async () => {
        await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
        // What ended is drawn a frame later.
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      });
    }
    const taken = zoom === 1 ? await page.screenshot({ animations: 'disabled', caret: 'hide' }) : Buffer.from(await whole(), 'base64');
    expect(taken.length).toBeGreaterThan(1000);
    await writeFile(join(folder, `${name}.png`), taken);
  };
  return {
    resize: async (width: number, height: number, factor = 1): Promise<void> => {
      zoom = factor;
      await app.evaluate(
        ({ BrowserWindow }, [w, h, z]) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.setContentSize(w, h);
          window?.webContents.setZoomFactor(z);
        },
        [width, height, factor] as const,
      );
    },
    /** `check` looks at each of them, too. */
    inEveryLook: async (name: string, check: (taken: string) => Promise<void> = () => Promise.resolve()): Promise<void> => {
      for (const look of looks) {
        await setLook(page, look);
        const taken = `${name}--${look.language === 'en' ? 'en' : 'zh'}-${look.theme}`;
        await shot(taken);
        await check(taken);
      }
      await setLook(page, { language: 'en', theme: 'light' });
    },
    /** Nothing lies beside the window. */
    fits: async (name: string): Promise<void> => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
    },
  };
};

/** Widths and heights of the window, how far it is zoomed, and the looks to see it in. */
const sizes = [['960', 960, 700, 1, everyLook], ['640', 640, 480, 1, twoLooks], ['zoom-200', 1280, 900, 2, twoLooks]] as const;

/** Keeps pictures of what the window shows, also narrow and zoomed; `show` brings it into sight again. Nothing may lie beside the window. */
export const inEverySize = (app: ElectronApplication, page: Page) => async (name: string, show: () => Promise<void> = () => Promise.resolve()): Promise<void> => {
  for (const [size, width, height, zoom, looks] of sizes) {
    const { resize, inEveryLook, fits } = pictures(app, page, looks);
    await resize(width, height, zoom);
    await show();
    await fits(`${name} at ${size}`);
    await inEveryLook(`${name}-${size}`);
    await resize(960, 700);
  }
};

/** They would lie in every picture. */
export const putNoticesAway = async (page: Page): Promise<void> => {
  const notices = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' });
  await expect(notices.first()).toBeVisible();
  while ((await notices.count()) > 0) await notices.first().click();
};
