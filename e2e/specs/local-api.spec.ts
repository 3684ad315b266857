import { exec } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { ElectronApplication, Page } from '@playwright/test';
import { png } from '../../test/host/pictures';
import { showSection } from '../pages/settings-page';
import { expect, setXClipboard, sha256, test } from '../pages/world';
import { readXClipboard } from '../pages/x-clipboard';

const run = promisify(exec);
type Answer = { readonly success: boolean; readonly result: readonly string[]; readonly message?: string };

const listening = async (answer: string): Promise<{ readonly server: Server; readonly port: number }> => {
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};
const closed = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};
const freePort = async (): Promise<number> => {
  const { server, port } = await listening('');
  await closed(server);
  return port;
};
/** Opens the section and switches the API on, on this port. */
const switchOn = async (page: Page, port: number): Promise<void> => {
  await showSection(page, 'api');
  const field = page.getByRole('textbox', { name: 'Port', exact: true });
  await field.fill(String(port));
  await field.press('Enter');
  await page.getByRole('switch', { name: 'Let other programs upload through Picferry' }).click();
};
const post = async (port: number, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Answer }> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: body === undefined ? null : JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  return { status: answer.status, body: (await answer.json()) as Answer };
};
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: new RegExp(`^${label}:`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

test('a program set up from the settings uploads paths, forms and the clipboard, and deletes; the log tells of each', async ({ open, file, addAccounts, control }) => {
  await addAccounts('wizs');
  const { page, library } = await open();
  const port = await freePort();
  await switchOn(page, port);
  await expect(page.getByText(`Programs reach it at http://127.0.0.1:${port}`)).toBeVisible();
  expect((await post(port, '/upload', { list: [await file('early.png')] })).status).toBe(401);

  await choose(page, 'Program', 'Obsidian');
  await page.getByRole('button', { name: 'Make a token for Obsidian' }).click();
  await page.getByRole('button', { name: 'Make token', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Token of Obsidian' });
  // Whoever presses Enter once more copies the token, and does not close what is shown this one time.
  await expect(dialog.getByRole('button', { name: 'Copy: PicGo server upload route' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(readXClipboard).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/upload\?key=pf_[\w-]{43}$/);
  await expect(dialog.getByText('Copied.')).toBeVisible();
  const path = readXClipboard().replace(`http://127.0.0.1:${port}`, '');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('list', { name: 'Programs with a token' })).toContainText('Obsidian');

  const paths = [await file('a b.png'), await file('图.png')];
  const { body } = await post(port, path, { list: paths });
  expect([body.success, body.result.length]).toEqual([true, 2]);
  const form = new FormData();
  form.append('list', new Blob([new Uint8Array(png())]), '1763800000000.png');
  expect(((await (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: form })).json()) as Answer).success).toBe(true);
  const copied = png(9, 9);
  await setXClipboard('image/png', copied);
  const pasted = await post(port, path);
  expect(pasted.body.success).toBe(true);
  const missing = await post(port, path, { list: ['/nowhere/x.png', paths[0]] });
  expect([missing.status, missing.body.success, missing.body.result]).toEqual([200, false, ['', body.result[0]]]);

  const log = page.getByRole('region', { name: 'Latest requests' });
  await expect(log.getByRole('row')).toHaveCount(6);
  await expect(log.getByRole('row').nth(1)).toContainText('1 of 2 done: failed');
  await expect(log.getByRole('row').nth(5)).toContainText('came without a token');
  expect((await control.files()).length).toBe(4);
  await library.show();
  await expect(library.row('图.png')).toBeVisible();
});

/** A page in a browser of its own, which has nothing of Picferry. */
const visit = (app: ElectronApplication, url: string): Promise<string> =>
  app.evaluate(async ({ BrowserWindow }, address) => {
    const window = new BrowserWindow({ show: false, webPreferences: { partition: 'elsewhere', sandbox: true } });
    await window.loadURL(address);
    const words = (await window.webContents.executeJavaScript('window.outcome')) as string;
    window.destroy();
    return words;
  }, url);

test('pages in a browser cannot order it about: neither across origins, nor by a form, nor by a rebound name', async ({ launch, file, addAccounts, control, home, cli }) => {
  await addAccounts('wizs');
  const { app, page } = await launch({ args: ['--host-resolver-rules=MAP *.example 127.0.0.1'] });
  const port = await freePort();
  await switchOn(page, port);
  await expect(page.getByText(`Programs reach it at http://127.0.0.1:${port}`)).toBeVisible();
  await page.evaluate(
    ([folder, at]) => (window as unknown as { picferry: { invoke: (name: string, input: unknown) => Promise<unknown> } }).picferry.invoke('settings:set', { localApi: { on: true, port: at, strictStatus: false, withoutToken: { on: true, folders: [folder] } } }),
    [home.replace(/home$/, 'files'), port] as const,
  );
  const secret = await file('wanted.png');
  const body = JSON.stringify({ list: [secret] });
  const script = `
    const tries = [
      ['simple', 'http://127.0.0.1:${port}/upload', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: ${JSON.stringify(body)} }],
      ['opaque', 'http://127.0.0.1:${port}/upload', { method: 'POST', mode: 'no-cors', body: ${JSON.stringify(body)} }],
      ['json', 'http://localhost:${port}/upload', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }],
      ['clipboard', 'http://127.0.0.1:${port}/upload', { method: 'POST', mode: 'no-cors' }],
      ['rebound', 'http://other.example:${port}/upload', { method: 'POST', mode: 'no-cors', body: ${JSON.stringify(body)} }],
    ];
    const outcome = Promise.all(tries.map(([name, url, init]) => fetch(url, init).then((answer) => answer.text().then((text) => name + ' ' + answer.status + ' ' + text.length), () => name + ' blocked'))).then((all) => all.join(', '));
    window.outcome = outcome;
    document.forms[0].submit();
  `;
  const hidden = `<iframe name="f"></iframe><form method="post" target="f" enctype="text/plain" action="http://127.0.0.1:${port}/upload"><input name='{"list":["${secret}"],"x":"' value='"}'></form>`;
  const { server, port: evil } = await listening(`<!doctype html>${hidden}<script>${script}</script>`);
  const words = await visit(app, `http://evil.example:${evil}/`);
  expect(words).toMatch(/^simple blocked, opaque 0 0, json blocked, clipboard 0 0, rebound 0 0$/);
  await closed(server);
  const log = page.getByRole('region', { name: 'Latest requests' });
  await expect(log.getByRole('row').filter({ hasText: 'came from a web page' }).first()).toBeVisible();
  await expect(log.getByRole('row').filter({ hasText: 'named another computer' })).toHaveCount(1);
  expect(await control.files()).toEqual([]);
  // The same request from a program is what the switch is for.
  expect((await post(port, '/upload', { list: [secret] })).body.success).toBe(true);

  // Typora runs the command from the settings with the pictures behind it, and reads as many lines from the end.
  await choose(page, 'Program', 'Typora');
  const command = await page.getByRole('status', { name: 'Command' }).innerText();
  const { stdout } = await run(`${command} "${secret}" "${await file('second one.png')}"`, { env: { ...process.env, PICFERRY_HOME: home } });
  expect(stdout).toMatch(/^http\S+\nhttp\S+\n$/);
  expect(sha256(Buffer.from(await (await fetch(stdout.split('\n')[0] ?? '')).arrayBuffer()))).toBe((await control.files())[0]?.sha256);

  const { server: intruder, port: taken } = await listening('');
  const field = page.getByRole('textbox', { name: 'Port', exact: true });
  await field.fill(String(taken));
  await field.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: `Port ${taken} of the local API is taken by` })).toContainText(`process ${process.pid}`);
  await closed(intruder);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(`Programs reach it at http://127.0.0.1:${taken}`)).toBeVisible();
  expect((await cli('tokens', 'list')).code).toBe(0);
});
