import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readByExiftool } from '../../../test/pictures/exiftool';
import { heicPhoto, heicWithSmall } from '../../../test/pictures/sample-heifs';
import { movingAvif } from '../../../test/pictures/moving-avif';
import { unusualDrawings } from '../../../test/pictures/sample-drawings';
import { chunk, painted, samplePngs, withChunks } from '../../../test/pictures/sample-pictures';
import { CAMERA_TAGS, withTags } from '../../../test/pictures/sample-tiffs';
import { PreparationProfile } from '../../shared/model/preparation';
import { NEW_FRAME, PRIVATE } from '../../shared/model/preparation-profiles';
import { KEPT_BY_STRIPPING, planStrip, scanBytes } from '../metadata';
import { applyProfile } from './apply-profile';
import { loadSharp } from './load-sharp';
import { hardenSharp } from './make-thumbnail';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-formats-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const IMGURL = ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'webp'];
const WIZS = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'svg'];
const profile = (part: Partial<PreparationProfile>): PreparationProfile => PreparationProfile.parse({ ...PRIVATE, id: 'p', name: 'p', ...part });
const apply = async (bytes: Uint8Array, takes: readonly string[], part: Partial<PreparationProfile> = {}, drawnWithinMs?: number) => {
  const [path, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(path, bytes);
  rmSync(to, { force: true });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: profile(part), takes }, drawnWithinMs);
  return { outcome, made: existsSync(to) ? readFileSync(to) : Buffer.alloc(0) };
};
const pixelsOf = async (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).removeAlpha().raw().toBuffer();
/** How far two pictures are from each other, of 255, on average. */
const distance = (one: Buffer, other: Buffer): number => (one.length === other.length ? one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length : 255);

