/** Shorter texts are shown whole. */
const MOST_WHOLE = 160;
/** So much that is alike is shown before the first difference, and so much of the text in all. */
const ALIKE_SHOWN = 60;
const MOST_SHOWN = 240;

/** The text that a JSON text is, also one that is cut short, and whether it goes on behind; null where it is something else. */
const textIn = (json: string): { readonly text: string; readonly goesOn: boolean } | null => {
  if (!json.startsWith('"')) return null;
  // Half an escape at the end of a cut text is none.
  for (const whole of [json, `${json}"`, `${json.replace(/\\u?[\da-f]{0,3}$/i, '')}"`]) {
    try {
      const value: unknown = JSON.parse(whole);
      if (typeof value === 'string') return { text: value, goesOn: whole !== json };
    } catch {
      // It is cut elsewhere.
    }
  }
  return null;
};

/** A text as a change shows it: in its quotes, so that it is no number; where something is left out, `…` stands for the quote. */
export type ChangedText = { readonly text: string; /** Something is left out before or behind. */ readonly cut: boolean };

/** Both values of a change, of which one or both are long texts: their lines around the first difference. Null for any others. */
export const changedTexts = (before: string | undefined, after: string | undefined): readonly [before: ChangedText, after: ChangedText] | null => {
  if (before === undefined || after === undefined || Math.max(before.length, after.length) <= MOST_WHOLE) return null;
  const [was, is] = [textIn(before), textIn(after)];
  if (was === null || is === null || was.text === is.text) return null;
  let at = 0;
  while (was.text[at] === is.text[at]) at += 1;
  const line = was.text.lastIndexOf('\n', at - 1) + 1;
  const from = at <= ALIKE_SHOWN ? 0 : at - line <= ALIKE_SHOWN ? line : at - ALIKE_SHOWN;
  const shown = ({ text, goesOn }: typeof was): ChangedText => {
    const leftBehind = goesOn || text.length > from + MOST_SHOWN;
    return { text: `${from > 0 ? '…' : '"'}${text.slice(from, from + MOST_SHOWN)}${leftBehind ? '…' : '"'}`, cut: from > 0 || leftBehind };
  };
  return [shown(was), shown(is)];
};
