import { createRequire } from 'node:module';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSharp } from './load-sharp';
import { hardenSharp, makeThumbnail, thumbnailOf } from './make-thumbnail';

const require = createRequire(import.meta.url);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-imaging-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
const nativeLoaded = (): boolean => Object.keys(require.cache).some((path) => /@img\/sharp-linux/.test(path));
const wasmLoaded = (): boolean => Object.keys(require.cache).some((path) => /@img\/sharp-wasm32/.test(path));

const painted = async (name: string, width: number, height: number): Promise<string> => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 7 + Math.floor(at / (width * 3)) * 3) % 256;
  const path = join(folder, name);
  await sharp(pixels, { raw: { width, height, channels: 3 } }).toFile(path);
  return path;
};

test('runs the WebAssembly build on Linux although the native one is installed', () => {
  expect([wasmLoaded(), nativeLoaded()]).toEqual([true, false]);
});

test('makes a thumbnail of at most 400 pixels, upright and without metadata', async () => {
  const path = join(folder, 'turned.jpg');
  await sharp({ create: { width: 900, height: 300, channels: 3, background: '#08a' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toFile(path);
  const made = await sharp(await thumbnailOf(sharp, path)).metadata();
  expect({ format: made.format, width: made.width, height: made.height, orientation: made.orientation }).toEqual({ format: 'webp', width: 133, height: 400, orientation: undefined });
});

test('keeps a thumbnail under the digest of its bytes, once', async () => {
  const path = await painted('ferry 渡轮.png', 640, 480);
  const thumbs = join(folder, 'thumbs');
  const first = await makeThumbnail(sharp, { id: 1, path, folder: thumbs });
  const second = await makeThumbnail(sharp, { id: 2, path, folder: thumbs });
  expect(first).toMatchObject({ ok: true, name: expect.stringMatching(/^[0-9a-f]{64}\.webp$/) as string });
  expect(second).toEqual({ ...first, id: 2 });
  expect(readdirSync(thumbs)).toHaveLength(1);
});

test.each([['nothing', 0], ['half of it', 0.5]])('replaces a thumbnail of which a crash left %s', async (_, share) => {
  const path = await painted('a.png', 640, 480);
  const first = await makeThumbnail(sharp, { id: 1, path, folder });
  if (!first.ok) throw new Error(first.reason);
  const whole = readFileSync(join(folder, first.name));
  writeFileSync(join(folder, first.name), whole.subarray(0, whole.length * share));
  expect(await makeThumbnail(sharp, { id: 2, path, folder })).toEqual({ ...first, id: 2 });
  expect(readFileSync(join(folder, first.name)).equals(whole)).toBe(true);
});

test('draws an SVG without looking at other files', async () => {
  await painted('other.png', 100, 100);
  const path = join(folder, 'drawing.svg');
  const around = (inner: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#fff"/>${inner}</svg>`;
  writeFileSync(path, around('<image href="other.png" width="100" height="100"/>'));
  const drawn = await sharp(await thumbnailOf(sharp, path)).raw().toBuffer();
  expect(drawn.every((value) => value > 250)).toBe(true);
});

test('draws what is called a drawing by its bytes: compressed, in UTF-16, or another picture after all', async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#08a"/></svg>';
  const png = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#08a' } }).png().toBuffer();
  for (const bytes of [Buffer.from(drawing), gzipSync(drawing), Buffer.from(`\ufeff${drawing}`, 'utf16le'), png]) {
    const path = join(folder, 'drawing.svg');
    writeFileSync(path, bytes);
    const [red, green, blue] = await sharp(await thumbnailOf(sharp, path)).removeAlpha().raw().toBuffer();
    expect([red ?? 255, Math.abs((green ?? 0) - 0x88), Math.abs((blue ?? 0) - 0xaa)].every((off) => off < 6)).toBe(true);
  }
  // One that is built to exhaust its reader is not drawn, however it is packed.
  const path = join(folder, 'deep.svgz');
  writeFileSync(path, gzipSync(`<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(100_000)}${'</g>'.repeat(100_000)}</svg>`));
  expect(await makeThumbnail(sharp, { id: 7, path, folder })).toEqual({ id: 7, ok: false, reason: 'failed' });
});

test.each([
  ['text', 'hello'],
  ['nothing', ''],
  ['half a picture head', '\x89PNG\r\n\x1a\n'],
])('answers `failed` for %s', async (_, content) => {
  const path = join(folder, 'x.png');
  writeFileSync(path, content, 'latin1');
  expect(await makeThumbnail(sharp, { id: 3, path, folder })).toEqual({ id: 3, ok: false, reason: 'failed' });
});

test('answers `failed` for a file that is gone and `disk` for a folder that refuses', async () => {
  expect(await makeThumbnail(sharp, { id: 4, path: join(folder, 'gone.png'), folder })).toMatchObject({ reason: 'failed' });
  const path = await painted('a.png', 20, 20);
  expect(await makeThumbnail(sharp, { id: 5, path, folder: join(path, 'below-a-file') })).toMatchObject({ reason: 'disk' });
});

test('refuses a drawing that claims too many pixels', async () => {
  const path = join(folder, 'huge.svg');
  writeFileSync(path, '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>');
  expect((await makeThumbnail(sharp, { id: 6, path, folder })).ok).toBe(false);
});

test('gives the same pictures with the native build and the WebAssembly build', async () => {
  const path = await painted('both.png', 800, 500);
  const wasm = await thumbnailOf(sharp, path);
  for (const name of Object.keys(require.cache)) if (/node_modules\/(sharp|@img)\//.test(name)) delete require.cache[name];
  // Any platform but Linux loads what sharp itself prefers: the native build.
  const native = loadSharp(import.meta.url, 'darwin');
  expect(nativeLoaded()).toBe(true);
  const [a, b] = await Promise.all([native(wasm).raw().toBuffer(), native(await thumbnailOf(native, path)).raw().toBuffer()]);
  expect(a.length).toBe(b.length);
  expect(a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? 0))), 0)).toBeLessThanOrEqual(2);
});
