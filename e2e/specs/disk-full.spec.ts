import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { showSection } from '../pages/settings-page';
import { canMakeDisks, mountSmallDisk, type SmallDisk } from '../pages/small-disk';
import { dropFiles, expect, sha256, test as base } from '../pages/world';
import { readXClipboard } from '../pages/x-clipboard';

const FULL = 'The disk is full';

const test = base.extend<{ readonly disk: SmallDisk }>({
  // The data folder alone lies on it; pictures, host and browser's shared memory do not.
  disk: async ({ home }, use) => {
    const disk = mountSmallDisk(home, 96);
    await use(disk);
    disk.unmount();
  },
});

const themeBox = (page: Page) => page.getByRole('combobox', { name: /^Theme:/ });
const chooseDark = async (page: Page): Promise<void> => {
  await themeBox(page).click();
  await page.getByRole('option', { name: 'Dark', exact: true }).click();
};

// Elsewhere nobody can make a disk that is full.
if (canMakeDisks()) {
  test('an upload whose record finds no room is told, is not sent again, and its link is there once there is room', async ({ disk, open, file, addAccounts, control }) => {
    await addAccounts('wizs');
    const { page, upload, library } = await open();
    const path = await file('crowded.png');
    await control.set({ wizs: { answerAfterMs: 4_000 } });
    await dropFiles(page, [path]);
    await expect.poll(async () => (await control.files()).length).toBe(1);
    expect((await upload.queue()).jobs.map(({ state }) => state)).toEqual(['sending']);
    disk.fill();

    await expect(upload.row('crowded.png')).toContainText(FULL);
    expect((await upload.queue()).jobs.map(({ state, problem }) => [state, problem?.message])).toEqual([['failed', 'diskFull']]);
    const retry = upload.row('crowded.png').getByRole('button', { name: 'Try again' });
    await retry.click();
    await expect(upload.row('crowded.png')).toContainText(FULL);

    disk.empty();
    await retry.click();
    await expect(upload.row('crowded.png')).toContainText('Uploaded');
    expect((await control.files()).map((one) => one.sha256)).toEqual([sha256(await readFile(path))]);
    expect(await control.uploads()).toHaveLength(1);
    const [job] = (await upload.queue()).jobs;
    expect((await fetch(job?.url ?? '')).status).toBe(200);
    await library.show();
    await expect(library.row('crowded.png')).toBeVisible();
    await library.row('crowded.png').getByRole('button', { name: 'Copy' }).first().click();
    await expect.poll(readXClipboard).toContain(job?.url ?? 'no address');
  });

  test('files dropped on a full disk are refused in words, and taken once there is room', async ({ disk, open, file, addAccounts, control }) => {
    await addAccounts('wizs');
    const { page, upload } = await open();
    disk.fill();
    const path = await file('later.png');
    await dropFiles(page, [path]);
    await expect(page.getByText(FULL).first()).toBeVisible();
    expect(await control.uploads()).toEqual([]);
    disk.empty();
    await dropFiles(page, [path]);
    await expect(upload.row('later.png').filter({ hasText: 'Uploaded' })).toBeVisible();
    expect(await control.uploads()).toHaveLength(1);
  });

  test('a setting that finds no room is told, stays as it was, and is kept once there is room', async ({ disk, open, home, addAccounts }) => {
    await addAccounts('wizs');
    const { page } = await open();
    const settings = async (): Promise<string> => readFile(join(home, 'store', 'settings.json'), 'utf8');
    await showSection(page, 'appearance');
    const before = await settings();
    disk.fill();
    await chooseDark(page);
    await expect(page.getByText('The disk is full, so the settings could not be saved').first()).toBeVisible();
    await expect(themeBox(page)).not.toContainText('Dark');
    expect(await settings()).toBe(before);
    disk.empty();
    await chooseDark(page);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(JSON.parse(await settings())).toMatchObject({ theme: 'dark' });
  });
}
