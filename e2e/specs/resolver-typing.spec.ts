import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { everyLook, pictures } from '../pages/pictures';
import { expect, runCli, test } from '../pages/world';

const place = (page: Page, name: string) => page.locator('[data-place]').filter({ has: page.getByText(name, { exact: true }) });
const field = (page: Page) => page.getByRole('textbox', { name: /^Value of/ });

test('what is typed stays in its field while the other device changes, closes and settles what it is about', async ({ launch, folder, file, cli, addAccounts, accountArgs }) => {
  test.setTimeout(180_000);
  const of = (value: unknown): Record<string, unknown> => ({ a: value, b: value, c: value, t: value });
  const [desk, laptop, laptopHome] = [await file('desk.json', Buffer.from(JSON.stringify(of(1)))), join(folder, 'laptop.json'), join(folder, 'laptop-home')];
  const onLaptop = async (...args: readonly string[]): Promise<void> => void (await runCli(laptopHome, folder, args));
  const fromLaptop = async (content: unknown): Promise<void> => {
    await writeFile(laptop, JSON.stringify(content));
    await onLaptop('sync', 'run');
    await cli('sync', 'run', 'doc');
  };
  await addAccounts('wizs');
  await onLaptop('accounts', 'add', 'wizs', ...accountArgs('wizs'));
  await cli('sync', 'add', 'doc', desk, '--account', 'wizs', '--device-name', 'Desk');
  await cli('sync', 'run');
  await onLaptop('sync', 'add', 'doc', laptop, '--account', 'wizs', '--device-name', 'Laptop');
  await onLaptop('sync', 'run');
  await writeFile(laptop, JSON.stringify(of('T')));
  await onLaptop('sync', 'run');
  await writeFile(desk, JSON.stringify(of('M')));
  await cli('sync', 'run');

  const { app, page, errors } = await launch();
  const { resize, inEveryLook } = pictures(app, page, everyLook);
  await resize(1040, 700);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
  await page.getByRole('button', { name: /^Decide/ }).first().click();
  await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();

  await test.step('a newer value of theirs leaves the field, its text and the keyboard where they are, and is told', async () => {
    await place(page, 'a').click();
    await page.keyboard.press('m');
    await place(page, 't').click();
    await page.keyboard.press('t');
    await place(page, 'b').click();
    await page.keyboard.press('Enter');
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('"half of my');
    await fromLaptop({ ...of('T2'), c: 'T' });
    await expect(page.getByText(/^Laptop changed this document meanwhile\. Another value, please look again: a, b, t\.$/)).toBeVisible();
    await expect(place(page, 'a')).toContainText('Look again');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type(' sentence about the tram"');
    await expect(field(page)).toHaveValue('"half of my sentence about the tram"');
    await expect(page.getByTestId('edit-newer')).toHaveText('Theirs changed meanwhile: it was "T" and is "T2".');
    await expect(page.getByTestId('validity')).toHaveText('3 places are undecided');
    await inEveryLook('resolver-typing-newer');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId('validity')).toHaveText('3 places are undecided');
    await place(page, 'a').click();
    await expect(page.getByTestId('still')).toHaveText('You had decided: mine taken. Please decide again.');
    await inEveryLook('resolver-typing-again');
    await page.keyboard.press('m');
    await expect(page.getByTestId('validity')).toHaveText('2 places are undecided');
    await expect(place(page, 'a')).not.toContainText('Look again');
    await place(page, 't').click();
    await expect(page.getByTestId('newer')).toHaveText('Theirs changed meanwhile: it was "T" and is "T2".');
  });

  await test.step('a place that closes leaves the field too; its text stays until it is thrown away', async () => {
    await place(page, 'b').click();
    await page.keyboard.press('Enter');
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('"more of');
    await fromLaptop({ ...of('T2'), b: 'M' });
    await expect(page.getByTestId('edit-newer')).toContainText('decided elsewhere');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type(' it, mt"');
    await expect(field(page)).toHaveValue('"more of it, mt"');
    await inEveryLook('resolver-typing-closed');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('left-text')).toHaveText('"more of it, mt"');
    await page.getByRole('button', { name: 'Discard it' }).click();
    await expect(page.getByTestId('left-text')).toBeHidden();
  });

  await test.step('so does a document that is settled; the screen says so when the field is left', async () => {
    await place(page, 'c').click();
    await page.keyboard.press('Enter');
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('"last');
    await fromLaptop(of('M'));
    await expect(page.getByTestId('edit-newer')).toContainText('decided elsewhere');
    await page.keyboard.type(' words"');
    await expect(field(page)).toHaveValue('"last words"');
    await page.keyboard.press('Escape');
    await expect(page.getByText('Everything is decided')).toBeVisible();
    await expect(page.getByTestId('left-text')).toHaveText('"last words"');
    await expect(page.getByRole('button', { name: 'Back to the document' })).toBeFocused();
    await inEveryLook('resolver-typing-over');
  });
  expect(errors).toEqual([]);
});
