import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRange } from './serve-file';

it('answers every Range header with bytes that exist, or none', () => {
  const part = fc.oneof(fc.constant(''), fc.nat(2000).map(String), fc.string({ maxLength: 3 }));
  const header = fc.tuple(part, part).map(([first, last]) => `bytes=${first}-${last}`);
  fc.assert(
    fc.property(header, fc.nat(1000), (text, size) => {
      const range = parseRange(text, size);
      if (range === null || range === 'unsatisfiable') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThan(size);
    }),
  );
});
