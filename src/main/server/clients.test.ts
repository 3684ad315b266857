import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from '../../../test/host/pictures';
import { openServerWorld, sendBytes, type Answer, type ServerWorld } from '../../../test/server/server-world';

/**
 * What the programs send, byte for byte on a connection, as their sources have it: Typora's "PicGo (app)",
 * obsidian-image-auto-upload-plugin in its local and its remote mode, vs-PicList, SiYuan's PicGo plug-in, PicGo's own
 * second start, and shell scripts with curl. (vs-picgo asks no server: it uploads by a PicGo-Core of its own.)
 */
let world: ServerWorld;
let key: string;
beforeAll(async () => {
  world = await openServerWorld({ withoutTokenFor: ['notes'] });
  key = world.token();
  world.services.localApi.useClipboard(async () => [await world.services.intake.bytes('pasted.png', png())]);
});
afterAll(() => world.close());

const crlf = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const request = (path: string, headers: readonly string[], body: string | Buffer | null): Buffer => {
  const bytes = body === null ? Buffer.alloc(0) : Buffer.from(body);
  const length = body === null ? [] : [`Content-Length: ${bytes.length}`];
  return Buffer.concat([Buffer.from(crlf(`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${world.port}`, ...headers, ...length, '')), bytes]);
};
const send = async (bytes: Buffer): Promise<{ status: number; body: Answer }> => {
  const { status, body } = await sendBytes(world.port, bytes);
  return { status, body: JSON.parse(body) as Answer };
};
const bytesOf = async (link: string): Promise<string> => createHash('sha256').update(Buffer.from(await (await fetch(link)).arrayBuffer())).digest('hex');
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What obsidian-image-auto-upload-plugin requires before it writes a link into a note. */
const obsidianReads = ({ status, body }: { status: number; body: Answer }): string[] => {
  if (status !== 200 || body.success === false) throw new Error(body.message);
  return typeof body.result === 'string' ? [body.result] : (body.result as string[]);
};

it('Typora, "PicGo (app)": paths of the note’s pictures without a token, links in their order', async () => {
  const paths = ['notes/Untitled.assets/a b.png', 'notes/Untitled.assets/图.png', 'notes/c.png'].map((name) => world.file(name));
  const { status, body } = await send(request('/upload', ['Content-Type: application/json', 'Accept: */*', 'User-Agent: Typora', 'Accept-Language: en-US', 'Accept-Encoding: gzip, deflate'], JSON.stringify({ list: paths })));
  expect([status, body.success]).toEqual([200, true]);
  for (const [index, link] of (body.result as string[]).entries()) expect(await bytesOf(link)).toBe(hash(readFileSync(paths[index] ?? '')));
});

describe('obsidian-image-auto-upload-plugin', () => {
  /** Obsidian's requestUrl goes through Electron's net, which adds these. */
  const electron = ['Connection: keep-alive', 'Sec-Fetch-Site: none', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: empty', 'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) obsidian/1.5.3 Chrome/114.0.5735.289 Electron/25.8.1 Safari/537.36', 'Accept-Encoding: gzip, deflate, br', 'Accept-Language: en-US'];

  it('in local mode: absolute paths, with the token in the address and without one', async () => {
    const paths = [world.file('notes/Pasted image 20261122.png'), world.file('notes/2.png')];
    const body = JSON.stringify({ list: paths });
    const links = obsidianReads(await send(request(`/upload?key=${key}`, [...electron, 'Content-Type: application/json'], body)));
    expect(links).toHaveLength(2);
    expect(obsidianReads(await send(request('/upload', [...electron, 'Content-Type: application/json'], body)))).toEqual(links);
  });

  it('the clipboard: neither body nor content type', async () => {
    expect(obsidianReads(await send(request(`/upload?key=${key}`, electron, null)))).toHaveLength(1);
    expect(obsidianReads(await send(request(`/upload?key=${key}`, [...electron, 'Content-Length: 0'], null)))).toHaveLength(1);
  });

  it('in remote mode: a form whose field is called list, with its own boundary and no quotes missing', async () => {
    const pictures = [png(), png()];
    const boundary = '----BoundaryAbCdEfGh01234567';
    const part = (bytes: Buffer, name: string): Buffer =>
      Buffer.concat([Buffer.from(crlf(`--${boundary}`, `Content-Disposition: form-data; name="list"; filename="${name}"`, 'Content-Type: application/octet-stream', '')), bytes, Buffer.from('\r\n')]);
    const form = Buffer.concat([part(pictures[0] ?? png(), '1763800000000.png'), part(pictures[1] ?? png(), 'C:\\Users\\mei\\Pictures\\dragged.png'), Buffer.from(`--${boundary}--\r\n`)]);
    const links = obsidianReads(await send(request(`/upload?key=${key}`, [...electron, `Content-Type: multipart/form-data; boundary=${boundary}`], form)));
    expect(await Promise.all(links.map(bytesOf))).toEqual(pictures.map(hash));
  });

  it('deletes with the entry of fullResult that it saved in the vault', async () => {
    const uploaded = await send(request(`/upload?key=${key}`, [...electron, 'Content-Type: application/json'], JSON.stringify({ list: [world.file('notes/bye.png')] })));
    const [link] = obsidianReads(uploaded);
    const entry = uploaded.body.fullResult?.find(({ imgUrl }) => imgUrl === link);
    const { status, body } = await send(request(`/delete?key=${key}`, [...electron, 'Content-Type: application/json'], JSON.stringify({ list: [entry] })));
    expect([status, body.success]).toEqual([200, true]);
    expect((await fetch(link ?? '')).status).toBe(404);
  });

  it('shows the reason when something failed, since the status is 200', async () => {
    const answer = send(request(`/upload?key=${key}`, [...electron, 'Content-Type: application/json'], JSON.stringify({ list: ['/nowhere/a.png'] })));
    expect(await answer.then(({ status }) => status)).toBe(200);
    await expect(answer.then(obsidianReads)).rejects.toThrow('There is no such file.');
  });
});

