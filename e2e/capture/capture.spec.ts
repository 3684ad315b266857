import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { addressesIn, readXClipboard } from '../pages/x-clipboard';
import type { Picferry } from '../fixtures';
import { expect, test } from '../pages/world';
import { uploadPage } from '../pages/upload-page';
import { decode, partOf, pattern, pixelOf, showPicture, type Picture } from './show-picture';

const SCREEN = { width: 1600, height: 1000 };

const xdotool = (...args: readonly string[]): void => void execFileSync('xdotool', [...args]);

const xrandr = (...args: readonly string[]): void => void execFileSync('xrandr', [...args]);

/** Presses, draws and lets go with the X server's own pointer; places are pixels of the screen. */
const drag = (from: readonly [number, number], to: readonly [number, number]): void =>
  xdotool('mousemove', ...from.map(String), 'mousedown', '1', 'mousemove', String(from[0] + 40), String(from[1] + 30), 'mousemove', ...to.map(String), 'mouseup', '1');

type Invoke = { readonly picferry: { readonly invoke: (name: string, input: unknown) => Promise<{ readonly ok: boolean; readonly error?: { readonly code: string } }> } };
type Given = { readonly delaySeconds?: number; readonly edit?: boolean; readonly theme?: string; readonly language?: string };

/** Settings for the captures to come; no region is remembered. */
const set = async ({ page }: Picferry, { delaySeconds = 0, edit = false, ...look }: Given): Promise<void> => {
  const patch = { capture: { delaySeconds, edit, lastRegion: null }, ...look };
  expect(await page.evaluate((input) => (window as unknown as Invoke).picferry.invoke('settings:set', input), patch)).toMatchObject({ ok: true });
};

/** Starts a capture from the Upload screen and gives the window that it opens. */
const begin = async ({ app, page }: Picferry, item: string): Promise<Page> => {
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  const opened = app.waitForEvent('window');
  await page.getByRole('menuitem', { name: item }).click();
  return opened;
};

/** The X server has given this window the keyboard, so it is on the screen. Of a page, Playwright has it that it always has the keyboard. */
const inFront = ({ app }: Picferry, page: Page): Promise<void> =>
  expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.webContents.getURL() ?? '')).toBe(page.url());

const overlayOf = async (picferry: Picferry): Promise<Page> => {
  const overlay = await begin(picferry, 'Capture a region');
  await overlay.getByRole('application').waitFor();
  await inFront(picferry, overlay);
  return overlay;
};

/** What stands beside the crosshair: where it is, or the size of what is chosen. */
const beside = (overlay: Page) => overlay.locator('[data-size]');

/** The picture behind the link that lands on the clipboard once there are so many files at the host. */
const arrived = async (before: string): Promise<Picture> => {
  await expect.poll(readXClipboard).not.toBe(before);
  const [address = ''] = addressesIn(readXClipboard());
  return decode(Buffer.from(await (await fetch(address)).arrayBuffer()));
};

const same = (a: Picture, b: Picture): boolean => a.width === b.width && a.height === b.height && a.rgb.equals(b.rgb);

