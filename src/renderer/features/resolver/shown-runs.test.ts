import { describe, expect, it } from 'vitest';
import { shownRuns } from './shown-runs';

const said = (text: string, isFirst = true, isLast = true): string =>
  shownRuns(text, isFirst, isLast)
    .map(({ shown, sign }) => (sign ? `<${shown}>` : shown))
    .join('');

describe('a text in its quotes', () => {
  it.each([
    ['blanks at its ends', ' x ', '<·>x<·>'],
    ['nothing but a blank', ' ', '<·>'],
    ['blanks in a row', 'a  b c', 'a<··>b c'],
    ['a tab', 'a\tb', 'a<→\t>b'],
    ['the end of a line at its end', 'a\nb\n', 'a\nb<↵\n>'],
    ['a blank that joins, and what has no width', 'a\u00a0b\u200bc', 'a<\\u00a0>b<\\u200b>c'],
    ['no text', '', ''],
  ])('shows %s', (_what, text, shown) => expect(said(text)).toBe(shown));

  it('leaves the ends of what is only a part of it', () => expect(said(' x ', false, false)).toBe(' x '));
});
