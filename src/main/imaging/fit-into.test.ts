import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitInto } from './fit-into';

type Asked = { readonly quality: number | null; readonly scale: number };
/** Runs the search over what `bytesOf` says each encoding has. */
const search = async (maxBytes: number, best: number | null, bytesOf: (quality: number, scale: number) => number) => {
  const asked: Asked[] = [];
  const made = await fitInto(maxBytes, best, (quality, scale) => {
    asked.push({ quality, scale });
    return Promise.resolve(Buffer.alloc(Math.max(1, Math.round(bytesOf(quality ?? 100, scale)))));
  });
  return { bytes: made?.length ?? null, last: asked.at(-1), asked, whole: asked.filter(({ scale }) => scale === 1).length };
};
/** Bytes as encoders make them: a power of the quality, with some unevenness, and with the area. */
const curve = (start: number, rise: number, uneven: number) => (quality: number, scale: number) => start * Math.exp(rise * quality + uneven * Math.sin(quality * 1.7)) * scale ** 1.8;
const curves = { start: fc.integer({ min: 300, max: 20_000 }), rise: fc.double({ min: 0.01, max: 0.07, noNaN: true }), best: fc.integer({ min: 26, max: 100 }) };

test('finds, of encodings that grow evenly, one that fits and is close to what is allowed, in five tries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ ...curves, share: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }), async ({ start, rise, best, share }) => {
      const bytesOf = curve(start, rise, 0);
      const [least, most] = [bytesOf(25, 1), bytesOf(best, 1)];
      const maxBytes = Math.ceil(least + (most - least) * share) + 1;
      const { bytes, asked, whole } = await search(maxBytes, best, bytesOf);
      expect(asked.length).toBe(whole);
      expect(whole).toBeLessThanOrEqual(5);
      expect(bytes).toBeLessThanOrEqual(maxBytes);
      const found = Math.max(...asked.map(({ quality }) => quality ?? 0).filter((quality) => Math.round(bytesOf(quality, 1)) <= maxBytes));
      expect((bytes ?? 0) >= maxBytes * 0.9 || Math.round(bytesOf(found + 1, 1)) > maxBytes).toBe(true);
    }),
  );
});

test('never resolves with more than is allowed, and encodes the whole picture six times at most, whatever comes of that', async () => {
  const any = fc.record({ ...curves, uneven: fc.double({ min: 0, max: 1, noNaN: true }), maxBytes: fc.integer({ min: 1, max: 2_000_000 }), step: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(any, async ({ start, rise, best, uneven, maxBytes, step }) => {
      const smooth = curve(start, rise, uneven);
      // A PNG with all its colours is several times as large as one with nearly all of them.
      const { bytes, asked, whole } = await search(maxBytes, best, (quality, scale) => smooth(quality, scale) * (step && quality === best ? 5 : 1));
      expect(bytes ?? 0).toBeLessThanOrEqual(maxBytes);
      expect(whole).toBeLessThanOrEqual(6);
      expect(asked.length).toBeLessThanOrEqual(14);
    }),
  );
});

test('keeps the size where the least quality fits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ ...curves, bends: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 101, maxLength: 101 }) }), async ({ start, best, bends }) => {
      const bytesOf = (quality: number): number => start + bends.slice(0, quality + 1).reduce((sum, part) => sum + part, 0);
      expect((await search(bytesOf(25), best, bytesOf)).last?.scale).toBe(1);
    }),
  );
});

test('of what loses nothing only the size is looked for, and nothing is found where nothing fits', async () => {
  const lossless = await search(5000, null, (_quality, scale) => 100_000 * scale ** 2);
  expect(lossless.asked.every(({ quality }) => quality === null)).toBe(true);
  expect(lossless.bytes).toBeLessThanOrEqual(5000);
  expect((await search(10, 80, () => 11)).bytes).toBeNull();
});

test('where quality takes no bytes off, as for a PNG of noise, four encodings of the whole picture are enough to know that it has to be smaller', async () => {
  const { bytes, whole, asked } = await search(5000, 100, (quality, scale) => (quality === 100 ? 16_000 : 5300) * scale ** 2);
  expect([whole, asked.length]).toEqual([4, 5]);
  expect(bytes).toBeGreaterThan(3000);
});
