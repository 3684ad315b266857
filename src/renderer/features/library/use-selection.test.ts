import fc from 'fast-check';
import { expect, test } from 'vitest';
import { held, keyed, nothingPicked, pressed, stillListed, type Picked } from './use-selection';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const shift = { ...plain, shiftKey: true };
const ctrl = { ...plain, ctrlKey: true };
const click = (picked: Picked, id: string, held = plain): Picked => pressed(picked, ids, ids.indexOf(id), held);
const key = (picked: Picked, name: string, held = plain, columns = 1): Picked => keyed(picked, ids, columns, { ...held, key: name })?.picked ?? picked;
const shown = ({ selected, active }: Picked): string => `${[...selected].join('')}@${active ?? ''}`;

test('a click selects one row alone', () => {
  expect(shown(click(click(nothingPicked, 'a'), 'c'))).toBe('c@c');
});

test('Ctrl and Cmd add a row and take it away again', () => {
  const two = click(click(nothingPicked, 'a'), 'c', ctrl);
  expect(shown(two)).toBe('ac@c');
  expect(shown(click(two, 'a', { ...plain, metaKey: true }))).toBe('c@a');
});

test('Shift selects from where the range started, in either direction', () => {
  const from = click(nothingPicked, 'c');
  expect(shown(click(from, 'e', shift))).toBe('cde@e');
  expect(shown(click(click(from, 'e', shift), 'a', shift))).toBe('abc@a');
});

test('arrows move the selection, and with Shift make it grow and shrink', () => {
  const b = key(click(nothingPicked, 'a'), 'ArrowDown');
  expect(shown(b)).toBe('b@b');
  const grown = key(key(b, 'ArrowDown', shift), 'ArrowDown', shift);
  expect(shown(grown)).toBe('bcd@d');
  expect(shown(key(grown, 'ArrowUp', shift))).toBe('bc@c');
});

test('the first arrow takes the row that has the keyboard', () => {
  expect(shown(key(nothingPicked, 'ArrowDown'))).toBe('a@a');
  expect(shown(key({ ...nothingPicked, active: 'd' }, 'ArrowDown'))).toBe('d@d');
});

test('in a grid arrows move by one and by a line', () => {
  expect(shown(key(click(nothingPicked, 'a'), 'ArrowRight', plain, 3))).toBe('b@b');
  expect(shown(key(click(nothingPicked, 'a'), 'ArrowDown', plain, 3))).toBe('d@d');
  expect(keyed(click(nothingPicked, 'a'), ids, 1, { ...plain, key: 'ArrowRight' })).toBeNull();
});

test('Home and End reach the ends, and arrows stop there', () => {
  expect(shown(key(nothingPicked, 'End'))).toBe('g@g');
  expect(shown(key(key(nothingPicked, 'End'), 'ArrowDown'))).toBe('g@g');
  expect(shown(key(key(nothingPicked, 'End'), 'Home', shift))).toBe('abcdefg@a');
});

test('Ctrl+A selects all, and Escape nothing, without moving the keyboard', () => {
  const all = key(click(nothingPicked, 'c'), 'a', ctrl);
  expect(shown(all)).toBe('abcdefg@c');
  expect(shown(key(all, 'Escape'))).toBe('@c');
});

test('leaves Escape to others when nothing is selected, and every other key', () => {
  expect(keyed(nothingPicked, ids, 1, { ...plain, key: 'Escape' })).toBeNull();
  expect(keyed(click(nothingPicked, 'a'), ids, 1, { ...plain, key: 'Enter' })).toBeNull();
  expect(keyed(nothingPicked, [], 1, { ...plain, key: 'ArrowDown' })).toBeNull();
});

test('keeps the selection when new rows come above, and lets go of rows that leave', () => {
  const picked = click(click(nothingPicked, 'b'), 'd', ctrl);
  expect(stillListed(picked, ['new', ...ids])).toBe(picked);
  expect(shown(stillListed(picked, ['a', 'd']))).toBe('d@d');
});

test('never selects what is not listed, whatever is pressed', () => {
  const press = fc.record({ key: fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'Home', 'End', 'a', 'Escape'), shiftKey: fc.boolean(), ctrlKey: fc.boolean() });
  const list = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 7 });
  fc.assert(
    fc.property(fc.array(fc.tuple(press, list)), fc.integer({ min: 1, max: 4 }), (steps, columns) => {
      let picked: Picked = nothingPicked;
      for (const [event, listed] of steps) {
        picked = keyed(stillListed(picked, listed), listed, columns, { ...event, metaKey: false })?.picked ?? stillListed(picked, listed);
        expect(listed).toEqual(expect.arrayContaining([...picked.selected]));
      }
    }),
  );
});

test('the row that moves up gets the keyboard of one that was taken out, the last when there is none', () => {
  const without = (...gone: readonly string[]): readonly string[] => ids.filter((id) => !gone.includes(id));
  const after = (active: string, ...gone: readonly string[]): string | null => held({ ...nothingPicked, active }, without(...gone), ids).active;
  expect([after('d', 'd'), after('d', 'd', 'e'), after('g', 'g'), after('g', 'f', 'g'), after('d', 'a')]).toEqual(['e', 'f', 'f', 'e', 'd']);
});

test('keeps the place of a row while a list holds none of the rows before', () => {
  const picked = { ...nothingPicked, active: 'd' };
  expect(held(picked, ['x', 'y'], ids)).toBe(picked);
});