/** A BMP of 24 bits a pixel. */
const bmp = (width: number, height: number, rgb: Buffer): Buffer => {
  const row = Math.ceil((width * 3) / 4) * 4;
  const head = Buffer.alloc(54);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(54 + row * height, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  const rows = Array.from({ length: height }, (_, y) => {
    const line = Buffer.alloc(row);
    for (let x = 0; x < width; x += 1) {
      const at = ((height - 1 - y) * width + x) * 3;
      line.set([rgb[at + 2] ?? 0, rgb[at + 1] ?? 0, rgb[at] ?? 0], x * 3);
    }
    return line;
  });
  return Buffer.concat([head, ...rows]);
};

describe('a format that the host does not take', () => {
  test('HEIC becomes a JPEG with its colours, without its place', async () => {
    const { outcome, made } = await apply(heicPhoto(), WIZS);
    expect(outcome).toMatchObject({ type: 'made', extension: 'jpg', recoded: true });
    const facts = await sharp(made).metadata();
    expect([facts.format, facts.width, facts.height, facts.hasProfile, facts.exif]).toEqual(['jpeg', 64, 48, true, undefined]);
    // Display P3, whose red is no red of sRGB.
    const { made: converted } = await apply(heicPhoto(), WIZS, { colour: 'srgb' });
    expect(distance(await pixelsOf(converted), await pixelsOf(made))).toBeLessThan(6);
    expect((await sharp(converted).metadata()).hasProfile).toBe(false);
  });

  test.each(['jpeg', 'webp', 'png', 'avif'] as const)('HEIC as %s keeps what it says where that is wanted, and is not turned a second time', async (format) => {
    const { made } = await apply(heicWithSmall(), [], { format, metadata: 'keep' });
    const facts = await sharp(made).metadata();
    expect([facts.width, facts.height, facts.orientation ?? 1]).toEqual([320, 240, 1]);
    writeFileSync(join(folder, `kept.${format}`), made);
    const told = readByExiftool(folder)[`kept.${format}`];
    expect(told).toMatchObject({ 'IFD0:Make': 'Picferry Cameras', 'GPS:GPSLatitudeRef': 'N', 'XMP-dc:Creator': 'secret' });
    expect(told?.['IFD0:Orientation'] ?? 1).toBe(1);
    const without = await apply(heicWithSmall(), [], { format });
    expect(without.outcome).toMatchObject({ type: 'made', removed: ['exif', 'location', 'xmp'] });
    expect((await sharp(without.made).metadata()).exif).toBeUndefined();
  });

  test.each([
    ['a line end', '\n'],
    ['text', 'some text behind it'],
    ['zeros', '\0'.repeat(5)],
    ['many zeros', '\0'.repeat(50)],
  ])('HEIC keeps its colours and what it says with stray bytes behind it: %s', async (_what, tail) => {
    const { made } = await apply(Buffer.concat([heicPhoto(), Buffer.from(tail)]), WIZS, { metadata: 'keep' });
    const facts = await sharp(made).metadata();
    expect(facts.icc?.equals((await sharp((await apply(heicPhoto(), WIZS)).made).metadata()).icc ?? Buffer.alloc(0))).toBe(true);
    writeFileSync(join(folder, 'kept.jpg'), made);
    expect(readByExiftool(folder)['kept.jpg']).toMatchObject({ 'GPS:GPSLatitudeRef': 'N' });
  });

  test('AVIF, TIFF and BMP become what is nearest to them', async () => {
    const pixels = Buffer.from(Array.from({ length: 24 * 17 * 3 }, (_, at) => 40 + Math.floor(at / 3) % 24 * 7 + (at % 3) * 20));
    const picture = sharp(pixels, { raw: { width: 24, height: 17, channels: 3 } });
    const avif = await picture.clone().avif({ effort: 0, quality: 95 }).toBuffer();
    const tiff = withTags(await picture.clone().tiff({ compression: 'lzw' }).toBuffer(), CAMERA_TAGS);
    for (const [bytes, extension, most] of [[avif, 'jpg', 6], [tiff, 'jpg', 6], [bmp(24, 17, pixels), 'png', 0]] as const) {
      const { outcome, made } = await apply(bytes, ['png', 'jpg']);
      expect(outcome).toMatchObject({ type: 'made', extension });
      expect(distance(await pixelsOf(made), pixels)).toBeLessThanOrEqual(most);
    }
    const glass = await painted(sharp, 4).tiff({ compression: 'lzw' }).toBuffer();
    expect((await apply(glass, IMGURL)).outcome).toMatchObject({ type: 'made', extension: 'png' });
  });

  test('tells of a TIFF all that goes, as taking out its metadata alone does', async () => {
    const tiff = withTags(await painted(sharp).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').tiff({ compression: 'lzw' }).toBuffer(), CAMERA_TAGS);
    const plan = scanBytes(planStrip('tiff', tiff.length, KEPT_BY_STRIPPING), tiff);
    const bare = plan.type === 'cut' ? plan.removed : [];
    expect(bare).toEqual(expect.arrayContaining(['location', 'exif', 'xmp', 'comment']));
    for (const [takes, part] of [[['jpg'], {}], [[], { format: 'webp' }]] as const) {
      const { outcome } = await apply(tiff, takes, part);
      expect([...(outcome.type === 'made' ? outcome.removed : [])].sort()).toEqual([...bare].sort());
    }
    expect((await apply(tiff, [], { format: 'webp', metadata: 'keep' })).outcome).toMatchObject({ removed: [] });
  });

  test('is sent as it is where that was asked for, or where the host takes it or does not say', async () => {
    expect((await apply(heicPhoto(), WIZS, { unsupported: 'send' })).outcome).toEqual({ type: 'alone', why: 'nothing' });
    expect((await apply(heicPhoto(), [])).outcome).toEqual({ type: 'alone', why: 'nothing' });
    expect((await apply(heicPhoto(), ['heic', 'jpg'])).outcome).toEqual({ type: 'alone', why: 'nothing' });
    expect((await apply(bmp(2, 2, Buffer.alloc(12)), IMGURL)).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('gives way to one that it takes', async () => {
    const jpeg = await painted(sharp).jpeg().toBuffer();
    expect((await apply(jpeg, ['jpg', 'png'], { format: 'avif', resize: { by: 'width', value: 10 } })).outcome).toMatchObject({ type: 'made', extension: 'jpg' });
    expect((await apply(jpeg, ['jpg', 'png'], { format: 'avif', unsupported: 'send' })).outcome).toMatchObject({ type: 'made', extension: 'avif' });
    expect((await apply(heicPhoto(), ['webp'], { format: 'jpeg' })).outcome).toMatchObject({ type: 'made', extension: 'webp' });
  });

  test('is made into another one for work on its pixels, too', async () => {
    const { outcome, made } = await apply(heicPhoto(), [], { resize: { by: 'width', value: 32 } });
    expect(outcome).toMatchObject({ type: 'made', extension: 'jpg' });
    expect(await sharp(made).metadata()).toMatchObject({ width: 32, height: 24 });
  });

  test('follows the rule for its own format', async () => {
    const rules = [{ input: 'png', format: 'keep' }, { input: 'heic', format: 'png' }] as const;
    const png = await painted(sharp).png().toBuffer();
    expect((await apply(png, [], { format: 'webp', formatRules: rules })).outcome).toEqual({ type: 'alone', why: 'nothing' });
    expect((await apply(heicPhoto(), [], { format: 'webp', formatRules: rules })).outcome).toMatchObject({ extension: 'png' });
    expect((await apply(await painted(sharp).jpeg().toBuffer(), [], { format: 'webp', formatRules: rules })).outcome).toMatchObject({ extension: 'webp' });
  });
});

describe('frames', () => {
  test('stay, or the file is left alone', async () => {
    const moving = sharp(Buffer.from(Array.from({ length: 24 * 51 * 3 }, (_, at) => (at * 31) % 256)), { raw: { width: 24, height: 51, channels: 3, pageHeight: 17 } });
    const gif = await moving.clone().gif({ delay: [40, 50, 60], loop: 3 }).toBuffer();
    const { made } = await apply(gif, [], { format: 'webp' });
    expect(await sharp(made, { animated: true }).metadata()).toMatchObject({ format: 'webp', pages: 3, delay: [40, 50, 60], loop: 3 });
    const apng = (await samplePngs(sharp)).find(({ name }) => name === 'animated.png')?.bytes ?? Buffer.alloc(0);
    for (const bytes of [gif, apng, await moving.clone().webp({ delay: [1, 1, 1] }).toBuffer()]) {
      const mark = { kind: 'text', text: 'x', colour: '#ffffff', path: '', place: 'top', size: 10, margin: 1, opacity: 50, angle: 0 } as const;
      expect((await apply(bytes, [], { watermark: mark })).outcome).toEqual({ type: 'alone', why: 'animated' });
      expect((await apply(bytes, ['jpg', 'png'], { format: 'jpeg' })).outcome).toEqual({ type: 'alone', why: 'animated' });
    }
  });
});

describe('pages', () => {
  const pages = () => sharp(Buffer.from(Array.from({ length: 24 * 51 * 3 }, (_, at) => (at * 31) % 256)), { raw: { width: 24, height: 51, channels: 3, pageHeight: 17 } }).tiff().toBuffer();

  test('that a new format has no place for are told of', async () => {
    expect((await sharp(await pages()).metadata()).pages).toBe(3);
    for (const [takes, part] of [[['jpg'], {}], [[], { format: 'png' }], [[], { format: 'webp', metadata: 'keep' }], [[], { resize: { by: 'width', value: 10 } }]] as const) {
      const { outcome, made } = await apply(await pages(), takes, part);
      expect(outcome).toMatchObject({ type: 'made', removed: ['pages'] });
      expect((await sharp(made).metadata()).height).toBe('resize' in part ? 7 : 17);
    }
    expect((await apply(await painted(sharp).tiff().toBuffer(), ['jpg'])).outcome).toMatchObject({ type: 'made', removed: [] });
  });

  test('stay where nothing is to be changed', async () => {
    for (const takes of [[], ['jpg', 'tif']]) expect((await apply(await pages(), takes)).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });
});

describe('a picture whose frames the libraries do not see', () => {
  const asks: readonly (readonly [readonly string[], Partial<PreparationProfile>])[] = [[[], { format: 'jpeg' }], [[], { resize: { by: 'width', value: 10 } }], [['jpg'], {}]];

  test('is left alone, and said to be moving: AVIF and HEIC sequences', async () => {
    const { bytes } = await movingAvif(sharp);
    const heics = Buffer.from(heicPhoto());
    heics.write('hevc', 8, 'latin1');
    const second = Buffer.from(bytes);
    second.write('avif', 8, 'latin1');
    for (const file of [bytes, second, heics]) for (const [takes, part] of asks) expect((await apply(file, takes, part)).outcome).toEqual({ type: 'alone', why: 'animated' });
  });

  test('is left alone: an APNG that says so behind much else; a still PNG that only speaks of it is not taken for one', async () => {
    const still = await painted(sharp, 3, [40, 30]).png().toBuffer();
    const apng = (await samplePngs(sharp)).find(({ name }) => name === 'animated.png')?.bytes ?? Buffer.alloc(0);
    const text = chunk('tEXt', Buffer.alloc(200_000, 'words '));
    for (const part of [{ format: 'jpeg' }, { resize: { by: 'width', value: 10 } }] as const) {
      expect((await apply(withChunks(apng, [text]), [], part)).outcome).toEqual({ type: 'alone', why: 'animated' });
      expect((await apply(withChunks(still, [chunk('tEXt', Buffer.from('Comment\0acTL'))]), [], part)).outcome).toMatchObject({ type: 'made' });
    }
  });
});

describe('a drawing', () => {
  const drawing = (inside: string, attributes = ''): Buffer => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10" ${attributes}>${inside}</svg>`);
  const harmless = '<rect width="20" height="10" fill="#2040c0"/>';

  test('without anything to run or to fetch stays as it is', async () => {
    const png = (await painted(sharp).png().toBuffer()).toString('base64');
    const inside = `${harmless}<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><path d="M0 0h9" fill="url(#g)"/><style>.a{fill:url(#g)}</style><use xlink:href="#g"/><text>文字</text><image href="data:image/png;base64,${png}"/>`;
    expect((await apply(drawing(inside), WIZS)).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test.each([
    ['a script', 'script', '<script>alert(1)</script>'],
    ['a handler', 'handler', '<rect onclick="alert(1)" width="1"/>'],
    ['a handler of its own', 'handler', '<g onfocusin="alert(1)"/>'],
    ['a link to a script', 'script', '<a xlink:href="java\tscript:alert(1)"><text>x</text></a>'],
    ['a page inside', 'content', '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://a.example/alert"/></foreignObject>'],
    ['a picture from elsewhere', 'link', '<image href="https://a.example/alert.png"/>'],
    ['a file of this computer', 'link', '<image xlink:href="file:///etc/alert"/>'],
    ['a style from elsewhere', 'link', '<style>@import "https://a.example/alert.css"; .a{fill:red}</style>'],
    ['a style that fetches', 'link', '<rect style="fill:url(https://a.example/alert#a)"/>'],
    ['a style that hides it', 'link', '<style>.a{fill:u\\72l(https://a.example/alert)}</style>'],
    ['an animation of a link', 'link', '<a><animate attributeName="xlink:href" to="javascript:alert(1)"/></a>'],
    ['a drawing inside', 'content', '<image href="data:image/svg+xml;base64,YWxlcnQ="/>'],
    ['a handler under another name', 'script', '<e:script xmlns:e="http://www.w3.org/2000/svg">alert(1)</e:script>'],
    ["an editor's notes", 'other', '<metadata>alert</metadata><i:x xmlns:i="urn:alert">alert</i:x>'],
    ['a comment', 'comment', '<!-- alert -->'],
    ['what a program noted on a part', 'other', '<g data-path="/home/alert"/>'],
  ])('loses %s, and is drawn as before', async (_what, part, inside) => {
    const { outcome, made } = await apply(drawing(`${harmless}${inside}`), WIZS);
    expect(outcome).toEqual({ type: 'made', extension: 'svg', recoded: false, removed: [part] });
    expect(made.toString()).not.toMatch(/alert|javascript|a\.example/i);
    expect(distance(await pixelsOf(made), await pixelsOf(drawing(harmless)))).toBe(0);
  });

  test('that stays one has no pixels to change, which is told; its size is none', async () => {
    const marked = { flatten: '#ffffff', frame: NEW_FRAME };
    expect((await apply(drawing(harmless), WIZS, marked)).outcome).toEqual({ type: 'alone', why: 'drawing' });
    expect((await apply(drawing(`${harmless}<script/>`), WIZS, marked)).outcome).toEqual({ type: 'made', extension: 'svg', recoded: false, removed: ['script'], left: 'drawing' });
    expect((await apply(drawing(harmless), WIZS, { resize: { by: 'longest', value: 5 } })).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('tells all that it lost, each kind once', async () => {
    const whole = drawing(`${harmless}<script/><rect onclick="a()" onload="b()"/><image href="https://a.example/a.png"/>`).toString();
    const { outcome } = await apply(Buffer.from(`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${whole}`), WIZS);
    expect(outcome).toMatchObject({ removed: ['doctype', 'script', 'handler', 'link'] });
    expect((await apply(Buffer.from(`<!DOCTYPE svg>${drawing(harmless).toString()}`), WIZS)).outcome).toMatchObject({ removed: ['doctype'] });
  });

  test.each(unusualDrawings())('$name is cleaned, and becomes plain text', async ({ bytes }) => {
    const { outcome, made } = await apply(bytes, WIZS);
    expect(outcome).toMatchObject({ type: 'made', extension: 'svg', recoded: false });
    expect(outcome.type === 'made' && outcome.removed).toContain('script');
    expect(made.toString('utf8')).toMatch(/>é</);
    expect(made.toString('utf8')).not.toMatch(/alert|words|encoding="(?!utf-8)/i);
    expect(distance(await pixelsOf(made), await pixelsOf(drawing(`${harmless}<text>é</text>`)))).toBe(0);
  });

  test('that is only packed otherwise is told as that; one in plain text stays to the bit', async () => {
    const clean = drawing(harmless).toString();
    expect((await apply(gzipSync(clean), WIZS)).outcome).toEqual({ type: 'made', extension: 'svg', recoded: false, removed: ['packing'] });
    for (const plain of [`\ufeff${clean}`, `<?xml version="1.0" encoding="ISO-8859-1"?>${clean}`]) expect((await apply(Buffer.from(plain), WIZS)).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('in an encoding that nobody knows fails with a word', async () => {
    expect((await apply(Buffer.from(`<?xml version="1.0" encoding="utf-7"?>${drawing(harmless).toString()}`), WIZS)).outcome).toMatchObject({ type: 'failed' });
    expect((await apply(gzipSync('no drawing'), WIZS)).outcome).toMatchObject({ type: 'failed' });
  });

  test('becomes a picture where the host does not take it, or where that was asked for', async () => {
    for (const [takes, part] of [[IMGURL, {}], [WIZS, { svg: 'rasterise' }]] as const) {
      const { outcome, made } = await apply(drawing(harmless), takes, part);
      expect(outcome).toMatchObject({ type: 'made', extension: 'png' });
      const facts = await sharp(made).metadata();
      expect([facts.width, facts.height]).toEqual([1024, 512]);
    }
    expect((await apply(gzipSync(drawing(harmless)), IMGURL)).outcome).toMatchObject({ type: 'made', extension: 'png' });
    expect((await apply(drawing('<script/>'), WIZS, { svg: 'keep' })).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('whose text is too long is said to be too large, packed or not', async () => {
    const text = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3">${' '.repeat(11_000_000)}</svg>`);
    for (const bytes of [text, gzipSync(text)]) expect((await apply(bytes, WIZS)).outcome).toEqual({ type: 'failed', why: 'too_big' });
  });

  test('of any size is cleaned, and refused only where it has to be drawn', async () => {
    for (const size of ['width="99999999" height="9"', 'width="99999999" height="99999999"', 'viewBox="0 0 99999999 99999999"', 'width="30000" height="30000"']) {
      const text = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><script>x</script><rect width="5" height="5"/></svg>`;
      const { outcome, made } = await apply(Buffer.from(text), WIZS);
      expect([size, outcome]).toMatchObject([size, { type: 'made', extension: 'svg', removed: ['script'] }]);
      expect(made.toString()).toBe(text.replace('<script>x</script>', ''));
      expect([size, (await apply(Buffer.from(text), IMGURL)).outcome]).toEqual([size, { type: 'failed', why: 'too_big' }]);
    }
  });

  const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">';
  /** Parts of which each draws the one before ten times. */
  const tenfold = (part: (id: string, of: string) => string, last = '<rect id="l0" width="1" height="1"/>'): string => `${SVG}${last}${Array.from({ length: 9 }, (_, at) => part(`l${at + 1}`, `l${at}`)).join('')}</svg>`;
  const group = (use: (of: string) => string) => (id: string, of: string) => `<g id="${id}">${use(of).repeat(10)}</g>`;
  const pattern = (id: string, of: string, rect: string): string => `<pattern id="${id}" width="9" height="9" patternUnits="userSpaceOnUse">${rect.replaceAll('OF', of).repeat(10)}</pattern>`;
  const tile = '<pattern id="l0" width="1" height="1"/>';
  const many = '&#65;'.repeat(600);
  test.each([
    ['classes', tenfold((id, of) => `<style>.c${of}{fill:url(#${of})}</style>${pattern(id, of, '<rect class="cOF" width="9" height="9"/>')}`, tile)],
    ['classes that are asked for with more', tenfold((id, of) => `<style>@media all{svg rect, pattern > rect.c${of}:not(.x){stroke:none;fill:u\\72l("#${of}")}}</style>${pattern(id, of, '<rect class="a cOF" width="9" height="9"/>')}`, tile)],
    ['signs as numbers', tenfold(group((of) => `<use href="&#35;${of}"/>`))],
    ['signs as numbers, and more of these than its parser reads', tenfold(group((of) => `<use href="&#x23;${of}"/>`)).replace('</svg>', `<text>${many}</text></svg>`)],
    ['an entity', tenfold(group((of) => `<use href="&h;${of.slice(1)}"/>`)).replace('<svg', '<!DOCTYPE svg [<!ENTITY h "#l">]><svg')],
    ['an entity of numbers', tenfold(group((of) => `<use href="&h;${of.slice(1)}"/>`)).replace('<svg', '<!DOCTYPE svg [<!ENTITY h "&#35;l">]><svg')],
    ['an entity that is a tag', tenfold((id, of) => `<g id="${id}">${`&u${of};`.repeat(10)}</g>`).replace('<svg', `<!DOCTYPE svg [${Array.from({ length: 9 }, (_, at) => `<!ENTITY ul${at} "<use href='#l${at}'/>">`).join('')}]><svg`)],
    ['names with signs as numbers', tenfold((id, of) => `<g id="&#108;${id.slice(1)}">${`<use href="#${of}"/>`.repeat(10)}</g>`)],
    ['patterns that come down from a group', tenfold((id, of) => `<pattern id="${id}" width="9" height="9" patternUnits="userSpaceOnUse"><g fill="url(#${of})">${'<rect width="9" height="9"/>'.repeat(10)}</g></pattern>`, tile)],
    ['patterns that come down from a style', tenfold((id, of) => `<pattern id="${id}" width="9" height="9" patternUnits="userSpaceOnUse"><g style="opacity:1;stroke:url(#${of})"><g fill="red">${'<rect width="9" height="9"/>'.repeat(10)}</g></g></pattern>`, tile)],
    ['patterns that come down from a class', tenfold((id, of) => `<style>g.c${of}{fill:url(#${of})}</style><pattern id="${id}" width="9" height="9" patternUnits="userSpaceOnUse"><g class="c${of}">${'<rect width="9" height="9"/>'.repeat(10)}</g></pattern>`, tile)],
    ['patterns that come down to what is used', tenfold((id, of) => `<pattern id="${id}" width="9" height="9" patternUnits="userSpaceOnUse"><use href="#many" fill="url(#${of})"/></pattern>`, `${tile}<defs><g id="many">${'<rect width="9" height="9"/>'.repeat(10)}</g></defs>`)],
    ['what its document type says of its elements', tenfold((id, of) => `<g id="${id}" xmlns:${of}="http://www.w3.org/2000/svg">${`<${of}:use/>`.repeat(10)}</g>`).replace('<svg', `<!DOCTYPE svg [<!ELEMENT a ANY>${Array.from({ length: 9 }, (_, at) => `<!ATTLIST l${at}:use\n  x CDATA #IMPLIED href CDATA #FIXED "#l${at}">`).join('')}]><svg`)],
    ['an attribute with the end of a tag in it', tenfold(group((of) => `<use class="/>" href="#${of}"/>`))],
  ])('that draws itself again and again by %s is refused at once, with a true sentence', async (_what, text) => {
    const before = performance.now();
    for (const takes of [WIZS, IMGURL]) expect((await apply(Buffer.from(text), takes)).outcome).toEqual({ type: 'failed', why: 'trap' });
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('that takes longer to draw than people wait is given up where it has to be drawn, and sent where it has not', async () => {
    const blurred = `${SVG.replaceAll('"9"', '"400"')}<filter id="f" x="0" y="0" width="1" height="1">${'<feGaussianBlur stdDeviation="90"/>'.repeat(3)}</filter><g onclick="a()"><rect width="400" height="400" filter="url(#f)"/></g></svg>`;
    const [drawn, cut] = [await apply(Buffer.from(blurred), IMGURL, {}, 1), await apply(Buffer.from(blurred), WIZS, { crop: { tolerance: 1, margin: 0 } }, 1)];
    for (const { outcome } of [drawn, cut]) expect(outcome).toEqual({ type: 'failed', why: 'slow' });
    expect((await apply(Buffer.from(blurred), WIZS, {}, 1)).outcome).toMatchObject({ type: 'made', extension: 'svg' });
    expect((await apply(Buffer.from(blurred), IMGURL)).outcome).toMatchObject({ type: 'made', extension: 'png' });
  });

  test('that draws as much as people draw, in these ways, is drawn', async () => {
    const style = '<style>.a{fill:url(#p)}/* } */ rect,.b{stroke:url(#g)}</style><linearGradient id="g"><stop/></linearGradient><pattern id="p" width="2" height="2"><rect width="1" height="1" fill="red"/></pattern>';
    const text = `<!DOCTYPE svg [<!ENTITY h "#r">]>${SVG}${style}<rect id="r" class="a" width="9" height="9"/><!-- <g> > ' -->${'<use href="&h;"/><use aria-label="a > b" href="&#35;r"/>'.repeat(3)}</svg>`;
    expect((await apply(Buffer.from(text), IMGURL)).outcome).toMatchObject({ type: 'made', extension: 'png' });
  });

  test.each([
    ['what it names', '<!ENTITY x SYSTEM "other.svg">'],
    ['by a public name', "<!ENTITY x PUBLIC '-//X' 'other.ent'>"],
    ['its document type', '<!ENTITY % x SYSTEM "file:///other.dtd"> %x;'],
  ])('that takes parts from other files fails with a word of its own: %s', async (_what, entity) => {
    for (const takes of [WIZS, IMGURL]) expect((await apply(Buffer.from(`<!DOCTYPE svg [${entity}]>${SVG}<text>&x;</text></svg>`), takes)).outcome).toEqual({ type: 'failed', why: 'outside' });
  });

  test('that is built to exhaust whoever reads it fails with a word', async () => {
    const laughs = `<!DOCTYPE svg [<!ENTITY a "${'ha'.repeat(50)}">${'bcdefghij'.split('').map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'.charAt(at)};`.repeat(20)}">`).join('')}]><svg xmlns="http://www.w3.org/2000/svg"><text>&j;</text></svg>`;
    const deep = `<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(200_000)}${'</g>'.repeat(200_000)}</svg>`;
    const copies = (of: (name: string) => string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect id="a0" width="1" height="1"/>${Array.from({ length: 30 }, (_, at) => `<g id="a${at + 1}">${of(`a${at}`).repeat(2)}</g>`).join('')}</svg>`;
    const doubled = copies((name) => `<use href="#${name}"/>`);
    const masked = copies((name) => `<rect width="9" height="9" style="mask:url(#${name})"/>`);
    const past = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${'<g>'.repeat(600)}<rect width="5" height="5"/>${'</g>'.repeat(600)}</svg>`;
    for (const bytes of [laughs, deep, past, doubled, masked]) expect((await apply(Buffer.from(bytes), WIZS)).outcome).toEqual({ type: 'failed', why: 'trap' });
    const ring = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>';
    expect((await apply(Buffer.from(ring), WIZS)).outcome).not.toMatchObject({ why: 'trap' });
    for (const bytes of ['<svg', '<svg xmlns="http://www.w3.org/2000/svg"><g>']) expect((await apply(Buffer.from(bytes), WIZS)).outcome).toMatchObject({ type: 'failed' });
    expect((await apply(gzipSync(Buffer.alloc(20_000_000, ' ')), IMGURL)).outcome).toMatchObject({ type: 'failed' });
  });
});

describe('a damaged file', () => {
  test('of these formats fails with a word', async () => {
    const heic = heicPhoto();
    const huge = bmp(2, 2, Buffer.alloc(12));
    huge.writeInt32LE(60_000, 18);
    huge.writeInt32LE(-60_000, 22);
    expect((await apply(huge, ['jpg'])).outcome).toEqual({ type: 'failed', why: 'too_big' });
    for (const bytes of [heic.subarray(0, 3000), heic.subarray(0, 200), Buffer.from('BM'), bmp(9, 9, Buffer.alloc(3)).subarray(0, 60)]) {
      expect((await apply(bytes, ['jpg'], { format: 'jpeg' })).outcome).toMatchObject({ type: 'failed' });
    }
  });
});