test('a region, the last region, the whole screen and a window arrive pixel for pixel', async ({ launch, addAccounts, control, folder }) => {
  await addAccounts('wizs');
  const picferry = await launch();
  const { page } = picferry;
  const first = pattern(SCREEN.width, SCREEN.height, 1);
  const shown = await showPicture(folder, first, { x: 0, y: 0, title: 'first' });

  await overlayOf(picferry);
  let link = readXClipboard();
  drag([200, 150], [1401, 953]);
  expect(same(await arrived(link), partOf(first, { x: 200, y: 150, width: 1201, height: 803 }))).toBe(true);
  expect((await control.files())[0]?.name).toMatch(/^screenshot-\d{8}-\d{6}\.png$/);
  await expect(uploadPage(page).rows.first()).toContainText('Uploaded');
  await shown.close();

  const second = pattern(SCREEN.width, SCREEN.height, 9);
  const other = await showPicture(folder, second, { x: 0, y: 0, title: 'second' });
  link = readXClipboard();
  await begin(picferry, 'Capture the last region again');
  expect(same(await arrived(link), partOf(second, { x: 200, y: 150, width: 1201, height: 803 }))).toBe(true);

  // Keys: from the middle, a part drawn out, moved, and taken.
  xdotool('mousemove', '800', '500');
  const keyed = await overlayOf(picferry);
  await keyed.screenshot({ path: test.info().outputPath('overlay.png') });
  expect(await seriousIn(keyed)).toEqual([]);
  for (const keys of ['Control+ArrowLeft', 'ArrowUp', 'Shift+ArrowRight', 'Control+Shift+ArrowRight', 'Control+Shift+ArrowDown', 'Shift+ArrowDown', 'ArrowRight', 'Control+ArrowDown']) await keyed.keyboard.press(keys);
  await expect(beside(keyed)).toHaveText('11 × 11');
  link = readXClipboard();
  xdotool('key', 'Return');
  expect(same(await arrived(link), partOf(second, { x: 791, y: 509, width: 11, height: 11 }))).toBe(true);

  // The pointer is heard down to the display's last row and column.
  const cancelled = await overlayOf(picferry);
  xdotool('mousemove', '1599', '999');
  await expect(beside(cancelled)).toHaveText('1600, 1000');
  const closed = cancelled.waitForEvent('close');
  xdotool('key', 'Escape');
  await closed;
  await expect.poll(() => picferry.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))).toEqual([true]);
  expect((await control.files()).length).toBe(3);

  // A screen that was split into monitors is one to choose from, over the seam.
  xrandr('--setmonitor', 'left', '700/185x1000/264+0+0', 'screen');
  xrandr('--setmonitor', 'right', '900/238x1000/264+700+0', 'none');
  await overlayOf(picferry);
  link = readXClipboard();
  drag([500, 300], [1101, 903]);
  expect(same(await arrived(link), partOf(second, { x: 500, y: 300, width: 601, height: 603 }))).toBe(true);
  for (const name of ['left', 'right']) xrandr('--delmonitor', name);

  // The countdown comes first and can be stopped.
  await set(picferry, { delaySeconds: 60 });
  const countdown = await begin(picferry, 'Capture the whole screen');
  await expect(countdown.getByText(/^Capturing in \d+ seconds$/)).toBeVisible();
  await countdown.screenshot({ path: test.info().outputPath('countdown.png') });
  expect(await seriousIn(countdown)).toEqual([]);
  // The window may be gone before the driver hears that the press was made.
  const pressed = countdown.getByRole('button', { name: 'Cancel' }).click().catch(() => undefined);
  await countdown.waitForEvent('close');
  await pressed;
  await set(picferry, { delaySeconds: 1 });
  link = readXClipboard();
  const brief = await begin(picferry, 'Capture the whole screen');
  await expect(brief.getByText('Capturing in 1 second')).toBeVisible();
  const whole = await arrived(link);
  expect({ width: whole.width, height: whole.height }).toEqual(SCREEN);
  expect(same(partOf(whole, { x: 0, y: 200, width: 1600, height: 800 }), partOf(second, { x: 0, y: 200, width: 1600, height: 800 }))).toBe(true);

  const small = pattern(301, 203, 77);
  const third = await showPicture(folder, small, { x: 900, y: 600, title: '窗口 small' });
  await set(picferry, {});
  link = readXClipboard();
  const chooser = await begin(picferry, 'Capture a window');
  await chooser.getByRole('button', { name: '窗口 small' }).focus();
  await chooser.screenshot({ path: test.info().outputPath('windows.png') });
  expect(await seriousIn(chooser)).toEqual([]);
  await inFront(picferry, chooser);
  xdotool('key', 'Return');
  const alone = await arrived(link);
  expect({ width: alone.width, height: alone.height }).toEqual({ width: 301, height: 203 });
  expect(same(alone, small)).toBe(true);
  await other.close();
  await third.close();
});

