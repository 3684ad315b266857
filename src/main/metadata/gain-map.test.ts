import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readByExiftool } from '../../../test/pictures/exiftool';
import { hdrPhoto, type HdrKind } from '../../../test/pictures/sample-hdr';
import { loadSharp } from '../imaging/load-sharp';
import { plainFile, readFully } from '../../lib/plain-file';
import { STEP_BYTES } from '../../lib/step-buffers';
import type { StripPlan } from './contract';
import { planFile } from './plan-file';
import { KEPT_BY_STRIPPING, planStrip } from './plan-strip';
import { scanBytes } from './scan';

const sharp = loadSharp(import.meta.url, 'linux');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-hdr-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plan = (file: Buffer): StripPlan => scanBytes(planStrip('jpeg', file.length, KEPT_BY_STRIPPING), file);
const made = (file: Buffer): { readonly bytes: Buffer; readonly removed: readonly string[] } => {
  const found = plan(file);
  if (found.type !== 'cut') throw new Error(found.type);
  const bytes = Buffer.concat(found.pieces.map((piece) => ('bytes' in piece ? piece.bytes : file.subarray(piece.from, piece.to))));
  expect(bytes.length).toBe(found.bytes);
  return { bytes, removed: found.removed };
};
/** The second picture as another program finds it. */
const secondOf = (bytes: Buffer, tag: string): Buffer => {
  writeFileSync(join(folder, 'a.jpg'), bytes);
  return spawnSync('exiftool', ['-b', `-${tag}`, join(folder, 'a.jpg')], { maxBuffer: 1e7 }).stdout;
};
const pixels = (bytes: Buffer): Promise<Buffer> => sharp(bytes).raw().toBuffer();
const kinds: readonly (readonly [string, HdrKind])[] = [
  ['one number for all colours', { numbers: 'one' }],
  ['one for each colour', { numbers: 'each' }],
  ['ISO 21496-1', { numbers: 'iso' }],
  ['something between and behind', { numbers: 'one', between: Buffer.from('GPS +39.9-116.4'), behind: Buffer.from('\0\0\0\x18ftypmp42 +39.9-116.4/') }],
];

describe('the gain map of an HDR picture', () => {
  test.each(kinds)('stays, without what a camera says in it: %s', async (_what, kind) => {
    const { bytes, map } = await hdrPhoto(sharp, kind);
    const { bytes: after, removed } = made(bytes);
    expect(removed).toEqual(expect.arrayContaining(['exif', 'location']));
    expect(removed).not.toContain('gainmap');
    expect(removed.includes('trailer')).toBe(kind.behind !== undefined);
    const second = secondOf(after, 'MPImage2');
    expect(second.length).toBeGreaterThan(map.length);
    expect((await pixels(second)).equals(await pixels(map))).toBe(true);
    expect((await pixels(after)).equals(await pixels(bytes))).toBe(true);
    if (kind.numbers === 'one') expect((await sharp(after).metadata()).gainMap?.image.length).toBe(second.length);
    // The picture ends with it, and both ways of telling where it lies agree.
    expect(after.subarray(-second.length).equals(second)).toBe(true);
    if (kind.numbers !== 'iso') expect(after.toString('latin1')).toContain(`Item:Length="${second.length}"`);
    writeFileSync(join(folder, 'b.jpg'), second);
    const [first, other] = [readByExiftool(folder)['a.jpg'] ?? {}, readByExiftool(folder)['b.jpg'] ?? {}];
    for (const said of [first, other]) expect(Object.keys(said).filter((name) => !name.startsWith('ICC') && /GPS|Artist|Make|Creator|UIDList|ExifIFD|Warning/i.test(name))).toEqual([]);
    if (kind.numbers === 'one') expect(other).toMatchObject({ 'XMP-hdrgm:GainMapMax': 2.25, 'XMP-hdrgm:GainMapMin': -0.5, 'XMP-hdrgm:HDRCapacityMax': 2.25 });
    if (kind.numbers === 'each') expect(other).toMatchObject({ 'XMP-hdrgm:GainMapMax': [2.25, 2.5, 0.15] });
    if (kind.numbers === 'iso') expect(second.includes('urn:iso:std:iso:ts:21496')).toBe(true);
    expect(first['IFD0:Orientation']).toBe(6);
    for (const text of ['Secret', 'my own number', '+39.9']) expect(after.includes(text)).toBe(false);
    expect(plan(after)).toEqual({ type: 'clean' });
  });

  test('is found in a file that is not read at once', async () => {
    const { bytes } = await hdrPhoto(sharp, { numbers: 'one', between: Buffer.alloc(2_500_000, 7), behind: Buffer.alloc(1_500_000, 7) });
    const path = join(folder, 'large.jpg');
    writeFileSync(path, bytes);
    const file = await plainFile.open(path, 'r');
    const step = Buffer.alloc(STEP_BYTES);
    const inFile = await planFile({ file, size: bytes.length, step, filled: await readFully(file, step, 0) }, KEPT_BY_STRIPPING, new AbortController().signal);
    await plainFile.close(file);
    expect(inFile).toEqual(plan(bytes));
    expect(inFile).toMatchObject({ type: 'cut', removed: expect.not.arrayContaining(['gainmap']) as string[] });
  });

  test('never makes another picture of a damaged file', async () => {
    const { bytes } = await hdrPhoto(sharp, { numbers: 'each', behind: Buffer.from('behind') });
    const start = bytes.indexOf(Buffer.from([0xff, 0xda]));
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.integer({ min: 2, max: bytes.length - 1 }), value: fc.integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 4 }), (damages) => {
        const damaged = Buffer.from(bytes);
        for (const { at, value } of damages) damaged[at] = value;
        const found = plan(damaged);
        // The compressed pixels of the picture itself come out as they went in.
        if (found.type !== 'cut' || damages.some(({ at }) => at < start + 1000)) return;
        const after = Buffer.concat(found.pieces.map((piece) => ('bytes' in piece ? piece.bytes : damaged.subarray(piece.from, piece.to))));
        expect(after.includes(damaged.subarray(start, start + 500))).toBe(true);
        expect(after.includes('behind')).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('goes where it does not lie where the picture says, and is told of', async () => {
    const { bytes } = await hdrPhoto(sharp, { numbers: 'one' });
    const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9, 0xff, 0xd8])) + 2;
    const cut = bytes.subarray(0, -20);
    const other = Buffer.concat([bytes.subarray(0, end), Buffer.from('GPS'), bytes.subarray(end)]);
    for (const file of [cut, other]) {
      const { bytes: after, removed } = made(file);
      expect(removed).toEqual(expect.arrayContaining(['gainmap', 'trailer']));
      expect(after.includes('hdr-gain-map') || after.includes('MPF\0')).toBe(false);
      expect((await pixels(after)).equals(await pixels(bytes))).toBe(true);
    }
  });
});
