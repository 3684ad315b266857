type ShownRun = { readonly shown: string; /** It stands for characters that cannot be seen. */ readonly sign: boolean };

/** Blanks that are easily overlooked, and characters that draw nothing; those that belong to an emoji or to Chinese text are known. */
const HIDDEN = / {2,}|(?! |\n|\u200d|\u3000)[\p{Cc}\p{Cf}\p{Z}]/gu;
const FIRST = /^[ \n]+/;
const LAST = /[ \n]+$/;

const signOf = (hidden: string): string =>
  [...hidden].map((character) => (character === ' ' ? '·' : character === '\t' ? '→\t' : character === '\n' ? '↵\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('');

const inside = (text: string): ShownRun[] => {
  const runs: ShownRun[] = [];
  let at = 0;
  for (const { 0: hidden, index } of text.matchAll(HIDDEN)) {
    if (index > at) runs.push({ shown: text.slice(at, index), sign: false });
    runs.push({ shown: signOf(hidden), sign: true });
    at = index + hidden.length;
  }
  return at < text.length ? [...runs, { shown: text.slice(at), sign: false }] : runs;
};

/** A part of a text as it is shown: blanks at its ends, rows of blanks, tabs and characters that draw nothing get a sign. */
export const shownRuns = (text: string, isFirst: boolean, isLast: boolean): ShownRun[] => {
  const lead = isFirst ? (FIRST.exec(text)?.[0] ?? '') : '';
  const rest = text.slice(lead.length);
  const tail = isLast ? (LAST.exec(rest)?.[0] ?? '') : '';
  const signs = (hidden: string): ShownRun[] => (hidden === '' ? [] : [{ shown: signOf(hidden), sign: true }]);
  return [...signs(lead), ...inside(rest.slice(0, rest.length - tail.length)), ...signs(tail)];
};
