import type { Locator, Page } from '@playwright/test';
import { EVERYTHING } from '../../src/shared/model/library-defaults';
import { png } from '../../test/host/pictures';
import { invoke } from '../app/bridge';
import { addressesIn, clipboardText, expect, SEEDED, test } from '../pages/seeded-library';

const BATCH = 50;
const REFUSED = 5;

const counted = (count: number): string => count.toLocaleString('en');
const foot = (page: Page): Locator => page.getByRole('main').getByRole('status').filter({ hasText: /upload|match|selected/ });
const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search the library' });

const choose = async (page: Page, group: string, entry: string): Promise<void> => {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: group }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
};

const order = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('combobox', { name: /^Order/ }).click();
  await page.getByRole('option', { name, exact: true }).click();
};

/** Puts the keyboard into the list and selects all that match. */
const selectAll = async (page: Page, rows: Locator): Promise<void> => {
  await rows.first().click();
  await page.keyboard.press('Control+a');
};

test('among 100,000 uploads a Chinese word, a fragment, filters and orders find exactly theirs', async ({ open, uploads }) => {
  const { page, library, errors } = await open();
  await library.show();
  await expect(foot(page)).toHaveText(`${counted(SEEDED)} uploads`);
  await expect(library.rows.first()).toContainText(uploads[0]?.name ?? '');

  // Names alone hold these words.
  const lake = uploads.filter(({ name }) => name.includes('西湖'));
  await search(page).fill('西湖');
  await expect(foot(page)).toHaveText(`${counted(lake.length)} matches`);
  await expect(library.rows.first()).toContainText(lake[0]?.name ?? '');

  const harbour = uploads.filter(({ name }) => name.includes('arbou'));
  await search(page).fill('ARBOU');
  await expect(foot(page)).toHaveText(`${counted(harbour.length)} matches`);

  const atOneHost = harbour.filter(({ provider }) => provider === 'smms');
  await choose(page, 'Host', 'SM.MS');
  await expect(foot(page)).toHaveText(`${counted(atOneHost.length)} matches`);
  const dead = atOneHost.filter(({ linkState }) => linkState === 'dead');
  await choose(page, 'State', 'Link dead');
  const active = page.getByRole('group', { name: 'Active filters' });
  await expect(active).toContainText('Link dead');
  const shown = await invoke(page, 'library:count', { ...EVERYTHING, filter: { ...EVERYTHING.filter, search: 'ARBOU', provider: 'smms', state: 'link_dead' } });
  expect(shown.total).toBeLessThanOrEqual(dead.length);
  await expect(foot(page)).toHaveText(new RegExp(`^${counted(shown.total)} match`));
  await active.getByRole('button', { name: 'Clear all' }).click();
  await expect(foot(page)).toHaveText(`${counted(SEEDED)} uploads`);
  await expect(search(page)).toHaveValue('');

  await order(page, 'Largest first');
  const largest = Math.max(...uploads.map(({ bytes }) => bytes));
  await expect(library.rows.first()).toContainText(uploads.find(({ bytes }) => bytes === largest)?.name ?? '');
  await order(page, 'Oldest first');
  await expect(library.rows.first()).toContainText(uploads.at(-1)?.name ?? '');
  await library.rows.first().click();
  await page.keyboard.press('End');
  await expect(library.rows.last()).toContainText(uploads[0]?.name ?? '');
  expect(errors).toEqual([]);
});

