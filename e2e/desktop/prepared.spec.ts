import sharp from 'sharp';
import { invoke } from '../app/bridge';
import { pickByKeys } from '../pages/lists';
import { showSection } from '../pages/settings-page';
import { dropFiles, expect, setXClipboard, test } from '../pages/world';
import { addressesIn, readXClipboard } from '../pages/x-clipboard';
import { copyInProgram } from './copying-program';
import { pressKeys, startXClient } from './x-client';

const UPLOAD = 'ctrl+alt+shift+u';
const WORK = { timeout: 60_000 };

const picture = (width: number, red: number): Promise<Buffer> => sharp({ create: { width, height: width / 2, channels: 3, background: { r: red, g: 90, b: 120 } } }).png().toBuffer();
const widthAt = async (url: string): Promise<number> => (await sharp(Buffer.from(await (await fetch(url)).arrayBuffer())).metadata()).width;

test('a key with a profile of its own makes its uploads ready by it, and all others go by their account’s', async ({ open, addAccounts, file }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  await invoke(page, 'settings:set', { preparation: { profiles: [{ id: 'tiny', name: 'Tiny', resize: { by: 'width', value: 32 } }], defaultProfile: 'private', accounts: {} } });
  await showSection(page, 'shortcuts');
  const profile = page.getByRole('combobox', { name: /^Profile for: Upload the clipboard/ });
  await profile.focus();
  await pickByKeys(page, ['End']);
  await expect(profile).toContainText('Tiny');
  const other = await startXClient('window');
  await setXClipboard('image/png', await picture(200, 10));
  await pressKeys(UPLOAD);
  await expect.poll(readXClipboard, WORK).toMatch(/^!\[pasted-[\d-]+\]\(http/);
  expect(await widthAt(addressesIn(readXClipboard())[0] ?? '')).toBe(32);
  await other.end();
  await upload.show();
  await dropFiles(page, [await file('dropped.png', await picture(200, 20))]);
  await expect(upload.row('dropped.png')).toContainText('Uploaded', WORK);
  expect(await widthAt((await upload.queue()).jobs.find(({ name }) => name === 'dropped.png')?.url ?? '')).toBe(200);
});

test('two files that a template calls the same both arrive, under names that differ', async ({ open, addAccounts, file, control }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  const naming = { template: 'harbour', slug: 'off', lowerCase: false } as const;
  const profiles = (['number', 'digest'] as const).map((collision) => ({ id: collision, name: collision, naming: { ...naming, template: `harbour-${collision}`, collision } }));
  for (const [index, { id }] of profiles.entries()) {
    await invoke(page, 'settings:set', { preparation: { profiles, defaultProfile: id, accounts: {} } });
    const pictures = [await picture(60, 30 + index), await picture(60, 40 + index)];
    await dropFiles(page, [await file(`${id} a.png`, pictures[0]), await file(`${id} b.png`, pictures[1])]);
    await expect.poll(async () => (await upload.queue()).jobs.map(({ state }) => state), WORK).toEqual(Array.from({ length: 2 * index + 2 }, () => 'done'));
    const arrived = (await control.files()).slice(2 * index);
    expect(arrived.map(({ name }) => name).sort((a, b) => a.length - b.length)).toEqual([`harbour-${id}.png`, expect.stringMatching(id === 'number' ? /^harbour-number-2\.png$/ : /^harbour-digest-[0-9a-f]{8}\.png$/)]);
    const { jobs } = await upload.queue();
    expect(new Set(jobs.map(({ url }) => url)).size).toBe(jobs.length);
    for (const { url } of jobs) expect(await widthAt(url ?? '')).toBe(60);
  }
});

test('a name tells the program that a picture was copied in, and says so where none is known', async ({ open, addAccounts, file, control }) => {
  await addAccounts('wizs');
  const { page } = await open();
  const naming = { template: '{clipboard-app}-{counter}', slug: 'off', lowerCase: false, collision: 'number' } as const;
  await invoke(page, 'settings:set', { preparation: { profiles: [{ id: 'app', name: 'App', naming }], defaultProfile: 'app', accounts: {} } });
  const names = async (): Promise<readonly string[]> => (await control.files()).map(({ name }) => name);
  const program = await copyInProgram(await file('copied.png', await picture(80, 50)), 'Harbour Viewer');
  await page.keyboard.press('Control+v');
  await expect.poll(names, WORK).toEqual(['Harbour Viewer-1.png']);
  // Its link takes the picture's place, and would take the next one's.
  await expect.poll(readXClipboard, WORK).toMatch(/^!\[/);
  await program.end();
  await setXClipboard('image/png', await picture(80, 60));
  await page.keyboard.press('Control+v');
  await expect.poll(names, WORK).toEqual(['Harbour Viewer-1.png', 'clipboard-2.png']);
});
