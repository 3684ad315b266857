import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { main } from './main';

let folder: string;
beforeEach(() => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  folder = mkdtempSync(join(tmpdir(), 'picferry-main-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const runOn = async (home: string, args: readonly string[], { stdin = '', language = 'en_US.UTF-8' } = {}) => {
  let [out, err] = ['', ''];
  const code = await main({
    args,
    version: '0',
    programs: folder,
    env: { PICFERRY_HOME: join(folder, home), LANG: language },
    cwd: folder,
    platform: process.platform,
    io: { stdout: (text) => (out += text), stderr: (text) => (err += text) },
    stdin: Readable.from([stdin]) as unknown as NodeJS.ReadStream,
    signal: new AbortController().signal,
  });
  return { code, out, err };
};
const addAccount = () => runOn('one', ['accounts', 'add', 'che', '--provider', 'chevereto', '--url', 'https://img.example.com', '--secret', 'key=canary-key']);

it('export and import carry a library from one data folder into another, with the passphrase from a file or standard input', async () => {
  await addAccount();
  writeFileSync(join(folder, 'pass.txt'), 'a passphrase\n');
  const exported = await runOn('one', ['export', 'all.picferry', '--passphrase-file', 'pass.txt', '--json']);
  expect([exported.code, JSON.parse(exported.out)]).toEqual([0, { file: join(folder, 'all.picferry'), uploads: 0, secrets: 'sealed' }]);
  expect(readFileSync(join(folder, 'all.picferry')).includes('canary')).toBe(false);
  const imported = await runOn('two', ['import', 'all.picferry', '--passphrase-file', '-', '--json'], { stdin: 'a passphrase' });
  expect([imported.code, JSON.parse(imported.out)]).toMatchObject([0, { source: 'picferry', accounts: { new: 1, known: 0 }, settings: false }]);
  expect(imported.err).toContain('New accounts: 1.');
  expect(JSON.parse((await runOn('two', ['accounts', 'list', '--json'])).out)).toMatchObject([{ name: 'che' }, { name: 'this-computer' }]);
  const again = await runOn('two', ['import', 'all.picferry', '--passphrase-file', 'pass.txt'], { language: 'zh_CN.UTF-8' });
  expect([again.code, again.out]).toEqual([0, '']);
  expect(again.err).toContain('新增账号 0 个');
}, 30_000);

it('export without a passphrase says what is left out, and its file imports', async () => {
  await addAccount();
  const { code, out, err } = await runOn('one', ['export', 'open.picferry']);
  expect([code, out]).toEqual([0, '']);
  expect(err).toContain('no keys and no delete links');
  expect(gunzipSync(readFileSync(join(folder, 'open.picferry'))).toString('utf8')).not.toContain('canary');
  expect((await runOn('two', ['import', 'open.picferry', '--settings'])).err).toContain('Settings taken over.');
}, 30_000);

it('import and export never ask: what is missing or wrong is told, exit 1, and misuse exit 2', async () => {
  writeFileSync(join(folder, 'pass.txt'), 'right');
  writeFileSync(join(folder, 'empty.txt'), '\n');
  await runOn('one', ['export', 'sealed.picferry', '--passphrase-file', 'pass.txt']);
  const locked = await runOn('two', ['import', 'sealed.picferry', '--json']);
  expect(locked.code).toBe(1);
  expect(JSON.parse(locked.out)).toMatchObject({ error: { kind: 'bad_request', retryable: false } });
  expect(locked.err).toContain('protected by a passphrase');
  const wrong = await runOn('two', ['import', 'sealed.picferry', '--passphrase-file', '-'], { stdin: 'wrong' });
  expect([wrong.code, wrong.err]).toMatchObject([1, expect.stringContaining('does not open') as unknown]);
  const missing = await runOn('two', ['import', 'nothing.picferry']);
  expect([missing.code, missing.err]).toMatchObject([1, expect.stringContaining('no such file') as unknown]);
  writeFileSync(join(folder, 'cut.picferry'), readFileSync(join(folder, 'sealed.picferry')).subarray(0, -9));
  const cut = await runOn('two', ['import', 'cut.picferry', '--passphrase-file', 'pass.txt']);
  expect([cut.code, cut.err]).toMatchObject([1, expect.stringContaining('Nothing was taken') as unknown]);
  for (const args of [['export'], ['import', 'a', 'b'], ['export', 'x', '--passphrase-file', 'gone.txt'], ['export', 'x', '--passphrase-file', 'empty.txt']]) {
    expect([args, (await runOn('one', args)).code]).toEqual([args, 2]);
  }
  expect(existsSync(join(folder, 'x'))).toBe(false);
}, 30_000);
