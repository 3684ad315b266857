import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appFolder, runtimePath, sandboxed } from '../runtime';
import { dropFiles, expect, test } from '../pages/world';

test('a corrupt settings file is kept aside and told', async ({ open, home, addAccounts }) => {
  await addAccounts('wizs');
  const store = join(home, 'store');
  await writeFile(join(store, 'settings.json'), '{"accounts": [');
  const { page } = await open();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('The settings file could not be read. It was kept as');
  const kept = await Promise.all((await readdir(store)).filter((name) => name.startsWith('settings')).map((name) => readFile(join(store, name), 'utf8')));
  expect(kept).toContain('{"accounts": [');
});

test('a corrupt library is kept aside and told, and uploading goes on', async ({ open, home, file, cli, addAccounts }) => {
  await addAccounts('wizs');
  await file('first.png');
  expect((await cli('upload', 'files/first.png')).code).toBe(0);
  const store = join(home, 'store');
  const garbage = Buffer.from('this is no database '.repeat(500));
  await writeFile(join(store, 'library.db'), garbage);
  const { page, upload } = await open();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('The library could not be read.');
  const files = await readdir(store, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(files.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))));
  expect(contents.some((bytes) => bytes.equals(garbage))).toBe(true);
  await dropFiles(page, [await file('second.png')]);
  await expect(upload.row('second.png')).toContainText('Uploaded');
});

test('a data folder that cannot be used is said in one sentence, with the way on', async ({ folder }) => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'in-the-way'), '');
  const home = join(folder, 'in-the-way', 'home');
  const child = spawn(runtimePath(), [appFolder(), ...(sandboxed() ? [] : ['--no-sandbox'])], { env: { ...process.env, PICFERRY_HOME: home, LANGUAGE: 'en' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const told = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('PICFERRY_HOME')) resolve();
    });
  });
  await told;
  expect(said).toContain(`The data folder ${home} cannot be used (ENOTDIR).`);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
});
