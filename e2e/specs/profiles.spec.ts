import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { everyLook, pictures, twoLooks } from '../pages/pictures';
import { showSection } from '../pages/settings-page';
import { expect, test } from '../pages/world';

const openSync = async (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
const documents = (page: Page) => page.getByRole('list', { name: 'Documents' });
const versionAt = (page: Page): Promise<number | null> =>
  page.evaluate(async () => {
    const { picferry } = window as unknown as { picferry: { invoke: (name: string, input: unknown) => Promise<{ value: { view: { documents: { version: number | null }[] } } }> } };
    return (await picferry.invoke('sync:snapshot', undefined)).value.view.documents[0]?.version ?? null;
  });
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8')) as unknown;

test('two profiles on one computer keep a document between them, without any account at a site', async ({ launch, folder, file }) => {
  const [mine, theirs] = [await file('mine.json', Buffer.from('{ "theme": "dark", "size": 1 }')), join(folder, 'theirs.json')];
  const [firstHome, secondHome] = [join(folder, 'home'), join(folder, 'second')];
  let first = await launch();
  const second = await launch({ env: { PICFERRY_HOME: secondHome } });
  const { page, app } = second;

  await test.step('the first shares a file through its own host', async () => {
    await first.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
    }, mine);
    await openSync(first.page);
    await first.page.getByRole('button', { name: 'Choose JSON files…' }).click();
    const adding = first.page.getByRole('dialog', { name: 'Sync a file' });
    await adding.getByRole('textbox', { name: 'Key' }).fill('notes');
    await adding.getByRole('button', { name: 'Sync', exact: true }).click();
    await expect(documents(first.page)).toContainText('Up to date');
  });

  await test.step('the second adds the first by its folder, which is offered; its own is refused', async () => {
    await showSection(page, 'accounts');
    await page.getByRole('button', { name: 'Add account' }).click();
    const form = page.getByRole('dialog', { name: 'Add an account' });
    await form.getByRole('combobox', { name: /^Kind of host/ }).click();
    await page.getByRole('option', { name: 'Another Picferry on this computer' }).click();
    const path = form.getByRole('textbox', { name: 'Data folder of the other Picferry' });
    await path.fill(secondHome);
    await expect(form.getByText('This is the folder that you are working in.')).toBeVisible();
    await expect(form.getByRole('button', { name: 'Next' })).toBeDisabled();
    const offered = form.getByRole('region', { name: 'Running now on this computer' });
    await expect(offered).toContainText(firstHome);
    await pictures(app, page, twoLooks).inEveryLook('profiles-own-folder');
    await path.fill('');
    await pictures(app, page, everyLook).inEveryLook('profiles-add');
    const narrow = pictures(app, page, twoLooks);
    await narrow.resize(640, 480);
    await narrow.fits('the folder of another Picferry');
    await narrow.inEveryLook('profiles-add-640');
    await narrow.resize(1040, 700);
    expect(await seriousIn(page)).toEqual([]);
    await offered.getByRole('button', { name: firstHome }).click();
    await expect(path).toHaveValue(firstHome);
    await form.getByRole('button', { name: 'Next' }).click();
    await expect(form.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('home');
    await form.getByRole('button', { name: 'Test' }).click();
    await expect(form.getByText('Uploading can work.')).toBeVisible();
    await pictures(app, page, twoLooks).inEveryLook('profiles-tested');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form).toBeHidden();
    await expect(page.getByRole('list').filter({ hasText: firstHome })).toContainText('This computer only');
    await pictures(app, page, twoLooks).inEveryLook('profiles-accounts');
  });

  await test.step('the document is offered there, and comes', async () => {
    await openSync(page);
    await expect(page.getByRole('region', { name: 'On your other devices' })).toContainText('notes');
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath: chosen })) as typeof dialog.showSaveDialog;
    }, theirs);
    await page.getByRole('button', { name: 'Sync here too… notes' }).click();
    await page.getByRole('menuitem', { name: 'Into a new file…' }).click();
    await expect(page.getByRole('dialog', { name: 'Sync a file' })).toContainText('nothing reaches another computer');
    await page.getByRole('dialog', { name: 'Sync a file' }).getByRole('button', { name: 'Sync', exact: true }).click();
    await expect(documents(page)).toContainText('Up to date');
    expect(read(theirs)).toEqual({ theme: 'dark', size: 1 });
  });

  await test.step('both change one place: the second decides, and the first gets it', async () => {
    await writeFile(mine, '{ "theme": "light", "size": 1 }');
    await expect.poll(() => versionAt(first.page)).toBe(2);
    await writeFile(theirs, '{ "theme": "blue", "size": 2 }');
    await documents(page).getByRole('button', { name: /^Decide/ }).click();
    await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
    await page.keyboard.press('m');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'All documents' }).click();
    await expect(documents(page)).toContainText('Up to date');
    await first.page.getByRole('button', { name: /Sync all/ }).click();
    await expect.poll(() => read(mine)).toEqual({ theme: 'blue', size: 2 });
  });

  await test.step('while the first is closed the second is offline and says what to do; its edit goes when the first is back', async () => {
    expect(first.errors).toEqual([]);
    await first.close();
    await writeFile(theirs, '{ "theme": "blue", "size": 3 }');
    await expect(documents(page)).toContainText('Offline');
    await expect(page.getByText(`No Picferry answers for ${firstHome}. Open that Picferry, or run "picferry host" there.`).first()).toBeVisible();
    await pictures(app, page, everyLook).inEveryLook('profiles-away');
    first = await launch();
    await page.getByRole('button', { name: /Sync all/ }).click();
    await expect.poll(() => versionAt(page)).toBe(4);
    await openSync(first.page);
    await first.page.getByRole('button', { name: /Sync all/ }).click();
    await expect.poll(() => read(mine)).toEqual({ theme: 'blue', size: 3 });
  });
  expect([...first.errors, ...second.errors]).toEqual([]);
});
