import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invoke } from '../app/bridge';
import { dropFiles, expect, test } from '../pages/world';
import { EVERYTHING } from '../../src/shared/model/library-defaults';

/** Every file below a folder, as text; Chromium's own profile too. */
const filesBelow = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path, (await readFile(path)).toString('latin1'));
  }
  return found;
};

test('a key and a delete link go through every flow and stand nowhere in plain text', async ({ open, file, host, control, home, addAccounts }) => {
  await addAccounts('wizs');
  const key = host.keys.wizs;
  const { app, page } = await open();
  let said = '';
  for (const stream of [app.process().stdout, app.process().stderr]) stream?.on('data', (text: Buffer) => (said += String(text)));
  page.on('console', (message) => (said += message.text()));

  const draft = { name: 'canary', provider: 'wizs' as const, url: `${host.baseUrl}/wizs`, settings: {}, secrets: { key } };
  await invoke(page, 'accounts:test', { draft });
  const { id } = await invoke(page, 'accounts:save', draft);
  await invoke(page, 'accounts:test', { id });
  await invoke(page, 'accounts:set-default', { id });

  await dropFiles(page, [await file('stays.png'), await file('goes.png')]);
  const uploads = async () => (await invoke(page, 'library:view', { query: EVERYTHING, limit: 10 })).uploads;
  await expect.poll(async () => (await uploads()).length).toBe(2);
  const deleteLinks: string[] = [];
  for (const upload of await uploads()) {
    await invoke(page, 'library:copy-delete-link', { id: upload.id });
    deleteLinks.push(await app.evaluate(({ clipboard }) => clipboard.readText()));
  }
  expect(deleteLinks.length).toBe(2);
  const marks = deleteLinks.map((link) => new URL(link).search.slice(1)).filter((mark) => mark.length > 8);
  expect(marks.length).toBe(2);

  await control.fail({ dialect: 'wizs', call: 'upload', status: 400, json: { code: 400, msg: `the key ${key} may not` } });
  await dropFiles(page, [await file('fails.png')]);
  await expect.poll(async () => (await invoke(page, 'queue:snapshot', undefined)).jobs.find(({ name }) => name === 'fails.png')?.state).toBe('failed');
  await control.fail({ dialect: 'wizs', call: 'upload', status: 403, json: { code: 403, msg: `the key ${key} may not` } });
  await dropFiles(page, [await file('waits.png')]);
  await expect.poll(async () => (await invoke(page, 'accounts:snapshot', undefined)).accounts.find((account) => account.id === id)?.paused ?? null).not.toBeNull();
  const jobs = (await invoke(page, 'queue:snapshot', undefined)).jobs;
  await invoke(page, 'queue:copy-report', { ids: jobs.map((job) => job.id) });
  const report = await app.evaluate(({ clipboard }) => clipboard.readText());
  const goes = (await uploads()).find(({ name }) => name === 'goes.png');
  await invoke(page, 'operations:delete', { selection: { ids: [goes?.id ?? ''] }, undoMs: 0 });
  await expect.poll(async () => (await invoke(page, 'operations:snapshot', undefined)).operations[0]?.outcomes.deleted).toBe(1);

  const answers = JSON.stringify(
    await Promise.all([
      invoke(page, 'accounts:snapshot', undefined),
      invoke(page, 'queue:snapshot', undefined),
      invoke(page, 'settings:snapshot', undefined),
      invoke(page, 'operations:snapshot', undefined),
      invoke(page, 'albums:snapshot', undefined),
      invoke(page, 'notices:snapshot', undefined),
      uploads(),
    ]),
  );
  const drawn = await page.evaluate(() => `${document.documentElement.outerHTML}${JSON.stringify({ ...localStorage })}${JSON.stringify({ ...sessionStorage })}`);
  const places = new Map<string, string>([['what the page shows', drawn], ['what main answers', answers], ['the error report', report]]);
  for (const [path, content] of await filesBelow(home)) places.set(path, content);
  expect([...places.keys()].filter((path) => /picferry\.log$|library\.db$|settings\.json$/.test(path)).length).toBe(3);
  const leaks = (): readonly string[] =>
    [...places, ['what the program said', said] as const].flatMap(([place, text]) => [key, ...marks].filter((secret) => text.includes(secret)).map(() => place));
  expect(leaks()).toEqual([]);

  // The same once everything is written and closed.
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ app: electron }) => electron.quit());
  await ended;
  for (const [path, content] of await filesBelow(home)) places.set(path, content);
  expect(leaks()).toEqual([]);
});
