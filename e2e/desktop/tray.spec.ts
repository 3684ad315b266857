import { once } from 'node:events';
import { png, pngOfBytes } from '../../test/host/pictures';
import type { Picferry } from '../fixtures';
import { clipboardText, dropFiles, expect, setXClipboard, test as base } from '../pages/world';
import { linesOf, startPanel, type Panel } from './panel';

/** A panel that is there before Picferry starts, and goes when the test ends. */
const test = base.extend<{ readonly panel: Panel }>({
  // Playwright reads the fixture's needs from this pattern; an empty one says "none".
   
  panel: async ({}, use) => {
    const panel = await startPanel();
    await use(panel);
    await panel.close();
  },
});

const visible = ({ app }: Pick<Picferry, 'app'>): Promise<boolean> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));
const closeWindow = ({ app }: Pick<Picferry, 'app'>): Promise<void> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

test('the menu of the tray, pressed over the session bus: copies a recent link, uploads the clipboard, pauses, changes the account, opens and quits', async ({ panel, open, file, addAccounts, control }) => {
  await addAccounts('wizs', 'smms');
  const picferry = await open();
  const { app, page, upload } = picferry;
  await expect.poll(async () => (await panel.look())?.tooltip).toBe('Picferry');

  await dropFiles(page, [await file('cat & dog.png')]);
  const recent = async () => linesOf(await panel.menu()).find(({ label }) => label.includes('dog.png'));
  await expect.poll(async () => (await recent())?.icon?.slice(0, 16) ?? null).toBe('89504e470d0a1a0a');
  await app.evaluate(({ clipboard }) => clipboard.writeText('something else'));
  await panel.press((await recent())?.label ?? '');
  await expect.poll(() => clipboardText(app)).toMatch(/^!\[cat & dog\]\(http.*\)$/);

  await setXClipboard('image/png', png());
  await panel.press('Upload clipboard');
  await expect.poll(async () => (await control.files()).length).toBe(2);

  const checked = async (): Promise<readonly string[]> => linesOf(await panel.menu()).filter((line) => line.checked).map(({ label }) => label);
  await expect.poll(checked).toEqual(['wizs']);
  await panel.press('smms');
  await panel.press('Pause uploads');
  await expect.poll(checked).toEqual(['smms', 'Pause uploads']);
  const paused = await panel.look();
  expect(paused?.tooltip).toBe('Picferry: Uploads are paused');
  await panel.press('Pause uploads');
  await expect.poll(async () => (await upload.queue()).summary.paused).toBe(false);
  await expect.poll(async () => { const now = await panel.look(); return [now?.tooltip, now?.icon === paused?.icon]; }).toEqual(['Picferry', false]);

  await closeWindow(picferry);
  await expect.poll(() => visible(picferry)).toBe(false);
  await panel.press('Open Picferry');
  await expect.poll(() => visible(picferry)).toBe(true);
  const exited = once(app.process(), 'exit');
  await panel.press('Quit Picferry');
  expect(await exited).toEqual([0, null]);
});

test('the menu of the tray uploads chosen files, captures the screen, puts the former clipboard back and switches the watchers', async ({ panel, open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { app } = await open();
  const lines = async () => linesOf(await panel.menu());
  const enabled = async (label: string): Promise<boolean | undefined> => (await lines()).find((line) => line.label === label)?.enabled;
  await expect.poll(() => enabled('Restore previous clipboard')).toBe(false);
  expect(await enabled('Last region again')).toBe(false);

  const chosen = await file('chosen.png');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [path] })) as typeof dialog.showOpenDialog;
  }, chosen);
  await panel.press('Upload files…');
  await expect.poll(() => clipboardText(app)).toMatch(/^!\[chosen\]\(http\S+\)$/);
  await setXClipboard('UTF8_STRING', 'words of another program');
  await panel.press('Whole screen');
  await expect.poll(async () => (await control.files()).length).toBe(2);
  await expect.poll(() => enabled('Restore previous clipboard')).toBe(true);
  await expect.poll(() => clipboardText(app)).toMatch(/^!\[.+\]\(http\S+\)$/);
  await panel.press('Restore previous clipboard');
  await expect.poll(() => clipboardText(app)).toBe('words of another program');
  await expect.poll(() => enabled('Restore previous clipboard')).toBe(false);

  const checked = async (): Promise<readonly string[]> => (await lines()).filter((line) => line.checked).map(({ label }) => label);
  await panel.press('Watch the clipboard');
  await panel.press('Watch for screenshots');
  await expect.poll(checked).toEqual(['Watch the clipboard', 'Watch for screenshots', 'wizs']);
  await panel.press('For an hour');
  await expect.poll(() => enabled('Go on watching')).toBe(true);
  await panel.press('Go on watching');
  await expect.poll(() => enabled('Until Picferry starts again')).toBe(true);
  await panel.press('Watch the clipboard');
  await panel.press('Watch for screenshots');
  await expect.poll(checked).toEqual(['wizs']);
  expect(await enabled('Pause watching')).toBeUndefined();
});

test('closing the window leaves uploads running in the tray and says so once; without a tray closing quits', async ({ panel, open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  await control.set({ wizs: { throttleBytesPerSecond: 250_000 } });
  const picferry = await open();
  const { app, page, upload } = picferry;
  const icon = async (): Promise<string | undefined> => (await panel.look())?.icon;
  await expect.poll(icon).toMatch(/./);
  const idle = await icon();
  await dropFiles(page, [await file('long.png', pngOfBytes(900_000))]);
  await expect.poll(async () => (await control.uploads()).length).toBe(1);
  await closeWindow(picferry);
  await expect.poll(() => visible(picferry)).toBe(false);
  await expect.poll(async () => (await panel.notes()).map(({ summary }) => summary)).toContain('Picferry stays in the tray');
  // One look for both: the upload ends in the meantime.
  const shown = async (): Promise<readonly unknown[]> => {
    const now = await panel.look();
    return [now?.tooltip.replace(/\d+ %$/, 'N %'), now?.icon === idle];
  };
  await expect.poll(shown).toEqual(['Picferry: Uploading one file · N %', false]);
  await expect.poll(async () => (await control.files()).length).toBe(1);
  await expect.poll(shown).toEqual(['Picferry', true]);

  await panel.activate();
  await expect.poll(() => visible(picferry)).toBe(true);
  await closeWindow(picferry);
  await expect.poll(() => visible(picferry)).toBe(false);
  expect((await panel.notes()).filter(({ summary }) => summary === 'Picferry stays in the tray')).toHaveLength(1);
  await panel.activate();
  await expect.poll(() => visible(picferry)).toBe(true);
  expect((await upload.queue()).jobs.map(({ state }) => state)).toEqual(['done']);

  await panel.hideTray();
  const exited = once(app.process(), 'exit');
  // The tray's end is noticed a moment later, and until then closing hides.
  await expect.poll(() => closeWindow(picferry).then(() => 'stays', () => 'ended')).toBe('ended');
  expect(await exited).toEqual([0, null]);
});
