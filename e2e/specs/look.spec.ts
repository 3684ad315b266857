import { seriousIn } from '../pages/axe';
import { sections, setLook, showSection } from '../pages/settings-page';
import { dropFiles, expect, test } from '../pages/world';

test('language and theme change at once, by the settings, and stay after a restart', async ({ open }) => {
  const first = await open();
  await first.page.keyboard.press('Control+,');
  await first.page.getByRole('tab', { name: 'Appearance' }).click();
  await first.page.getByRole('combobox', { name: /^Theme/ }).click();
  await first.page.getByRole('option', { name: 'Dark' }).click();
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await first.page.getByRole('combobox', { name: /^Language/ }).click();
  await first.page.getByRole('option', { name: '简体中文' }).click();
  await expect(first.page.getByRole('heading', { name: '设置', exact: true })).toBeVisible();
  await expect(first.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await first.close();
  const { page } = await open();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('button', { name: '图库' })).toBeVisible();
});

test('axe finds nothing serious on any screen, in light, dark and high contrast', async ({ open, file, addAccounts }) => {
  test.setTimeout(180_000);
  await addAccounts('wizs', 'smms');
  const { page, upload, library } = await open();
  const found: Record<string, readonly string[]> = {};
  const check = async (name: string): Promise<void> => {
    const serious = await seriousIn(page);
    if (serious.length > 0) found[name] = serious;
  };
  await check('upload, empty');
  await dropFiles(page, [await file('good.png'), await file('empty.png', Buffer.alloc(0))]);
  await expect(upload.footer).toContainText('1 of 2');
  // Messages that pass by are not part of a screen.
  await expect(page.getByText('1 link copied').first()).toBeHidden();
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await setLook(page, { theme });
    await upload.show();
    await check(`upload, ${theme}`);
    await library.show();
    await expect(library.rows).toHaveCount(1);
    await check(`library, ${theme}`);
    for (const section of sections) {
      await showSection(page, section);
      await check(`${section}, ${theme}`);
    }
    await showSection(page, 'accounts');
    await page.getByRole('button', { name: 'Add account' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(`account form, ${theme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(`palette, ${theme}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(found).toEqual({});
});