describe('vs-PicList', () => {
  const axios = ['Accept: application/json, text/plain, */*', 'User-Agent: axios/1.6.2', 'Accept-Encoding: gzip, compress, deflate, br', 'Connection: close'];

  it('uploads paths and the clipboard, and finds its array of fullResult with the link and an id', async () => {
    for (const list of [[world.file('notes/vs.png')], []]) {
      const { status, body } = await send(request(`/upload?key=${key}`, [...axios, 'Content-Type: application/json'], JSON.stringify({ list })));
      const [link] = body.result as string[];
      expect([status, body.success, body.fullResult?.map(({ imgUrl, id }) => [imgUrl, typeof id])]).toEqual([200, true, [[link, 'string']]]);
    }
  });

  it('deletes by the record that it kept, found by its link', async () => {
    const uploaded = await send(request(`/upload?key=${key}`, [...axios, 'Content-Type: application/json'], JSON.stringify({ list: [world.file('notes/vs-bye.png')] })));
    const [link] = uploaded.body.result as string[];
    const record = uploaded.body.fullResult?.find(({ imgUrl }) => imgUrl === link);
    const { status, body } = await send(request(`/delete?key=${key}`, [...axios, 'Content-Type: application/json'], JSON.stringify({ list: [record] })));
    expect([status, body.success, body.message]).toEqual([200, true, 'delete success: 1, fail: 0']);
    expect((await fetch(link ?? '')).status).toBe(404);
  });

  it('in remote mode sends the field file', async () => {
    const bytes = png();
    const boundary = '--------------------------515890814546601021194782';
    const form = Buffer.concat([Buffer.from(crlf(`--${boundary}`, 'Content-Disposition: form-data; name="file"; filename="image.png"', 'Content-Type: image/png', '')), bytes, Buffer.from(crlf('', `--${boundary}--`))]);
    const { body } = await send(request(`/upload?key=${key}`, [...axios, `Content-Type: multipart/form-data; boundary=${boundary}`], form));
    expect(await Promise.all((body.result as string[]).map(bytesOf))).toEqual([hash(bytes)]);
  });
});

it('SiYuan’s PicGo plug-in: fetch of a page of this computer, with the token in the address', async () => {
  const page = ['Connection: keep-alive', 'sec-ch-ua: "Chromium";v="120"', 'Content-Type: application/json', 'User-Agent: Terwer/0.1.0', 'Origin: http://127.0.0.1:6806', 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty', 'Referer: http://127.0.0.1:6806/'];
  const { status, body } = await send(request(`/upload?key=${key}`, page, JSON.stringify({ list: [world.file('assets/image.png')] })));
  expect([status, body.success]).toEqual([200, true]);
});

it('another PicGo that starts finds the port alive, so that it does not take the next one in silence', async () => {
  const { status, body } = await send(request('/heartbeat', ['Accept: application/json, text/plain, */*', 'Content-Type: application/x-www-form-urlencoded', 'User-Agent: axios/0.19.0', 'Connection: close'], ''));
  expect([status, body]).toEqual([200, { success: true, result: 'alive' }]);
});

it('curl as scripts use it: the content type of a form, a JSON body, a token in the header', async () => {
  const curl = ['User-Agent: curl/7.88.1', 'Accept: */*', `Authorization: Bearer ${key}`, 'Content-Type: application/x-www-form-urlencoded'];
  const { body } = await send(request('/upload', curl, JSON.stringify({ list: [world.file('c.png')] })));
  expect(body.success).toBe(true);
});
