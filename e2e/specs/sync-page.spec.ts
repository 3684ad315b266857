import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { pictures, twoLooks } from '../pages/pictures';
import { dropFiles, expect, runCli, test as base } from '../pages/world';

type Devices = {
  /** Two devices of one host: this one's command line and a laptop's, which knows the host by the same name. */
  readonly laptop: (...args: readonly string[]) => Promise<void>;
  readonly here: (...args: readonly string[]) => Promise<void>;
};

const test = base.extend<Devices>({
  laptop: async ({ folder, accountArgs }, use) => {
    const home = join(folder, 'laptop-home');
    const run = async (...args: readonly string[]): Promise<void> => {
      const { code, err } = await runCli(home, folder, args);
      expect(code, err).toBe(0);
    };
    await run('accounts', 'add', 'wizs', ...accountArgs('wizs'));
    await use(run);
  },
  here: async ({ cli, addAccounts }, use) => {
    await addAccounts('wizs');
    await use(async (...args) => {
      const { err } = await cli(...args);
      expect(err).not.toContain('internal');
    });
  },
});

const sync = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true });
const documents = (page: Page) => page.getByRole('list', { name: 'Documents' });
const text = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** A document that both devices changed at these keys since they met. */
const clash = async ({ here, laptop, file, keys }: Devices & { readonly file: (name: string, bytes?: Uint8Array) => Promise<string>; readonly keys: readonly string[] }): Promise<string> => {
  const all = (side: string): string => text(Object.fromEntries(keys.map((key) => [key, side])));
  const [mine, theirs] = [await file('desk.json', Buffer.from(all('before'))), await file('laptop.json', Buffer.from(all('before')))];
  await here('sync', 'add', 'settings', mine, '--account', 'wizs', '--device-name', 'Desk');
  await here('sync', 'run', 'settings');
  await laptop('sync', 'add', 'settings', theirs, '--account', 'wizs', '--device-name', 'Laptop');
  await laptop('sync', 'run', 'settings');
  await writeFile(theirs, all('theirs'));
  await laptop('sync', 'run', 'settings');
  await writeFile(mine, all('mine'));
  await here('sync', 'run', 'settings');
  return mine;
};

test('the way to Sync tells from every screen how many places wait, until they are decided', async ({ launch, file, here, laptop, cli }) => {
  await clash({ here, laptop, file, keys: ['theme', 'size', 'font'] });
  const { page, errors } = await launch();
  const badge = page.getByTestId('undecided');
  await expect(sync(page)).toHaveAccessibleDescription('3 places wait for your decision');
  await expect(badge).toHaveText('3');
  // A window that comes anew has it, too.
  await page.reload();
  await expect(badge).toHaveText('3');
  await sync(page).click();
  await documents(page).getByRole('button', { name: 'Decide 3 places…' }).click();
  await page.getByRole('button', { name: 'Take all' }).click();
  await page.getByRole('menuitem', { name: /mine/i }).first().click();
  await page.getByRole('button', { name: /^Apply/ }).click();
  await expect(badge).toHaveCount(0);
  await expect(sync(page)).toHaveAccessibleDescription('');
  expect((await cli('sync', 'list')).out).not.toContain('conflict');
  expect(errors).toEqual([]);
});

