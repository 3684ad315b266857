import { mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { png } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';
import { type CliWorld, openCliWorld } from './cli-world';

type Answer = { success: boolean; result: string[]; message?: string };

let world: CliWorld;
let host: TestHost;
beforeAll(async () => {
  [world, host] = [openCliWorld(), await startTestHost()];
  await world.run('accounts', 'add', 'sm', '--provider', 'smms', '--url', host.urls.smms);
}, 60_000);
afterAll(async () => {
  await world.close();
  await host.stop();
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
const picture = (name: string): string => {
  const path = join(world.cwd, name);
  writeFileSync(path, png());
  return path;
};
const post = async (port: number, body: unknown, headers: Readonly<Record<string, string>> = {}, path = '/upload'): Promise<{ status: number; body: Answer }> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: JSON.stringify(body), headers });
  return { status: answer.status, body: (await answer.json()) as Answer };
};

describe('picferry serve', { timeout: 60_000 }, () => {
  it('answers programs with a token from "tokens add", says each request on stderr, and ends by Ctrl+C', async () => {
    const { out, err, code } = await world.run('tokens', 'add', 'Obsidian', '--scope', 'upload');
    expect([code, /^pf_[\w-]{43}\n$/.test(out)]).toEqual([0, true]);
    expect(err).toContain('only now');
    const token = out.trim();
    expect(await world.json(0, 'tokens', 'list')).toMatchObject([{ name: 'Obsidian', scopes: ['upload'], lastUsedAt: null }]);
    expect((await world.run('tokens', 'add', 'Obsidian')).code).toBe(2);
    const port = await freePort();
    const serve = world.start('serve', '--port', String(port));
    await serve.says(`http://127.0.0.1:${port}`);
    expect((await post(port, {}, {}, '/heartbeat')).body).toEqual({ success: true, result: 'alive' });
    expect((await post(port, { list: [picture('a.png')] })).status).toBe(401);
    const { body } = await post(port, { list: [picture('b.png')] }, { authorization: `Bearer ${token}` });
    expect([body.success, (await fetch(body.result[0] ?? '')).status]).toEqual([true, 200]);
    expect((await post(port, {}, { authorization: `Bearer ${(await world.run('tokens', 'add', 'all')).out.trim()}` })).body.message).toContain('clipboard cannot be reached from the command line');
    // The command ran in the process that serves: it knows of both at once.
    expect((await world.run('tokens', 'remove', 'Obsidian')).code).toBe(0);
    expect((await post(port, { list: [picture('c.png')] }, { authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await world.run('tokens', 'remove', 'Obsidian')).code).toBe(2);
    serve.child.kill('SIGINT');
    const ended = await serve.ended;
    expect([ended.code, ended.out]).toEqual([0, `http://127.0.0.1:${port}\n`]);
    expect(ended.err).toMatch(/ upload 200 \d+ ms Obsidian 1\/1\n/);
    expect(ended.err).toMatch(/ upload 401 \d+ ms - no-token\n/);
    expect(ended.err).not.toContain(token);
  });

  it('takes the files of the folders that are named from programs without a token, and those alone', async () => {
    mkdirSync(join(world.cwd, 'notes'), { recursive: true });
    const port = await freePort();
    expect((await world.run('serve', '--port', String(port), '--no-token-for', 'nowhere')).code).toBe(2);
    const serve = world.start('serve', '--port', String(port), '--no-token-for', 'notes');
    await serve.says('Ctrl+C');
    expect((await post(port, { list: [picture('notes/in.png')] })).body.success).toBe(true);
    expect((await post(port, { list: [picture('out.png')] })).body.message).toContain('not inside them');
    serve.child.kill('SIGINT');
    await serve.ended;
  });

  it('says by what the port is taken', async () => {
    const intruder = createServer().listen(0, '127.0.0.1');
    await once(intruder, 'listening');
    const { port } = intruder.address() as AddressInfo;
    const { code, err } = await world.run('serve', '--port', String(port));
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port}`);
    expect(err).toContain(String(process.pid));
    intruder.close();
  });

  it('handed to another process, ends there when its own is killed: nobody is served without a token by mistake', async () => {
    const owner = world.start('host');
    await owner.says('Ctrl+C');
    const port = await freePort();
    const serve = world.start('serve', '--port', String(port), '--no-token-for', '.');
    await serve.says(`http://127.0.0.1:${port}`);
    expect((await post(port, {}, {}, '/heartbeat')).status).toBe(200);
    serve.child.kill('SIGKILL');
    await serve.ended;
    const refused = (): Promise<boolean> => fetch(`http://127.0.0.1:${port}/heartbeat`).then(() => false, () => true);
    await vi.waitUntil(refused, { timeout: 10_000 });
    owner.child.kill('SIGINT');
    await owner.ended;
  });
});

describe('picferry upload for editors', { timeout: 60_000 }, () => {
  /** Typora takes the last so many non-empty lines of standard output as the links of its pictures, in their order. */
  const typora = (out: string, count: number): string[] => out.split('\n').filter((line) => line.trim() !== '').slice(-count);

  it('prints exactly one line per input in order, nothing before and nothing after, whatever the names are', async () => {
    const names = ['one.png', 'zwei drei.png', "it's “four”.png", '五.png'].map(picture);
    const { code, out, err } = await world.run('upload', '--format', 'url', '--', ...names);
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect([lines.length, lines.at(-1)]).toEqual([5, '']);
    const links = typora(out, 4);
    expect(links.every((link) => /^https?:\/\/\S+$/.test(link))).toBe(true);
    const again = await world.run('upload', '--format', 'url', ...[...names].reverse());
    expect(typora(again.out, 4)).toEqual([...links].reverse());
  });

  it('keeps an empty line for a file that failed, says why on stderr and exits 1', async () => {
    const [first, last] = [picture('p1.png'), picture('p2.png')];
    const { code, out, err } = await world.run('upload', '--format', 'url', first, 'missing.png', last);
    expect(code).toBe(1);
    expect(out).toMatch(/^http\S+\n\nhttp\S+\n$/);
    expect(err).toBe('missing.png: There is no such file.\n');
  });

  it('waits for the answer of the process that has the data folder, and gives its lines and exit code', async () => {
    const owner = world.start('host');
    await owner.says('Ctrl+C');
    const paths = Array.from({ length: 6 }, (_, n) => picture(`w${n}.png`));
    const answers = await Promise.all([paths.slice(0, 3), paths.slice(3), [...paths].reverse()].map((files) => world.run('upload', '--format', 'url', ...files)));
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0]);
    const [a = [], b = [], all = []] = answers.map(({ out }, n) => typora(out, n === 2 ? 6 : 3));
    expect(all).toEqual([...a, ...b].reverse());
    expect((await world.feed(png(), 'upload', '-', picture('x.png'), '--format', 'markdown')).out).toMatch(/^!\[\S+\]\(http\S+\)\n!\[x\]\(http\S+\)\n$/);
    expect((await world.run('upload', 'missing.png')).code).toBe(1);
    owner.child.kill('SIGINT');
    await owner.ended;
  });

  it('reads one file from standard input, and says when nothing came', async () => {
    const bytes = png();
    const { code, out } = await world.feed(bytes, 'upload', '-', '--format', 'url');
    expect(code).toBe(0);
    expect(Buffer.from(await (await fetch(out.trim())).arrayBuffer()).equals(bytes)).toBe(true);
    const empty = await world.feed('', 'upload', '-', '--format', 'url');
    expect([empty.code, empty.out]).toEqual([1, '\n']);
    expect(empty.err).toContain('empty');
    expect((await world.feed(png(), 'upload', '-', '-')).code).toBe(2);
  });
});
