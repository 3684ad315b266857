import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inventUpload } from '../../../../test/renderer/invented-jobs';
import { EVERYTHING } from '../../../shared/model/library-defaults';
import type { Upload } from '../../../shared/model/upload';
import { outlineOf } from './outline';
import { aimed, allPicked, cleared, followed, held, isPicked, keyed, nothingSelected, pickedCount, pickedRow, pressed, rangeRead, selectedAgain, selectionOf, spotPlace, withoutRemoved, type SelectionState, type View } from './selection';

const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const shift = { ...plain, shiftKey: true };
const ctrl = { ...plain, ctrlKey: true };
const up = (id: string): Upload => inventUpload(0, { id });

/** A view of these uploads, of which only some places are at hand. */
const viewOf = (ids: readonly string[], atHand: (place: number) => boolean = () => true): View => {
  const uploads = ids.map(up);
  return {
    query: EVERYTHING,
    total: ids.length,
    at: (place) => (atHand(place) ? uploads[place] : undefined),
    placeOf: (id) => {
      const place = ids.indexOf(id);
      return place >= 0 && atHand(place) ? place : null;
    },
  };
};
const seven = viewOf([...'abcdefg']);
const click = (state: SelectionState, place: number, held = plain, view = seven): SelectionState => pressed(state, place, held, view);
const key = (state: SelectionState, name: string, held = plain, view = seven, columns = 1): SelectionState =>
  keyed(state, { ...held, key: name }, { view, outline: outlineOf(view.total, columns, []), page: 3, grid: columns > 1 })?.state ?? state;
const shown = (state: SelectionState, view = seven): string => {
  const { picked } = state;
  const rows = picked.kind === 'all' ? `all-${[...picked.except].join('')}` : picked.reading !== null ? `${picked.reading.from}…${picked.reading.to}` : [...picked.rows.keys()].sort().join('');
  return `${rows}@${spotPlace(state.active, view)}`;
};

test('what was let go is selected again, unless something else is by then', () => {
  const two = click(click(nothingSelected, 0), 2, ctrl);
  expect(shown(selectedAgain(cleared(two), two.picked))).toBe('ac@2');
  expect(shown(selectedAgain(click(cleared(two), 4), two.picked))).toBe('e@4');
  const all = allPicked(nothingSelected, seven);
  expect(shown(selectedAgain(cleared(all), all.picked))).toBe('all-@0');
});

test('nothing stays selected in a view that ran empty: what comes into it later was not meant', () => {
  const all = allPicked(nothingSelected, seven);
  expect(pickedCount(followed(followed(all, viewOf([])), viewOf(['x', 'y'])).picked, 2)).toBe(0);
});

test('a click selects one row alone', () => {
  expect(shown(click(click(nothingSelected, 0), 2))).toBe('c@2');
});

test('Ctrl and Cmd add a row and take it away again', () => {
  const two = click(click(nothingSelected, 0), 2, ctrl);
  expect(shown(two)).toBe('ac@2');
  expect(shown(click(two, 0, { ...plain, metaKey: true }))).toBe('c@0');
});

test('Shift selects from where the range started, in either direction', () => {
  const from = click(nothingSelected, 2);
  expect(shown(click(from, 4, shift))).toBe('cde@4');
  expect(shown(click(click(from, 4, shift), 0, shift))).toBe('abc@0');
});

test('arrows move the selection, and with Shift make it grow and shrink', () => {
  const b = key(click(nothingSelected, 0), 'ArrowDown');
  expect(shown(b)).toBe('b@1');
  const grown = key(key(b, 'ArrowDown', shift), 'ArrowDown', shift);
  expect(shown(grown)).toBe('bcd@3');
  expect(shown(key(grown, 'ArrowUp', shift))).toBe('bc@2');
});

test('the first arrow takes the row that has the keyboard', () => {
  expect(shown(key(nothingSelected, 'ArrowDown'))).toBe('a@0');
});

test('in a grid arrows move by one and by a line; in a list sideways arrows are not its own', () => {
  expect(shown(key(click(nothingSelected, 0), 'ArrowRight', plain, seven, 3))).toBe('b@1');
  expect(shown(key(click(nothingSelected, 0), 'ArrowDown', plain, seven, 3))).toBe('d@3');
  expect(keyed(click(nothingSelected, 0), { ...plain, key: 'ArrowRight' }, { view: seven, outline: outlineOf(7, 1, []), page: 3, grid: false })).toBeNull();
});

test('Home, End and pages reach their rows, and arrows stop at the ends', () => {
  const end = key(nothingSelected, 'End');
  expect(shown(end)).toBe('g@6');
  expect(shown(key(end, 'ArrowDown'))).toBe('g@6');
  expect(shown(key(end, 'PageUp'))).toBe('d@3');
  expect(shown(key(key(end, 'ArrowUp'), 'Home', shift))).toBe('abcdef@0');
});

test('a range over everything means all that match', () => {
  expect(shown(key(key(nothingSelected, 'End'), 'Home', shift))).toBe('all-@0');
});

test('Ctrl+A selects all that match, a click with Ctrl leaves one out, and Escape selects nothing without moving the keyboard', () => {
  const all = key(click(nothingSelected, 2), 'a', ctrl);
  expect(shown(all)).toBe('all-@2');
  const but = click(all, 4, ctrl);
  expect(shown(but)).toBe('all-e@4');
  expect(pickedCount(but.picked, 7)).toBe(6);
  expect(selectionOf(but.picked, seven)).toEqual({ matching: EVERYTHING, except: ['e'] });
  expect(shown(click(but, 4, ctrl))).toBe('all-@4');
  expect(shown(key(all, 'Escape'))).toBe('@2');
});

