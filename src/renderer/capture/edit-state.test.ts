import { expect, test } from 'vitest';
import { addMark, arrowShape, cropTo, isDrawnOn, redo, undo, untouched, type Mark } from './edit-state';
import { cropToRgba, pixelate } from './pixels';

const mark = (x: number): Mark => ({ kind: 'rectangle', part: { x, y: 0, width: 1, height: 1 }, colour: 'red', width: 3 });

test('every step can be undone and done again, and a new one ends what was undone', () => {
  const two = cropTo(addMark(untouched, mark(1)), { x: 0, y: 0, width: 5, height: 5 });
  expect(undo(two).now).toEqual({ crop: null, marks: [mark(1)] });
  expect(redo(undo(two))).toEqual(two);
  expect(undo(undo(undo(two))).now).toEqual(untouched.now);
  const other = addMark(undo(two), mark(2));
  expect(redo(other)).toEqual(other);
});

test('only what is on the picture now counts as drawn', () => {
  expect(isDrawnOn(untouched)).toBe(false);
  expect(isDrawnOn(addMark(untouched, mark(1)))).toBe(true);
  expect(isDrawnOn(undo(addMark(untouched, mark(1))))).toBe(false);
});

test('an arrow ends in its point, however short it is', () => {
  expect(arrowShape({ x: 0, y: 0 }, { x: 100, y: 0 }, 5)).toContainEqual({ x: 100, y: 0 });
  expect(arrowShape({ x: 10, y: 10 }, { x: 10, y: 13 }, 9)).toContainEqual({ x: 10, y: 13 });
  expect(arrowShape({ x: 1, y: 1 }, { x: 1, y: 1 }, 9)).toEqual([]);
});

test('a part of a frame has its very pixels, opaque, wherever the frame lies in memory', () => {
  const bytes = new Uint8Array(4 * 4 * 3 + 1);
  const pixels = bytes.subarray(1);
  for (let at = 0; at < 12; at += 1) pixels.set([at, at + 50, at + 100, 0], at * 4);
  const { data } = cropToRgba({ width: 4, pixels }, { x: 1, y: 1, width: 2, height: 2 });
  expect([...data]).toEqual([105, 55, 5, 255, 106, 56, 6, 255, 109, 59, 9, 255, 110, 60, 10, 255]);
});

test('pixelating leaves one colour a block, the average, at the edges too', () => {
  const data = new Uint8ClampedArray(5 * 3 * 4);
  for (let at = 0; at < 15; at += 1) data.set([at * 10, 0, at % 2 === 0 ? 255 : 0, 255], at * 4);
  pixelate({ width: 5, height: 3, data }, 2);
  const red = (x: number, y: number) => data[(y * 5 + x) * 4];
  expect([red(0, 0), red(1, 0), red(0, 1), red(1, 1)]).toEqual([30, 30, 30, 30]);
  expect([red(4, 0), red(4, 1)]).toEqual([65, 65]);
  expect(red(4, 2)).toBe(140);
});
