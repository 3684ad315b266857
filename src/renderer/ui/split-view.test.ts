import { expect, test } from 'vitest';
import { actualZoom, fitted, panned, zoomedAt, type View } from './split-view';

const room = { width: 800, height: 600 };
const large = { width: 4000, height: 3000 };

test('a picture that is larger than the room is fitted into its middle, a smaller one is not made larger', () => {
  expect(fitted(large, room, 1)).toEqual({ zoom: 0.2, x: 0, y: 0 });
  expect(fitted({ width: 400, height: 200 }, room, 1)).toEqual({ zoom: 1, x: 200, y: 200 });
  expect(fitted({ width: 400, height: 200 }, room, 2)).toEqual({ zoom: 0.5, x: 300, y: 250 });
});

test('the point under the pointer stays where it is while the picture grows', () => {
  const before: View = { zoom: 0.5, x: -100, y: -50 };
  const after = zoomedAt(before, 2, { x: 300, y: 200 }, large, room);
  expect([(300 - after.x) / after.zoom, (200 - after.y) / after.zoom]).toEqual([(300 - before.x) / before.zoom, (200 - before.y) / before.zoom]);
});

test('the picture cannot be pushed out of sight, and stays in the middle where it is smaller than the room', () => {
  expect(panned({ zoom: 1, x: 0, y: 0 }, { x: 500, y: 500 }, large, room)).toEqual({ zoom: 1, x: 0, y: 0 });
  expect(panned({ zoom: 1, x: 0, y: 0 }, { x: -9000, y: -9000 }, large, room)).toEqual({ zoom: 1, x: -3200, y: -2400 });
  expect(panned({ zoom: 0.1, x: 0, y: 0 }, { x: 50, y: 50 }, large, room)).toEqual({ zoom: 0.1, x: 200, y: 150 });
});

test('one pixel of the picture is one of the screen', () => {
  expect([actualZoom(1), actualZoom(2)]).toEqual([1, 0.5]);
});
