import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { takeChoice } from '../pages/lists';
import { everyLook, pictures } from '../pages/pictures';
import { expect, test } from '../pages/world';

const text = (theme: string): string => `${JSON.stringify({ theme, size: 13, tags: ['one', 'two'] }, null, 2)}\n`;
const openCopies = async (page: Page, key = 'settings'): Promise<Locator> => {
  await page.getByRole('button', { name: `More actions for ${key}` }).click();
  await page.getByRole('menuitem', { name: 'Copies kept…' }).click();
  const dialog = page.getByRole('dialog', { name: `Copies kept of ${key}` });
  await expect(dialog).toBeVisible();
  return dialog;
};

test('copies that were kept are looked at, put back and undone, and what was restored is undone while it cannot be sent', async ({ launch, file, cli, control, addAccounts }) => {
  const path = await file('settings.json', Buffer.from(text('dark')));
  const now = (): string => readFileSync(path, 'utf8');
  await addAccounts('wizs');
  const half = await file('half.json', Buffer.from('{}'));
  for (const [key, at] of [['settings', path], ['half', half]] as const) expect((await cli('sync', 'add', key, at, '--account', 'wizs')).code).toBe(0);
  // Nothing of it is ever sent, or written.
  await writeFile(half, '{"half": ');
  const { app, page, errors } = await launch();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
  const { resize, inEveryLook, fits } = pictures(app, page, everyLook);
  const kept = async (name: string): Promise<void> => {
    await inEveryLook(name);
    expect(await seriousIn(page), name).toEqual([]);
  };

  await test.step('before anything was written there are none', async () => {
    const dialog = await openCopies(page, 'half');
    await expect(dialog).toContainText('No copies yet.');
    await kept('copies-none');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'More actions for half' })).toBeFocused();
  });

  await page.getByRole('list', { name: 'Documents' }).getByRole('button', { name: 'settings', exact: true }).click();
  const versions = page.getByRole('listbox', { name: 'Versions, newest first' });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(versions.getByRole('option', { name: /v1\b/ })).toBeVisible();
  await writeFile(path, text('light'));
  await expect(versions.getByRole('option', { name: /v2\b/ })).toBeVisible();
  await versions.getByRole('option', { name: /v1\b/ }).click();
  const restore = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Restore…' }).click();
    await page.getByRole('button', { name: /^Restore 1 place$/ }).click();
  };
  await restore();
  await expect(versions.getByRole('option', { name: /v3\b/ })).toBeVisible();
  expect(now()).toBe(text('dark'));

  await test.step('a copy says whose it is and why it was kept, and shows what it would change', async () => {
    const dialog = await openCopies(page);
    const rows = dialog.getByRole('radiogroup', { name: 'Copies, newest first' }).getByRole('radio');
    await expect(rows.first()).toBeFocused();
    await expect(dialog.getByRole('radio', { name: /Your file · before a version was restored/ })).toBeVisible();
    await dialog.getByRole('radio', { name: /Your file · before a version was restored/ }).check();
    await expect(dialog.getByRole('list', { name: 'Differences' })).toContainText('theme');
    // Messages, as of the restoring just now, lie beside what the dialog is for.
    const right = await page.getByRole('region', { name: 'Messages' }).evaluate((region) => region.getBoundingClientRect().right);
    expect(right).toBeLessThan((await dialog.getByRole('button', { name: 'Show in folder' }).boundingBox())?.x ?? 0);
    await kept('copies');
    await takeChoice(dialog.getByRole('radio', { name: 'By line' }));
    await expect(dialog.getByRole('list', { name: 'Lines' })).toContainText('"theme": "light"');
    await kept('copies-lines');
    await resize(640, 480);
    await fits('the copies');
    await kept('copies-640');
    await resize(1280, 800);
    await dialog.getByRole('radio', { name: /Your file · before a version was restored/ }).focus();
    await page.keyboard.press('ArrowUp');
    await expect(dialog.getByRole('radio', { name: /before a version was restored/ })).not.toBeChecked();
    await page.keyboard.press('ArrowDown');
    await dialog.getByRole('button', { name: 'Put back' }).press('Enter');
    await expect.poll(now).toBe(text('light'));
    await expect(versions.getByRole('option', { name: /v4\b/ })).toBeVisible();
    await expect(page.getByText('Put a copy of settings back, and sent it.').first()).toBeVisible();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(now).toBe(text('dark'));
    await expect(versions.getByRole('option', { name: /v5\b/ })).toBeVisible();
  });

  await test.step('what was restored and cannot be sent can be undone for as long', async () => {
    await control.fail({ call: 'json-push', status: 500, times: 50 });
    await versions.getByRole('option', { name: /v2\b/ }).click();
    await restore();
    await expect.poll(now).toBe(text('light'));
    const bar = page.getByText('What was put back into the file is not at the host yet.');
    await expect(bar).toBeVisible();
    await kept('held-back-restore');
    await page.reload();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
    await page.getByRole('list', { name: 'Documents' }).getByRole('button', { name: 'settings', exact: true }).click();
    await expect(bar).toBeVisible();
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect.poll(now).toBe(text('dark'));
    await expect(bar).toBeHidden();
  });
  expect(errors).toEqual([]);
});
