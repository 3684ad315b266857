import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { pictures, twoLooks } from '../pages/pictures';
import { expect, runCli, test } from '../pages/world';

const order = (...ids: readonly number[]) => ids.map((id) => ({ id, name: `Album ${String(id)}` }));
const lines = (last: string): string => `${'a\n'.repeat(120)}${last}`;
const place = (page: Page, name: string): Locator => page.locator('[data-place]').filter({ has: page.getByText(name, { exact: true }) });
const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

test('what stands at a place can be told apart, lies in sight, and is edited as what it is', async ({ launch, folder, file, cli, addAccounts, accountArgs }) => {
  test.setTimeout(180_000);
  const base = { flag: 'false', list: [] as string[], order: order(1, 2, 3, 4), 'a.b/c › d': 0, text: lines('first') };
  const [desk, laptop, laptopHome] = [await file('desk.json', Buffer.from(JSON.stringify(base))), join(folder, 'laptop.json'), join(folder, 'laptop-home')];
  const onLaptop = async (...args: readonly string[]): Promise<void> => void (await runCli(laptopHome, folder, args));
  await addAccounts('wizs');
  await onLaptop('accounts', 'add', 'wizs', ...accountArgs('wizs'));
  await cli('sync', 'add', 'doc', desk, '--account', 'wizs', '--device-name', 'Desk');
  await cli('sync', 'run');
  await onLaptop('sync', 'add', 'doc', laptop, '--account', 'wizs', '--device-name', 'Laptop');
  await onLaptop('sync', 'run');
  await writeFile(laptop, JSON.stringify({ flag: true, list: ['theirs'], order: order(4, 1, 2, 3), 'a.b/c › d': 2, text: lines('THEIRS') }));
  await onLaptop('sync', 'run', '--message', 'from the train to the coast, with a message that is rather long for one column');
  await writeFile(desk, JSON.stringify({ flag: 'true', list: ['mine'], order: order(3, 1, 2, 4), 'a.b/c › d': 1, text: lines('MINE') }));
  await cli('sync', 'run');

  const { app, page, errors } = await launch();
  const { resize, inEveryLook } = pictures(app, page, twoLooks);
  await resize(1040, 700);
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
  await page.getByRole('button', { name: /^Decide/ }).first().click();
  await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();

  await test.step('a text has its quotes beside a word of JSON', async () => {
    await place(page, 'flag').click();
    await expect(card(page, 'Mine')).toContainText('"true"');
    await expect(card(page, 'Theirs').locator('[data-value]')).toHaveText('true');
    await inEveryLook('resolver-value-flag');
  });

  await test.step('of a list the result and both ways to keep both are in sight, and all columns begin at one height', async () => {
    await place(page, 'before item 1').click();
    await expect(card(page, 'Result')).toContainText('mine');
    for (const seen of [card(page, 'Result'), page.getByRole('radio', { name: /Theirs, then mine/ })]) await expect(seen).toBeInViewport({ ratio: 1 });
    const tops = await Promise.all(['Base', 'Mine', 'Theirs'].map(async (name) => (await card(page, name).locator('[data-value]').boundingBox())?.y));
    expect(new Set(tops).size).toBe(1);
    await expect(page.getByRole('treegrid', { name: 'The result' }).getByRole('row', { name: /^item 1/ })).toContainText('"mine"');
    await inEveryLook('resolver-value-list');
    await resize(640, 700);
    await inEveryLook('resolver-value-list-640');
    await resize(1040, 700);
  });

  await test.step('an order shows what its elements are called, and a key that looks like a path has quotes', async () => {
    await expect(place(page, '"a.b/c › d"')).toBeVisible();
    await expect(page.getByRole('treegrid', { name: 'The result' })).toContainText('"a.b/c › d"');
    await page.locator('[data-place]').filter({ hasText: 'Two orders' }).click();
    await expect(card(page, 'Theirs').locator('[data-value]')).toHaveText(/4 {2}Album 4\s1 {2}Album 1/);
    await inEveryLook('resolver-value-order');
  });

  await test.step('long texts begin where they differ, scroll as one, and are edited as lines', async () => {
    await place(page, 'text').click();
    await expect(card(page, 'Mine').locator('mark')).toBeInViewport();
    for (const name of ['Theirs', 'Result']) await expect(card(page, name).locator('mark')).toBeInViewport();
    await expect(page.getByRole('button', { name: 'Edit…' })).toBeInViewport({ ratio: 1 });
    await inEveryLook('resolver-value-text');
    await card(page, 'Mine').locator('[data-value]').evaluate((box) => box.scrollTo({ top: 40 }));
    await expect.poll(() => card(page, 'Base').locator('[data-value]').evaluate((box) => box.scrollTop)).toBe(40);
    await place(page, 'text').focus();
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', { name: 'Value of text as text' });
    await expect(field).toHaveValue(lines('MINE'));
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' and\nmore');
    await inEveryLook('resolver-value-text-edit');
    await page.keyboard.press('Control+Enter');
    await expect(field).toBeHidden();
    await expect(card(page, 'Result')).toContainText('more');
    await expect(page.getByTestId('validity')).toHaveText('4 places are undecided');
  });

  await test.step('a value that cannot be read stays in its field on Ctrl+Enter, and is said', async () => {
    await place(page, 'flag').click();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('perhaps so');
    await expect(page.locator('#resolver-edit-said')).toContainText('A text stands in quotes');
    await inEveryLook('resolver-value-bare-text');
    await page.getByRole('button', { name: 'Take it as a text' }).click();
    await expect(page.getByRole('textbox', { name: /^Value of/ })).toHaveValue('"perhaps so"');
    await expect(page.locator('#resolver-edit-said')).toHaveText('Valid JSON');
    await page.getByRole('textbox', { name: /^Value of/ }).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{"a": ');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('resolver-heard')).toContainText('not JSON');
    await expect(page.getByRole('textbox', { name: /^Value of/ })).toBeFocused();
    await expect(page.getByRole('button', { name: 'Reset' })).toHaveCount(1);
    await page.keyboard.press('Escape');
  });

  await test.step('while the whole document is replaced nothing is chosen, until that ends', async () => {
    await page.getByRole('button', { name: 'Take all' }).click();
    await page.getByRole('menuitem', { name: /Replace the whole document by theirs/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Replace' }).click();
    await expect(page.getByText('5 conflicts: the whole document is replaced by theirs')).toBeVisible();
    await place(page, 'flag').click();
    await page.keyboard.press('m');
    await expect(page.getByText('Nothing was chosen: end the replacement first.', { exact: true })).toBeVisible();
    await expect(place(page, 'flag').getByLabel('replaced by theirs')).toBeVisible();
    await inEveryLook('resolver-value-replaced');
    await page.getByRole('button', { name: 'End the replacement' }).click();
    await expect(page.getByText('5 conflicts: 4 left')).toBeVisible();
  });
  expect(errors).toEqual([]);
});

test('where no common version is known the base is neither offered nor taken, and its key says why', async ({ launch, folder, file, cli, addAccounts, accountArgs }) => {
  const [desk, laptopHome] = [await file('desk.json', Buffer.from('{"theme":"dark"}')), join(folder, 'laptop-home')];
  const laptop = join(folder, 'laptop.json');
  await writeFile(laptop, '{"theme":"light"}');
  await addAccounts('wizs');
  await runCli(laptopHome, folder, ['accounts', 'add', 'wizs', ...accountArgs('wizs')]);
  for (const args of [['add', 'doc', laptop, '--account', 'wizs'], ['run']]) await runCli(laptopHome, folder, ['sync', ...args]);
  await cli('sync', 'add', 'doc', desk, '--account', 'wizs');
  await cli('sync', 'run');

  const { page } = await launch();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Documents' })).toContainText('First sync not finished');
  await page.getByRole('button', { name: /^Decide/ }).first().click();
  await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
  await expect(page.locator('[data-place]')).toContainText('Different on both sides');
  await expect(card(page, 'Base')).toContainText('Nobody knows what was there.');
  await expect(page.getByRole('radio', { name: /^Take / })).toHaveCount(2);
  await page.keyboard.press('b');
  await expect(page.getByTestId('no-base')).toHaveText(/^No common version is known/);
  await expect(page.getByTestId('validity')).toHaveText('1 place is undecided');
  await page.keyboard.press('m');
  await expect(page.getByTestId('no-base')).toBeHidden();
  await expect(page.getByTestId('validity')).toHaveText('Valid, ready to apply');
});
