import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appFolder, clipboardText, dropFiles, expect, test } from './fixtures';
import { EVERYTHING } from '../src/shared/model/library-defaults';

test('a picture dropped on the window is a link on the clipboard, with a thumbnail in the library', async ({ picferry: { app, page }, folder }) => {
  await mkdir(folder, { recursive: true });
  const picture = join(folder, 'ferry 渡轮.png');
  await copyFile(join(appFolder(), 'resources', 'icon.png'), picture);
  await dropFiles(page, [picture]);
  await expect.poll(() => clipboardText(app)).toMatch(/^!\[ferry 渡轮\]\(http:\/\/127\.0\.0\.1:\d+\/\S+\.png\)$/);
  const link = /\((.*)\)/.exec(await clipboardText(app))?.[1] ?? '';
  expect((await fetch(link)).status).toBe(200);
  const thumb = (): Promise<string | null> =>
    page.evaluate(async (everything) => {
      const { picferry } = window as unknown as { readonly picferry: { invoke(name: string, input: unknown): Promise<{ readonly value: { readonly uploads: readonly { readonly thumb: string | null }[] } }> } };
      const answer = await picferry.invoke('library:view', { query: everything, limit: 1 });
      return answer.value.uploads[0]?.thumb ?? null;
    }, EVERYTHING);
  await expect.poll(thumb).toMatch(/^[0-9a-f]{64}\.webp$/);
  const name = await thumb();
  const size = await page.evaluate(async (file) => {
    const image = new Image();
    image.src = `picture://thumb/${file}`;
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  }, name);
  expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(400);
});
