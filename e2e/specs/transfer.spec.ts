import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DBStore } from '@picgo/store';
import type { ElectronApplication, Page } from '@playwright/test';
import { png } from '../../test/host/pictures';
import { typeIntoFileChooser } from '../pages/file-chooser';
import { libraryPage } from '../pages/library-page';
import { nextStart } from '../pages/next-start';
import { showSection } from '../pages/settings-page';
import { expect, test } from '../pages/world';

const PASSPHRASE = 'an invented passphrase';

/** Answers the system's dialogs with this path, as a person would. */
const answerDialogs = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath: chosen })) as typeof dialog.showSaveDialog;
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog;
  }, path);

const chooseImport = async (page: Page): Promise<void> => {
  await showSection(page, 'data');
  await page.getByRole('button', { name: 'Choose a file…' }).click();
};

test('everything goes into one file under a passphrase and comes up whole in another profile, delete links too', async ({ open, launch, file, folder, addAccounts, cli, control }) => {
  await addAccounts('wizs');
  for (const [n, name] of ['harbour.png', '西湖.png', 'bridge.png'].entries()) await file(name, png(20 + n, 20));
  expect((await cli('upload', 'files/harbour.png', 'files/西湖.png', 'files/bridge.png')).code).toBe(0);
  const path = join(folder, 'mine.picferry');
  const first = await open();
  await showSection(first.page, 'data');
  await first.page.getByRole('button', { name: 'Export everything…' }).click();
  const dialog = first.page.getByRole('dialog', { name: 'Export everything' });
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(`${PASSPHRASE}?`);
  await dialog.getByRole('button', { name: 'Choose where to save…' }).click();
  await expect(dialog.getByText('The two are not the same.')).toBeVisible();
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Choose where to save…' }).click();
  await typeIntoFileChooser(path);
  await expect(first.page.getByText('3 uploads exported.')).toBeVisible();
  await first.close();

  const second = await launch({ env: { PICFERRY_HOME: join(folder, 'second') } });
  const { page } = second;
  await chooseImport(page);
  await typeIntoFileChooser(path);
  const asked = page.getByRole('dialog', { name: 'Bring data in' });
  await asked.getByLabel('Passphrase of the file').fill('another one');
  await asked.getByRole('button', { name: 'Open' }).click();
  await expect(asked.getByRole('alert')).toContainText('This passphrase does not open the file.');
  await asked.getByLabel('Passphrase of the file').fill(PASSPHRASE);
  await asked.getByRole('button', { name: 'Open' }).click();
  const looked = page.getByRole('dialog', { name: 'Import from Picferry' });
  await expect(looked.getByLabel('What is in it')).toContainText('Uploads3');
  await looked.getByRole('button', { name: 'Import', exact: true }).click();
  const done = page.getByRole('dialog', { name: 'Imported' });
  await expect(done).toContainText('3 uploads are new in the library.');
  await expect(done).toContainText('1 account added.');
  await done.getByRole('button', { name: 'Show library' }).click();
  const library = libraryPage(page);
  await library.show();
  await expect(library.rows).toHaveCount(3);
  expect(await library.delete('西湖.png')).toContain('Deleted');
  expect((await control.files('wizs')).filter(({ deleted }) => deleted).map(({ name }) => name)).toEqual(['西湖.png']);
});

test('the data of PicGo becomes accounts and uploads, and what is not taken is said before and after', async ({ open, folder, host }) => {
  const picgo = join(folder, 'picgo');
  await mkdir(picgo);
  await writeFile(
    join(picgo, 'data.json'),
    JSON.stringify({
      picBed: {
        current: 'chevereto-uploader',
        'chevereto-uploader': { url: `${host.baseUrl}/chevereto/api/1/upload/?key=x`, key: host.keys.chevereto, param: 'source' },
        github: { repo: 'a/b', token: 'invented' },
      },
    }),
  );
  const store = new DBStore(join(picgo, 'picgo.db'), 'gallery');
  await store.read();
  await store.insertMany([
    ...Array.from({ length: 20 }, (_, n) => ({ imgUrl: `${host.baseUrl}/chevereto/images/${String(n)}.jpg`, fileName: `论坛-${String(n)}.jpg`, type: 'chevereto-uploader', extname: '.jpg', width: 5, height: 6 })),
    { imgUrl: 'https://raw.example.com/g.png', fileName: 'g.png', type: 'github' },
  ]);
  const { page, app, library } = await open();
  await answerDialogs(app, join(picgo, 'data.json'));
  await chooseImport(page);
  const looked = page.getByRole('dialog', { name: 'Import from PicGo' });
  await expect(looked.getByLabel('What is in it')).toContainText('Uploads20');
  await expect(looked.getByLabel('What is not taken')).toContainText('Picferry has no such host');
  await looked.getByRole('button', { name: 'Import', exact: true }).click();
  const done = page.getByRole('dialog', { name: 'Imported' });
  await expect(done).toContainText('20 uploads are new in the library.');
  await expect(done.getByLabel('What was not taken')).toContainText('Picferry has no such host');
  await done.getByRole('button', { name: 'Show library' }).click();
  await library.show();
  await page.getByRole('searchbox', { name: 'Search the library' }).fill('论坛-1');
  await expect(page.getByRole('status').filter({ hasText: '11 matches' })).toBeVisible();
});

test('a backup made now is what the library goes back to, and the library it replaces is kept', async ({ open, file, cli }) => {
  expect((await cli('upload', await file('before.png', png(31, 20)))).code).toBe(0);
  const first = await open();
  const { page, app } = first;
  await showSection(page, 'data');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText('Backup made.')).toBeVisible();
  expect((await cli('upload', await file('after.png', png(32, 20)))).code).toBe(0);
  await first.library.show();
  await expect(first.library.rows).toHaveCount(2);

  await showSection(page, 'data');
  const kept = page.getByRole('list', { name: 'Kept backups' }).getByRole('listitem');
  await expect(kept.first()).toContainText('1 upload');
  await expect(kept.first()).toContainText('Sound');
  await kept.first().getByRole('button', { name: /^Restore/ }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('The library then holds 1 upload.');
  const anew = await nextStart(app);
  await question.getByRole('button', { name: 'Restore and start anew' }).click();
  await expect.poll(() => first.running()).toBe(false);

  const second = await anew();
  expect(JSON.parse((await cli('library', '--json')).out)).toMatchObject([{ name: 'before.png' }]);
  await second.close();
  const third = await open();
  await third.library.show();
  await expect(third.library.rows).toHaveCount(1);
  await expect(third.library.row('before.png')).toBeVisible();
  await showSection(third.page, 'data');
  await expect(third.page.getByRole('list', { name: 'Kept backups' })).toContainText('2 uploads');
});
