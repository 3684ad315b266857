import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrowStep, chosenPart, choosing, pointAt, shownArea, type Crosshair, type Keys } from './crosshair';

const area = { width: 640, height: 480 };
const key = (name: string, more: Partial<Keys> = {}): Keys => ({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, ...more });
const press = (state: Crosshair, ...keys: readonly Keys[]): Crosshair => keys.reduce((now, each) => arrowStep(now, each, area) ?? now, state);
const middle: Crosshair = { at: { x: 320, y: 240 }, anchor: null };

test('arrows move by one pixel, with Ctrl or Cmd by ten', () => {
  expect(press(middle, key('ArrowRight'), key('ArrowUp', { ctrlKey: true }), key('ArrowLeft', { metaKey: true })).at).toEqual({ x: 311, y: 230 });
  expect(arrowStep(middle, key('a'), area)).toBeNull();
});

test('Shift draws a part out from where the crosshair is, and arrows then move it as a whole', () => {
  const drawn = press(middle, key('ArrowRight', { shiftKey: true, ctrlKey: true }), key('ArrowDown', { shiftKey: true }));
  expect(chosenPart(drawn)).toEqual({ x: 320, y: 240, width: 10, height: 1 });
  expect(chosenPart(press(drawn, key('ArrowLeft')))).toEqual({ x: 319, y: 240, width: 10, height: 1 });
});

test('nothing leaves the picture, and a moved part keeps its size', () => {
  const keys = fc.record({ key: fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'), shiftKey: fc.boolean(), ctrlKey: fc.boolean(), metaKey: fc.constant(false) });
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 200 }), (pressed) => {
      let state = choosing({ x: 600, y: 440, width: 30, height: 20 });
      for (const each of pressed) {
        const before = chosenPart(state);
        state = arrowStep(state, each, area) ?? state;
        const part = chosenPart(state);
        if (part !== null) {
          expect(part.x >= 0 && part.y >= 0 && part.x + part.width <= 640 && part.y + part.height <= 480).toBe(true);
          if (!each.shiftKey && before !== null) expect([part.width, part.height]).toEqual([before.width, before.height]);
        }
      }
    }),
  );
});

test('a pointer on the last place of a display reaches its last pixel, at every scale', () => {
  const page = { width: 800, height: 500 };
  for (const scale of [1, 1.5, 2]) {
    const pixels = { width: 800 * scale, height: 500 * scale };
    const shown = shownArea(pixels, page, scale);
    expect(pointAt({ x: 799, y: 499 }, page, shown, pixels)).toEqual({ x: pixels.width, y: pixels.height });
    expect(pointAt({ x: 0, y: 100 }, page, shown, pixels)).toEqual({ x: 0, y: 100 * scale });
  }
});

test('a window that is a pixel smaller than its display shifts nothing', () => {
  const pixels = { width: 1600, height: 1000 };
  const page = { width: 1599, height: 999 };
  const shown = shownArea(pixels, page, 1);
  for (const x of [200, 800, 1400, 1597]) expect(pointAt({ x, y: 500 }, page, shown, pixels)).toEqual({ x, y: 500 });
  expect(pointAt({ x: 1598, y: 998 }, page, shown, pixels)).toEqual({ x: 1600, y: 1000 });
  expect(shownArea({ width: 1280, height: 720 }, page, 1)).toEqual(page);
});

test('a window that reaches beyond its display chooses up to the display’s last pixel', () => {
  for (const scale of [1, 2]) {
    const pixels = { width: 800 * scale, height: 500 * scale };
    const page = { width: 800, height: 501 };
    const shown = shownArea(pixels, page, scale);
    expect(pointAt({ x: 799, y: 499 }, page, shown, pixels)).toEqual({ x: pixels.width, y: pixels.height });
    expect(pointAt({ x: 400, y: 498 }, page, shown, pixels)).toEqual({ x: 400 * scale, y: 498 * scale });
  }
});