test('at scale 2 a region, the display’s last pixels and the whole display arrive in the display’s own pixels', async ({ launch, addAccounts, folder }) => {
  await addAccounts('wizs');
  const picferry = await launch({ args: ['--force-device-scale-factor=2'] });
  const seen = pattern(SCREEN.width, SCREEN.height, 5);
  const shown = await showPicture(folder, seen, { x: 0, y: 0, title: 'scaled' });

  await overlayOf(picferry);
  let link = readXClipboard();
  drag([302, 200], [904, 640]);
  expect(same(await arrived(link), partOf(seen, { x: 302, y: 200, width: 602, height: 440 }))).toBe(true);

  const corner = await overlayOf(picferry);
  link = readXClipboard();
  xdotool('keydown', 'shift');
  drag([1500, 900], [1599, 999]);
  xdotool('keyup', 'shift');
  await expect(beside(corner)).toHaveText('100 × 100');
  await corner.screenshot({ path: test.info().outputPath('adjust.png') });
  xdotool('key', 'Return');
  expect(same(await arrived(link), partOf(seen, { x: 1500, y: 900, width: 100, height: 100 }))).toBe(true);

  const whole = await overlayOf(picferry);
  xdotool('mousemove', '1400', '999');
  await expect(beside(whole)).toHaveText('1400, 1000');
  link = readXClipboard();
  xdotool('key', 'space');
  expect(same(await arrived(link), seen)).toBe(true);
  await shown.close();
});

