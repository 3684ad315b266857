import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../../test/programs/bundle';
import { askForHost, becomeOwner, claimForCommand, handOver, runningFolders, type Handlers } from '.';
import { noteAddress, readAddress } from './socket-address';

let program: string;
let folder: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  program = await bundleProgram('test/programs/folder-owner.ts');
}, 60_000);
afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-owner-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(folder, { recursive: true, force: true });
});

type Program = { readonly child: ChildProcess; readonly next: () => Promise<string>; readonly exited: Promise<unknown> };

function start(...args: string[]): Program {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, exited, next: async () => String((await lines.next()).value) };
}
const command = (what: object, ...more: string[]): Program => start('command', folder, JSON.stringify(what), ...more);
const quiet = { stdout: () => undefined, stderr: () => undefined };
const never = new AbortController().signal;

describe('the owner of a data folder', () => {
  it('is the first process; the second has its work done there and gets words, results and exit code', async () => {
    const owner = start('own', folder);
    expect(await owner.next()).toBe('owner');
    const second = command({ do: 'echo', text: '图 "quoted" 🎉' });
    expect(JSON.parse(await second.next())).toEqual({ here: false, code: 3, out: '图 "quoted" 🎉', err: 'noise' });
    await second.exited;
  });

  it('is exactly one when many start at the same moment, and all get their answers', async () => {
    const all = Array.from({ length: 5 }, (_, n) => command({ do: 'echo', text: String(n) }));
    const answers = await Promise.all(all.map(async (one) => JSON.parse(await one.next()) as { out: string; code: number }));
    expect(answers.map(({ out, code }) => [out, code])).toEqual([0, 1, 2, 3, 4].map((n) => [String(n), 3]));
  });

  it('loses the folder at once when it is killed, whatever it left behind', async () => {
    const owner = start('own', folder);
    expect(await owner.next()).toBe('owner');
    owner.child.kill('SIGKILL');
    await owner.exited;
    expect(existsSync(readAddress(join(folder, 'store')) ?? '')).toBe(true);
    const next = command({ do: 'echo', text: 'mine now' });
    expect(JSON.parse(await next.next())).toMatchObject({ here: true, out: 'mine now' });
  });

  it('killed in the middle of a command: the command is repeated where that is safe, and told lost where it is not', async () => {
    const owner = start('own', folder);
    expect(await owner.next()).toBe('owner');
    const careful = command({ do: 'hang' });
    expect(await owner.next()).toBe('hanging');
    owner.child.kill('SIGKILL');
    expect(JSON.parse(await careful.next())).toMatchObject({ here: false, code: 'lost' });

    const second = start('own', folder);
    expect(await second.next()).toBe('owner');
    const safe = command({ do: 'hang' }, 'repeat');
    expect(await second.next()).toBe('hanging');
    second.child.kill('SIGKILL');
    expect(await safe.next()).toBe('hanging');
    safe.child.kill('SIGINT');
    expect(await safe.next()).toBe('ended');
    expect(JSON.parse(await safe.next())).toMatchObject({ here: true, code: 130 });
  });

  it('hears a cancel, and goes on for a caller that was killed', async () => {
    const owner = start('own', folder);
    expect(await owner.next()).toBe('owner');
    const cancelled = command({ do: 'hang' });
    expect(await owner.next()).toBe('hanging');
    cancelled.child.kill('SIGINT');
    expect(await owner.next()).toBe('ended');
    expect(JSON.parse(await cancelled.next())).toMatchObject({ here: false, code: 130 });

    const killed = command({ do: 'hang', text: 'until-yield' });
    expect(await owner.next()).toBe('hanging');
    killed.child.kill('SIGKILL');
    await killed.exited;
    const window = start('window', folder);
    expect(await window.next()).toBe('waiting');
    expect(await owner.next()).toBe('ended');
  });

  it('answers a caller whose command fails in it, rather than leaving it waiting', async () => {
    const owner = start('own', folder);
    expect(await owner.next()).toBe('owner');
    expect(JSON.parse(await command({ do: 'fail' }).next())).toMatchObject({ here: false, code: 'lost' });
  });
});

describe('a window that starts', () => {
  it('takes the folder over as soon as the work of a command line allows, and commands given meanwhile wait for it', async () => {
    const owner = start('own', folder);
    expect(await owner.next()).toBe('owner');
    const working = command({ do: 'hang' });
    expect(await owner.next()).toBe('hanging');
    const window = start('window', folder);
    expect(await window.next()).toBe('waiting');
    const later = command({ do: 'echo', text: 'later' });
    working.child.kill('SIGINT');
    expect(await owner.next()).toBe('ended');
    expect(await owner.next()).toBe('released');
    await owner.exited;
    const answer = JSON.parse(await later.next()) as object;
    expect(answer).toMatchObject({ code: 3, out: 'later' });
    expect(await window.next()).toMatch(/owner|waiting/);
  });

  it('shows the window that is there already', async () => {
    const first = start('window', folder);
    expect(await first.next()).toBe('owner');
    const second = start('window', folder);
    expect(await second.next()).toBe('shown');
    await second.exited;
  });
});

