import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { everyLook, pictures } from '../pages/pictures';
import { expect, runCli, test } from '../pages/world';

const long = (side: string): object => Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`field${String(i)}`, `${side} ${String(i)}`]));
const DOCUMENT = { acc: { a: 1, b: 1 }, gone: { a: 1, b: 2, c: { d: 3 } }, blob: { from: 'base' }, list: ['one', 'two'], text: 'base', order: 1 };
const side = (name: string): object => ({ acc: { a: name, b: name }, ...(name === 'mine' ? {} : { gone: { a: 1, b: 5, c: { d: 3 } } }), blob: name === 'mine' ? { type: 'mine', ...long(name) } : [name, ...Object.values(long(name))], list: ['one', `${name} second`, `${name} third`], text: `${name} text`, order: name });

/** How much of an element can be seen, in CSS pixels of its height, with its own scrolling and that of what it lies in. */
const seenHeight = (element: Locator): Promise<number> =>
  element.evaluate((one) => {
    let { top, bottom } = one.getBoundingClientRect();
    for (let around = one.parentElement; around !== null; around = around.parentElement) {
      if (getComputedStyle(around).overflowY === 'visible') continue;
      const box = around.getBoundingClientRect();
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return Math.max(0, Math.min(bottom, innerHeight) - Math.max(0, top));
  });
const value = (page: Page, name: string): Locator => page.getByRole('group', { name: `${name}, the value` });
const place = (page: Page, name: string): Locator => page.locator('[data-place]').filter({ has: page.getByText(name, { exact: true }) });

test('in a small window both sides and the result can be read, a value is typed with its fault in sight, and keys reach all of it', async ({ launch, folder, file, cli, host, addAccounts, accountArgs }) => {
  // Two devices by their command lines, and pictures of four widths.
  test.setTimeout(240_000);
  const [deskFile, laptopFile] = [await file('desk.json', Buffer.from(JSON.stringify(DOCUMENT))), await file('laptop.json', Buffer.from('{}'))];
  const laptopHome = join(folder, 'laptop-home');
  const onLaptop = async (...args: readonly string[]): Promise<void> => expect((await runCli(laptopHome, folder, args)).code).toBe(0);
  await addAccounts('wizs');
  await onLaptop('accounts', 'add', 'wizs', ...accountArgs('wizs'));
  await cli('sync', 'add', 'settings', deskFile, '--account', 'wizs', '--device-name', 'Desk');
  await cli('sync', 'run', 'settings');
  await onLaptop('sync', 'add', 'settings', laptopFile, '--account', 'wizs', '--device-name', 'Laptop');
  await onLaptop('sync', 'run', 'settings');
  await writeFile(laptopFile, JSON.stringify(side('theirs')));
  await onLaptop('sync', 'run', 'settings', '--message', 'from the train to the coast');
  await writeFile(deskFile, JSON.stringify(side('mine')));
  expect((await cli('sync', 'run', 'settings')).code).toBe(1);

  const { app, page, errors } = await launch();
  const { resize, inEveryLook, fits } = pictures(app, page, everyLook);
  await resize(960, 700);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
  await page.getByRole('button', { name: /^Decide/ }).first().click();
  await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
  await place(page, 'blob').click();
  await expect(page.getByTestId('place')).toContainText('blob');

  for (const [width, height] of [[960, 700], [1040, 700], [820, 700], [640, 700]] as const) {
    await test.step(`at ${String(width)} × ${String(height)} six lines of every side are in sight`, async () => {
      await resize(width, height);
      for (const name of ['Mine', 'Theirs']) {
        await value(page, name).scrollIntoViewIfNeeded();
        expect(await seenHeight(value(page, name)), name).toBeGreaterThanOrEqual(96);
      }
      await fits(`${String(width)}`);
      expect(await seriousIn(page)).toEqual([]);
      await inEveryLook(`resolver-values-${String(width)}`);
    });
  }

  await test.step('what can be done where one deleted and the other changed lies in sight', async () => {
    await resize(1040, 700);
    await place(page, 'gone').click();
    await expect(page.getByTestId('place')).toHaveText('gone');
    await expect(page.getByRole('button', { name: 'Edit…' })).toBeInViewport({ ratio: 1 });
    await inEveryLook('resolver-gone-1040');
  });

  await test.step('in a low window the place that keys lead to is in sight, with its values', async () => {
    await resize(640, 480);
    await page.locator('[data-place][tabindex="0"]').focus();
    for (let steps = 0; steps < 3; steps += 1) {
      const at = await page.getByTestId('place').textContent();
      await page.keyboard.press('j');
      await expect(page.getByTestId('place')).not.toHaveText(at ?? '');
      await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
      await expect(page.locator('[data-place][tabindex="0"]')).toBeInViewport({ ratio: 1 });
      await expect(page.getByTestId('place')).toBeInViewport({ ratio: 1 });
    }
    await fits('640 × 480');
    await inEveryLook('resolver-low-640');
    await resize(1280, 900, 2);
    await page.keyboard.press('k');
    await expect(page.locator('[data-place][tabindex="0"]')).toBeInViewport({ ratio: 1 });
    await inEveryLook('resolver-low-zoom-200');
    await resize(960, 700);
    await place(page, 'blob').click();
  });

  await test.step('what does not fit is reached and scrolled by keys', async () => {
    await resize(960, 700);
    const theirs = value(page, 'Theirs');
    await page.getByRole('radio', { checked: false, name: /^Take base/i }).focus();
    for (let steps = 0; steps < 8 && !(await theirs.evaluate((one) => one === document.activeElement)); steps += 1) await page.keyboard.press('Tab');
    await expect(theirs).toBeFocused();
    await page.keyboard.press('PageDown');
    await expect.poll(() => theirs.evaluate((one) => one.scrollTop)).toBeGreaterThan(0);
    await page.keyboard.press('m');
    await expect(page.getByTestId('resolver-heard')).toContainText('mine taken');
  });

  await test.step('a value is typed with its fault and Done in sight, also under a change from elsewhere, and Esc gives the keyboard back', async () => {
    await writeFile(laptopFile, JSON.stringify({ ...side('theirs'), order: 'later' }));
    await onLaptop('sync', 'run', 'settings');
    await cli('sync', 'run', 'settings');
    await expect(page.getByText(/^Laptop changed this document meanwhile/)).toBeVisible();
    const edit = page.getByRole('button', { name: 'Edit…' });
    const result = page.getByRole('region', { name: 'Result', exact: true });
    await place(page, 'order').click();
    await expect(page.getByTestId('place')).toContainText('order');
    await inEveryLook('resolver-short-960');
    // Values of one word leave room for what comes of them, under the bar, too.
    expect(await seenHeight(result)).toBeGreaterThanOrEqual(Math.floor((await result.boundingBox())?.height ?? Infinity) - 1);
    await place(page, 'blob').click();
    await edit.scrollIntoViewIfNeeded();
    const [above, button] = [await result.boundingBox(), await edit.boundingBox()];
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0);
    await inEveryLook('resolver-meanwhile-960');
    for (const [width, height] of [[960, 700], [640, 700]] as const) {
      await resize(width, height);
      await edit.focus();
      await page.keyboard.press('Enter');
      const field = page.getByRole('textbox', { name: /^Value of/ });
      await expect(field).toBeFocused();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('{"quota": ');
      await expect(page.locator('#resolver-edit-said')).toContainText('not JSON');
      expect(await seenHeight(field)).toBeGreaterThanOrEqual(6 * 20);
      expect(await seenHeight(page.locator('#resolver-edit-said'))).toBeGreaterThanOrEqual(16);
      expect(await seenHeight(page.getByRole('button', { name: 'Done' }))).toBeGreaterThanOrEqual(24);
      await inEveryLook(`resolver-editing-${String(width)}`);
      await field.focus();
      await page.keyboard.press('Escape');
      await expect(edit).toBeFocused();
      await page.keyboard.press('Backspace');
    }
  });

  await test.step('from the list of places the keyboard goes back to it', async () => {
    await place(page, 'text').click();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: /^Value of/ })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
  });

  await test.step('a filter that matches nothing is cleared, and keys lead to it and take all', async () => {
    await resize(960, 700);
    await place(page, 'order').click();
    for (const key of ['t', 'a']) await page.keyboard.press(key);
    await expect(page.getByTestId('no-both')).toHaveText('At order there is room for one value only, so both cannot be kept. Take one side, or edit the value.');
    await expect(page.getByRole('radio', { name: /^Take Theirs/ })).toBeChecked();
    await inEveryLook('resolver-no-both-960');
    const places = await page.locator('[data-place]').count();
    const filter = page.getByRole('searchbox', { name: 'Find a path' });
    await page.keyboard.press('/');
    await expect(filter).toBeFocused();
    await page.keyboard.type('zzz');
    await expect(page.getByText('No place matches')).toBeVisible();
    await inEveryLook('resolver-no-match-960');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect(filter).toHaveValue('');
    await expect(page.locator('[data-place]')).toHaveCount(places);
    await page.getByRole('combobox', { name: /^Show/ }).click();
    await page.getByRole('option', { name: 'Undecided' }).click();
    await page.keyboard.press('Shift+T');
    await expect(page.getByText('No place matches')).toBeVisible();
    await page.keyboard.press('Control+Z');
    await expect(page.locator('[data-place]').first()).toBeVisible();
    await page.getByRole('combobox', { name: /^Show/ }).click();
    await page.getByRole('option', { name: 'All conflicts' }).click();
    await expect(page.locator('[data-place]')).toHaveCount(places);
  });

  await test.step('a heading holds its own places only', async () => {
    await expect(page.locator('[data-place]').first()).toHaveAttribute('aria-level', '2');
    for (const name of ['blob', 'text', 'order']) await expect(place(page, name)).toHaveAttribute('aria-level', '1');
  });

  await test.step('the keys are named, and what was decided is listed also while the host is away', async () => {
    await page.keyboard.press('?');
    for (const name of ['Find a path', 'Take mine everywhere that is undecided']) await expect(page.getByRole('dialog', { name: 'Keys of the resolver' })).toContainText(name);
    await inEveryLook('resolver-keys-960');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Keys of the resolver' })).toBeHidden();
    await page.keyboard.press('Shift+T');
    await expect(page.getByTestId('validity')).toHaveText('Valid, ready to apply');
    await host.stop();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'What was decided on this device is below.' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('list', { name: 'Settled' }).getByRole('listitem').filter({ hasText: 'order:' })).toContainText('the other device’s value');
    await inEveryLook('settled-offline-960');
  });
  expect(errors).toEqual([]);
});
