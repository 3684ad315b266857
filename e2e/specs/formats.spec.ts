import { readXClipboard } from '../pages/x-clipboard';
import { dropFiles, expect, test } from '../pages/world';
import { mp4 } from '../../test/host/pictures';

test('links are copied in every format, by the person\'s own template, and videos in theirs', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  await dropFiles(page, [await file('a "b" [c].png'), await file('clip.mp4', mp4(5, 200))]);
  await expect(upload.footer).toContainText('2 of 2');
  const { jobs } = await upload.queue();
  const [picture = '', video = ''] = jobs.map(({ url }) => url ?? '');
  await expect.poll(readXClipboard).toBe(`![a "b" \\[c\\]](${picture})\n[clip](${video})`);

  const copyAs = async (name: string, format: string): Promise<void> => {
    await upload.row(name).getByRole('button', { name: 'Copy as another format' }).click();
    await page.getByRole('menuitem', { name: format }).click();
  };
  const expected = {
    URL: picture,
    HTML: `<img src="${picture}" alt="a &quot;b&quot; [c]">`,
    BBCode: `[img]${picture}[/img]`,
    Markdown: `![a "b" \\[c\\]](${picture})`,
  };
  for (const [format, link] of Object.entries(expected)) {
    await copyAs('a "b" [c].png', format);
    await expect.poll(readXClipboard).toBe(link);
  }
  await copyAs('clip.mp4', 'HTML');
  await expect.poll(readXClipboard).toBe(`<video controls src="${video}" title="clip"></video>`);

  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Links' }).click();
  await page.getByRole('combobox', { name: /^Links of pictures/ }).click();
  await page.getByRole('option', { name: 'Own template' }).click();
  const template = page.getByRole('textbox', { name: 'Own template' });
  await template.fill('{name} lies at {where}');
  await expect(page.getByText('There is nothing to fill in for {where}.')).toBeVisible();
  await template.fill('{filename} => {url}');
  await expect(page.locator('output').first()).toHaveText('Ferry at dawn.png => https://pic.example.com/ferry.png');
  await template.blur();
  await upload.show();
  await upload.row('a "b" [c].png').getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(readXClipboard).toBe(`a "b" [c].png => ${picture}`);
  await page.keyboard.press('Control+Shift+C');
  await expect(page.getByText('1 link copied').first()).toBeVisible();
});
