import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png, pngOfBytes } from '../../../test/host/pictures';
import { bearer, openServerWorld, type Answer, type ServerWorld } from '../../../test/server/server-world';

let world: ServerWorld;
let token: string;
beforeAll(async () => {
  world = await openServerWorld();
  token = world.token();
});
afterAll(() => world.close());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const upload = (body: unknown, headers: Readonly<Record<string, string>> = bearer(token)) => world.post('/upload', body, headers);
const stored = async (): Promise<readonly (string | null)[]> => (await world.host.control.files('wizs')).map((file) => file.sha256);

describe('POST /upload with a list', () => {
  it('answers with one plain link per path in their order, and the bytes are at the host', async () => {
    const paths = ['a.png', '中文 图片.png', 'b.png'].map((name) => world.file(name));
    const { status, body } = await upload({ list: paths });
    expect([status, body.success]).toEqual([200, true]);
    const links = body.result as string[];
    for (const [index, link] of links.entries()) {
      const bytes = Buffer.from(await (await fetch(link)).arrayBuffer());
      expect(sha256(bytes)).toBe(sha256(readFileSync(paths[index] ?? '')));
    }
    expect(body.fullResult?.map(({ imgUrl, fileName, type }) => [imgUrl, fileName, type])).toEqual(links.map((link, index) => [link, ['a.png', '中文 图片.png', 'b.png'][index], 'wizs']));
  });

  it('holds neither a key nor a delete link in its answer', async () => {
    const { body } = await upload({ list: [world.file('secret.png')] });
    const id = body.fullResult?.[0]?.id ?? '';
    const link = world.services.library.deleteLink(id);
    expect(link).toBeDefined();
    const text = JSON.stringify(body);
    for (const secret of [link ?? '', world.host.keys.wizs, token]) expect(text).not.toContain(secret);
    // A stored name is random and may hold any letters.
    expect(text.replace(/http[^"]*/g, '')).not.toMatch(/del/i);
  });

  it('keeps every slot when some fail: an empty text in its place, the reason in the message, no link moved', async () => {
    const good = world.file('good.png');
    const list = [join(world.folder, 'missing.png'), good, world.file('words.png', Buffer.from('no picture')), 'relative.png', world.folder, world.file('empty.png', new Uint8Array())];
    const { status, body } = await upload({ list });
    expect([status, body.success]).toEqual([200, false]);
    const links = body.result as string[];
    expect(links.map((link) => link !== '')).toEqual([false, true, false, false, false, false]);
    expect(body.message).toContain('1 of 6 uploaded.');
    expect(body.message).toContain('missing.png: There is no such file.');
    expect(body.fullResult?.map(({ error }) => error?.kind ?? null)).toEqual(['file', null, 'file', 'file', 'file', 'file']);
    const strict = await upload({ list: [join(world.folder, 'missing.png')] }, { ...bearer(token), 'x-picferry-status': 'strict' });
    expect(strict.status).toBe(500);
  });

  it('takes for a picture what the window takes for one: a drawing behind a long comment, a film whose first part is large', async () => {
    const drawing = Buffer.from(`<?xml version="1.0"?>\n<!-- ${'a licence '.repeat(3_000)}-->\n<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><path d="M0 0h2v2z"/></svg>`);
    const film = Buffer.concat([Buffer.from([0, 1, 0, 0]), Buffer.from('wide'), Buffer.alloc(65_528), Buffer.from([0, 0, 0, 8]), Buffer.from('moov')]);
    const list = [world.file('drawing.svg', drawing), world.file('drawing 2', Buffer.concat([drawing, Buffer.from('\n')])), world.file('film.mov', film)];
    const sendBy = (defaultProfile: string): void => world.services.settings.update((now) => ({ ...now, preparation: { ...now.preparation, defaultProfile } }));
    sendBy('none');
    const { body } = await upload({ list });
    sendBy('private');
    // It goes as far as the host, which takes films and no drawings.
    expect(body.fullResult?.map(({ error }) => error?.kind ?? null)).toEqual(['rejected_file', 'rejected_file', null]);
    expect(body.message).toContain('drawing 2: wiz does not take this kind of file.');
    const words = await upload({ list: [world.file('words', Buffer.from(`<!-- ${'words '.repeat(3_000)}-->`))] });
    expect([words.body.success, words.body.message]).toEqual([false, expect.stringContaining('This is neither a picture nor a video.')]);
  });

  it('gives 200 uploads at once, in mixed order and sizes, each the links of its own files', { timeout: 60_000 }, async () => {
    const files = Array.from({ length: 120 }, (_, n) => world.file(`many/${n}.png`, pngOfBytes(200 + ((n * 7919) % 20_000))));
    const requests = Array.from({ length: 200 }, (_, n) => Array.from({ length: 1 + (n % 3) }, (_one, k) => files[(n * 37 + k * 101) % files.length] ?? ''));
    const answers = await Promise.all(requests.map(async (list) => (await upload({ list })).body));
    const linkOf = new Map<string, string>();
    for (const [n, { success, result }] of answers.entries()) {
      const links = result as string[];
      expect([success, links.length]).toEqual([true, requests[n]?.length]);
      for (const [k, link] of links.entries()) {
        const file = requests[n]?.[k] ?? '';
        expect(linkOf.get(file) ?? link).toBe(link);
        linkOf.set(file, link);
      }
    }
    expect(new Set(linkOf.values()).size).toBe(linkOf.size);
    expect(linkOf.size).toBe(files.length);
    for (const [file, link] of linkOf) expect(sha256(Buffer.from(await (await fetch(link)).arrayBuffer()))).toBe(sha256(readFileSync(file)));
    const all = await stored();
    expect(new Set(all).size).toBe(all.length);
  });

  it('gives the link that is there already for the same bytes', async () => {
    const path = world.file('twice.png');
    const [first, second] = [await upload({ list: [path] }), await upload({ list: [path, path] })];
    const [link] = first.body.result as string[];
    expect(second.body.result).toEqual([link, link]);
  });

  it('opens no address in a private network, and repeats nothing of one', async () => {
    const { body } = await upload({ list: ['http://169.254.169.254/latest/meta-data', 'http://127.0.0.1:1/x.png?key=hidden'] });
    expect([body.success, body.result]).toEqual([false, ['', '']]);
    expect(JSON.stringify(body)).not.toContain('hidden');
  });

  it('sends to the account that PicList clients name, and says so when there is none', async () => {
    world.services.accounts.save({ name: 'second', provider: 'smms', url: world.host.urls.smms, settings: {}, secrets: {} });
    const path = world.file('other.png');
    const named = await world.post('/upload?configName=second&picbed=smms', { list: [path] }, bearer(token));
    expect(named.body.fullResult?.[0]?.type).toBe('smms');
    const kind = await world.post('/upload?picbed=smms', { list: [world.file('kind.png')] }, bearer(token));
    expect(kind.body.fullResult?.[0]?.type).toBe('smms');
    const none = await world.post('/upload?picbed=aws-s3', { list: [path] }, bearer(token));
    expect([none.status, none.body.success]).toEqual([200, false]);
    expect(none.body.message).toContain('no account of this name');
  });
});

describe('POST /upload with a form', () => {
  const form = (...parts: readonly (readonly [field: string, bytes: Uint8Array, name: string])[]): FormData => {
    const data = new FormData();
    for (const [field, bytes, name] of parts) data.append(field, new Blob([new Uint8Array(bytes)]), name);
    return data;
  };
  const send = async (data: FormData, headers = bearer(token)): Promise<{ status: number; body: Answer }> => {
    const answer = await fetch(`${world.url}/upload`, { method: 'POST', body: data, headers });
    return { status: answer.status, body: (await answer.json()) as Answer };
  };
  const intake = (): readonly string[] => readdirSync(join(world.folder, 'home', 'store', 'intake'));

  it('takes every file part, whatever its field is called, in order, and leaves nothing behind', async () => {
    const parts = ['list', 'file', 'files', 'list', 'anything'].map((field, n) => [field, png(), `C:\\pictures\\${n}.png`] as const);
    const { body } = await send(form(...parts));
    expect(body.success).toBe(true);
    for (const [index, link] of (body.result as string[]).entries()) expect(sha256(Buffer.from(await (await fetch(link)).arrayBuffer()))).toBe(sha256(parts[index]?.[1] ?? Buffer.alloc(0)));
    expect(body.fullResult?.map(({ fileName }) => fileName)).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png']);
    expect(intake()).toEqual([]);
  });

  it('keeps the slot of a part that is no picture, and two requests with one name apart', async () => {
    const { body } = await send(form(['files', Buffer.from('#!/bin/sh'), 'image.png'], ['files', png(), 'image.png']));
    expect((body.result as string[]).map((link) => link !== '')).toEqual([false, true]);
    const pictures = Array.from({ length: 20 }, () => png());
    const answers = await Promise.all(pictures.map((bytes) => send(form(['list', bytes, 'image.png']))));
    for (const [n, answer] of answers.entries()) {
      const [link = ''] = answer.body.result as string[];
      expect(sha256(Buffer.from(await (await fetch(link)).arrayBuffer()))).toBe(sha256(pictures[n] ?? Buffer.alloc(0)));
    }
    expect(intake()).toEqual([]);
  });

  it('says that a form is empty', async () => {
    const data = new FormData();
    data.append('note', 'words');
    const { status, body } = await send(data);
    expect([status, body.message]).toEqual([200, 'There is no file in the form.']);
  });
});

describe('the clipboard', () => {
  it('is a clear no from where there is none', async () => {
    const { status, body } = await upload(undefined);
    expect([status, body.success]).toEqual([200, false]);
    expect(body.message).toContain('Start the Picferry window');
  });

  it('is what an empty body, blanks, {} and an empty list upload', async () => {
    let asked = 0;
    const other = await openServerWorld();
    other.services.localApi.useClipboard(async () => {
      asked += 1;
      return [await other.services.intake.bytes('pasted.png', png())];
    });
    const key = bearer(other.token('clipboard'));
    for (const body of [undefined, ' \n', '{}', '{"list":[]}', '{"list":null}']) {
      const answer = await other.post('/upload', body, key);
      expect([body, answer.body.success, (answer.body.result as string[]).length]).toEqual([body, true, 1]);
    }
    expect(asked).toBe(5);
    await other.close();
  });
});

describe('POST /delete', () => {
  it('deletes by the ids of fullResult, and says for each whether it is gone', async () => {
    const { body } = await upload({ list: [world.file('gone.png'), world.file('stays.png')] });
    const entries = body.fullResult ?? [];
    const answer = await world.post('/delete', { list: [{ ...entries[0], more: 1 }, { id: 'no-such-id' }] }, bearer(token));
    expect(answer.body).toMatchObject({ success: false, message: 'delete success: 1, fail: 1', result: [{ id: entries[0]?.id, success: true }, { id: 'no-such-id', success: false }] });
    expect((await fetch(entries[0]?.imgUrl ?? '')).status).toBe(404);
    expect((await fetch(entries[1]?.imgUrl ?? '')).status).toBe(200);
    const again = await world.post('/delete', { list: [entries[0]] }, bearer(token));
    expect(again.body).toMatchObject({ success: true, message: 'delete success: 1, fail: 0' });
  });

  it('takes no bare addresses, and no token without that scope', async () => {
    const bare = await world.post('/delete', { list: ['https://pictures.example/a.png'] }, { ...bearer(token), 'x-picferry-status': 'strict' });
    expect([bare.status, bare.body.success]).toEqual([400, false]);
    const refused = await world.post('/delete', { list: [{ id: 'x' }] }, bearer(world.token('upload')));
    expect(refused.status).toBe(403);
  });
});

describe('the request log', () => {
  it('tells what became of each request and nothing of what was sent', async () => {
    const secretName = 'canary-name.png';
    await upload({ list: [world.file(secretName), join(world.folder, 'canary-missing.png')] });
    await world.post(`/upload?key=${token}`, { list: [world.file('query.png')] });
    const [second, first] = world.services.localApi.state().requests;
    expect(first).toMatchObject({ what: 'upload', token: 'program 1', status: 200, inputs: 2, done: 1, note: 'failed' });
    expect(second).toMatchObject({ what: 'upload', token: 'program 1', status: 200, inputs: 1, done: 1, note: 'token-in-address' });
    expect(JSON.stringify(world.services.localApi.state())).not.toMatch(new RegExp(`canary|query\\.png|${token}`));
  });

  it('keeps of a token its hash alone, readable by this person only, and when it was last used', () => {
    const file = join(world.folder, 'home', 'store', 'api-tokens.json');
    expect(readFileSync(file, 'utf8')).not.toContain(token);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(world.services.localApi.state().tokens[0]?.lastUsedAt).toBeGreaterThan(Date.now() - 60_000);
  });
});