test('leaves Escape to others when nothing is selected, and every other key', () => {
  const at = { view: seven, outline: outlineOf(7, 1, []), page: 3, grid: false };
  expect(keyed(nothingSelected, { ...plain, key: 'Escape' }, at)).toBeNull();
  expect(keyed(click(nothingSelected, 0), { ...plain, key: 'Enter' }, at)).toBeNull();
  expect(keyed(nothingSelected, { ...plain, key: 'ArrowDown' }, { ...at, view: viewOf([]) })).toBeNull();
});

test('a range beyond what is at hand counts as selected while it is read, and is lost with a later click', () => {
  const far = viewOf([...'abcdefg'], (place) => place < 3);
  const range = click(click(nothingSelected, 1, plain, far), 5, shift, far);
  expect(shown(range, far)).toBe('1…5@5');
  expect(pickedCount(range.picked, 7)).toBe(5);
  expect([0, 1, 4, 6].map((place) => isPicked(range.picked, far.at(place), place))).toEqual([false, true, true, false]);
  expect(selectionOf(range.picked, far)).toBeNull();
  const reading = range.picked.kind === 'some' ? range.picked.reading : null;
  if (reading === null) throw new Error('nothing to read');
  const rows = new Map([...'bcdef'].map((id, index) => [id, pickedRow(up(id), index + 1)]));
  expect(shown(rangeRead(range, reading, rows, seven))).toBe('bcdef@5');
  const later = click(range, 0, plain, far);
  expect(rangeRead(later, reading, rows, seven)).toBe(later);
});

test('ids go out in the order of the view, not of the clicks', () => {
  const picked = [5, 1, 3].reduce((state, place) => click(state, place, ctrl), nothingSelected).picked;
  expect(selectionOf(picked, seven)).toEqual({ ids: ['b', 'd', 'f'] });
  expect(selectionOf(picked, viewOf([...'fedcba']))).toEqual({ ids: ['f', 'd', 'b'] });
});

test('follows its rows when new ones come above, and stays at the neighbour of a row that is removed', () => {
  const picked = click(click(nothingSelected, 1), 3, ctrl);
  const longer = viewOf([...'xyabcdefg']);
  expect(shown(followed(picked, longer), longer)).toBe('bd@5');
  const shorter = viewOf([...'abcefg']);
  const left = followed(withoutRemoved(picked, ['d'], seven), shorter);
  expect(shown(left, shorter)).toBe('b@3');
  expect(left.active.id).toBe('e');
});

test('the row that moves up gets the keyboard of one that was removed, the last when there is none', () => {
  const after = (place: number, gone: string): string => {
    const view = viewOf([...'abcdefg'].filter((id) => !gone.includes(id)));
    const state = followed(withoutRemoved(held(nothingSelected, place, seven), [...gone], seven), view);
    return `${state.active.id ?? ''}@${spotPlace(state.active, view)}`;
  };
  expect([after(3, 'd'), after(3, 'de'), after(3, 'ad'), after(6, 'g'), after(6, 'fg'), after(3, 'a')]).toEqual(['e@3', 'f@3', 'e@2', 'f@5', 'e@4', 'd@2']);
});

test('a row that is given the keyboard leaves the selection as it is', () => {
  const two = click(click(nothingSelected, 1), 2, ctrl);
  expect(shown(held(two, 5, seven))).toBe('bc@5');
  expect(held(two, 2, seven)).toBe(two);
  expect(held(two, 7, seven)).toBe(two);
});

test('a context menu leaves a selection alone that it opens in, and takes the row alone otherwise', () => {
  const two = click(click(nothingSelected, 1), 2, ctrl);
  expect(shown(aimed(two, 1, seven))).toBe('bc@1');
  expect(shown(aimed(two, 5, seven))).toBe('f@5');
  expect(shown(aimed(allPicked(two, seven), 5, seven))).toBe('all-@5');
});

test('never selects what is not listed, and always counts what it selects', () => {
  const press = fc.record({ key: fc.constantFrom('ArrowDown', 'ArrowUp', 'ArrowLeft', 'PageDown', 'Home', 'End', 'a', 'Escape', 'click'), shiftKey: fc.boolean(), ctrlKey: fc.boolean(), place: fc.nat(6) });
  const list = fc.uniqueArray(fc.constantFrom(...'abcdefg'), { maxLength: 7 });
  fc.assert(
    fc.property(fc.array(fc.tuple(press, list)), fc.integer({ min: 1, max: 4 }), (steps, columns) => {
      let state: SelectionState = nothingSelected;
      let before: readonly string[] = [];
      for (const [{ place, ...event }, listed] of steps) {
        const view = viewOf(listed);
        state = followed(withoutRemoved(state, before.filter((id) => !listed.includes(id)), viewOf(before)), view);
        before = listed;
        const held = { ...event, metaKey: false };
        state = event.key === 'click' ? pressed(state, place, held, view) : key(state, event.key, held, view, columns);
        const selected = listed.filter((_, index) => isPicked(state.picked, view.at(index), index));
        expect(pickedCount(state.picked, view.total)).toBe(selected.length);
        if (state.picked.kind === 'some') expect(listed).toEqual(expect.arrayContaining([...state.picked.rows.keys()]));
        if (listed.length > 0) expect(listed).toContain(listed[spotPlace(state.active, view)]);
      }
    }),
  );
});
