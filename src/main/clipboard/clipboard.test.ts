import { expect, test } from 'vitest';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { ClipboardPort } from '../platform';
import type { Intake } from '../preparation';
import type { QueueInput } from '../queue';
import { contentOfHtml } from './html-pictures';
import { createOwnClipboard, pictureMark, readClipboardInputs } from './index';

type Held = Partial<{ files: readonly string[]; raw: Readonly<Record<string, Uint8Array>>; html: string; text: string; source: string }>;

/** A clipboard in memory. Its pictures are those that were put there, byte for byte. */
const memoryClipboard = (held: Held = {}) => {
  let now: Held = held;
  const port: ClipboardPort = {
    formats: async () => [...(now.files === undefined ? [] : ['text/uri-list']), ...Object.keys(now.raw ?? {}), ...(now.html === undefined ? [] : ['text/html']), ...(now.text === undefined ? [] : ['text/plain'])],
    readFiles: async () => now.files ?? [],
    readRaw: async (mime) => now.raw?.[mime] ?? null,
    source: async () => now.source ?? '',
    readPng: async () => (Object.keys(now.raw ?? {}).length === 0 ? null : PNG),
    readHtml: async () => now.html ?? '',
    readText: async () => now.text ?? '',
    writeText: async (text) => void (now = { text }),
    write: async ({ files, picture, html, text }) =>
      void (now = { ...(files.length === 0 ? {} : { files }), ...(picture === null ? {} : { raw: { [picture.mime]: picture.bytes } }), ...(html === '' ? {} : { html }), ...(text === '' ? {} : { text }) }),
  };
  return { port, set: (next: Held) => (now = next), held: () => now };
};

const PNG = Buffer.from('\x89PNG\r\n\x1a\n still', 'latin1');
const FRAME = Buffer.from([0x21, 0xf9, 0x04, 0]);
const STILL_GIF = Buffer.concat([Buffer.from('GIF89a'), FRAME]);
const GIF = Buffer.concat([Buffer.from('GIF89a'), FRAME, FRAME]);
const JPEG = Buffer.from('\xff\xd8\xff photo', 'latin1');

type Kept = { readonly name: string; readonly bytes: Uint8Array };
const intakeOf = (web: Readonly<Record<string, Uint8Array>> = {}) => {
  const kept: Kept[] = [];
  const keep = async (name: string, bytes: Uint8Array): Promise<Extract<QueueInput, { type: 'kept' }>> => {
    kept.push({ name, bytes });
    return { type: 'kept', path: `/kept/${kept.length}`, name };
  };
  const intake: Intake = {
    paths: async (paths) => paths.map((path) => ({ type: 'file', path })),
    bytes: (name, bytes) => keep(name, bytes as Uint8Array),
    url: async (url) => {
      const found = web[url];
      if (found === undefined) throw new PicferryError(problemOf({ kind: 'network', message: 'urlUnreachable' }, 0));
      return keep(url.split('/').at(-1) ?? '', found);
    },
  };
  return { intake, kept };
};

const ownOf = (port: ClipboardPort, faults: unknown[] = [], now: () => number = () => 0) => createOwnClipboard({ port, onFault: (error) => faults.push(error), now });

const NOON = new Date(2026, 10, 22, 12, 0, 5).getTime();
const read = (held: Held, web: Readonly<Record<string, Uint8Array>> = {}) => {
  const { intake, kept } = intakeOf(web);
  return { kept, inputs: readClipboardInputs(ownOf(memoryClipboard(held).port), intake, new AbortController().signal, () => NOON) };
};

test('copied files come before everything else, all of them and in order', async () => {
  const { inputs } = read({ files: ['/a.png', '/b.gif', '/c.jpg'], raw: { 'image/png': PNG }, text: 'x' });
  expect((await inputs).map((input) => input.type === 'file' && input.path)).toEqual(['/a.png', '/b.gif', '/c.jpg']);
});

