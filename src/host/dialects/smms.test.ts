import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { png, pngOfBytes } from '../../../test/host/pictures';
import { postForm, type FormPart } from '../../../test/host/raw-http';
import { startTestHost, type TestHost } from '../../../test/host/test-host';

let test: TestHost;
let time = Date.parse('2026-04-16T12:00:00Z');
beforeAll(async () => {
  test = await startTestHost({ now: () => time });
});
afterAll(() => test.stop());
beforeEach(() => test.control.reset());

type Row = Record<string, unknown> & { readonly url: string; readonly delete: string };
const send = (parts: readonly FormPart[]): Promise<Response> => postForm(`${test.urls.smms}/api/upload`, parts);
const upload = async (bytes: Buffer, name = 'a.png'): Promise<Row> =>
  ((await (await send([['smfile', bytes, name], ['file_id', '0'], ['format', 'json']])).json()) as { data: Row }).data;
const list = async (): Promise<readonly Row[]> =>
  ((await (await fetch(`${test.urls.smms}/api/list?ssl=1&format=json`)).json()) as { data: Row[] }).data;

describe('SM.MS upload', () => {
  it("answers the API page's fields and serves the same bytes", async () => {
    const picture = png(7, 5);
    const row = await upload(picture, 'image_2015.png');
    expect(Object.keys(row)).toEqual([
      ...['width', 'height', 'filename', 'storename', 'size', 'path', 'hash', 'timestamp', 'url', 'delete'],
    ]);
    expect(row).toMatchObject({ width: 7, height: 5, filename: 'image_2015.png', size: picture.length, timestamp: time / 1000 });
    expect(row['hash']).toMatch(/^\w{15}$/);
    expect(row['path']).toMatch(/^\/2026\/04\/\d\d\/[0-9a-f]{13}\.png$/);
    expect(Buffer.from(await (await fetch(row.url)).arrayBuffer())).toEqual(picture);
  });

  it.each([
    ['No files were uploaded.', (): FormPart[] => [['file', png(), 'a.png']]],
    ['File is empty.', (): FormPart[] => [['smfile', Buffer.alloc(0), 'a.png']]],
    ['File is too large.', (): FormPart[] => [['smfile', pngOfBytes(5 * 1024 * 1024 + 1), 'a.png']]],
    ['File has an invalid extension.', (): FormPart[] => [['smfile', png(), 'a.exe']]],
    ['Format xml is not available.', (): FormPart[] => [['smfile', png(), 'a.png'], ['format', 'xml']]],
  ])('refuses with "%s"', async (msg, parts) => {
    const answer = await send(parts());
    expect(await answer.json()).toEqual({ code: 'error', msg });
    expect(await test.control.files()).toEqual([]);
  });

  it('answers every call with the end of version 1 when retired', async () => {
    test.control.set({ smms: { retired: true } });
    for (const answer of [await send([['smfile', png(), 'a.png']]), await fetch(`${test.urls.smms}/api/list`)]) {
      expect(await answer.json()).toMatchObject({ success: false, code: 'error', message: expect.stringMatching(/^API v1 is deprecated/) as string });
    }
    expect(await test.control.files()).toEqual([]);
  });
});

describe('SM.MS list, clear and delete', () => {
  it("lists the last hour, strangers' files among them, and clear empties the list only", async () => {
    const old = await upload(png());
    time += 60 * 60 * 1000 + 1;
    const own = await upload(png());
    await test.control.addStrangers(2);
    const rows = await list();
    expect(rows.map((row) => row['filename'])).toEqual(['stranger-2.gif', 'stranger-1.gif', 'a.png']);
    expect(rows[2]).toEqual(own);
    const cleared = await fetch(`${test.urls.smms}/api/clear`);
    expect(await cleared.json()).toEqual({ code: 'success', msg: 'Clear file success' });
    expect(await list()).toEqual([]);
    for (const { url } of [old, own]) expect((await fetch(url)).status).toBe(200);
  });

  it('answers a delete link with JSON when asked, with a page otherwise', async () => {
    const [first, second] = [await upload(png()), await upload(png())];
    const asJson = async (row: Row): Promise<unknown> => (await fetch(`${row.delete}?format=json`)).json();
    expect(await asJson(first)).toEqual({ code: 'success', msg: 'File delete success.' });
    expect(await asJson(first)).toEqual({ code: 'error', msg: 'File already deleted.' });
    expect((await fetch(first.url)).status).toBe(404);
    const page = await fetch(second.delete);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('File delete success.');
    expect(await asJson({ ...second, delete: second.delete.replace(/\w+$/, 'unknownHash0000') })).toEqual({ code: 'error', msg: 'File not found.' });
    expect(await list()).toEqual([]);
  });
});
