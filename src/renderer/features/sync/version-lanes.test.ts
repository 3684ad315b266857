import { expect, test } from 'vitest';
import { lanesBelow, lanesOf } from './version-lanes';

const row = (version: number, ...parents: number[]) => ({ version, parents });

test('keeps a history without branches in one lane', () => {
  const lanes = lanesOf([row(3, 2), row(2, 1), row(1)]);
  expect([...lanes.values()]).toEqual([
    { lane: 0, from: [], to: [0], passing: [] },
    { lane: 0, from: [0], to: [0], passing: [] },
    { lane: 0, from: [0], to: [], passing: [] },
  ]);
});

test('gives a version that was overwritten a lane of its own until it is joined', () => {
  // 2 and 3 were both made on 1; 4 joins them.
  const lanes = lanesOf([row(4, 3, 2), row(3, 1), row(2, 1), row(1)]);
  expect(lanes.get(4)).toEqual({ lane: 0, from: [], to: [0, 1], passing: [] });
  expect(lanes.get(3)).toEqual({ lane: 0, from: [0], to: [0], passing: [1] });
  expect(lanes.get(2)).toEqual({ lane: 1, from: [1], to: [0], passing: [0] });
  expect(lanes.get(1)).toEqual({ lane: 0, from: [0], to: [], passing: [] });
});

test('starts another lane for a version that nothing was made on, and takes it back', () => {
  const lanes = lanesOf([row(5, 3), row(4, 3), row(3, 2), row(2, 1)]);
  expect(lanes.get(4)).toEqual({ lane: 1, from: [], to: [0], passing: [0] });
  expect(lanesBelow({ lane: 1, from: [], to: [0], passing: [0] })).toEqual([0]);
  expect(lanes.get(3)).toEqual({ lane: 0, from: [0], to: [0], passing: [] });
});
