import { expect, type Page } from '@playwright/test';
import { invoke } from '../app/bridge';
import { showSection } from '../pages/settings-page';
import { dropFiles, test } from '../pages/world';

const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: new RegExp(`^${label}:`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

test('a link format shows at once what its links look like, and a template that lacks the address says so', async ({ open }) => {
  const { page } = await open();
  await showSection(page, 'links');
  const preview = page.getByRole('status').filter({ hasText: 'pic.example.com' }).first();
  await choose(page, 'Links of pictures', 'BBCode');
  await expect(preview).toHaveText('[img]https://pic.example.com/ferry.png[/img]');
  await choose(page, 'Links of pictures', 'Own template');
  const template = page.getByRole('textbox').last();
  await template.fill('see {url}');
  await expect(preview).toHaveText('see https://pic.example.com/ferry.png');
  await template.fill('nowhere');
  await expect(page.getByText('A link needs its address').first()).toBeVisible();
});

test('in a window as narrow as it gets every section is in sight, and the arrow keys move between them', async ({ open }) => {
  const { app, page } = await open();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(640, 480));
  await showSection(page, 'about');
  const tabs = page.getByRole('tab');
  await expect(tabs.nth(6)).toBeInViewport({ ratio: 1 });
  await expect(tabs.last()).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('tablist')).not.toHaveAttribute('aria-orientation', 'vertical');
  await tabs.last().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Data & backup' })).toBeFocused();
});

test('a proxy counts once its address is applied, and its password never comes back', async ({ open }) => {
  const { page } = await open();
  await showSection(page, 'network');
  await choose(page, 'Proxy', 'Manual');
  const address = page.getByRole('textbox', { name: 'Proxy address' });
  const apply = page.getByRole('button', { name: 'Use this proxy' });
  await address.fill('not an address');
  await expect(apply).toBeDisabled();
  await address.fill('http://127.0.0.1:9');
  await page.getByLabel('Password').fill('invented-word');
  await apply.click();
  await expect(page.getByRole('button', { name: 'Forget the password' })).toBeVisible();
  await expect(page.getByLabel('Password')).toHaveValue('');
  await showSection(page, 'links');
  await showSection(page, 'network');
  await expect(address).toHaveValue('http://127.0.0.1:9');
});

test('a message that is still shown changes its language with the window', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const { page, upload } = await open();
  await dropFiles(page, [await file('words.png')]);
  await expect(upload.row('words.png')).toContainText('Uploaded');
  await upload.row('words.png').getByRole('button', { name: 'Copy', exact: true }).click();
  const said = page.getByRole('region').getByRole('dialog').first();
  await expect(said).toContainText('copied');
  await invoke(page, 'settings:set', { language: 'zh-CN' });
  await expect(said).toContainText('复制');
  await expect(said).not.toContainText('copied');
});
