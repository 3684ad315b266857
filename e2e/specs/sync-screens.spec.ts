import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousIn } from '../pages/axe';
import { pictures, twoLooks } from '../pages/pictures';
import { expect, runCli, test } from '../pages/world';
import { takeChoice } from '../pages/lists';

const SHORTCUTS = Object.fromEntries(Array.from({ length: 18 }, (_, i) => [`action ${String(i + 1)}`, `Ctrl+${String(i)}`]));
const DOCUMENT = { theme: 'light', fontSize: 13, shortcuts: SHORTCUTS, accounts: [{ id: 'home', quota: 10 }] };
const text = (change: object): string => `${JSON.stringify({ ...DOCUMENT, ...change }, null, 2)}\n`;
const many = (side: string): string => JSON.stringify(Object.fromEntries(Array.from({ length: 100 }, (_, group) => [`group ${String(group)}`, Object.fromEntries(Array.from({ length: 100 }, (_item, at) => [`setting ${String(at)}`, `${side} ${String(at)}`]))])));
const all = (side: string): object => ({ theme: side, fontSize: side.length, shortcuts: Object.fromEntries(Object.keys(SHORTCUTS).map((key) => [key, `${side} ${key}`])) });

const openSync = async (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Sync', exact: true }).click();
const toAll = async (page: Page): Promise<void> => page.getByRole('button', { name: 'All documents' }).click();
const tab = async (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();
const validity = (page: Page) => page.getByTestId('validity');

/** Nobody has seen a change that is younger than the first; everybody has seen one that is older than the second, also where timers come late. */
const [UNSEEN_MS, SEEN_MS] = [50, 450];

/**
 * Presses keys in the page at these moments while its list goes on by itself, and gives for each the places that it may
 * have met: the one that was shown, and the one before it while the change is too young to have been seen.
 */
const pressWhileGoingOn = (page: Page, keys: readonly { readonly key: string; readonly afterMs: number }[]): Promise<readonly { readonly key: string; readonly places: readonly string[] }[]> =>
  page.evaluate(
    async ([presses, unseen, seen]) => {
      const shown = (): string => document.querySelector('[data-testid=place]')?.textContent ?? '';
      let [now, before, changed, pressing] = [shown(), '', -Infinity, false];
      const watch = new MutationObserver(() => {
        // What a key itself leads to is seen at once by whoever pressed it.
        if (shown() !== now) [before, now, changed] = [now, shown(), pressing ? -Infinity : performance.now()];
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      const met: { key: string; places: string[] }[] = [];
      const press = (at: number, done: () => void): void => {
        const next = presses[at];
        if (next === undefined) return done();
        setTimeout(() => {
          const age = performance.now() - changed;
          met.push({ key: next.key, places: age < unseen ? [before] : age > seen ? [now] : [before, now] });
          pressing = true;
          (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key: next.key, bubbles: true, cancelable: true }));
          setTimeout(() => (pressing = false));
          press(at + 1, done);
        }, next.afterMs);
      };
      await new Promise<void>((done) => press(0, done));
      watch.disconnect();
      return met;
    },
    [keys, UNSEEN_MS, SEEN_MS] as const,
  );

test('every screen of Sync is kept as a picture, and whatever is written over a file is undone', async ({ launch, folder, file, cli, control, addAccounts, accountArgs }) => {
  // Two devices, over twenty pictures in two looks, and axe on each.
  test.setTimeout(360_000);
  const [deskFile, laptopFile, notesFile] = [await file('settings.json', Buffer.from(text({}))), await file('laptop.json', Buffer.from('{}')), await file('notes.json', Buffer.from('{"notes":["mine"],"sort":"name"}'))];
  const laptop = join(folder, 'laptop-home');
  const onLaptop = async (...args: readonly string[]): Promise<void> => expect((await runCli(laptop, folder, args)).code).toBe(0);
  await addAccounts('wizs');
  const { app, page, errors } = await launch();
  const { resize, inEveryLook, fits } = pictures(app, page, twoLooks);
  const axe = async (name: string): Promise<void> => expect(await seriousIn(page), name).toEqual([]);
  const kept = async (name: string): Promise<void> => {
    await inEveryLook(`sync-${name}`);
    await axe(name);
  };
  /** With axe in the dark, too. */
  const keptInBoth = (name: string): Promise<void> => inEveryLook(`sync-${name}`, axe);
  const zoomed = async (name: string): Promise<void> => {
    await resize(1280, 900, 2);
    await fits(`${name} at 200 %`);
    await axe(`${name} at 200 %`);
    await resize(1040, 700);
  };
  const chooses = (path: string): Promise<void> =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
    }, path);
  const add = async (path: string, key: string, named: string): Promise<void> => {
    await chooses(path);
    await page.getByRole('button', { name: named }).first().click();
    const adding = page.getByRole('dialog', { name: 'Sync a file' });
    await adding.getByRole('textbox', { name: 'Key' }).fill(key);
    await adding.getByRole('combobox', { name: /Account/ }).click();
    await page.getByRole('option', { name: /wizs/ }).click();
  };
  const documents = page.getByRole('list', { name: 'Documents' });

  await resize(1040, 700);
  await openSync(page);
  await kept('empty');
  await add(deskFile, 'settings', 'Choose JSON files…');
  await kept('adding');
  await page.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(documents).toContainText('Up to date');
  await test.step('a note that is pasted longer than notes are says so', async () => {
    await documents.getByRole('button', { name: 'settings', exact: true }).click();
    const note = page.getByRole('textbox', { name: 'Note for the next version' });
    await note.focus();
    await page.keyboard.insertText('n'.repeat(310));
    await expect(page.getByText('A note has 300 characters at most; what goes beyond is left out.')).toBeVisible();
    await kept('note-full');
    await note.fill('');
    await toAll(page);
  });

  await onLaptop('accounts', 'add', 'wizs', ...accountArgs('wizs'));
  await onLaptop('sync', 'add', 'settings', laptopFile, '--account', 'wizs', '--device-name', 'Laptop');
  await onLaptop('sync', 'run', 'settings');
  await writeFile(laptopFile, text(all('theirs')));
  await onLaptop('sync', 'run', 'settings', '--message', 'from the train');
  await onLaptop('sync', 'add', 'notes', await file('laptop-notes.json', Buffer.from('{"notes":["theirs"],"sort":"date"}')), '--account', 'wizs');
  await onLaptop('sync', 'run', 'notes');
  await writeFile(deskFile, text(all('mine')));
  await expect(async () => {
    await page.getByRole('button', { name: /Sync all/ }).click();
    await expect(page.getByRole('button', { name: 'Decide 20 places…' })).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 40_000 });
  await add(notesFile, 'notes', 'Add documents…');
  await page.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Begin…' })).toBeVisible();
  await kept('documents');
  await zoomed('the documents');
  await page.getByRole('button', { name: 'Begin…' }).click();
  await expect(page.getByRole('dialog', { name: 'How should notes begin?' })).toContainText('2 places differ and wait for you to decide');
  const differences = page.getByRole('list', { name: 'Differences' }).getByRole('listitem');
  await expect(differences).toHaveCount(2);
  await expect(differences.filter({ hasText: 'sort' })).toHaveText(/here\s*"name"\s*there\s*"date"/);
  await kept('first-run');
  await page.keyboard.press('Escape');

  await test.step('twenty conflicts, none left, and what was applied is taken back', async () => {
    await page.getByRole('button', { name: 'Decide 20 places…' }).click();
    await expect(page.getByRole('heading', { name: 'Conflicts in settings' })).toBeVisible();
    await expect(validity(page)).toHaveText('20 places are undecided');
    await expect(page.locator('[data-place][tabindex="0"]')).toBeFocused();
    await keptInBoth('resolver-20');
    const places = page.getByRole('treegrid', { name: 'Places' });
    await expect(places).toHaveAttribute('aria-rowcount', '21');
    await expect(places.locator('[aria-selected=true]')).toHaveAttribute('aria-posinset', '1');
    await expect(places.locator('[aria-selected=true]')).toHaveAttribute('aria-setsize', '20');
    await expect(page.getByRole('treegrid', { name: 'The result' }).getByRole('row').first()).toHaveAttribute('aria-level', '1');
    const delays = [400, 120, 380, 700, 500, 900, 100, 450, 800];
    const pressed = await pressWhileGoingOn(page, delays.map((afterMs, at) => ({ key: ['m', 't', 'b'][at % 3] ?? '', afterMs })));
    const unsure = new Set(pressed.flatMap((press) => (press.places.length > 1 ? press.places : [])));
    const taken = new Map(pressed.flatMap((press) => (press.places.length === 1 ? [[press.places[0] ?? '', press.key] as const] : [])));
    const states: Readonly<Record<string, string>> = { m: 'mine taken', t: 'theirs taken', b: 'base taken' };
    for (const [path, key] of taken) {
      if (unsure.has(path)) continue;
      const row = places.getByRole('row').filter({ has: page.getByText(path.split(' › ').at(-1) ?? '', { exact: true }) });
      await expect(row.getByRole('gridcell', { name: states[key] ?? '', exact: true }), `${key} at ${path}`).toBeVisible();
    }
    await page.getByRole('button', { name: 'Take all' }).click();
    await page.getByRole('menuitem', { name: /^Take theirs/ }).click();
    await expect(validity(page)).toHaveText('Valid, ready to apply');
    await kept('resolver-0');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('settings is decided here.')).toBeVisible();
    await expect.poll(() => readFileSync(deskFile, 'utf8')).not.toBe(text(all('mine')));
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => readFileSync(deskFile, 'utf8')).toBe(text(all('mine')));
    await expect(page.getByText('settings is as it was before, and waits for you again.')).toBeVisible();
    await expect(page.getByText('settings is decided here.')).toBeHidden();
    await expect(page.getByRole('list', { name: 'Settled' }).getByText(/^Taken back /).first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Conflicts' }).getByText('20 places wait for your decision')).toBeVisible();
    await page.getByRole('button', { name: /^Decide 20 places/ }).click();
    await expect(places).toHaveAttribute('aria-rowcount', '21');
    await page.getByRole('button', { name: 'Take all' }).click();
    await page.getByRole('menuitem', { name: /^Take mine/ }).click();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('settings is decided here.')).toBeVisible();
  });

  await test.step('one conflict', async () => {
    await onLaptop('sync', 'run', 'settings');
    await writeFile(laptopFile, text({ ...all('mine'), theme: 'solarized light' }));
    await onLaptop('sync', 'run', 'settings', '--message', 'lighter');
    await writeFile(deskFile, text({ ...all('mine'), theme: 'solarized dark' }));
    await toAll(page);
    await expect(async () => {
      await page.getByRole('button', { name: /Sync all/ }).click();
      await expect(page.getByRole('button', { name: 'Decide 1 place…' })).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 40_000 });
    await page.getByRole('button', { name: 'Decide 1 place…' }).click();
    await expect(validity(page)).toHaveText('1 place is undecided');
    await kept('resolver-1');
    for (const [name, width, height, zoom] of [['640', 640, 480, 1], ['zoom-200', 1280, 900, 2]] as const) {
      await resize(width, height, zoom);
      await fits(`the resolver at ${name}`);
      await kept(`resolver-${name}`);
    }
    await resize(1040, 700);
    await page.keyboard.press('t');
    await page.keyboard.press('Control+Enter');
    await expect(validity(page)).toBeHidden();
  });

  await toAll(page);
  await documents.getByRole('button', { name: 'settings', exact: true }).click();
  await expect(page.getByRole('listbox', { name: 'Versions, newest first' }).getByRole('option', { name: /lighter/ })).toBeVisible();
  await keptInBoth('timeline');
  await zoomed('the timeline');
  await page.getByRole('combobox', { name: /Search by/ }).click();
  await page.getByRole('option', { name: 'Place' }).click();
  await page.getByRole('searchbox', { name: /Changed place/ }).fill('accounts.quota');
  await expect(page.getByRole('status').filter({ hasText: /1 version of \d+ changed it/ })).toBeVisible();
  await kept('timeline-place');
  await page.getByRole('searchbox', { name: /Changed place/ }).fill('');
  await page.getByRole('listbox', { name: 'Versions, newest first' }).getByRole('option', { name: /v1\b/ }).click();
  await page.getByRole('button', { name: 'Restore…' }).click();
  await expect(page.getByRole('checkbox', { name: 'All places' })).toBeVisible();
  await kept('restore');
  const beforeRestore = readFileSync(deskFile, 'utf8');
  await page.getByRole('button', { name: /^Restore \d+ places$/ }).click();
  await expect.poll(() => readFileSync(deskFile, 'utf8')).not.toBe(beforeRestore);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => readFileSync(deskFile, 'utf8')).toBe(beforeRestore);
  await tab(page, 'Devices');
  await expect(page.getByRole('list', { name: 'Devices' })).toContainText('Laptop');
  await keptInBoth('devices');
  await zoomed('the devices');
  await tab(page, 'Conflicts');
  await keptInBoth('conflicts');
  await toAll(page);

  await test.step('a document of another device comes here; a host with older data asks, and its answer is taken back', async () => {
    const snippets = join(folder, 'snippets.json');
    await onLaptop('sync', 'own', 'library', 'on', '--account', 'wizs');
    await onLaptop('sync', 'add', 'snippets', await file('laptop-snippets.json', Buffer.from('{"greeting":"hello"}')), '--account', 'wizs');
    await onLaptop('sync', 'own', 'settings', 'on', '--account', 'wizs');
    await onLaptop('sync', 'run', 'snippets');
    await onLaptop('sync', 'run', 'picferry-settings');
    await expect(async () => {
      await onLaptop('sync', 'run');
      await page.keyboard.press('Control+1');
      await openSync(page);
      await expect(page.getByRole('region', { name: 'On your other devices' })).toContainText('snippets', { timeout: 2000 });
    }).toPass();
    await kept('found');
    await app.evaluate(({ dialog }, chosen) => {
      // One that is there is not overwritten: the system's warning would be untrue.
      dialog.showSaveDialog = ((_window: unknown, { properties }: { readonly properties: readonly string[] }) => Promise.resolve({ canceled: properties.includes('showOverwriteConfirmation'), filePath: chosen })) as typeof dialog.showSaveDialog;
    }, snippets);
    await page.getByRole('button', { name: 'Sync here too… snippets' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Into a new file…' }).press('Enter');
    await expect(page.getByRole('dialog', { name: 'Sync a file' })).toContainText('it is made with what the host has');
    await page.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }).click();
    await expect(documents.getByRole('button', { name: 'snippets', exact: true })).toBeFocused();
    await expect(() => expect(JSON.parse(readFileSync(snippets, 'utf8'))).toEqual({ greeting: 'hello' })).toPass();
    const newer = '{ "greeting": "hello again", "more": [1, 2] }';
    await writeFile(snippets, newer);
    await expect.poll(() => control.versions('snippets')).toBe(2);
    await expect(documents.getByRole('listitem').filter({ hasText: 'snippets' })).toContainText('Up to date');
    await control.rollBack('snippets', 1);
    await page.getByRole('button', { name: /Sync all/ }).click();
    await page.getByRole('button', { name: 'Decide…' }).click();
    const question = page.getByRole('region', { name: 'Which is right?' });
    for (const side of ['Stands on version 2', /Version 1, .*from Laptop/, '2 places differ']) await expect(question).toContainText(side);
    await question.getByText('2 places differ').click();
    await expect(question.getByRole('list', { name: 'Differences' })).toContainText('hello again');
    await keptInBoth('older');
    await page.getByRole('button', { name: 'Take the host’s' }).press('Enter');
    await expect(page.getByText('The file is the host’s version 1 now.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'snippets', level: 1 })).toBeFocused();
    expect(JSON.parse(readFileSync(snippets, 'utf8'))).toEqual({ greeting: 'hello' });
    await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
    await expect.poll(() => readFileSync(snippets, 'utf8')).toBe(newer);
    await expect.poll(() => control.versions('snippets')).toBe(2);
    await expect(page.getByRole('heading', { name: 'snippets', level: 1 })).toBeFocused();
    await expect(page.getByText('Nothing waits for you.')).toBeVisible();
    await control.rollBack('snippets', 0);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expect(question).toContainText('Nothing of this document any more');
    await expect(page.getByRole('button', { name: 'Take the host’s' })).toHaveCount(0);
    await kept('older-nothing');
    await page.getByRole('button', { name: 'Put mine back' }).press('Enter');
    await expect(page.getByText('Your data is at the host again, as version 1.')).toBeVisible();
    await expect.poll(() => control.versions('snippets')).toBe(1);
    await expect(page.getByRole('heading', { name: 'snippets', level: 1 })).toBeFocused();
    await toAll(page);
  });

  await test.step('settings of another device are asked about; taking them is taken back, and the question is there again', async () => {
    const own = page.getByRole('list', { name: 'Picferry’s own data' });
    const theme = (): Promise<unknown> => page.evaluate(async () => ((await (window as unknown as { readonly picferry: { readonly invoke: (name: string, input?: unknown) => Promise<{ readonly value: { readonly settings: { readonly theme: string } } }> } }).picferry.invoke('settings:snapshot')).value.settings.theme));
    await page.getByRole('switch', { name: /^Settings/ }).press('Space');
    await expect(own).toContainText('Choose how to begin');
    await kept('own');
    await own.getByRole('button', { name: 'Begin…' }).click();
    const begin = page.getByRole('dialog', { name: 'How should Picferry’s settings begin?' });
    await expect(begin.getByText('Where they differ: ? you decide, + comes from “wizs”, = stays')).toBeVisible();
    await expect(begin.getByRole('list', { name: 'Differences' })).toContainText('theme');
    await kept('own-first-run');
    await takeChoice(begin.getByRole('radio', { name: /^Use what the host has/ }));
    await expect(begin.getByText('What changes in your file')).toBeVisible();
    await begin.getByRole('button', { name: 'Begin' }).click();
    await expect.poll(theme).toBe('system');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(theme).toBe('light');
    await expect(page.getByText('Settings is as it was before. Choose again how it begins.')).toBeVisible();
    await expect(own).toContainText('Choose how to begin');
    await page.getByRole('switch', { name: /^Settings/ }).press('Space');
    await expect(own).toBeHidden();
  });

  await test.step('ten thousand conflicts', async () => {
    const [deskMany, laptopMany] = [await file('many.json', Buffer.from(many('base'))), await file('laptop-many.json', Buffer.from('{}'))];
    expect((await cli('sync', 'add', 'many', deskMany, '--account', 'wizs')).code).toBe(0);
    expect((await cli('sync', 'run', 'many')).code).toBe(0);
    await onLaptop('sync', 'add', 'many', laptopMany, '--account', 'wizs');
    await onLaptop('sync', 'run', 'many');
    await writeFile(laptopMany, many('theirs'));
    await onLaptop('sync', 'run', 'many');
    await writeFile(deskMany, many('mine'));
    await page.getByRole('button', { name: 'Decide 10,000 places…' }).click();
    await expect(validity(page)).toHaveText('10,000 places are undecided');
    await expect(page.getByTestId('place')).toHaveText('group 0 › setting 0');
    await kept('resolver-10000');
    const selected = page.getByRole('treegrid', { name: 'Places' }).locator('[aria-selected=true]');
    await expect(selected).toHaveAttribute('aria-setsize', '10000');
    await selected.press('End');
    await expect(selected).toHaveAttribute('aria-posinset', '10000');
    await expect(selected).toBeFocused();
    for (const [name, width, height, zoom] of [['640', 640, 480, 1], ['zoom-200', 1280, 900, 2]] as const) {
      await resize(width, height, zoom);
      await fits(`ten thousand conflicts at ${name}`);
    }
    await resize(1040, 700);
  });
  expect(errors).toEqual([]);
});
