import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

const runIn = async (language: string, ...args: string[]) => {
  let [out, err] = ['', ''];
  const code = await main({
    args,
    version: '0',
    programs: folder,
    env: { PICFERRY_HOME: join(folder, 'home'), LANG: language },
    cwd: folder,
    platform: process.platform,
    io: { stdout: (text) => (out += text), stderr: (text) => (err += text) },
    stdin: process.stdin,
    signal: new AbortController().signal,
  });
  return { code, out, err };
};
const run = (...args: string[]) => runIn('en_US.UTF-8', ...args);
const CHEVERETO = ['accounts', 'add', 'che', '--provider', 'chevereto'];

describe('accounts add and set', () => {
  it('name all that is missing together, as the options that give it', async () => {
    const { code, out, err } = await run(...CHEVERETO);
    expect([code, out]).toEqual([2, '']);
    for (const words of ['--secret key=VALUE: API key', 'key=@FILE', 'key=-', '--url BASE', 'https://www.picgo.net']) expect(err).toContain(words);
    const imgurl = await run('accounts', 'add', 'img', '--provider', 'imgurl', '--url', 'https://img.example.com');
    expect(imgurl.code).toBe(2);
    expect(imgurl.err).toContain('--set uid=VALUE');
    expect(imgurl.err).toContain('--secret token=VALUE');
    expect(imgurl.err).not.toContain('--url');
    expect((await runIn('zh_CN.UTF-8', ...CHEVERETO)).err).toContain('API 密钥（机密）');
  });

  it('take a change without the secret that is there, and refuse one that takes it away', async () => {
    await run(...CHEVERETO, '--secret', 'key=invented');
    expect((await run('accounts', 'set', 'che', '--set', 'keyIn=header')).code).toBe(0);
    const { code, err } = await run('accounts', 'set', 'che', '--secret', 'key=');
    expect(code).toBe(2);
    expect(err).toContain('--secret key=VALUE');
  });

  it('tell of the key file once per data folder, and not when they fail', async () => {
    const told = 'No keychain';
    expect((await run(...CHEVERETO)).err).not.toContain(told);
    expect((await run(...CHEVERETO, '--url', 'http://img.example.com', '--secret', 'key=invented')).err).not.toContain(told);
    expect((await run('accounts', 'add', 'sm', '--provider', 'smms', '--url', 'https://sm.example.com')).err).not.toContain(told);
    expect((await run(...CHEVERETO, '--secret', 'key=invented')).err).toContain(told);
    expect((await run('accounts', 'set', 'che', '--secret', 'key=other')).err).not.toContain(told);
    expect((await run(...CHEVERETO, '--secret', 'key=invented')).err).not.toContain(told);
  });

  it('say that the public site is closed to whoever points an account at it', async () => {
    const { code, err } = await run('accounts', 'add', 'sm', '--provider', 'smms', '--url', 'https://sm.ms/api/upload');
    expect(code).toBe(0);
    expect(err).toContain('sm.ms is closed');
    expect((await run('accounts', 'add', 'other', '--provider', 'smms', '--url', 'https://sm.example.com')).err).not.toContain('closed');
  });
});

describe('what a host cannot do', () => {
  it('is said with its reason, each in its own words', async () => {
    await run(...CHEVERETO, '--secret', 'key=invented');
    await run('accounts', 'add', 'sm', '--provider', 'smms', '--url', 'https://sm.example.com');
    const why = async (...args: string[]) => {
      const { code, err } = await run(...args);
      expect(code).toBe(1);
      return err;
    };
    expect(await why('albums', '--account', 'che')).toContain('--album ID');
    expect(await why('albums', '--account', 'sm')).toContain('sm has no albums');
    expect(await why('remote', 'list', '--account', 'che')).toContain('gives no list of its pictures');
    expect(await why('remote', 'clear', '--account', 'che')).toContain('no list that could be cleared');
    expect((await runIn('zh_CN.UTF-8', 'albums', '--account', 'che')).err).toContain('不提供相册列表');
  });
});
