import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png, pngOfBytes } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';
import { type CliWorld, openCliWorld } from './cli-world';

type Sent = { file: string; ok: boolean; url: string | null; error: { kind: string; message: string } | null };

let world: CliWorld;
let host: TestHost;
beforeAll(async () => {
  [world, host] = [openCliWorld(), await startTestHost()];
  const { code, err } = await world.run('accounts', 'add', 'sm', '--provider', 'smms', '--url', host.urls.smms);
  if (code !== 0) throw new Error(err);
}, 60_000);
afterAll(async () => {
  await world.close();
  await host.stop();
});

const put = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(world.cwd, name), bytes);
  return name;
};

describe('files that cannot be uploaded', { timeout: 60_000 }, () => {
  it('each keep their slot with a sentence, and cost no other file its result', async () => {
    mkdirSync(join(world.cwd, 'empty folder'));
    put('empty.png', new Uint8Array());
    put('text.png', Buffer.from('this is no picture'));
    put('good.png', png());
    put('big.png', pngOfBytes(6 * 1024 * 1024));
    const files = ['missing.png', 'empty folder', 'empty.png', 'good.png', 'big.png', 'missing.png/below', '', 'text.png'];
    const sent = (await world.json(1, 'upload', ...files)) as Sent[];
    expect(sent.map(({ file }) => file)).toEqual(files);
    expect(sent.map(({ ok }) => ok).slice(0, 7)).toEqual([false, false, false, true, false, false, false]);
    expect(sent.map(({ error }) => error?.kind ?? null).slice(0, 7)).toEqual(['file', 'file', 'file', null, 'rejected_file', 'file', 'file']);
    for (const { ok, error } of sent) expect(ok || (error?.message ?? '').length > 10).toBe(true);
  });

  it('are said in the language of the person', async () => {
    const { err } = await world.run('upload', 'missing.png');
    expect(err).toContain('There is no such file.');
    const chinese = openCliWorld({ LANG: 'zh_CN.UTF-8' });
    expect((await chinese.run('upload', 'missing.png')).err).toMatch(/[\u4e00-\u9fff]/);
    expect((await chinese.run('frob')).err).toContain('没有');
    await chinese.close();
  });
});

describe('names', { timeout: 60_000 }, () => {
  it('of every kind arrive: spaces, quotes, emoji, 中文, 255 bytes, without and with a wrong extension, leading dash', async () => {
    const names = ['a b.png', `it's "quoted".png`, '🎉.png', '中文 图片.png', `${'长'.repeat(83)}ab.png`, 'none', 'wrong.jpg', 'a.b.c.png', "$(x) `y` %s.png"];
    expect(Buffer.byteLength(names[4] ?? '')).toBe(255);
    for (const name of names) put(name, png());
    put('-dash.png', png());
    const sent = (await world.json(0, 'upload', ...names, './-dash.png')) as Sent[];
    expect(sent.map(({ ok }) => ok)).toEqual([...names, ''].map(() => true));
    for (const [index, name] of names.entries()) {
      const answer = await fetch(sent[index]?.url ?? '');
      expect(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(join(world.cwd, name)))).toBe(true);
    }
  });

  it('of a folder stand for its pictures, in the order of their names', async () => {
    mkdirSync(join(world.cwd, 'trip', 'day 2'), { recursive: true });
    for (const name of ['10.png', '2.png', 'day 2/1.png']) put(join('trip', name), png());
    put(join('trip', 'notes.txt'), Buffer.from('x'));
    const sent = (await world.json(0, 'upload', 'trip/')) as Sent[];
    expect(sent.map(({ file }) => file)).toEqual(['trip/2.png', 'trip/10.png', 'trip/day 2/1.png']);
  });
});