test('a document that is not synced here any more comes back as it stood, with its open places, its note and its pause', async ({ launch, file, here, laptop, cli }) => {
  await clash({ here, laptop, file, keys: ['theme', 'size'] });
  const { page, errors } = await launch();
  await sync(page).click();
  const more = documents(page).getByRole('button', { name: 'More actions for settings' });
  await expect(documents(page)).toContainText('Conflict (2)');
  const before = (await cli('sync', 'conflicts')).out;
  await more.click();
  await page.getByRole('menuitem', { name: 'Stop syncing here' }).click();
  await expect(documents(page)).toHaveCount(0);
  await expect(page.getByTestId('undecided')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(documents(page)).toContainText('Conflict (2)');
  expect((await cli('sync', 'conflicts')).out).toBe(before);
  expect(errors).toEqual([]);
});

test('an account whose host is away says so everywhere, what this device has is shown, and what goes with the account is named', async ({ launch, file, here, laptop, control }) => {
  await clash({ here, laptop, file, keys: ['theme', 'size'] });
  const { app, page, errors } = await launch();
  const { inEveryLook, resize, fits } = pictures(app, page, twoLooks);
  const inUse = page.getByRole('button', { name: /^Account in use: wizs/ });
  await sync(page).click();
  await expect(documents(page)).toContainText('Conflict (2)');
  await expect(inUse).toHaveAccessibleName('Account in use: wizs. Ready');
  await test.step('its dot and its words in the rail are not those of one that is ready', async () => {
    await control.fail({ dialect: 'wizs', times: 1000, status: 503, json: { result: 'error', code: 503, error: 'Busy' } });
    await page.getByRole('button', { name: 'Sync all now' }).click();
    await expect(inUse).toHaveAccessibleName('Account in use: wizs. Not reached');
  });
  await test.step('versions and devices show what this device knows, and alarm nobody a second time', async () => {
    await documents(page).getByRole('button', { name: 'settings', exact: true }).click();
    const versions = page.getByRole('listbox', { name: 'Versions, newest first' });
    await expect(page.getByText('Here is what this device has kept')).toBeVisible();
    await expect(versions.getByRole('option')).toHaveCount(3);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await versions.getByRole('option', { name: /The file as it is now/ }).click();
    await expect(page.getByRole('list', { name: 'Differences' })).toContainText('theme');
    await inEveryLook('sync-away-versions');
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Devices' }).click();
    await expect(page.getByRole('list', { name: 'Devices' })).toContainText('This device');
    await expect(page.getByRole('list', { name: 'Devices' })).not.toContainText('Last sync unknown');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await inEveryLook('sync-away-devices');
    await resize(640, 700);
    await fits('devices without the host');
    await inEveryLook('sync-away-devices-640');
    await resize(1040, 700);
  });
  await test.step('the question before it is removed names what is lost, and the heading has the keyboard afterwards', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).click();
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'wizs' }) });
    await expect(row).toContainText('Not reached');
    await inEveryLook('accounts-away');
    await row.getByRole('button', { name: 'Remove: wizs' }).click();
    const question = page.getByRole('alertdialog', { name: 'Remove the account “wizs”?' });
    await expect(question).toContainText('1 document syncs through this account and stops syncing.');
    await expect(question).toContainText('2 places wait for your decision.');
    await inEveryLook('accounts-remove');
    expect(await seriousIn(page)).toEqual([]);
    await question.getByRole('button', { name: 'Remove account' }).click();
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeFocused();
  });
  expect(errors).toEqual([]);
});

