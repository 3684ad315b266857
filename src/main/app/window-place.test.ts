import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SIZE, MIN_SIZE, placeWindow } from './window-place';

const wide = { id: '1', workArea: { x: 0, y: 25, width: 1920, height: 1055 } };

test('opens where it was left', () => {
  expect(placeWindow({ x: 100, y: 90, width: 900, height: 600, display: '1' }, [wide])).toEqual({ x: 100, y: 90, width: 900, height: 600 });
});

test('opens at its default size, placed by the system, when its display is gone', () => {
  expect(placeWindow({ x: 3000, y: 0, width: 900, height: 600, display: '2' }, [wide])).toEqual(DEFAULT_SIZE);
  expect(placeWindow(null, [wide])).toEqual(DEFAULT_SIZE);
});

test('always lies within its display, whatever was remembered', () => {
  const number = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(number, number, number, number, (x, y, width, height) => {
      const place = placeWindow({ x, y, width, height, display: '1' }, [wide]);
      expect(place.width).toBeGreaterThanOrEqual(MIN_SIZE.width);
      expect(place.x ?? 0).toBeGreaterThanOrEqual(0);
      expect((place.x ?? 0) + place.width).toBeLessThanOrEqual(1920);
      expect((place.y ?? 0) + place.height).toBeLessThanOrEqual(1080);
    }),
  );
});
