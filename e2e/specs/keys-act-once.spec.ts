import { execFileSync } from 'node:child_process';
import { clipboardText, dropFiles, expect, setXClipboard, test } from '../pages/world';
import { png } from '../../test/host/pictures';

/** Presses keys as the X server does, so that the menu's accelerators hear them too. */
const press = (keys: string): void => {
  const windows = execFileSync('xdotool', ['search', '--onlyvisible', '--name', 'Picferry'], { encoding: 'utf8' }).trim().split('\n');
  execFileSync('xdotool', ['windowfocus', '--sync', windows.at(-1) ?? '']);
  execFileSync('xdotool', ['key', keys]);
};

test('a key that both the menu and the page know acts once', async ({ open, file, addAccounts }) => {
  await addAccounts('wizs');
  const { app, page, upload } = await open();
  await app.evaluate(({ dialog }, path) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showOpenDialog = (() => {
      asked.push('open');
      return Promise.resolve({ canceled: false, filePaths: [path] });
    }) as typeof dialog.showOpenDialog;
  }, await file('chosen.png'));

  press('ctrl+o');
  await expect(upload.row('chosen.png')).toContainText('Uploaded');
  // Its link goes to the clipboard a moment later, and would take the picture's place there.
  const copied = (): Promise<unknown> => expect.poll(() => clipboardText(app)).toContain('http');
  await copied();
  await setXClipboard('image/png', png(8, 6));
  press('ctrl+v');
  await expect(upload.footer).toContainText('2 of 2');
  await copied();
  await setXClipboard('image/png', png(6, 8));
  press('ctrl+shift+v');
  await expect(upload.footer).toContainText('3 of 3');

  // What would have come of a second act has come by the time a later file is through.
  await dropFiles(page, [await file('later.png')]);
  await expect(upload.row('later.png')).toContainText('Uploaded');
  expect((await upload.queue()).jobs).toHaveLength(4);
  expect(await app.evaluate(() => (globalThis as unknown as { readonly asked: readonly string[] }).asked)).toEqual(['open']);
});
