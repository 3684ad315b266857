import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { png } from '../../test/host/pictures';
import { invoke } from '../app/bridge';
import type { Picferry } from '../fixtures';
import { expect, setXClipboard, sha256, test } from '../pages/world';
import { readXClipboard } from '../pages/x-clipboard';
import { startPanel } from './panel';

/** The clipboard is looked at every second, and where that takes long, every ten. */
const A_LOOK = { timeout: 30_000 } as const;
const QUESTION = 'Upload the copied picture?';

/** Counts how often main looks at what the clipboard offers; gives the count so far. */
const countLooks = async ({ app }: Pick<Picferry, 'app'>): Promise<() => Promise<number>> => {
  await app.evaluate(({ clipboard }) => {
    const counted = globalThis as unknown as { looks: number };
    const seen = clipboard as unknown as { availableFormats: () => readonly string[] };
    const formats = seen.availableFormats.bind(seen);
    counted.looks = 0;
    seen.availableFormats = () => {
      counted.looks += 1;
      return formats();
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { readonly looks: number }).looks);
};

test('a picture that another program copies is asked about or uploaded, and what Picferry puts there itself is not', async ({ open, control, addAccounts }) => {
  const panel = await startPanel();
  await addAccounts('wizs');
  const picferry = await open();
  const { page } = picferry;
  const looks = await countLooks(picferry);
  const questions = async (): Promise<number> => (await panel.notes()).filter(({ summary }) => summary === QUESTION).length;
  const [old, first, second] = [png(3, 3), png(4, 3), png(5, 3)];

  // What lies there already is nobody's news.
  await setXClipboard('image/png', old);
  await invoke(page, 'settings:set', { notifications: 'all', clipboardWatcher: { on: true, act: 'ask' } });
  // The first look is over when the second begins.
  await expect.poll(looks, A_LOOK).toBeGreaterThan(1);
  await setXClipboard('image/png', first);
  await expect.poll(questions, A_LOOK).toBe(1);
  expect(await control.files()).toEqual([]);
  const [note] = (await panel.notes()).filter(({ summary }) => summary === QUESTION);
  if (note === undefined) throw new Error('there is no question');
  await panel.act(note, 'Upload');
  await expect.poll(readXClipboard).toMatch(/^!\[pasted-/);
  expect((await control.files()).map(({ sha256: digest }) => digest)).toEqual([sha256(first)]);

  // The picture comes back by Picferry's own hand.
  await panel.press('Restore previous clipboard');
  await expect.poll(readXClipboard).toBe('');
  const before = await looks();
  await expect.poll(looks, A_LOOK).toBeGreaterThan(before);
  await invoke(page, 'settings:set', { clipboardWatcher: { on: true, act: 'upload' } });
  await setXClipboard('image/png', second);
  await expect.poll(readXClipboard, A_LOOK).toMatch(/^!\[pasted-/);
  expect((await control.files()).map(({ sha256: digest }) => digest).sort()).toEqual([first, second].map(sha256).sort());
  expect(await questions()).toBe(1);
  await panel.close();
});

test('a screenshot is uploaded once, when all of it is written', async ({ open, control, addAccounts, folder }) => {
  await addAccounts('wizs');
  const shots = join(folder, 'shots');
  await mkdir(shots);
  await writeFile(join(shots, 'old.png'), png(3, 3));
  const { page } = await open();
  await invoke(page, 'settings:set', {
    linkFormat: 'markdown',
    screenshotWatcher: { on: true, act: 'upload', systemFolder: false, folders: [{ path: shots, pattern: '' }], after: 'keep', moveTo: '' },
  });
  expect((await invoke(page, 'watchers:snapshot', undefined)).watchers.screenshots).toBe('on');
  const arrived = async (): Promise<readonly (string | null)[]> => (await control.files()).map(({ sha256: digest }) => digest).sort();
  const [slow, whole, last] = [png(90, 80), png(8, 3), png(9, 3)];

  const half = Math.floor(slow.length / 2);
  await writeFile(join(shots, 'slow.png'), slow.subarray(0, half));
  await writeFile(join(shots, 'whole.tmp'), whole);
  await rename(join(shots, 'whole.tmp'), join(shots, 'whole.png'));
  await expect.poll(readXClipboard).toMatch(/^!\[whole\]/);
  expect(await arrived()).toEqual([sha256(whole)]);
  await appendFile(join(shots, 'slow.png'), slow.subarray(half));
  await expect.poll(readXClipboard).toMatch(/^!\[slow\]/);

  // Written over it is the picture that was seen before.
  await writeFile(join(shots, 'whole.png'), png(7, 7));
  await writeFile(join(shots, 'last.png'), last);
  await expect.poll(readXClipboard).toMatch(/^!\[last\]/);
  expect(await arrived()).toEqual([whole, slow, last].map(sha256).sort());
});
