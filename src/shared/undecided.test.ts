import { expect, test } from 'vitest';
import { undecidedIn } from './undecided';

test('counts open places one by one, and a document that waits as a whole as one', () => {
  expect(
    undecidedIn([
      { state: 'conflict', conflicts: 7 },
      { state: 'first-choice', conflicts: 0 },
      { state: 'server-older', conflicts: 1 },
      { state: 'up-to-date', conflicts: 0 },
    ]),
  ).toBe(9);
  expect(undecidedIn([])).toBe(0);
});

test('counts nothing that cannot be decided at present', () => {
  expect(undecidedIn([{ state: 'failed', conflicts: 3 }])).toBe(0);
});
