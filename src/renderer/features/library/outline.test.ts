import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlineOf } from './outline';

const days = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }).map((counts) => counts.map((count, index) => ({ day: `2026-01-${String(index + 1).padStart(2, '0')}`, count })));
const columns = fc.integer({ min: 1, max: 5 });

test('draws every upload once and in order, each day under its heading', () => {
  fc.assert(
    fc.property(days, columns, (counted, across) => {
      const total = counted.reduce((sum, { count }) => sum + count, 0);
      const outline = outlineOf(total, across, counted);
      const places: number[] = [];
      const shown: { day: string; count: number }[] = [];
      let rows = 0;
      for (let index = 0; index < outline.lines; index += 1) {
        const line = outline.line(index);
        if (line.kind === 'day') {
          shown.push({ day: line.day, count: line.count });
          expect(outline.headingOf(index)).toBe(index);
          continue;
        }
        expect(line.row).toBe(rows);
        rows += 1;
        expect(line.count).toBeGreaterThan(0);
        for (let place = line.first; place < line.first + line.count; place += 1) {
          places.push(place);
          expect(outline.lineOf(place)).toBe(index);
        }
      }
      expect(places).toEqual(Array.from({ length: total }, (_, place) => place));
      expect(shown).toEqual(counted);
      expect(outline.rows).toBe(rows);
    }),
  );
});

test('lines lie one below the other, and every height belongs to the line that covers it', () => {
  const sizes = { uploads: 56, day: 36 };
  fc.assert(
    fc.property(days, columns, (counted, across) => {
      const total = counted.reduce((sum, { count }) => sum + count, 0);
      fc.pre(total > 0);
      const outline = outlineOf(total, across, counted);
      let top = 0;
      for (let index = 0; index < outline.lines; index += 1) {
        const height = outline.line(index).kind === 'day' ? sizes.day : sizes.uploads;
        expect(outline.topOf(index, sizes)).toBe(top);
        expect([top, top + height - 1].map((at) => outline.lineAt(at, sizes))).toEqual([index, index]);
        top += height;
      }
      expect(outline.topOf(outline.lines, sizes)).toBe(top);
      expect([outline.lineAt(-20, sizes), outline.lineAt(top + 20, sizes)]).toEqual([0, outline.lines - 1]);
    }),
  );
  const plain = outlineOf(100_000, 1, []);
  expect([plain.topOf(99_999, sizes), plain.lineAt(99_999 * 56, sizes), outlineOf(0, 1, []).topOf(0, sizes)]).toEqual([99_999 * 56, 99_999, 0]);
});

test('a step down and up again ends in the column it came from, if the line between is full', () => {
  const outline = outlineOf(10, 3, [{ day: 'a', count: 4 }, { day: 'b', count: 6 }]);
  expect([0, 1, 2, 3, 4].map((place) => outline.step(place, 1))).toEqual([3, 3, 3, 4, 7]);
  expect([3, 4, 5, 9].map((place) => outline.step(place, -1))).toEqual([0, 3, 3, 6]);
  expect([outline.step(9, 1), outline.step(0, -1), outline.step(1, 100), outline.step(9, -100)]).toEqual([9, 0, 8, 2]);
});

test('a step never leaves the view and always moves by lines', () => {
  fc.assert(
    fc.property(days, columns, fc.nat(), fc.integer({ min: -20, max: 20 }), (counted, across, pick, by) => {
      const total = counted.reduce((sum, { count }) => sum + count, 0);
      fc.pre(total > 0);
      const outline = outlineOf(total, across, counted);
      const to = outline.step(pick % total, by);
      expect(to).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThan(total);
      const rowOf = (place: number): number => {
        const line = outline.line(outline.lineOf(place));
        return line.kind === 'uploads' ? line.row : -1;
      };
      expect(rowOf(to)).toBe(Math.max(0, Math.min(outline.rows - 1, rowOf(pick % total) + by)));
    }),
  );
});

test('trusts the total when days come from another moment', () => {
  const more = outlineOf(5, 1, [{ day: 'a', count: 2 }]);
  expect([more.rows, more.lines]).toEqual([5, 6]);
  const fewer = outlineOf(3, 1, [{ day: 'a', count: 2 }, { day: 'b', count: 9 }, { day: 'c', count: 1 }]);
  expect([fewer.rows, fewer.lines]).toEqual([3, 5]);
  expect(outlineOf(0, 4, []).lines).toBe(0);
});
