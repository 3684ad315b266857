import { expect, test } from 'vitest';
import { extensionAt, typedName } from './typed-name';

test.each([
  ['harbour.jpg', 'harbour.jpg'],
  // The whole name was written over.
  ['harbour', 'harbour.jpg'],
  ['清晨 港口', '清晨 港口.jpg'],
  ['.hidden', '.hidden.jpg'],
  // A whole name was typed over the part before the extension.
  ['harbour.jpg.jpg', 'harbour.jpg'],
  ['harbour.JPG.jpg', 'harbour.JPG'],
  ['harbour.png', 'harbour.png'],
  ['v1.2 draft', 'v1.2 draft.jpg'],
])('%s over DSC_1.jpg becomes %s', (typed, name) => {
  expect(typedName(typed, 'DSC_1.jpg')).toBe(name);
});

test('nothing, blanks and the file’s own name leave the file its name; a file without an extension gets none here', () => {
  expect(['', '  ', ' DSC_1.jpg '].map((typed) => typedName(typed, 'DSC_1.jpg'))).toEqual([null, null, null]);
  expect(typedName('harbour', 'photo')).toBe('harbour');
  expect([extensionAt('a.b.png'), extensionAt('.hidden'), extensionAt('a. b')]).toEqual([3, 7, 4]);
});
