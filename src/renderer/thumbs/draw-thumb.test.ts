import { expect, test } from 'vitest';
import { momentsOf } from './draw-thumb';

test('looks at a video a little after its beginning first, and at the beginning last', () => {
  expect(momentsOf(100)).toEqual([1, 25, 50, 0]);
  expect(momentsOf(2)).toEqual([0.2, 0.5, 1, 0]);
});

test('looks at the first seconds of a video that does not say how long it lasts', () => {
  expect(momentsOf(Infinity)).toEqual([1, 5, 0]);
});

test.each([0, Number.NaN, -1])('looks at the only moment there is when a video lasts %s seconds', (duration) => {
  expect(momentsOf(duration)).toEqual([0]);
});
