import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { png } from '../../test/host/pictures';
import { postForm } from '../../test/host/raw-http';
import { bundleProgram } from '../../test/programs/bundle';
import { HostReport, type HostCommand } from './messages';

let program: string;
let folder: string;
let child: ChildProcess;
beforeAll(async () => {
  program = await bundleProgram('src/host/child.ts');
});
afterAll(() => rm(dirname(program), { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picferry-host-'));
  child = fork(program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
});
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

const tell = (command: HostCommand): void => void child.send(command);
const heard = async (): Promise<HostReport> => HostReport.parse((await once(child, 'message'))[0]);
const begin = async (port: number | 'kept' = 0): Promise<Extract<HostReport, { type: 'listening' }>> => {
  tell({ type: 'start', folder, port, mode: 'product', key: 'invented-key' });
  const report = await heard();
  if (report.type !== 'listening') throw new Error(`expected listening, got ${report.type}`);
  return report;
};

describe("the host's process", () => {
  it('serves uploads with the key it was given and ends when told to', async () => {
    const { baseUrl, keys } = await begin();
    expect(keys.wizs).toBe('invented-key');
    const picture = png();
    const answer = await postForm(`${baseUrl}/api/v1/upload.php`, [['image', picture, 'a.png']], { 'x-api-key': 'invented-key' });
    const { url } = (await answer.json()) as { url: string };
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(picture);
    const ended = once(child, 'exit');
    tell({ type: 'stop' });
    expect(await ended).toEqual([0, null]);
  });

  it('ends when its parent is gone', async () => {
    await begin();
    const ended = once(child, 'exit');
    child.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it('keeps every answered upload through a kill at any moment', async () => {
    const first = await begin('kept');
    const answer = await postForm(`${first.baseUrl}/api/v1/upload.php`, [['image', png(), 'a.png']], { 'x-api-key': 'invented-key' });
    const { url } = (await answer.json()) as { url: string };
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = fork(program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    expect((await begin('kept')).port).toBe(first.port);
    expect((await fetch(url)).status).toBe(200);
  });

  it('says what failed and takes another try', async () => {
    tell({ type: 'start', folder: join(program, 'below-a-file'), port: 0, mode: 'product' });
    expect(await heard()).toMatchObject({ type: 'failed', code: 'folder-unusable' });
    child.send({ type: 'dance' });
    expect(await heard()).toMatchObject({ type: 'failed', code: 'bad-command' });
    expect((await begin()).port).toBeGreaterThan(0);
  });

  it('explains itself when a person starts it', async () => {
    const alone = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    alone.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    expect(await once(alone, 'close')).toEqual([2, null]);
    expect(said).toContain('picferry host');
  });
});
