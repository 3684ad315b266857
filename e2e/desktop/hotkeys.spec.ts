import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { png } from '../../test/host/pictures';
import { showSection } from '../pages/settings-page';
import { expect, setXClipboard, sha256, test } from '../pages/world';
import { addressesIn, readXClipboard } from '../pages/x-clipboard';
import { pressKeys, startXClient, type XClient, type XClientArgs } from './x-client';

const run = promisify(exec);

const UPLOAD = 'ctrl+alt+shift+u';
/** Within this time the system could be repeating a key that is held down. */
const REPEATS_MS = 850;
const frame = (colour: number): Buffer => Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, colour, 1, 0]);
/** Two frames, one pixel. */
const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]), frame(0x44), frame(0x4c), Buffer.from([0x3b])]);

/** One blue pixel. */
const bitmap = Buffer.from('424d3a000000000000003600000028000000010000000100000001001800000000000400000000000000000000000000000000000000ff000000', 'hex');

/** The same with another colour. */
const otherGif = Buffer.from(gif.map((byte, at) => (at === 18 ? 9 : byte)));

const clients: XClient[] = [];
test.afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
});
const client = async (...args: XClientArgs): Promise<XClient> => {
  const started = await startXClient(...args);
  clients.push(started);
  return started;
};

/** One press after the other, as two and not as one that is held down. */
const presser = () => {
  let last = 0;
  return async (keys: string): Promise<void> => {
    await expect.poll(() => Date.now() - last, { intervals: [50] }).toBeGreaterThan(REPEATS_MS);
    await pressKeys(keys);
    last = Date.now();
  };
};

test('a key pressed in another program uploads what is copied, byte for byte, and puts the links in its place', async ({ open, file, control, addAccounts }) => {
  await addAccounts('wizs');
  const { page } = await open();
  await client('window');
  const press = presser();
  const digests = async (): Promise<readonly (string | null)[]> => (await control.files()).map(({ sha256: digest }) => digest);

  const picture = png(8, 6);
  await setXClipboard('image/png', picture);
  await press(UPLOAD);
  await expect.poll(readXClipboard).toMatch(/^!\[pasted-[\d-]+\]\(http/);
  expect(await digests()).toEqual([sha256(picture)]);

  await setXClipboard('image/gif', gif);
  await press(UPLOAD);
  await expect.poll(readXClipboard).toMatch(/\.gif\)$/);
  const [address = ''] = addressesIn(readXClipboard());
  expect(Buffer.from(await (await fetch(address)).arrayBuffer())).toEqual(gif);

  // A kind that no system decodes, as some programs offer it alone.
  await setXClipboard('image/bmp', bitmap);
  await press(UPLOAD);
  await expect.poll(digests).toContain(sha256(bitmap));
  await expect.poll(readXClipboard).toMatch(/\.bmp\)$/);

  const files = [await file('one.png', png(5, 5)), await file('二.png', png(6, 5)), await file('three.gif', otherGif)];
  await setXClipboard('text/uri-list', files.map((path) => `${pathToFileURL(path).href}\r\n`).join(''));
  await press(UPLOAD);
  await expect.poll(() => readXClipboard().split('\n')).toHaveLength(3);
  expect(readXClipboard()).toMatch(/one.*\n.*二.*\n.*three/);
  for (const path of files) expect(await digests()).toContain(sha256(await readFile(path)));

  const inPage = png(9, 9);
  await setXClipboard('text/html', `<p>Words <img alt="" src="data:image/png;base64,${Buffer.from(inPage).toString('base64')}"></p>`);
  await press(UPLOAD);
  await expect.poll(digests).toContain(sha256(inPage));
  await expect.poll(readXClipboard).toMatch(/^!\[pasted-/);

  const before = (await control.uploads()).length;
  await setXClipboard('UTF8_STRING', 'only words');
  await press(UPLOAD);
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('The clipboard holds no picture, file or web address.')).toBeVisible();
  expect((await control.uploads()).length).toBe(before);
  expect(readXClipboard()).toBe('only words');
});

test('the settings say who has a key, test it with a real press, and warn of the keys of editors', async ({ open }) => {
  const other = await client('hold', 'u');
  const { page } = await open();
  await showSection(page, 'shortcuts');
  const row = page.getByRole('region', { name: 'Upload the clipboard' });
  await expect(row.getByText('Taken')).toBeVisible();
  await expect(row.getByText('Another program holds this key')).toBeVisible();
  await expect(row.getByRole('button', { name: 'Test the key for' })).toHaveCount(0);
  await other.end();
  await row.getByRole('button', { name: 'Try again' }).click();
  await expect(row.getByText('Ready')).toBeVisible();

  await row.getByRole('button', { name: 'Test the key for: Upload the clipboard' }).click();
  await expect(row.getByText('Press Ctrl+Alt+Shift+U now')).toBeVisible();
  // A key event of the page alone is none of the system's.
  await page.keyboard.press('Control+Alt+Shift+U');
  await expect(row.getByText('Press Ctrl+Alt+Shift+U now')).toBeVisible();
  await client('window');
  await pressKeys(UPLOAD);
  await expect(row.getByText('It works: the key arrived.')).toBeVisible();

  await row.getByRole('button', { name: 'Change the key for: Upload the clipboard' }).click();
  await page.keyboard.press('U');
  await expect(row.getByText('People write with this key.')).toBeVisible();
  await page.keyboard.press('Control+Alt+Shift+A');
  await expect(row.getByText('“Capture a region” has this key already.')).toBeVisible();
  await page.keyboard.press('Control+Shift+P');
  await expect(row.getByText(/Also a key of VS Code/)).toBeVisible();
  await row.getByRole('button', { name: 'Use it all the same' }).click();
  await expect(row.getByRole('group', { name: 'Key for: Upload the clipboard' })).toHaveText('CtrlShiftP');
  await expect(row.getByText('Ready')).toBeVisible();
  await row.getByRole('button', { name: 'Turn off the key for: Upload the clipboard' }).click();
  await expect(row.getByText('Off', { exact: true })).toBeVisible();
});

test('where a Wayland desktop gives no keys, the settings say so, and a key of the desktop’s own can run the command that they give', async ({ open, addAccounts, control, home }) => {
  await addAccounts('wizs');
  const { app, page } = await open({ env: { XDG_SESSION_TYPE: 'wayland' } });
  await showSection(page, 'shortcuts');
  const row = page.getByRole('region', { name: 'Upload the clipboard' });
  await expect(row.getByText('Not available')).toBeVisible();
  await expect(row.getByRole('button', { name: 'Test the key for' })).toHaveCount(0);
  const command = await row.getByRole('status', { name: 'Command for: Upload the clipboard' }).innerText();
  expect(command).toContain(home);
  const picture = png(11, 6);
  await setXClipboard('image/png', picture);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await run(command);
  await expect.poll(readXClipboard).toMatch(/^!\[pasted-[\d-]+\]\(http/);
  expect((await control.files()).map(({ sha256: digest }) => digest)).toEqual([sha256(picture)]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))).toEqual([false]);
});
