import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { painted } from '../../../test/pictures/sample-pictures';
import { PreparationProfile, type Watermark } from '../../shared/model/preparation';
import { changesPixels, NEW_WATERMARK, PRIVATE } from '../../shared/model/preparation-profiles';
import { applyProfile } from './apply-profile';
import { outlineOf } from './glyphs';
import { loadSharp } from './load-sharp';
import { hardenSharp } from './make-thumbnail';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-decoration-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const apply = async (bytes: Uint8Array, part: Partial<PreparationProfile>) => {
  const [path, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(path, bytes);
  rmSync(to, { force: true });
  const profile = PreparationProfile.parse({ ...PRIVATE, id: 'p', name: 'p', ...part });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile, takes: [] });
  return { outcome, made: existsSync(to) ? readFileSync(to) : Buffer.alloc(0) };
};
const plain = (width: number, height: number, background = '#204060'): Promise<Buffer> => sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();
type Shown = { readonly width: number; readonly height: number; at(x: number, y: number): readonly number[]; /** The places that differ from a colour, as a box; null: none does. */ other(than: readonly number[]): readonly [number, number, number, number] | null };
const shown = async (bytes: Buffer): Promise<Shown> => {
  const { data, info } = await sharp(bytes).toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): readonly number[] => [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
  const other = (than: readonly number[]): readonly [number, number, number, number] | null => {
    let [left, top, right, bottom] = [info.width, info.height, -1, -1];
    for (let y = 0; y < info.height; y += 1) {
      for (let x = 0; x < info.width; x += 1) {
        if (at(x, y).every((value, index) => Math.abs(value - (than[index] ?? 255)) < 12)) continue;
        [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      }
    }
    return right < 0 ? null : [left, top, right, bottom];
  };
  return { width: info.width, height: info.height, at, other };
};
const GROUND = [0x20, 0x40, 0x60, 255];

describe('cropping', () => {
  test('cuts off edges of one colour, or nothing of them, and leaves the margin that was asked for', async () => {
    const spot = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#c02020' } }).png().toBuffer();
    for (const format of ['png', 'jpeg'] as const) {
      const bytes = await sharp(await plain(100, 80, '#ffffff')).composite([{ input: spot, left: 30, top: 40 }]).toFormat(format, { quality: 95 }).toBuffer();
      for (const [margin, width, height] of [[0, 20, 10], [5, 30, 20], [1000, 100, 80]] as const) {
        const { outcome, made } = await apply(bytes, { crop: { tolerance: 40, margin } });
        if (margin === 1000) expect(outcome).toEqual({ type: 'alone', why: 'nothing' });
        else expect(await sharp(made).metadata()).toMatchObject({ width, height });
      }
    }
    expect((await apply(await plain(30, 20), { crop: { tolerance: 10, margin: 0 } })).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('comes before the size, and sees the picture upright', async () => {
    const spot = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#c02020' } }).png().toBuffer();
    const bytes = await sharp(await plain(100, 80, '#ffffff')).composite([{ input: spot, left: 10, top: 50 }]).withMetadata({ orientation: 6 }).png().toBuffer();
    const { made } = await apply(bytes, { crop: { tolerance: 10, margin: 0 }, resize: { by: 'height', value: 20 } });
    expect(await sharp(made).metadata()).toMatchObject({ width: 10, height: 20 });
  });
});

describe('a watermark', () => {
  const mark = (part: Partial<Watermark>): Watermark => ({ ...NEW_WATERMARK, text: '© 小明', opacity: 100, ...part });

  test('of text draws Chinese, Japanese, Latin and Cyrillic letters, whatever fonts a system has', async () => {
    for (const text of ['Aé', '小明', '繁體', 'Ễ', 'Я', 'かな', '©']) {
      const outline = await outlineOf(text, 100);
      expect([text, (outline?.shapes.length ?? 0) > 50]).toEqual([text, true]);
      expect([text, (outline?.width ?? 0) > 40]).toEqual([text, true]);
    }
    expect((await outlineOf('小明', 100))?.width).toBe(200);
    expect(await outlineOf('', 100)).toBeNull();
    expect((await outlineOf('two\nlines', 100))?.height).toBe(250);
  });

  test.each([
    ['Greek', 'Καλημέρα ἀρχή'],
    ['Cyrillic', 'Привет Ґґ'],
    ['Vietnamese', 'Tiếng Việt'],
    ['Arabic', 'مرحبا بالعالم'],
    ['Hebrew', 'שָׁלוֹם'],
    ['Hindi', 'नमस्ते हिन्दी'],
    ['Korean', '안녕하세요'],
    ['Thai', 'สวัสดีครับ'],
    ['Bengali', 'বাংলা ভাষা'],
    ['Tamil', 'தமிழ் மொழி'],
    ['emoji', '📷🎉❤️👍🏽👩‍💻🇫🇷'],
    ['all at once', '© 2026 小明 и Δ مرحبا 👋'],
  ])('of %s has every letter', async (_name, text) => {
    const outline = await outlineOf(text, 64);
    expect(outline).toMatchObject({ missing: '' });
    expect(outline?.shapes.split('<path').length).toBeGreaterThan(2);
  });

  test('joins Arabic letters and reads them from the right, numbers among them from the left', async () => {
    const paths = async (text: string): Promise<readonly string[]> => [...((await outlineOf(text, 100))?.shapes ?? '').matchAll(/ d="([^"]*)"/g)].map(([, path = '']) => path);
    // Side by side, letters take other forms than alone.
    const alone = new Set(await paths('ب'));
    expect((await paths('ببب')).filter((path) => !alone.has(path)).length).toBeGreaterThanOrEqual(2);
    // Read from the right, what comes first stands last.
    expect((await paths('אב')).slice().reverse()).toEqual([...(await paths('א')), ...(await paths('ב'))]);
    const [one, two] = [await paths('1'), await paths('2')];
    const digits = (await paths('א 12')).filter((path) => path === one[0] || path === two[0]);
    expect(digits).toEqual([...one, ...two]);
    expect((await paths('(א)')).length).toBe(3);
    expect(await paths('📷 2')).toContain(two[0]);
  });

  test('sets two letters of Hindi as the one that they make', async () => {
    const count = async (text: string): Promise<number> => ((await outlineOf(text, 100))?.shapes ?? '').split('<path').length - 1;
    expect(await count('क्ष')).toBeLessThan((await count('क')) + (await count('ष')));
  });

  test('that cannot be drawn as a whole fails with the letters, and is no picture with boxes in it', async () => {
    expect((await outlineOf('a\u{13000}b', 20))?.missing).toBe('\u{13000}');
    const { outcome } = await apply(await plain(40, 20), { watermark: mark({ text: '\u{13000}x\u{13000}' }) });
    expect(outcome).toEqual({ type: 'failed', why: 'no_letters', letters: '\u{13000}' });
    expect((await outlineOf('​\u{FEFF} ', 20))?.missing ?? '').toBe('');
  });

  test.each([
    ['top-left', 0, 0],
    ['top', 0.5, 0],
    ['right', 1, 0.5],
    ['centre', 0.5, 0.5],
    ['bottom-left', 0, 1],
    ['bottom-right', 1, 1],
  ] as const)('stands at the %s, as large as the picture wants it', async (place, x, y) => {
    const { made } = await apply(await plain(400, 200), { watermark: mark({ place, size: 20, margin: 5 }) });
    const picture = await shown(made);
    const [left, top, right, bottom] = picture.other(GROUND) ?? [0, 0, 0, 0];
    const near = (middle: number, whole: number, share: number): void => expect(Math.abs(middle - whole * share)).toBeLessThan(share === 0.5 ? 7 : whole * 0.35);
    near((left + right) / 2, 400, x);
    near((top + bottom) / 2, 200, y);
    expect(Math.min(left, 399 - right)).toBeGreaterThanOrEqual(9);
    expect(Math.min(top, 199 - bottom)).toBeGreaterThanOrEqual(9);
    expect(bottom - top).toBeGreaterThan(20);
    expect(bottom - top).toBeLessThan(52);
  });

  test('in tiles is everywhere, fainter where that was asked for, turned, and never larger than the picture', async () => {
    const faint = await shown((await apply(await plain(300, 200), { watermark: mark({ place: 'tile', opacity: 20, angle: -30, size: 8, margin: 5 }) })).made);
    const [left, top, right, bottom] = faint.other(GROUND) ?? [0, 0, 0, 0];
    expect([left < 60, top < 60, right > 240, bottom > 140]).toEqual([true, true, true, true]);
    let brightest = 0;
    for (let x = 0; x < 300; x += 1) for (let y = 0; y < 200; y += 1) brightest = Math.max(brightest, faint.at(x, y)[0] ?? 0);
    expect(Math.abs(brightest - (0x20 + (255 - 0x20) * 0.2))).toBeLessThan(6);
    const tiny = await apply(await plain(9, 5), { watermark: mark({ size: 100, margin: 50, text: '很长的一行文字', angle: 45 }) });
    expect(tiny.outcome).toMatchObject({ type: 'made' });
    expect(await sharp(tiny.made).metadata()).toMatchObject({ width: 9, height: 5 });
  });

  test('may be a picture of its own; without that file the work fails with its name', async () => {
    const path = join(folder, 'mark.svg');
    writeFileSync(path, '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10" fill="#f00"/></svg>');
    const { made } = await apply(await plain(200, 100), { watermark: mark({ kind: 'picture', path, place: 'top-right', size: 20, margin: 10, opacity: 50 }) });
    const picture = await shown(made);
    expect(picture.other(GROUND)).toEqual([170, 10, 189, 29]);
    expect(picture.at(180, 20).map((value, index) => Math.abs(value - ((GROUND[index] ?? 0) + ([255, 0, 0, 255][index] ?? 0)) / 2) < 3)).toEqual([true, true, true, true]);
    expect((await apply(await plain(20, 10), { watermark: mark({ kind: 'picture', path: join(folder, 'none.png') }) })).outcome).toEqual({ type: 'failed', why: 'no_mark' });
  });

  test('of no text, or of a file that nobody has chosen yet, changes nothing', async () => {
    for (const part of [{ kind: 'picture', path: '' }, { kind: 'picture', path: '', text: 'what was written before' }, { kind: 'text', text: ' \n' }] as const) {
      const profile = { ...PRIVATE, watermark: mark(part) };
      expect([changesPixels(profile), (await apply(await plain(20, 10), profile)).outcome]).toEqual([false, { type: 'alone', why: 'nothing' }]);
    }
  });

  test('may be a picture of any kind, also one without a channel for what shows through', async () => {
    const red = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#e00000' } });
    const kinds: Readonly<Record<string, Buffer>> = {
      'opaque.png': await red().png().toBuffer(),
      'palette.png': await red().png({ palette: true }).toBuffer(),
      'deep.png': await red().toColourspace('rgb16').png().toBuffer(),
      'photo.jpg': await red().jpeg({ quality: 95 }).toBuffer(),
      'inks.jpg': await red().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(),
      'mark.webp': await red().webp({ lossless: true }).toBuffer(),
      'glass.png': await red().ensureAlpha().png().toBuffer(),
      'grey.png': await red().greyscale().toColourspace('b-w').png().toBuffer(),
    };
    for (const [name, bytes] of Object.entries(kinds)) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const { outcome, made } = await apply(await plain(200, 100), { watermark: mark({ kind: 'picture', path, place: 'top-left', size: 20, margin: 0, opacity: 100 }) });
      expect([name, outcome.type]).toEqual([name, 'made']);
      const [red = 0, green = 0] = (await shown(made)).at(10, 5);
      expect([name, name === 'grey.png' ? red === green : red > 180 && green < 40]).toEqual([name, true]);
    }
  });

  test('keeps a wide gamut, and fits with everything else that was asked for', async () => {
    const wide = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c82818' } }).withIccProfile('p3').png().toBuffer();
    const { made } = await apply(wide, { watermark: mark({ size: 10 }), resize: { by: 'width', value: 150 }, format: 'webp', maxBytes: 20_000 });
    expect(await sharp(made).metadata()).toMatchObject({ format: 'webp', width: 150, height: 100, hasProfile: true });
    expect(made.length).toBeLessThanOrEqual(20_000);
  });
});

describe('a frame', () => {
  test('rounds corners, draws a line and lays a shadow behind', async () => {
    const { outcome, made } = await apply(await plain(100, 60), { frame: { radius: 20, border: { width: 2, colour: '#ff0000' }, shadow: { size: 16, opacity: 50 } } });
    expect(outcome).toMatchObject({ type: 'made', extension: 'png' });
    const picture = await shown(made);
    expect([picture.width, picture.height]).toEqual([100 + 4 + 32, 60 + 4 + 32]);
    expect(picture.at(0, 0)[3]).toBeLessThan(10);
    expect(picture.at(68, 40)).toEqual(GROUND);
    expect(picture.at(68, 12 + 1)).toEqual([255, 0, 0, 255]);
    const below = picture.at(68, 12 + 64 + 4);
    expect([below[0], (below[3] ?? 0) > 30, (below[3] ?? 0) < 140]).toEqual([0, true, true]);
    // In the corner is what is behind the picture.
    expect(picture.at(17, 13)[3]).toBeLessThan(140);
  });

  test('of corners alone leaves the size, and JPEG has a ground for them', async () => {
    const jpeg = await sharp(await plain(100, 60)).jpeg().toBuffer();
    const { made } = await apply(jpeg, { frame: { radius: 30, border: null, shadow: null }, flatten: '#00ff00' });
    const picture = await shown(made);
    expect([picture.width, picture.height, (await sharp(made).metadata()).format]).toEqual([100, 60, 'jpeg']);
    expect(picture.at(0, 0).map((value) => value > 200)).toEqual([false, true, false, true]);
    expect(Math.abs((picture.at(50, 30)[2] ?? 0) - 0x60)).toBeLessThan(6);
  });

  test('goes around a picture of any kind', async () => {
    for (const picture of [painted(sharp, 4).png(), painted(sharp).greyscale().jpeg(), painted(sharp).toColourspace('rgb16').png(), painted(sharp).toColourspace('cmyk').jpeg()]) {
      const { outcome, made } = await apply(await picture.toBuffer(), { frame: { radius: 4, border: { width: 3, colour: '#0000ff' }, shadow: null } });
      expect(outcome).toMatchObject({ type: 'made' });
      expect(await sharp(made).metadata()).toMatchObject({ width: 30, height: 23, space: 'srgb' });
    }
  });
});