test('the page keeps up with what changes around it: a mended file, a document of another device, a hidden device, a drop among conflicts', async ({ launch, file, here, laptop }) => {
  await clash({ here, laptop, file, keys: ['theme', 'size'] });
  const { app, page, errors } = await launch();
  const { inEveryLook } = pictures(app, page, twoLooks);
  /** As when a person comes back from another window. */
  const comesBack = (): Promise<boolean> => page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await sync(page).click();
  await expect(documents(page)).toContainText('Conflict (2)');
  await test.step('a file that was refused is taken once it is mended', async () => {
    const broken = await file('broken.json', Buffer.from('{"a":'));
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
    }, broken);
    await page.getByRole('button', { name: 'Add documents…' }).click();
    const adding = page.getByRole('dialog', { name: 'Sync a file' });
    await expect(adding.getByRole('alert')).toContainText('Try again');
    await writeFile(broken, '{"a":1}');
    await comesBack();
    await expect(adding.getByRole('alert')).toHaveCount(0);
    await expect(adding.getByRole('textbox', { name: 'Key' })).toHaveValue('broken');
    await page.keyboard.press('Escape');
  });
  await test.step('what another device adds appears without leaving the page', async () => {
    await laptop('sync', 'add', 'notes', await file('notes.json', Buffer.from('{"n":1}')), '--account', 'wizs');
    await laptop('sync', 'run', 'notes');
    await comesBack();
    await expect(page.getByRole('region', { name: 'On your other devices' })).toContainText('notes');
    await inEveryLook('sync-page-found');
  });
  await test.step('it comes together with a file that exists, by the keyboard alone, which its row has then', async () => {
    const chosen = await file('my-notes.json', Buffer.from('{"n":2}'));
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [path] })) as typeof dialog.showOpenDialog;
    }, chosen);
    await page.getByRole('button', { name: 'Sync here too… notes' }).press('Enter');
    await page.getByRole('menuitem', { name: /^With a file that exists…/ }).press('Enter');
    const adding = page.getByRole('dialog', { name: 'Sync a file' });
    await expect(adding).toContainText('The file exists');
    await adding.getByRole('textbox', { name: 'Key' }).press('Enter');
    await expect(documents(page)).toContainText('Choose how to begin');
    await expect(documents(page).getByRole('button', { name: 'notes', exact: true })).toBeFocused();
  });
  await test.step('one of several dropped files that is refused is skipped by the next key; the others are not dropped with it', async () => {
    await dropFiles(page, [await file('refused.json', Buffer.from('[')), await file('fine.json', Buffer.from('[]'))]);
    await expect(page.getByRole('dialog', { name: 'Sync a file (1 of 2)' }).getByRole('button', { name: 'Skip' })).toBeFocused();
    await page.keyboard.press('Enter');
    const next = page.getByRole('dialog', { name: 'Sync a file (2 of 2)' });
    await expect(next.getByRole('textbox', { name: 'Key' })).toBeFocused();
    await next.getByRole('combobox', { name: /Account/ }).click();
    await page.getByRole('option', { name: /This computer/ }).click();
    await expect(next).toContainText('nothing reaches another computer');
    await inEveryLook('sync-page-add-here');
    await next.getByRole('button', { name: 'Cancel' }).click();
  });
  await test.step('“Sync” in the rail leads from a document to all of them', async () => {
    await documents(page).getByRole('button', { name: 'settings', exact: true }).click();
    await sync(page).click();
    await expect(documents(page)).toBeVisible();
    await sync(page).click();
    await expect(documents(page)).toBeVisible();
  });
  await test.step('the keyboard stays in the list of devices when one is hidden', async () => {
    await documents(page).getByRole('button', { name: 'settings', exact: true }).click();
    await page.getByRole('tab', { name: 'Devices' }).click();
    await page.getByRole('button', { name: 'Hide here: Laptop' }).press('Enter');
    await expect(page.getByText('1 hidden device')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Devices' })).toBeFocused();
    await page.getByRole('button', { name: 'All documents' }).click();
  });
  await test.step('a file that is dropped among conflicts becomes a document, after a question', async () => {
    await documents(page).getByRole('button', { name: 'Decide 2 places…' }).click();
    await expect(page.getByTestId('validity')).toBeVisible();
    await dropFiles(page, [await file('dropped.json', Buffer.from('{"d":1}'))]);
    const question = page.getByRole('alertdialog', { name: 'Leave the conflicts to add the file?' });
    await question.getByRole('button', { name: 'Add to Sync' }).click();
    await expect(page.getByRole('dialog', { name: 'Sync a file' }).getByRole('textbox', { name: 'Key' })).toHaveValue('dropped');
    await page.keyboard.press('Escape');
  });
  await test.step('a JSON file that is dropped to be uploaded is no failed upload, but offered to Sync', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Upload' }).click();
    await dropFiles(page, [await file('uploaded.json', Buffer.from('{"u":1}'))]);
    const question = page.getByRole('alertdialog', { name: 'Keep the JSON file in sync?' });
    await inEveryLook('sync-page-drop-on-upload');
    await question.getByRole('button', { name: 'Add to Sync' }).click();
    await expect(page.getByRole('dialog', { name: 'Sync a file' }).getByRole('textbox', { name: 'Key' })).toHaveValue('uploaded');
    await expect(page.getByText('neither a picture nor a video')).toHaveCount(0);
  });
  expect(errors).toEqual([]);
});