test('an album, a tag, a type and two dates narrow the library to exactly theirs, each taken away by its chip', async ({ open, uploads }) => {
  const { page, library, errors } = await open();
  await library.show();
  await expect(foot(page)).toHaveText(`${counted(SEEDED)} uploads`);
  const active = page.getByRole('group', { name: 'Active filters' });
  const matches = (wanted: (upload: (typeof uploads)[number]) => boolean): Promise<void> => expect(foot(page)).toHaveText(new RegExp(`^${counted(uploads.filter(wanted).length)} match`));
  const ask = async (entry: string): Promise<void> => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };

  // No account of the invented uploads is set up here.
  await choose(page, 'Account', 'Former accounts…');
  await page.getByRole('combobox', { name: 'Find an account' }).fill('影');
  await page.keyboard.press('Enter');
  await matches(({ accountName }) => accountName === '影音');
  await active.getByRole('button', { name: 'Remove filter Account: 影音' }).click();
  await ask('Tag…');
  await page.getByRole('combobox', { name: 'Find a tag' }).fill('旅');
  await page.keyboard.press('Enter');
  await matches(({ tags }) => tags?.includes('旅行') === true);
  await ask('Album…');
  await page.getByRole('combobox', { name: 'Find an album' }).fill('wallp');
  await page.keyboard.press('Enter');
  await matches(({ tags, localAlbumId }) => tags?.includes('旅行') === true && localAlbumId === 'invented-album-1');
  await active.getByRole('button', { name: /^Remove filter Tag/ }).click();
  await matches(({ localAlbumId }) => localAlbumId === 'invented-album-1');
  await choose(page, 'Type', 'Videos');
  await matches(({ localAlbumId, kind }) => localAlbumId === 'invented-album-1' && kind === 'video');
  await active.getByRole('button', { name: 'Clear all' }).click();

  const day = (at: number): string => {
    const date = new Date(at);
    return `${String(date.getFullYear())}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
  };
  const [first, last] = [day(uploads[60_000]?.uploadedAt ?? 0), day(uploads[50_000]?.uploadedAt ?? 0)];
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Date' }).click();
  await page.getByRole('menuitem', { name: 'Between two dates…' }).click();
  await page.getByLabel('From').fill(last);
  await page.getByLabel('To').fill(first);
  await expect(page.getByText('The last day comes before the first.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show', exact: true })).toBeDisabled();
  await page.getByLabel('From').fill(first);
  await page.getByLabel('To').fill(last);
  await page.keyboard.press('Enter');
  const within = uploads.filter(({ uploadedAt }) => day(uploadedAt) >= first && day(uploadedAt) <= last);
  await expect(foot(page)).toHaveText(`${counted(within.length)} matches`);
  await expect(library.rows.first()).toContainText(within[0]?.name ?? '');
  expect(errors).toEqual([]);
});

test('links of all that match are copied in the order shown, whatever is in sight', async ({ open, uploads }) => {
  const { app, page, library } = await open();
  await library.show();
  await order(page, 'Oldest first');
  await search(page).fill('西湖');
  const lake = uploads.filter(({ name }) => name.includes('西湖')).reverse();
  await expect(foot(page)).toHaveText(`${counted(lake.length)} matches`);
  await selectAll(page, library.rows);
  await expect(foot(page)).toHaveText(`All ${counted(lake.length)} selected`);
  await page.getByRole('button', { name: `Copy ${counted(lake.length)} links` }).click();
  const links = lake.flatMap(({ url }) => (url === null ? [] : [url]));
  await expect.poll(async () => addressesIn(await clipboardText(app)).length).toBe(links.length);
  expect(addressesIn(await clipboardText(app))).toEqual(links);
});

test('of 50 uploads deleted at their host five are refused, are said to be refused, and go when tried again; an undone deletion asks nobody', async ({ open, file, addAccounts, cli, control }) => {
  await addAccounts('wizs');
  const names = Array.from({ length: BATCH }, (_, n) => `batch-${String(n).padStart(2, '0')}.png`);
  for (const [n, name] of names.entries()) await file(name, png(20 + n, 20));
  const sent = await cli('upload', ...names.map((name) => `files/${name}`), '--json');
  expect(sent.err).toBe('');
  const { page, library } = await open();
  await library.show();
  await expect(foot(page)).toHaveText(`${counted(SEEDED + BATCH)} uploads`);
  await search(page).fill('batch-');
  await expect(foot(page)).toHaveText(`${counted(BATCH)} matches`);
  const bar = page.getByRole('region', { name: 'Actions in progress' });
  const ask = async (): Promise<void> => {
    await selectAll(page, library.rows);
    await page.keyboard.press('Delete');
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText(`Delete ${counted(BATCH)}`);
    await expect(question).toContainText('wizs');
    await question.getByRole('button', { name: 'Delete on the host' }).click();
  };
  const asked = async (): Promise<number> => (await control.requests()).filter(({ call }) => call === 'delete').length;
  const left = async (): Promise<readonly string[]> => (await control.files('wizs')).filter(({ deleted }) => !deleted).map(({ name }) => name).sort();

  await ask();
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar).toContainText('Nothing was deleted.');
  await expect(foot(page)).toHaveText(`All ${counted(BATCH)} selected`);
  await bar.getByRole('button', { name: 'Dismiss' }).click();
  await expect(bar).toBeHidden();
  expect(await asked()).toBe(0);

  await control.fail({ dialect: 'wizs', call: 'delete', times: REFUSED, status: 403, json: { result: 'failed', code: 403, message: 'wrong key' } });
  await ask();
  await bar.getByRole('button', { name: 'Delete now' }).click();
  await expect(bar).toContainText(`Deletion finished: ${counted(BATCH - REFUSED)} deleted, ${counted(REFUSED)} refused`);
  expect(await asked()).toBe(BATCH);
  const { operations } = await invoke(page, 'operations:snapshot', undefined);
  const { items, total } = await invoke(page, 'operations:items', { id: operations[0]?.id ?? '', offset: 0, limit: 500, outcomes: null });
  expect(total).toBe(BATCH);
  expect(items.filter(({ outcome }) => outcome === 'refused').map(({ name }) => name).sort()).toEqual(await left());
  expect(items.filter(({ outcome }) => outcome === 'deleted')).toHaveLength(BATCH - REFUSED);
  await bar.getByRole('button', { name: 'Details' }).click();
  const sheet = page.getByRole('dialog', { name: 'Deletion' });
  await sheet.getByRole('button', { name: '5 refused' }).click();
  await expect(sheet.getByRole('listitem')).toHaveCount(REFUSED);
  await page.keyboard.press('Escape');
  await choose(page, 'State', 'Deletion refused');
  await expect(foot(page)).toHaveText(`${counted(REFUSED)} matches`);
  for (const name of await left()) await expect(library.row(name)).toContainText('Deletion refused');

  await bar.getByRole('button', { name: 'Try the rest again' }).click();
  await expect.poll(left).toEqual([]);
  await expect(bar).toContainText(`Deletion finished: ${counted(BATCH)} deleted`);
  expect(await asked()).toBe(BATCH + REFUSED);
});

test('uploads taken out of the library come back with Undo, and a restart keeps the view and everything in it', async ({ open, uploads }) => {
  const first = await open();
  const { page, library } = first;
  await library.show();
  const words = ['日落', '菜谱'];
  const found = uploads.filter(({ name }) => words.every((word) => name.includes(word)));
  await search(page).fill(words.join(' '));
  await expect(foot(page)).toHaveText(`${counted(found.length)} matches`);
  await selectAll(page, library.rows);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Remove from the library only' }).click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(foot(page)).toHaveText(`All ${counted(found.length)} selected`);
  for (const { name } of found.slice(0, 3)) await expect(library.row(name).first()).toBeVisible();
  await order(page, 'Name A–Z');
  await page.getByRole('button', { name: 'Show details' }).click();
  await expect(page.getByRole('button', { name: 'Hide details' })).toBeVisible();
  await first.close();

  const second = await open();
  await second.page.keyboard.press('Control+2');
  await expect(foot(second.page)).toHaveText(`${counted(SEEDED)} uploads`);
  await expect(second.page.getByRole('radio', { name: 'List' })).toBeChecked();
  await expect(second.page.getByRole('combobox', { name: /^Order/ })).toContainText('Name A–Z');
  await expect(second.page.getByRole('button', { name: 'Hide details' })).toBeVisible();
  await search(second.page).fill(words.join(' '));
  await expect(foot(second.page)).toHaveText(`${counted(found.length)} matches`);
  const { uploads: kept } = await invoke(second.page, 'library:rows', {
    query: { ...EVERYTHING, filter: { ...EVERYTHING.filter, search: words.join(' ') } },
    offset: 0,
    limit: 500,
  });
  expect(kept.map(({ id, name, url, tags }) => ({ id, name, url, tags: [...tags].sort() }))).toEqual(found.slice(0, 500).map(({ id, name, url, tags }) => ({ id, name, url, tags: [...(tags ?? [])].sort() })));
});
