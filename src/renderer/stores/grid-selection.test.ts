import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridKeyed, gridPressed, noSelection, type GridSelection } from './grid-selection';

const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const chosen = (state: GridSelection | null): readonly string[] => [...(state?.selected ?? [])];

describe('selecting in a grid', () => {
  it('takes one by a click, more with Ctrl, a range with Shift', () => {
    const one = gridPressed(noSelection, 3, ids, plain);
    expect(chosen(one)).toEqual(['r3']);
    expect(chosen(gridPressed(one, 5, ids, { ...plain, ctrlKey: true }))).toEqual(['r3', 'r5']);
    expect(chosen(gridPressed(one, 1, ids, { ...plain, shiftKey: true }))).toEqual(['r1', 'r2', 'r3']);
    expect(chosen(gridPressed(one, 3, ids, { ...plain, metaKey: true }))).toEqual([]);
  });

  it('moves by rows and columns and extends with Shift', () => {
    const down = gridKeyed({ ...noSelection, active: 1 }, { key: 'ArrowDown', ...plain }, ids, 4);
    expect(down).toMatchObject({ active: 5 });
    expect(chosen(gridKeyed(down ?? noSelection, { key: 'ArrowRight', ...plain, shiftKey: true }, ids, 4))).toEqual(['r5', 'r6']);
  });

  it('takes all with Ctrl+A and none with Escape, which is left alone when nothing is selected', () => {
    const all = gridKeyed(noSelection, { key: 'a', ...plain, ctrlKey: true }, ids, 4);
    expect(chosen(all)).toHaveLength(20);
    expect(chosen(gridKeyed(all ?? noSelection, { key: 'Escape', ...plain }, ids, 4))).toEqual([]);
    expect(gridKeyed(noSelection, { key: 'Escape', ...plain }, ids, 4)).toBeNull();
  });

  it('leaves other keys alone', () => {
    expect(gridKeyed(noSelection, { key: 'Enter', ...plain }, ids, 4)).toBeNull();
  });

  it('never leaves the list', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown');
    fc.assert(
      fc.property(fc.array(fc.record({ key: keys, shiftKey: fc.boolean() })), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 7 }), (steps, count, columns) => {
        const some = ids.slice(0, count);
        let state: GridSelection = noSelection;
        for (const step of steps) state = gridKeyed(state, { ...plain, ...step }, some, columns) ?? state;
        expect(state.active).toBeGreaterThanOrEqual(0);
        expect(state.active).toBeLessThan(some.length);
        expect([...state.selected].every((id) => some.includes(id))).toBe(true);
      }),
    );
  });
});
