import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readByExiftool } from '../../../test/pictures/exiftool';
import { hdrPhoto } from '../../../test/pictures/sample-hdr';
import { painted, segment, withAll, withSegments } from '../../../test/pictures/sample-pictures';
import { PreparationProfile } from '../../shared/model/preparation';
import { NEW_FRAME, NEW_WATERMARK } from '../../shared/model/preparation-profiles';
import { applyProfile } from './apply-profile';
import { isSrgb } from './is-srgb';
import { loadSharp } from './load-sharp';
import { hardenSharp } from './make-thumbnail';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-keeping-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const apply = async (bytes: Uint8Array, part: Partial<PreparationProfile>) => {
  const [path, to] = [join(folder, 'from.jpg'), join(folder, 'to.jpg')];
  writeFileSync(path, bytes);
  rmSync(to, { force: true });
  const profile = PreparationProfile.parse({ id: 'p', name: 'p', ...part });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile, takes: [] });
  return { outcome, made: existsSync(to) ? readFileSync(to) : Buffer.alloc(0) };
};
const CAPTION = segment(0xed, Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0f\x1c\x02\x50\0\x0aSecret man\0', 'latin1'));
const big = () => painted(sharp, 3, [200, 120]);
const kinds = { 'with a colour profile': () => withAll(big(), 6), 'without one': () => big().withExif({ IFD0: { Make: 'Picferry Cameras', Orientation: '6' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1' } }).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Somebody"/></rdf:RDF></x:xmpmeta>') } as const;

describe('what a picture says stays in its new file where that is wanted', () => {
  const asked: Readonly<Record<string, Partial<PreparationProfile>>> = {
    'a size': { resize: { by: 'width', value: 60 } },
    'a frame': { frame: NEW_FRAME, format: 'jpeg' },
    'a watermark': { watermark: { ...NEW_WATERMARK, text: 'x' } },
    'a number of bytes': { maxBytes: 4000 },
    'sRGB': { colour: 'srgb', resize: { by: 'width', value: 60 } },
  };
  for (const [kind, make] of Object.entries(kinds)) {
    test.each(Object.entries(asked))(`${kind}: %s`, async (_what, part) => {
      const photo = withSegments(await make().jpeg({ quality: 92 }).toBuffer(), CAPTION);
      const { outcome, made } = await apply(photo, { metadata: 'keep', ...part });
      expect(outcome).toMatchObject({ type: 'made', extension: 'jpg', removed: [] });
      if (part.maxBytes !== undefined) expect(made.length).toBeLessThanOrEqual(part.maxBytes ?? 0);
      const said = readByExiftool(folder)['to.jpg'] ?? {};
      expect(said).toMatchObject({ 'IFD0:Make': 'Picferry Cameras', 'GPS:GPSLatitude': expect.closeTo(39.9, 1), 'IPTC:By-line': 'Secret man' });
      expect(said['XMP-dc:Creator']).toBeDefined();
      // It is turned for good, and does not say that it is to be turned again.
      expect(said['IFD0:Orientation'] ?? 1).toBe(1);
    });
  }

  test.each(Object.entries(asked))('and without that nothing stays, nor becomes said that was not: %s', async (_what, part) => {
    for (const make of [...Object.values(kinds), big]) {
      for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
        const { outcome, made } = await apply(await make().jpeg({ quality: 92 }).toBuffer(), { metadata: 'strip', ...part, format });
        expect(outcome).toMatchObject({ type: 'made' });
        const { exif, xmp, iptc } = await sharp(made).metadata();
        expect([format, exif, xmp, iptc]).toEqual([format, undefined, undefined, undefined]);
      }
    }
  });

  test('but what makes it brighter on HDR screens has no place in a new encoding, and is told of', async () => {
    const { bytes } = await hdrPhoto(sharp, { numbers: 'one' });
    for (const metadata of ['keep', 'strip'] as const) expect((await apply(bytes, { metadata, resize: { by: 'width', value: 30 } })).outcome).toMatchObject({ removed: expect.arrayContaining(['gainmap']) as string[] });
  });

  test('and goes where it is not, frame or no frame', async () => {
    for (const part of [{ frame: NEW_FRAME }, { resize: { by: 'width', value: 60 } }] as const) {
      const { made } = await apply(withSegments(await kinds['without one']().jpeg().toBuffer(), CAPTION), { ...part, format: 'jpeg' });
      expect(made.length).toBeGreaterThan(0);
      expect(Object.keys(readByExiftool(folder)['to.jpg'] ?? {}).filter((name) => /^(IFD0:Make|GPS|IPTC|XMP)/.test(name))).toEqual([]);
    }
  });
});

describe('a picture that is in sRGB already', () => {
  test.each([
    ['without a profile', () => big()],
    ['with its profile', () => big().withIccProfile('srgb')],
  ] as const)('is not encoded anew to become that: %s', async (_what, make) => {
    for (const format of ['jpeg', 'png', 'webp'] as const) expect((await apply(await make().toFormat(format).toBuffer(), { colour: 'srgb' })).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('is told from one with other colours by what its profile says', async () => {
    const profileOf = async (name: string): Promise<Buffer> => (await sharp(await big().withIccProfile(name).jpeg().toBuffer()).metadata()).icc ?? Buffer.alloc(0);
    const srgb = await profileOf('srgb');
    expect([isSrgb(srgb), isSrgb(await profileOf('p3')), isSrgb(await profileOf('cmyk'))]).toEqual([true, false, false]);
    // Another curve, a table that counts before the rest, and parts that are missing.
    const curved = Buffer.from(srgb);
    curved.writeInt32BE(Math.round(1.8 * 65_536), srgb.indexOf('para') + 12);
    const tabled = Buffer.from(srgb.toString('latin1').replace('cprt', 'A2B0'), 'latin1');
    for (const other of [curved, tabled, srgb.subarray(0, 200), Buffer.alloc(0), Buffer.alloc(300, 'RGB ')]) expect(isSrgb(other)).toBe(false);
  });

  test('is known by a curve that is told as a table, too', async () => {
    const srgb = (await sharp(await big().withIccProfile('srgb').jpeg().toBuffer()).metadata()).icc ?? Buffer.alloc(0);
    const table = Buffer.alloc(12 + 1024 * 2);
    table.write('curv', 0, 'latin1');
    table.writeUInt32BE(1024, 8);
    for (let at = 0; at < 1024; at += 1) table.writeUInt16BE(Math.round(65_535 * (at / 1023 <= 0.04045 ? at / 1023 / 12.92 : ((at / 1023 + 0.055) / 1.055) ** 2.4)), 12 + at * 2);
    const made = Buffer.concat([srgb, table]);
    for (let tag = 0; tag < srgb.readUInt32BE(128); tag += 1) if (srgb.toString('latin1', 133 + tag * 12, 136 + tag * 12) === 'TRC') made.writeUInt32BE(srgb.length, 136 + tag * 12);
    expect(isSrgb(made)).toBe(true);
  });
});
