import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { longBmp, png } from '../host/pictures';
import { startTestHost } from '../host/test-host';
import { type CliWorld, openCliWorld } from './cli-world';

type Sent = { file: string; ok: boolean; url: string; link: string; error: { kind: string } | null };

let world: CliWorld;
beforeEach(() => {
  world = openCliWorld();
});
afterEach(() => world.close());

const picture = (name: string): string => {
  writeFileSync(join(world.cwd, name), png());
  return name;
};
describe('this computer', { timeout: 60_000 }, () => {
  it('takes uploads on a fresh install; the link opens while "picferry host" runs and gives the same bytes', async () => {
    const { code, out, err } = await world.run('upload', picture('first.png'), '--format', 'url');
    expect(code).toBe(0);
    expect(err).toContain('opens only here');
    const url = out.trim();
    await expect(fetch(url)).rejects.toThrow();
    const host = world.start('host');
    await host.says('http://127.0.0.1:');
    expect((await fetch(url)).status).toBe(200);
    host.child.kill('SIGINT');
    const ended = await host.ended;
    expect(ended.code).toBe(0);
    expect(url.startsWith(ended.out.trim())).toBe(true);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('keeps its port, says who has taken it, and moves only when told', async () => {
    const [sent] = (await world.json(0, 'upload', picture('a.png'))) as Sent[];
    const port = Number(new URL(sent?.url ?? '').port);
    const intruder = createServer().listen(port, '127.0.0.1');
    await once(intruder, 'listening');
    const refused = (await world.json(1, 'upload', picture('b.png'))) as Sent[];
    expect(refused[0]?.ok).toBe(false);
    const { code, err } = await world.run('host');
    expect(code).toBe(1);
    expect(err).toContain(String(port));
    expect(err).toContain(String(process.pid));
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const other = (free.address() as AddressInfo).port;
    free.close();
    await once(free, 'close');
    const host = world.start('host', '--port', String(other));
    await host.says(`http://127.0.0.1:${other}`);
    await host.says(`from port ${port} to ${other}`);
    host.child.kill('SIGTERM');
    expect((await host.ended).code).toBe(0);
    intruder.close();
  });
});

describe('a command while another process owns the data folder', { timeout: 60_000 }, () => {
  it('is done there, with its own links, errors, exit code and language', async () => {
    const host = world.start('host');
    await host.says('Ctrl+C');
    const sent = (await world.json(1, 'upload', picture('x.png'), 'missing.png')) as Sent[];
    expect(sent.map(({ ok }) => ok)).toEqual([true, false]);
    expect((await fetch(sent[0]?.url ?? '')).status).toBe(200);
    expect((await world.run('upload', 'x.png', '--account', 'nobody')).code).toBe(2);
    expect((await world.feed(png(), 'upload', '-', '--format', 'url')).out).toMatch(/^http.*\n$/);
    writeFileSync(join(world.cwd, 'short.png'), png().subarray(0, -5));
    const held = await world.run('upload', 'short.png');
    expect([held.code, held.err]).toEqual([1, expect.stringMatching(/^short\.png: Location and camera data may be in short\.png\. .+ --profile none takes it as it is\.\n/)]);
    writeFileSync(join(world.cwd, 'scan.bmp'), longBmp());
    expect((await world.run('upload', 'scan.bmp')).err).toMatch(/^scan\.bmp: Location and camera data may still be in it: .+\n/);
    expect(await world.json(0, 'upload', 'scan.bmp')).toMatchObject([{ removed: [], kept: 'format', leftAlone: null }]);
    const second = world.start('host');
    await second.says('Ctrl+C');
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
    expect((await fetch(sent[0]?.url ?? '')).status).toBe(200);
    host.child.kill('SIGINT');
    expect((await host.ended).code).toBe(0);
  });

  it('keeps its order and every link when several run at once', async () => {
    const batches = ['a', 'b', 'c'].map((name) => [0, 1, 2, 3].map((n) => picture(`${name}${n}.png`)));
    const answers = await Promise.all(batches.map(async (files) => (await world.json(0, 'upload', ...files)) as Sent[]));
    expect(answers.map((sent) => sent.map(({ file }) => file))).toEqual(batches);
    const urls = answers.flat().map(({ url }) => url);
    expect(new Set(urls).size).toBe(12);
    expect(await world.json(0, 'library')).toHaveLength(12);
  });

  it('goes on as host when the owner it was handed to is killed', async () => {
    const first = world.start('host');
    await first.says('Ctrl+C');
    const [sent] = (await world.json(0, 'upload', picture('k.png'))) as Sent[];
    first.child.kill('SIGKILL');
    await first.ended;
    const second = world.start('host');
    await second.says('Ctrl+C');
    expect((await fetch(sent?.url ?? '')).status).toBe(200);
    second.child.kill('SIGINT');
    await second.ended;
  });
});

describe('interruption', { timeout: 60_000 }, () => {
  it('by Ctrl+C ends what is being sent, closes its connection and gives every slot', async () => {
    const host = await startTestHost();
    host.control.failNext({ dialect: 'smms', call: 'upload', hang: true });
    await world.run('accounts', 'add', 'sm', '--provider', 'smms', '--url', host.urls.smms);
    const upload = world.start('upload', picture('h.png'), 'missing.png', '--json');
    await vi.waitUntil(() => host.control.requests().some(({ call }) => call === 'upload'), { timeout: 20_000 });
    upload.child.kill('SIGINT');
    const ended = await upload.ended;
    expect(ended.code).toBe(130);
    expect((JSON.parse(ended.out) as Sent[]).map(({ file, ok }) => [file, ok])).toEqual([
      ['h.png', false],
      ['missing.png', false],
    ]);
    await vi.waitUntil(() => host.control.openConnections() === 0, { timeout: 20_000 });
    await host.stop();
  });

  it('by kill -9 leaves the jobs on disk, and the next upload finishes them, none of them twice', async () => {
    const host = await startTestHost();
    await world.run('accounts', 'add', 'sm', '--provider', 'smms', '--url', host.urls.smms, '--set', 'concurrency=2');
    const files = Array.from({ length: 20 }, (_, n) => picture(`n${n}.png`));
    const upload = world.start('upload', ...files);
    await vi.waitUntil(async () => (await host.control.files('smms')).length >= 4, { timeout: 20_000 });
    upload.child.kill('SIGKILL');
    await upload.ended;
    const { code, err } = await world.run('upload', picture('last.png'), '--format', 'url');
    expect(code).toBe(0);
    expect(err).toContain('still to be done');
    const stored = await host.control.files('smms');
    const counts = new Map<string | null, number>();
    for (const { sha256 } of stored) counts.set(sha256, (counts.get(sha256) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBe(1);
    const done = ((await world.json(0, 'library', '--account', 'sm')) as { name: string }[]).map(({ name }) => name);
    // Those that were on the wire may stand as unknown: at most as many as are sent at once.
    expect(done.length).toBeGreaterThanOrEqual(21 - 2);
    expect(new Set(done).size).toBe(done.length);
    await host.stop();
  });

  it('a reader that goes away is no fault', async () => {
    for (let n = 0; n < 3; n += 1) picture(`p${n}.png`);
    await world.run('upload', 'p0.png', 'p1.png', 'p2.png');
    const library = world.start('library', '--json');
    library.child.stdout?.destroy();
    library.child.stdin?.end();
    expect((await library.ended).err).toBe('');
  });
});