test('what the editor’s tools do is in the pixels that arrive, and nothing else is', async ({ launch, addAccounts, control, folder }) => {
  await addAccounts('wizs');
  const picferry = await launch();
  await set(picferry, { edit: true, language: 'zh-CN' });
  const seen = pattern(600, 400, 3);
  const shown = await showPicture(folder, seen, { x: 100, y: 100, title: 'edited' });

  const edit = async (): Promise<Page> => {
    await picferry.page.getByRole('button', { name: '截图', exact: true }).click();
    const first = picferry.app.waitForEvent('window');
    await picferry.page.getByRole('menuitem', { name: '截取区域' }).click();
    const overlay = await first;
    await overlay.getByRole('application').waitFor();
    await inFront(picferry, overlay);
    await overlay.screenshot({ path: test.info().outputPath('overlay-zh.png') });
    const opened = picferry.app.waitForEvent('window');
    drag([100, 100], [700, 500]);
    const editor = await opened;
    await editor.locator('[data-surface]').waitFor();
    await inFront(picferry, editor);
    return editor;
  };
  const editor = await edit();
  const box = await editor.locator('[data-surface]').boundingBox();
  expect(box).toMatchObject({ width: 600, height: 400 });
  const draw = async (from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
    const { x = 0, y = 0 } = box ?? {};
    await editor.mouse.move(x + from[0], y + from[1]);
    await editor.mouse.down();
    await editor.mouse.move(x + to[0] - 5, y + to[1] - 5);
    await editor.mouse.move(x + to[0], y + to[1]);
    await editor.mouse.up();
  };
  const tool = (name: string) => editor.getByRole('button', { name });

  await editor.keyboard.press('r');
  await editor.getByRole('radio', { name: '蓝色' }).click();
  await draw([60, 60], [160, 120]);
  await tool('箭头').click();
  await editor.getByRole('radio', { name: '红色' }).click();
  await draw([200, 80], [300, 80]);
  await draw([200, 300], [500, 300]);
  await editor.keyboard.press('Control+z');
  await tool('马赛克').click();
  await draw([320, 60], [400, 140]);
  await editor.keyboard.press('Control+z');
  await editor.keyboard.press('Control+Shift+z');
  await editor.keyboard.press('t');
  await draw([60, 200], [60, 200]);
  await editor.keyboard.insertText('你好 Picferry');
  await editor.keyboard.press('Enter');
  // A rectangle by keys alone, from the middle.
  await editor.keyboard.press('r');
  for (const keys of ['Control+Shift+ArrowRight', 'Control+Shift+ArrowRight', 'Control+Shift+ArrowDown', 'Control+Shift+ArrowDown']) await editor.keyboard.press(keys);
  await editor.keyboard.press('Enter');
  await editor.screenshot({ path: test.info().outputPath('editor-zh.png') });
  expect(await seriousIn(editor)).toEqual([]);
  await editor.keyboard.press('c');
  await draw([20, 30], [520, 380]);
  await expect(editor.getByText('500 × 350 像素')).toBeVisible();
  let link = readXClipboard();
  xdotool('key', 'Return');
  const made = await arrived(link);

  expect({ width: made.width, height: made.height }).toEqual({ width: 500, height: 350 });
  const at = (x: number, y: number) => pixelOf(made, x - 20, y - 30);
  const was = (x: number, y: number) => pixelOf(seen, x, y);
  const [red, blue] = [[0xe5, 0x32, 0x2d], [0x16, 0x77, 0xe6]];
  for (const [x, y] of [[110, 60], [60, 90], [160, 90], [110, 120]] as const) expect(at(x, y)).toEqual(blue);
  expect(at(110, 90)).toEqual(was(110, 90));
  for (const x of [210, 250, 290, 297]) expect(at(x, 80)).toEqual(red);
  expect(at(250, 95)).toEqual(was(250, 95));
  expect(at(350, 300)).toEqual(was(350, 300));
  for (const [x, y] of [[310, 200], [300, 210], [320, 210], [310, 220]] as const) expect(at(x, y)).toEqual(red);
  expect(at(310, 210)).toEqual(was(310, 210));
  // Every block of 16 pixels has become its average.
  const block = partOf(seen, { x: 336, y: 76, width: 16, height: 16 });
  const average = [0, 1, 2].map((channel) => Math.round(Array.from({ length: 256 }, (_, index) => block.rgb[index * 3 + channel] ?? 0).reduce((sum, value) => sum + value, 0) / 256));
  for (const [x, y] of [[336, 76], [351, 91], [340, 80]] as const) expect(at(x, y)).toEqual(average);
  expect(at(319, 100)).toEqual(was(319, 100));
  const textArea = partOf(made, { x: 40, y: 170, width: 200, height: 32 });
  const inked = Array.from({ length: textArea.width * textArea.height }, (_, index) => pixelOf(textArea, index % textArea.width, Math.floor(index / textArea.width))).filter((pixel) => pixel.join() === red.join());
  expect(inked.length).toBeGreaterThan(300);
  expect(at(60, 260)).toEqual(was(60, 260));

  // Leaving asks only when something was drawn.
  await set(picferry, { edit: true, theme: 'dark' });
  const drawnOn = await edit();
  await drawnOn.keyboard.press('a');
  await drawnOn.mouse.move(400, 200);
  await drawnOn.mouse.down();
  await drawnOn.mouse.move(460, 260);
  await drawnOn.mouse.up();
  await drawnOn.keyboard.press('Escape');
  await drawnOn.getByRole('button', { name: '继续编辑' }).waitFor();
  await drawnOn.screenshot({ path: test.info().outputPath('discard-dark.png') });
  expect(await seriousIn(drawnOn)).toEqual([]);
  await drawnOn.getByRole('button', { name: '继续编辑' }).click();
  await expect(drawnOn.getByRole('alertdialog')).toHaveCount(0);
  expect(await seriousIn(drawnOn)).toEqual([]);
  await drawnOn.keyboard.press('Control+z');
  const closed = drawnOn.waitForEvent('close');
  xdotool('key', 'Escape');
  await closed;
  expect((await control.files()).length).toBe(1);

  // The capture's windows may do what a capture needs, and nothing else.
  link = readXClipboard();
  const last = await edit();
  const refused = await last.evaluate(async () => {
    const { invoke } = (window as unknown as Invoke).picferry;
    const answers = await Promise.all(['settings:snapshot', 'queue:snapshot', 'accounts:snapshot', 'capture:start'].map((name) => invoke(name, undefined)));
    return answers.map(({ error }) => error?.code);
  });
  expect(refused).toEqual(['refused', 'refused', 'refused', 'refused']);
  const camera = await last.evaluate(() => navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'let through', (error: Error) => error.name));
  expect(camera).not.toBe('let through');
  const preferences = await picferry.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()),
  );
  expect(preferences.length).toBe(2);
  for (const given of preferences) expect(given).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
  await shown.close();
});
