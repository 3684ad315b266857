import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, runCli, test as base } from '../pages/world';

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