describe('the local socket', () => {
  it('can be entered by its owner only and has a short path however long the folder is', async () => {
    const deep = join(folder, 'x'.repeat(120), '图'.repeat(40));
    const owner = await becomeOwner(deep);
    const address = readAddress(join(deep, 'store')) ?? '';
    expect(Buffer.byteLength(address)).toBeLessThanOrEqual(103);
    expect(statSync(address).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
    expect(await becomeOwner(deep)).toBeNull();
    owner?.release();
    const again = await becomeOwner(deep);
    expect(again).not.toBeNull();
    again?.release();
  });

  it('survives strangers that send garbage or another version', async () => {
    const owner = await becomeOwner(folder);
    owner?.serve({ command: () => Promise.resolve(7), window: () => 'yields' });
    const address = readAddress(join(folder, 'store')) ?? '';
    for (const line of ['not json\n', '{"v":2,"type":"command"}\n', '\n\n', '[]\n']) {
      const socket = connect(address);
      socket.end(line);
      socket.resume();
      await once(socket, 'close');
    }
    expect(await handOver(folder, {}, quiet, never)).toEqual({ type: 'exit', code: 7 });
    owner?.release();
  });

  it('carries any text unchanged and in order', async () => {
    const owner = await becomeOwner(folder);
    owner?.serve({
      command: (value, io) => {
        for (const text of value as string[]) io.stdout(text);
        return Promise.resolve(0);
      },
      window: () => 'yields',
    });
    const unit = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer({ min: 100_000, max: 300_000 }).map((n) => 'é🎉'.repeat(n)));
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 4 }), async (texts) => {
        let out = '';
        await handOver(folder, texts, { ...quiet, stdout: (text) => void (out += Buffer.from(text, 'utf8').toString('utf8')) }, never);
        expect(out === texts.join('')).toBe(true);
      }),
      { numRuns: 15 },
    );
    owner?.release();
  });

  it('is not needed to see that a damaged lock file holds nothing', async () => {
    mkdirSync(join(folder, 'store'));
    writeFileSync(join(folder, 'store', 'owner.lock'), 'garbage '.repeat(600));
    const claim = await claimForCommand(folder, { command: {}, mayRepeat: false, io: quiet, signal: never });
    expect(claim.type).toBe('owner');
    if (claim.type === 'owner') claim.owner.release();
  });
});

describe('the host of another data folder', () => {
  const handlers: Handlers = { command: () => Promise.resolve(0), window: () => 'yields' };

  it('is asked of its owner, who starts it; the key is on no disk', async () => {
    const owner = await becomeOwner(folder);
    const asked = askForHost(folder);
    owner?.serve({ ...handlers, host: () => Promise.resolve({ url: 'http://127.0.0.1:4711', key: 'k-1' }) });
    expect(await asked).toEqual({ type: 'host', url: 'http://127.0.0.1:4711', key: 'k-1' });
    expect(readAddress(join(folder, 'store'))).not.toContain('k-1');
    owner?.release();
    expect(await askForHost(folder)).toEqual({ type: 'absent' });
  });

  it('is absent where nobody was ever, where a process ends soon, and where one is on its way out', async () => {
    expect(await askForHost(join(folder, 'nowhere'))).toEqual({ type: 'absent' });
    const soon = await becomeOwner(folder);
    soon?.serve(handlers);
    expect(await askForHost(folder)).toEqual({ type: 'absent' });
    soon?.release();
    const leaving = await becomeOwner(folder);
    leaving?.serve({ ...handlers, host: () => Promise.resolve(null) });
    expect(await askForHost(folder)).toEqual({ type: 'absent' });
    leaving?.serve({ ...handlers, host: () => Promise.reject(new Error('not asked any more')) });
    await leaving?.drain();
    expect(await askForHost(folder)).toEqual({ type: 'absent' });
    leaving?.release();
  });

  it('that does not start is told apart, without its reasons', async () => {
    const owner = await becomeOwner(folder);
    owner?.serve({ ...handlers, host: () => Promise.reject(new Error('port 4711 is taken')) });
    expect(await askForHost(folder)).toEqual({ type: 'failed' });
    owner?.release();
  });

  it.each([
    ['does not know the question', '{"v":1,"type":"busy"}\n'],
    ['speaks another version', '{"v":2,"type":"host","url":"http://127.0.0.1:4711","key":"k"}\n'],
    ['names a host that is not of this computer', '{"v":1,"type":"host","url":"http://198.51.100.7:4711","key":"k"}\n'],
  ])('is not reached by a Picferry that %s', async (_, line) => {
    const [address, store] = [join(folder, 's'), join(folder, 'store')];
    const server = createServer((socket) => socket.end(line));
    server.listen(address);
    await once(server, 'listening');
    mkdirSync(store);
    noteAddress(store, address);
    expect(await askForHost(folder)).toEqual({ type: 'other-version' });
    server.close();
  });

  it('is not waited for without end when its owner does not answer', async () => {
    const owner = await becomeOwner(folder);
    expect(await askForHost(folder, 20)).toEqual({ type: 'absent' });
    owner?.release();
  });

  it('can be found among those that run now, and only there', async () => {
    const owner = await becomeOwner(folder);
    owner?.serve(handlers);
    expect(await runningFolders()).toContain(folder);
    owner?.release();
    expect(await runningFolders()).not.toContain(folder);
  });
});
