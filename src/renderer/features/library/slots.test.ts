import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSlots } from './slots';

describe('slots of a scrolled list', () => {
  it('keeps the element of a line that stays on screen', () => {
    const slots = createSlots();
    expect(slots.assign([0, 1, 2])).toEqual([0, 1, 2]);
    expect(slots.assign([1, 2, 3])).toEqual([1, 2, 0]);
    expect(slots.assign([0, 1, 2])).toEqual([0, 1, 2]);
  });

  it('uses the same elements in the same order after a jump', () => {
    const slots = createSlots();
    slots.assign([0, 1, 2]);
    expect(slots.assign([50_000, 50_001, 50_002])).toEqual([0, 1, 2]);
  });

  it('never gives two lines one element, never changes that of a line that stays, and needs no more than are drawn at once', () => {
    const windows = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(windows, (views) => {
        const slots = createSlots();
        let before = new Map<number, number>();
        let most = 0;
        for (const lines of views) {
          const given = slots.assign(lines);
          expect(new Set(given).size).toBe(lines.length);
          const now = new Map(lines.map((line, index) => [line, given[index] ?? -1]));
          for (const [line, slot] of now) if (before.has(line)) expect(slot).toBe(before.get(line));
          most = Math.max(most, lines.length);
          expect(Math.max(-1, ...given)).toBeLessThan(most);
          before = now;
        }
      }),
    );
  });
});
