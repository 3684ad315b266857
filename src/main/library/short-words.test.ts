import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newUpload, openLibraryWorld, query, type LibraryWorld } from '../../../test/library/library-world';
import { createShortWords } from './short-words';

let world: LibraryWorld;
beforeEach(() => {
  world = openLibraryWorld();
});
afterEach(() => world.close());

const add = (...names: readonly string[]): void => void world.library.addMany(names.map((name, n) => newUpload({ id: `${n} ${name}`, name, url: null, accountName: 'x', storedName: null, tags: [], note: '' })));

test('names every three characters that begin with a word, the last ones of a text too', () => {
  add('abcd', 'cd');
  expect(createShortWords(world.database.db)('cd')).toEqual(['cd\n']);
  expect(createShortWords(world.database.db)('ab')).toEqual(['abc']);
});

test('knows at once that nothing has a word', () => {
  add('abcd');
  expect(createShortWords(world.database.db)('zz')).toEqual([]);
});

test('gives a word up that begins many', () => {
  add(...Array.from({ length: 60 }, (_, n) => `a${String.fromCodePoint(0x4e00 + n)}b`));
  expect(createShortWords(world.database.db)('a')).toBeNull();
  expect(createShortWords(world.database.db)('一')).toEqual(['一b\n']);
});

test('follows what is renamed and taken out', async () => {
  const { library, database } = world;
  add('abcd', 'other');
  await library.remove({ ids: ['0 abcd'] });
  expect(createShortWords(database.db)('ab')).toEqual([]);
  library.setNote('1 other', 'ab here');
  expect(createShortWords(database.db)('ab')).toEqual(['ab ']);
});

test('a search for any one or two characters finds what has them, and only that', () => {
  const names = ['截图 12', 'sunset', '图片', 'a', 'ab', '夜景图', 'B-2'];
  add(...names);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'截图片夜景abB12-sun'), { minLength: 1, maxLength: 2 }), (characters) => {
      const word = characters.join('');
      const found = world.library.view(query({ search: word }), 50).uploads.map(({ name }) => name);
      expect(new Set(found)).toEqual(new Set(names.filter((name) => name.toLowerCase().includes(word.toLowerCase()))));
    }),
    { numRuns: 60 },
  );
});
