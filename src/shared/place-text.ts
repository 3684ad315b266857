import type { SyncPath, SyncStep } from './model/sync';

/** `/` parts keys and `[` begins what is no key; both may stand in one. */
const keyText = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('[', '~2');
const keyOf = (text: string): string => text.replaceAll('~2', '[').replaceAll('~1', '/').replaceAll('~0', '~');

/** Items are counted from 1, as people count them and the window does. */
const stepText = (step: SyncStep): string => {
  if (typeof step === 'string') return `/${keyText(step)}`;
  if ('idKey' in step) return `[${step.idKey}=${step.idValue}]`;
  const [from, to] = step.list;
  if (from === to) return `[before ${String(from + 1)}]`;
  return to - from === 1 ? `[${String(to)}]` : `[${String(from + 1)}-${String(to)}]`;
};

/** A place in a document as one word that can be typed again: `/settings/theme`, `/items[id="a"]/n`, `/list[2-4]`, `/list[before 1]`. */
export const placeText = (path: SyncPath): string => path.map(stepText).join('');

const BRACKETS = /\[(?:(?<one>\d{1,9})|(?<from>\d{1,9})[-–](?<to>\d{1,9})|before (?<gap>\d{1,9})|(?<key>[^[\]=]+)=(?<value>"(?:[^"\\]|\\.)*"|[^[\]"]+))\](?=$|[/[])/y;

/** An identity as JSON text; a shell may have taken the quotes. */
const idValueOf = (word: string): string => {
  try {
    const value: unknown = JSON.parse(word);
    if (typeof value === 'string' || typeof value === 'number') return word;
  } catch {
    // It is no JSON: a bare word.
  }
  return JSON.stringify(word);
};

const bracketStep = ({ one, from, to, gap, key, value }: Readonly<Record<string, string | undefined>>): SyncStep | null => {
  if (key !== undefined && value !== undefined) return { idKey: key, idValue: idValueOf(value) };
  const [lo, hi] = gap !== undefined ? [Number(gap) - 1, Number(gap) - 1] : one !== undefined ? [Number(one) - 1, Number(one)] : [Number(from) - 1, Number(to)];
  return lo < 0 || hi < lo ? null : { list: [lo, hi] };
};

/** The place that a word names, as `placeText` writes it; null when it names none. A bracket that is no step belongs to the key. */
export const placeFrom = (word: string): SyncPath | null => {
  const steps: SyncStep[] = [];
  let at = 0;
  const bracket = (): SyncStep | null => {
    BRACKETS.lastIndex = at;
    const groups = BRACKETS.exec(word)?.groups;
    const step = groups === undefined ? null : bracketStep(groups);
    if (step !== null) at = BRACKETS.lastIndex;
    return step;
  };
  const brackets = (): void => {
    for (let step = bracket(); step !== null; step = bracket()) steps.push(step);
  };
  brackets();
  while (word[at] === '/') {
    const from = (at += 1);
    const place = steps.push('') - 1;
    while (at < word.length && word[at] !== '/') {
      if (word[at] === '[' && at > from) {
        const end = at;
        brackets();
        if (at > end) {
          steps[place] = keyOf(word.slice(from, end));
          break;
        }
      }
      at += 1;
    }
    if (steps.length === place + 1) steps[place] = keyOf(word.slice(from, at));
  }
  return at === word.length && steps.length > 0 ? steps : null;
};

/** A key between the others of a place in words: in quotes where it could be taken for several, or for nothing. */
export const keyWords = (key: string): string => (key === '' || key !== key.trim() || /[\u203a"\n\t]/.test(key) ? JSON.stringify(key) : key);
