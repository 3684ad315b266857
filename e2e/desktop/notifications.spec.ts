import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { png } from '../../test/host/pictures';
import { clipboardText, dropFiles, expect, test as base } from '../pages/world';
import { invoke } from '../app/bridge';
import type { Picferry } from '../fixtures';
import { startPanel, type Panel, type PanelNote } from './panel';

const test = base.extend<{ readonly panel: Panel }>({
  // Playwright reads the fixture's needs from this pattern; an empty one says "none".
   
  panel: async ({}, use) => {
    const panel = await startPanel();
    await use(panel);
    await panel.close();
  },
});

/** As when another program lies over it. */
const hideWindow = ({ app }: Pick<Picferry, 'app'>): Promise<void> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => window.hide()));
const shown = ({ app }: Pick<Picferry, 'app'>): Promise<boolean> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));

const newest = async (panel: Panel, summary: string): Promise<PanelNote> => {
  await expect.poll(async () => (await panel.notes()).at(-1)?.summary).toBe(summary);
  const note = (await panel.notes()).at(-1);
  if (note === undefined) throw new Error('there is no note');
  return note;
};

test('a batch that ends while the window is hidden is one notification with its picture, whose actions copy the links anew and whose place the next one takes', async ({ panel, open, file, addAccounts }) => {
  await addAccounts('wizs');
  const picferry = await open();
  const { app, page } = picferry;
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null)).toBe(true);
  await hideWindow(picferry);
  await dropFiles(page, [await file('dawn <1> & dusk.png'), await file('b.png', png(4, 4))]);
  const note = await newest(panel, '2 links copied');
  expect(note.body).toBe('dawn <1> & dusk.png, b.png');
  expect(note.actions).toEqual({ default: '', 0: 'Copy as URL', 1: 'Copy as HTML' });

  await panel.act(note, 'Copy as URL');
  await expect.poll(() => clipboardText(app)).toMatch(/^http:\S+\nhttp:\S+$/);
  await panel.act(note, 'Copy as HTML');
  await expect.poll(() => clipboardText(app)).toMatch(/^<img src="[^"]+" alt="dawn &lt;1&gt; &amp; dusk">\n<img /);
  expect(await shown(picferry)).toBe(false);

  await dropFiles(page, [await file('c.png', png(300, 200))]);
  const one = await newest(panel, 'Link copied');
  expect([one.id, one.body]).toEqual([note.id, 'c.png · wizs\n2 more were uploaded just before.']);
  expect(Object.values(one.actions).sort()).toEqual(['', 'Copy all 3 links', 'Copy as URL', 'Open']);
  expect(await panel.notes()).toHaveLength(2);
  await panel.act(one, 'Copy all 3 links');
  await expect.poll(() => clipboardText(app)).toMatch(/^(?:!\[[^\n]+\]\(http\S+\)\n){2}!\[c\]\(http\S+\)$/);
  expect(await shown(picferry)).toBe(false);

  // A note waits for its picture a moment only, which a busy machine may not keep.
  let pictures = 0;
  const picture = async (): Promise<string> => {
    const name = `picture ${String((pictures += 1))}.png`;
    await dropFiles(page, [await file(name, png(300, 200))]);
    await expect.poll(async () => (await panel.notes()).at(-1)?.body ?? '').toContain(name);
    return (await panel.notes()).at(-1)?.picture ?? '';
  };
  await expect.poll(picture, { timeout: 60_000 }).toMatch(/^file:/);
  const shot = (await panel.notes()).at(-1)?.picture ?? '';
  expect((await readFile(fileURLToPath(shot))).subarray(1, 4).toString('latin1')).toBe('PNG');
  await panel.act(one, 'itself');
  await expect.poll(() => shown(picferry)).toBe(true);
});

test('a failure says why; trying again from the notification ends in a link, in place of the failure; quiet settings keep quiet', async ({ panel, open, file, addAccounts }) => {
  await addAccounts('imgurl');
  const picferry = await open();
  const { app, page, upload } = picferry;
  await invoke(page, 'settings:set', { notifications: 'problems', linkFormat: 'url' });
  await hideWindow(picferry);
  await dropFiles(page, [await file('quiet.png')]);
  await expect.poll(() => clipboardText(app)).toMatch(/^http:\S+$/);
  await invoke(page, 'queue:pause', { paused: true });
  const path = await file('sea.png');
  await dropFiles(page, [path]);
  await expect.poll(async () => (await upload.queue()).summary.waiting).toBe(1);
  await rm(path);
  await invoke(page, 'queue:pause', { paused: false });
  const failed = await newest(panel, 'sea.png was not uploaded');
  expect(await panel.notes()).toHaveLength(1);
  expect(Object.values(failed.actions).sort()).toEqual(['', 'Show error', 'Try again']);
  expect(failed.body).not.toBe('');
  await panel.act(failed, 'Show error');
  await expect.poll(() => shown(picferry)).toBe(true);
  await expect(page.getByRole('heading', { name: 'Upload' })).toBeVisible();

  await hideWindow(picferry);
  await writeFile(path, png());
  await invoke(page, 'settings:set', { notifications: 'all' });
  await panel.act(failed, 'Try again');
  const done = await newest(panel, 'Link copied');
  expect(done.id).toBe(failed.id);
});
