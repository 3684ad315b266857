import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centredPlace, editorPlace, EDITOR_MIN, placeRegion } from './geometry';
import { screenshotName } from './names';
import { pngSize } from './png';
import type { DisplayView } from './ports';

const display = (id: string, width = 1600, height = 1000, scale = 1): DisplayView => {
  const bounds = { x: 100, y: 50, width, height };
  return { id, bounds, workArea: { ...bounds, height: height - 40 }, pixels: { width: width * scale, height: height * scale } };
};

test('the last region is found again on its display, in its pixels', () => {
  const region = { display: 'b', x: 2000, y: 10, width: 1200, height: 900 };
  expect(placeRegion(region, [display('a'), display('b', 1600, 1000, 2)])).toEqual({ display: display('b', 1600, 1000, 2), part: { x: 2000, y: 10, width: 1200, height: 900 } });
});

test('a last region whose display is gone or shows fewer pixels now is none', () => {
  const region = { display: 'b', x: 2000, y: 10, width: 1200, height: 900 };
  expect(placeRegion(region, [display('a', 1600, 1000, 2)])).toBeNull();
  expect(placeRegion(region, [display('b', 1600, 1000, 1)])).toBeNull();
  expect(placeRegion({ ...region, x: -5 }, [display('b', 1600, 1000, 2)])).toBeNull();
  expect(placeRegion(null, [display('b')])).toBeNull();
});

test('windows of the capture lie inside the display, however large the picture', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(1, 1.5, 2), (width, height, scale) => {
      const on = display('a', 1600, 1000, scale);
      for (const place of [editorPlace({ width, height }, on), centredPlace(on, { width, height }, 'top'), centredPlace(on, { width, height }, 'middle')]) {
        expect(place.x).toBeGreaterThanOrEqual(on.workArea.x);
        expect(place.y).toBeGreaterThanOrEqual(on.workArea.y);
        expect(place.x + place.width).toBeLessThanOrEqual(on.workArea.x + on.workArea.width + 1);
        expect(place.y + place.height).toBeLessThanOrEqual(on.workArea.y + on.workArea.height + 1);
      }
      expect(editorPlace({ width, height }, on).height).toBeGreaterThanOrEqual(EDITOR_MIN.height);
    }),
  );
});

test('a screenshot is named by the moment it was taken', () => {
  expect(screenshotName(new Date(2026, 0, 5, 7, 8, 9).getTime())).toBe('screenshot-20260105-070809.png');
});

test('only a PNG with a size counts as one', () => {
  const header = Buffer.alloc(33);
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect(pngSize(header)).toBeNull();
  header.writeUInt32BE(640, 16);
  header.writeUInt32BE(480, 20);
  expect(pngSize(header)).toEqual({ width: 640, height: 480 });
  expect(pngSize(header.subarray(0, 20))).toBeNull();
  expect(pngSize(Buffer.alloc(33, 0xff))).toBeNull();
});