describe('wrong usage', { timeout: 60_000 }, () => {
  it('exits 2 with a sentence on stderr, nothing on stdout and nothing changed', async () => {
    put('good.png', png());
    const before = (await world.json(0, 'accounts', 'list')) as object[];
    for (const args of [
      ['upload', 'good.png', '--account', 'nobody', '--json'],
      ['upload', 'good.png', '--format', 'markdwon'],
      ['accounts', 'add', 'sm', '--provider', 'smms', '--url', host.urls.smms],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'not a url'],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'nonsense', '--secret', 'key=k'],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'http://nonsense', '--secret', 'key=k'],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'http://img.example.com', '--secret', 'key=k'],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'http://192.168.7.7', '--secret', 'key=k'],
      ['accounts', 'add', 'new', '--provider', 'wizs'],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'https://x.example', '--set', 'frob=1'],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'https://x.example', '--set', 'concurrency=many'],
      ['accounts', 'add', 'new', '--provider', 'wizs', '--url', 'https://x.example', '--secret', 'key=@no-such-file'],
      ['accounts', 'remove', 'this-computer'],
    ]) {
      const { code, out, err } = await world.run(...args);
      expect([args.join(' '), code, out]).toEqual([args.join(' '), 2, '']);
      expect(err).toMatch(/\S.{15,}/);
    }
    expect(await world.json(0, 'accounts', 'list')).toEqual(before);
    expect((await world.run('accounts', 'add', 'new', '--provider', 'wizs', '--url', 'nonsense', '--secret', 'key=k')).err).toContain('This name has no dot.');
    const allowed = await world.run('accounts', 'add', 'lan', '--provider', 'wizs', '--url', 'http://192.168.7.7', '--secret', 'key=k', '--set', 'allowHttp=yes');
    expect(allowed.code).toBe(0);
  });
});

describe('hosts that cannot be trusted', { timeout: 60_000 }, () => {
  it('get nothing when their certificate does not verify', async () => {
    const pems = await generate([{ name: 'commonName', value: 'localhost' }]);
    let asked = 0;
    const server = createServer({ key: pems.private, cert: pems.cert }, (_request, response) => {
      asked += 1;
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await world.run('accounts', 'add', 'tls', '--provider', 'smms', '--url', url)).code).toBe(0);
    const [sent] = (await world.json(1, 'upload', put('tls.png', png()), '--account', 'tls')) as Sent[];
    expect(sent?.error).toMatchObject({ kind: 'network', message: expect.stringContaining('secure connection') as string });
    expect(asked).toBe(0);
    server.close();
  });
});

describe('a damaged data folder', { timeout: 60_000 }, () => {
  it('keeps corrupt settings aside, says so and goes on', async () => {
    const own = openCliWorld();
    await own.run('accounts', 'list');
    await own.run('accounts', 'add', 'sm', '--provider', 'smms', '--url', host.urls.smms);
    writeFileSync(join(own.home, 'store', 'settings.json'), '{"version":1,"accounts":[{');
    const { code, err } = await own.run('accounts', 'list');
    expect(code).toBe(0);
    expect(err).toContain('settings.corrupt-');
    const aside = readdirSync(join(own.home, 'store')).find((name) => name.startsWith('settings.corrupt-')) ?? '';
    expect(readFileSync(join(own.home, 'store', aside), 'utf8')).toBe('{"version":1,"accounts":[{');
    await own.close();
  });

  it('keeps a corrupt library aside, says so and goes on with the last backup or an empty one', async () => {
    const own = openCliWorld();
    await own.run('accounts', 'add', 'sm', '--provider', 'smms', '--url', host.urls.smms);
    writeFileSync(join(own.cwd, 'x.png'), png());
    expect((await own.run('upload', 'x.png')).code).toBe(0);
    for (const suffix of ['-wal', '-shm']) rmSync(join(own.home, 'store', `library.db${suffix}`), { force: true });
    writeFileSync(join(own.home, 'store', 'library.db'), 'garbage '.repeat(4000));
    const { code, err } = await own.run('library', '--json');
    expect(code).toBe(0);
    expect(err).toMatch(/library.*kept as/i);
    expect((await own.run('upload', 'x.png')).code).toBe(0);
    await own.close();
  });

  it('that cannot be written is named in a sentence with exit 1', async () => {
    const own = openCliWorld();
    mkdirSync(own.home);
    // A file where the folder's own place should be refuses even the administrator, whom permissions do not stop.
    writeFileSync(join(own.home, 'store'), 'in the way');
    chmodSync(own.home, 0o500);
    const { code, out, err } = await own.run('library', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { kind: 'file' } });
    expect(err).toContain(own.home);
    chmodSync(own.home, 0o700);
    await own.close();
  });
});
