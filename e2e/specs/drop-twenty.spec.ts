import { readFile } from 'node:fs/promises';
import { addressesIn, readXClipboard } from '../pages/x-clipboard';
import { dropFiles, expect, hostNames, sha256, test } from '../pages/world';

const EMPTY = 3;
const RENAMED = 11;

const damaged = 'The file could not be recognised as a picture; it may be damaged.';

/** What is said of a text file that is named like a picture, once each host has refused it. */
const refusals = {
  'this-computer': damaged,
  imgurl: /may be damaged|imgurl refused the file/,
  chevereto: damaged,
  smms: damaged,
  wizs: damaged,
} as const;

for (const account of ['this-computer', ...hostNames] as const)
  test(`of 20 files dropped for ${account}, 18 give their links in order and 2 say why not`, async ({ open, file, addAccounts, control }) => {
    if (account !== 'this-computer') await addAccounts(account);
    const { page, upload, app } = await open();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1100, 1000));
    const contents = new Map([
      [EMPTY, Buffer.alloc(0)],
      [RENAMED, Buffer.from('This is a note, not a picture.\n')],
    ]);
    const paths: string[] = [];
    for (let index = 0; index < 20; index += 1) paths.push(await file(`picture ${String(index + 1).padStart(2, '0')}.png`, contents.get(index)));

    await dropFiles(page, paths);
    await expect(upload.footer).toContainText('18 of 20');
    await expect(upload.footer).toContainText('2 failed');
    await expect(upload.row('picture 04.png')).toContainText('The file is empty.');
    await expect(upload.row('picture 12.png')).toContainText(refusals[account]);
    await expect.poll(() => readXClipboard().split('\n').length).toBe(18);
    await expect(page.getByText('18 links copied')).toBeVisible();
    await expect(page.getByText('2 files failed and are left out.')).toBeVisible();

    const good = paths.filter((_, index) => !contents.has(index));
    const clipboard = readXClipboard();
    expect(clipboard.split('\n').map((line) => /^!\[(.*)\]\(/.exec(line)?.[1])).toEqual(good.map((path) => /[^/]+(?=\.png$)/.exec(path)?.[0]));
    const sent = await Promise.all(good.map((path) => readFile(path)));
    const served = await Promise.all(addressesIn(clipboard).map(async (address) => Buffer.from(await (await fetch(address)).arrayBuffer())));
    expect(served.map(sha256)).toEqual(sent.map(sha256));
    if (account === 'this-computer') return;
    const stored = await control.files(account);
    expect(stored.map((one) => one.sha256).sort()).toEqual(sent.map(sha256).sort());
  });
