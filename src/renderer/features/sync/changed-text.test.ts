import { describe, expect, it } from 'vitest';
import { changedTexts } from './changed-text';

const lines = (changed: string): string => Array.from({ length: 60 }, (_, i) => (i === 40 ? changed : `line ${String(i)}`)).join('\n');

describe('a long text that changed', () => {
  it('is shown by its lines, from the one that differs first', () => {
    const shown = changedTexts(JSON.stringify(lines('was this')), JSON.stringify(lines('is that')));
    expect(shown?.map(({ text }) => text.split('\n').slice(0, 2))).toEqual([['…was this', 'line 41'], ['…is that', 'line 41']]);
    expect(shown?.map(({ text, cut }) => [text.length <= 242, cut])).toEqual([[true, true], [true, true]]);
  });

  it('begins shortly before the difference where a line is long itself', () => {
    const word = 'a long way '.repeat(40);
    expect(changedTexts(JSON.stringify(`${word}north`), JSON.stringify(`${word}south`))?.map(({ text }) => text)).toEqual([`…${word.slice(-60)}north"`, `…${word.slice(-60)}south"`]);
  });

  it('is read as far as it goes when it is cut, in the middle of an escape too', () => {
    const [was, is] = [JSON.stringify(`${'x\n'.repeat(200)}a`), JSON.stringify(`y${'x\n'.repeat(200)}`)].map((text) => text.slice(0, 302));
    expect(changedTexts(was, is)?.map(({ text }) => text.slice(0, 4))).toEqual(['"x\nx', '"yx\n']);
  });

  it('stands in its quotes as far as it is whole, so that a text of digits is no number', () => {
    const long = 'a long way '.repeat(20);
    expect(changedTexts('"1"', JSON.stringify(long))).toEqual([{ text: '"1"', cut: false }, { text: `"${long}"`, cut: false }]);
    expect(changedTexts('"1"', JSON.stringify(long).slice(0, 200))?.[1]).toEqual({ text: `"${long.slice(0, 199)}…`, cut: true });
    expect(changedTexts('"1"', JSON.stringify(long.repeat(2)))?.[1]).toEqual({ text: `"${long}${long.slice(0, 20)}…`, cut: true });
  });

  it('is left as it is where there is nothing to shorten', () => {
    const long = JSON.stringify(lines('x'));
    for (const [before, after] of [['"a"', '"b"'], [undefined, long], [long, undefined], [long, JSON.stringify({ long })], [long, long]]) expect(changedTexts(before, after)).toBeNull();
  });
});
