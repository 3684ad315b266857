import { pickByName } from '../pages/lists';
import { clipboardText, dropFiles, expect, test } from '../pages/world';

test('an account gets formats of its own by the keyboard alone, and every place that makes a link uses them', async ({ open, file, addAccounts, cli }) => {
  await addAccounts('wizs', 'smms');
  const { app, page, upload } = await open();
  /** Opens a list by its name and takes the entry of that name, as a person does who types it. */
  const choose = async (list: RegExp, entry: string): Promise<void> => {
    await page.getByRole('combobox', { name: list }).focus();
    await pickByName(page, entry);
    await expect(page.getByRole('combobox', { name: list })).toHaveText(entry);
  };
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Links' }).focus();
  await page.keyboard.press('Enter');
  await choose(/^Between them/, 'A comma and a space');
  await choose(/^Formats for/, 'wizs');
  const own = page.getByRole('switch', { name: 'Formats of its own' });
  await own.focus();
  await page.keyboard.press('Space');
  await choose(/^Links of pictures/, 'Own template');
  const template = page.getByRole('textbox', { name: 'Own template' });
  await template.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{nmae} {account}: {url}');
  await expect(page.getByText('There is nothing to fill in for {nmae}. Did you mean {name}?')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('[$fileName]($url)');
  await expect(page.getByText('$fileName is how PicGo writes it. Here it is {name}.')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{name} {account}: {url} ');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: /^Put in \{hash\}/ }).focus();
  await page.keyboard.press('Enter');
  await expect(template).toHaveValue('{name} {account}: {url} {hash}');
  await expect(page.locator('output').first()).toHaveText(/^Ferry at dawn wizs: https:\S+ferry\.png [0-9a-f]{64}$/);

  await upload.show();
  await dropFiles(page, [await file('one.png'), await file('two.png')]);
  await expect(upload.footer).toContainText('2 of 2');
  const { jobs } = await upload.queue();
  const links = jobs.map(({ name, url, sha256 }) => `${name.replace('.png', '')} wizs: ${String(url)} ${String(sha256)}`);
  await expect.poll(() => clipboardText(app)).toBe(links.join(', '));
  await expect(upload.row('one.png').getByText(links[0] ?? '')).toBeVisible();
  const another = await cli('upload', await file('three.png'));
  expect([another.code, another.out]).toEqual([0, expect.stringMatching(/^three wizs: http\S+ [0-9a-f]{64}\n$/)]);
  expect((await cli('upload', '--account', 'smms', await file('four.png'))).out).toMatch(/^!\[four\]\(http\S+\)\n$/);

  await page.keyboard.press('Control+2');
  await page.getByRole('grid').or(page.getByRole('list', { name: 'Uploads' })).first().waitFor();
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(() => clipboardText(app)).toMatch(/^!\[four\]\(http\S+\)$/);
});
