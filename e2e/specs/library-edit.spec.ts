import { png } from '../../test/host/pictures';
import { clipboardText, expect, test } from '../pages/world';

test('a tag and a note given in the details are kept, found by search, and can be taken back', async ({ open, file, cli }) => {
  for (const name of ['harbour.png', 'island.png']) expect((await cli('upload', await file(name, png(30, name.length)))).code).toBe(0);
  const first = await open();
  await first.library.show();
  await first.library.row('harbour.png').click();
  await first.page.getByRole('button', { name: 'Show details' }).click();
  const details = (page: typeof first.page) => page.getByLabel('Details', { exact: true });
  const tags = details(first.page).getByLabel('Tags', { exact: true });
  for (const tag of ['旅行', 'seaside']) {
    await tags.fill(tag);
    await tags.press('Enter');
    await expect(details(first.page).getByRole('button', { name: `Take away “${tag}”` })).toBeVisible();
  }
  await details(first.page).getByLabel('Note', { exact: true }).fill('发给客户的版本');
  await details(first.page).getByLabel('Note', { exact: true }).press('Enter');
  // Whoever writes on before it is kept is not interrupted.
  await details(first.page).getByLabel('Note', { exact: true }).focus();
  await first.page.keyboard.press('Control+End');
  await first.page.keyboard.type(', and one for the printer', { delay: 40 });
  await expect(details(first.page).getByLabel('Note', { exact: true })).toHaveValue('发给客户的版本, and one for the printer');
  await expect(first.page.getByText('Note saved')).toBeVisible();
  // What is half written when something else is shown is kept too.
  await details(first.page).getByLabel('Note', { exact: true }).fill('发给客户的第二版');
  await first.page.keyboard.press('Control+1');
  await expect(first.page.getByRole('heading', { name: 'Upload', level: 1 })).toBeFocused();
  // Whoever comes back finds the row that was looked at, which is not the first.
  await first.page.keyboard.press('Control+2');
  await expect(details(first.page).getByLabel('Note', { exact: true })).toHaveValue('发给客户的第二版');
  await details(first.page).getByRole('button', { name: 'Take away “seaside”' }).click();
  const said = first.page.getByRole('region', { name: 'Messages' }).getByRole('dialog').filter({ hasText: 'Tag “seaside” removed' });
  await said.getByRole('button', { name: 'Undo' }).click();
  await expect(details(first.page).getByRole('button', { name: 'Take away “seaside”' })).toBeVisible();
  // Quitting keeps what was chosen last, and what is half written.
  await first.page.getByRole('combobox', { name: /^Order/ }).click();
  await first.page.getByRole('option', { name: 'Name A–Z' }).click();
  await details(first.page).getByLabel('Note', { exact: true }).fill('发给客户的第三版');
  await first.close();

  const { page, library } = await open();
  await library.show();
  for (const words of ['旅行', 'SEASIDE', '客户']) {
    await page.getByRole('searchbox', { name: 'Search the library' }).fill(words);
    await expect(library.rows).toHaveCount(1);
    await expect(library.rows).toContainText('harbour.png');
  }
  await expect(page.getByRole('combobox', { name: /^Order/ })).toContainText('Name A–Z');
  await library.rows.click();
  await expect(details(page).getByLabel('Note', { exact: true })).toHaveValue('发给客户的第三版');
});

test('tags given to many go with Undo, each back to its own', async ({ open, file, cli }) => {
  for (const name of ['harbour.png', 'island.png']) expect((await cli('upload', await file(name, png(30, name.length)))).code).toBe(0);
  const { page, library } = await open();
  await library.show();
  await library.rows.first().click();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Tags…' }).click();
  await page.getByRole('combobox', { name: 'Add' }).fill('trip');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(library.rows.filter({ hasText: 'trip' })).toHaveCount(2);
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('2 uploads are as they were')).toBeVisible();
  await expect(library.rows.filter({ hasText: 'trip' })).toHaveCount(0);
});

test('pictures are looked at full-size with the keyboard alone', async ({ open, file, cli }) => {
  for (const [n, name] of ['first.png', 'second.png', 'third.png'].entries()) expect((await cli('upload', await file(name, png(200 + n, 100)))).code).toBe(0);
  const { page, app, library } = await open();
  await library.show();
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  await expect(library.row('third.png')).toBeFocused();
  // The first arrow selects the row that has the keyboard.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(library.row('second.png')).toBeFocused();
  await page.keyboard.press(' ');
  const shown = page.locator('[data-modal]');
  await expect(shown.getByRole('img', { name: 'second.png' })).toBeVisible();
  await expect(shown).toContainText('2 of 3');
  await page.keyboard.press('ArrowRight');
  await expect(shown.getByRole('img', { name: 'first.png' })).toBeVisible();
  await expect(shown.getByRole('button', { name: 'Next' })).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboardText(app)).toContain('![first](');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(shown.getByRole('img', { name: 'third.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(shown).toBeHidden();
  await expect(library.row('third.png')).toBeFocused();
});

test('a dead link is found, its picture is sent again from its file, and old and new links come as pairs', async ({ open, file, addAccounts, cli, control }) => {
  await addAccounts('wizs');
  for (const [n, name] of ['alive.png', 'dead.png'].entries()) await file(name, png(40 + n, 40));
  const sent = await cli('upload', 'files/alive.png', 'files/dead.png', '--json', '--show-delete-links');
  const links = JSON.parse(sent.out) as readonly { readonly url: string; readonly deleteUrl: string }[];
  await fetch(links[1]?.deleteUrl ?? '', { redirect: 'manual' });
  const { page, app, library } = await open();
  await library.show();
  await library.rows.first().click();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Check links' }).click();
  const bar = page.getByRole('region', { name: 'Actions in progress' });
  await expect(bar).toContainText('Links checked: 1 works, 1 is dead');
  await expect(library.row('dead.png')).toContainText('Link dead');
  await expect(library.row('alive.png')).not.toContainText('Link dead');
  await bar.getByRole('button', { name: 'Upload the dead ones again' }).click();
  await expect(library.row('dead.png')).toHaveCount(2);
  expect(await control.uploads()).toHaveLength(3);
  await bar.getByRole('button', { name: 'Copy old → new links' }).click();
  await expect(page.getByText('1 pair of links copied.')).toBeVisible();
  const [old, fresh] = (await clipboardText(app)).split('\t');
  expect(old).toBe(links[1]?.url);
  expect(fresh).not.toBe(old);
  expect((await fetch(fresh ?? '')).status).toBe(200);
});