test.each([
  ['PNG', { 'image/png': PNG }, PNG, 'png'],
  ['animated GIF beside its still PNG', { 'image/png': PNG, 'image/gif': GIF }, GIF, 'gif'],
  ['JPEG beside its PNG', { 'image/png': PNG, 'image/jpeg': JPEG }, JPEG, 'jpg'],
  ['JPEG alone', { 'image/jpeg': JPEG }, JPEG, 'jpg'],
  ['bitmap of which a toolkit offers every format', { 'image/png': PNG, 'image/jpeg': JPEG, 'image/gif': STILL_GIF, 'image/bmp': Buffer.from('BM') }, PNG, 'png'],
  ['GIF that is none', { 'image/png': PNG, 'image/gif': JPEG }, PNG, 'png'],
])('keeps the bytes of a %s', async (_name, raw, bytes, extension) => {
  const { inputs, kept } = read({ raw });
  await inputs;
  expect(kept).toEqual([{ name: `pasted-20261122-120005.${extension}`, bytes }]);
});

test.each([
  ['BMP', 'image/x-bmp', Buffer.from('424d3a0000000000000036000000280000000100000001000000010018000000000004000000', 'hex'), 'bmp'],
  ['TIFF', 'image/tiff', Buffer.from('49492a00080000000000', 'hex'), 'tif'],
  ['AVIF', 'image/avif', Buffer.from('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf', 'latin1'), 'avif'],
  ['SVG', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'],
])('keeps the bytes of a %s that the system cannot decode', async (_name, format, bytes, extension) => {
  const { port } = memoryClipboard({ raw: { 'image/avif': Buffer.from('nothing'), [format]: bytes } });
  const { intake, kept } = intakeOf();
  await readClipboardInputs(ownOf({ ...port, readPng: async () => null }), intake, new AbortController().signal, () => NOON);
  expect(kept).toEqual([{ name: `pasted-20261122-120005.${extension}`, bytes }]);
});

test('says which program a pasted picture came from, or that it was the clipboard; copied files came from none', async () => {
  expect(await read({ raw: { 'image/png': PNG }, source: 'Firefox' }).inputs).toMatchObject([{ type: 'kept', clipboardApp: 'Firefox' }]);
  expect(await read({ raw: { 'image/png': PNG } }).inputs).toMatchObject([{ type: 'kept', clipboardApp: 'clipboard' }]);
  expect(await read({ text: 'https://a.example/1.png', source: 'Code' }, { 'https://a.example/1.png': PNG }).inputs).toMatchObject([{ clipboardApp: 'Code' }]);
  expect((await read({ files: ['/a.png'], source: 'Nautilus' }).inputs)[0]).not.toHaveProperty('clipboardApp');
});

test('fetches the animation that a browser copied as a still picture, and takes the still one when it cannot be had', async () => {
  const html = '<meta charset="utf-8"><img src="https://a.example/cat.gif?x=1&amp;y=2" alt="a > b">';
  const there = read({ raw: { 'image/png': PNG }, html }, { 'https://a.example/cat.gif?x=1&y=2': GIF });
  await there.inputs;
  expect(there.kept).toMatchObject([{ bytes: GIF }]);
  const gone = read({ raw: { 'image/png': PNG }, html });
  await gone.inputs;
  expect(gone.kept).toMatchObject([{ bytes: PNG }]);
  const photo = read({ raw: { 'image/png': PNG }, html: '<img src="https://a.example/photo.png">' }, { 'https://a.example/photo.png': JPEG });
  await photo.inputs;
  expect(photo.kept).toMatchObject([{ bytes: PNG }]);
});

test('takes the pictures of copied HTML in their order, and none that the page did not show or that lie on this computer', async () => {
  const html = `<!-- <img src="https://a.example/0.png"> --><p>Words <img src='https://a.example/1.png'> <img width=1 src="https://a.example/pixel.gif">
    <img alt="x" src=data:image/gif;base64,${GIF.toString('base64')}> <img src="file:///etc/passwd"> <img src="https://a.example/gone.png"></p>`;
  const { inputs, kept } = read({ html, text: 'Words' }, { 'https://a.example/1.png': PNG, 'https://a.example/0.png': PNG, 'https://a.example/pixel.gif': GIF });
  expect((await inputs).map((input) => (input.type === 'bad' ? input.problem.message : input.type))).toEqual(['kept', 'kept', 'urlUnreachable']);
  expect(kept.map(({ bytes }) => bytes)).toContainEqual(GIF);
  expect(contentOfHtml(html).words).toBe(true);
});

test('takes a list of addresses, one a line; words among them are no list', async () => {
  const web = { 'https://a.example/1.png': PNG, 'https://a.example/2.png': PNG };
  const { inputs } = read({ text: 'https://a.example/1.png\r\n\nhttps://a.example/2.png\nhttps://a.example/1.png' }, web);
  expect((await inputs).map(({ type }) => type)).toEqual(['kept', 'kept']);
  for (const held of [{ text: 'see https://a.example/1.png' }, { text: 'https://a.example/1.png\nand words' }, { html: '<b>x</b>', text: 'x' }, {}]) {
    await expect(read(held, web).inputs).rejects.toMatchObject({ problem: { kind: 'file', message: 'nothingToPaste' } });
  }
});

test('a single address that cannot be had is told as such', async () => {
  await expect(read({ text: 'https://a.example/gone.png' }).inputs).rejects.toMatchObject({ problem: { message: 'urlUnreachable' } });
});

test('what was on the clipboard before any of several links comes back, and is known as put there by Picferry', async () => {
  const faults: unknown[] = [];
  const clipboard = memoryClipboard({ raw: { 'image/png': PNG }, html: '<img>', text: 'alt' });
  const own = ownOf(clipboard.port, faults);
  expect(own.previous.available()).toBe(false);
  const before = await pictureMark(own, await own.formats());
  expect(own.isOwn(before ?? '')).toBe(false);
  const told: boolean[] = [];
  own.previous.onChange(() => void told.push(own.previous.available()));
  await Promise.all([own.writeText('link 1'), own.writeText('link 2')]);
  expect(clipboard.held()).toEqual({ text: 'link 2' });
  expect(own.previous.available()).toBe(true);
  await own.previous.restore();
  expect(clipboard.held()).toEqual({ raw: { 'image/png': PNG }, html: '<img>', text: 'alt' });
  expect(own.previous.available()).toBe(false);
  expect(told).toEqual([true, false]);
  expect(own.isOwn((await pictureMark(own, await own.formats())) ?? '')).toBe(true);
  expect(faults).toEqual([]);
});

test('a link is written although the clipboard before it cannot be read', async () => {
  const faults: unknown[] = [];
  const clipboard = memoryClipboard();
  const own = ownOf({ ...clipboard.port, formats: () => Promise.reject(new Error('no owner')) }, faults);
  await own.writeText('link');
  expect(clipboard.held()).toEqual({ text: 'link' });
  expect([own.previous.available(), faults.length]).toEqual([false, 1]);
});

test('a picture that was read for an upload is not looked for again when its link takes its place, and comes back all the same', async () => {
  const clipboard = memoryClipboard({ raw: { 'image/jpeg': JPEG }, text: 'alt' });
  const asked: string[] = [];
  const own = ownOf({ ...clipboard.port, readRaw: (mime) => (asked.push(mime), clipboard.port.readRaw(mime)), readFiles: () => (asked.push('files'), clipboard.port.readFiles()) });
  expect(await own.readPicture()).toEqual({ mime: 'image/jpeg', bytes: JPEG });
  asked.length = 0;
  await own.writeText('link');
  expect(asked).toEqual(['image/jpeg']);
  await own.previous.restore();
  expect(clipboard.held()).toEqual({ raw: { 'image/jpeg': JPEG }, text: 'alt' });
});

test('what was copied while an upload ran is what comes back', async () => {
  for (const later of [{ raw: { 'image/png': Buffer.concat([PNG, PNG]) } }, { raw: { 'image/gif': GIF } }, { text: 'words' }, { files: ['/a.png'] }]) {
    const clipboard = memoryClipboard({ raw: { 'image/png': PNG } });
    const own = ownOf(clipboard.port);
    await own.readPicture();
    clipboard.set(later);
    await own.writeText('link');
    await own.previous.restore();
    expect(clipboard.held()).toEqual(later);
  }
});

test('a picture that only decoding gives is decoded once for its upload and its coming back, unless the link took long', async () => {
  for (const [ms, decoded] of [[1000, 1], [3000, 2]] as const) {
    const clipboard = memoryClipboard({ raw: { 'image/png': PNG } });
    let time = 0;
    let times = 0;
    const own = ownOf({ ...clipboard.port, readRaw: async () => null, readPng: () => ((times += 1), clipboard.port.readPng()) }, [], () => time);
    await own.readPicture();
    time = ms;
    await own.writeText('link');
    expect(times).toBe(decoded);
    await own.previous.restore();
    expect(clipboard.held()).toEqual({ raw: { 'image/png': PNG } });
  }
});
