import { describe, expect, it } from 'vitest';
import { placeFrom, placeText } from './place-text';

describe('a place as a word', () => {
  const written = [
    [['settings', 'theme'], '/settings/theme'],
    [['tags', { list: [1, 2] }], '/tags[2]'],
    [['tags', { list: [0, 2] }], '/tags[1-2]'],
    [['tags', { list: [0, 0] }], '/tags[before 1]'],
    [['items', { idKey: 'id', idValue: '"a/b]"' }, 'n'], '/items[id="a/b]"]/n'],
    [['items', { idKey: 'id', idValue: '2' }, 'in', { list: [4, 5] }], '/items[id=2]/in[5]'],
    [['a/b', '~1', 'x[1]', ''], '/a~1b/~01/x~21]/'],
    [['', 'a'], '//a'],
    [[{ list: [2, 5] }, { list: [0, 1] }], '[3-5][1]'],
  ] as const;
  it('counts items as people do, and is read again as what it was', () => {
    expect(written.map(([path]) => placeText(path))).toEqual(written.map(([, word]) => word));
    expect(written.map(([, word]) => placeFrom(word))).toEqual(written.map(([path]) => path));
  });
  it('is read as a person may type it: another dash, a word without its quotes, a bracket that is part of a key', () => {
    expect(placeFrom('/tags[1–2]')).toEqual(['tags', { list: [0, 2] }]);
    expect(placeFrom('/items[id=a b]/n')).toEqual(['items', { idKey: 'id', idValue: '"a b"' }, 'n']);
    expect(placeFrom('/x[y/z')).toEqual(['x[y', 'z']);
    expect(placeFrom('/x[0]')).toEqual(['x[0]']);
    expect(placeFrom('/x[3-1]')).toEqual(['x[3-1]']);
  });
  it('is none without a beginning', () => {
    expect(['', 'theme', 'a/b', '[1]x'].map(placeFrom)).toEqual([null, null, null, null]);
  });
});
