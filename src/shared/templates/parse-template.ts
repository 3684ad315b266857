/** Why a template cannot be used: `text` is the part that is wrong, `at` where it starts, `near` what was probably meant. */
export type TemplateFault<Placeholder extends string> = {
  readonly type: 'unknown-placeholder' | 'no-argument' | 'bad-date' | 'bad-length' | 'unclosed-brace';
  readonly text: string;
  readonly at: number;
  readonly near: Placeholder | null;
};

export type TemplatePart<Placeholder extends string> = { readonly type: 'text'; readonly text: string } | { readonly type: 'placeholder'; readonly name: Placeholder; readonly argument: string | null };

/** The placeholders of a kind of template, with what may stand behind their colon: a date, a number up to this one, or nothing. */
export type Placeholders<Placeholder extends string> = Readonly<Record<Placeholder, 'date' | number | null>>;

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;
const DATE = /YYYY|yyyy|MM|DD|dd|HH|hh|mm|ss/g;

/** Takes a template apart: `{name}`, `{name:argument}`, and `{{` and `}}` for plain braces. Parts with a fault come out as text. */
export function parseTemplate<Placeholder extends string>(template: string, placeholders: Placeholders<Placeholder>): { readonly parts: readonly TemplatePart<Placeholder>[]; readonly fault: TemplateFault<Placeholder> | null } {
  const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(placeholders, name);
  const names = Object.keys(placeholders).filter(isPlaceholder);
  const parts: TemplatePart<Placeholder>[] = [];
  let fault: TemplateFault<Placeholder> | null = null;
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    if (match.index > end) parts.push({ type: 'text', text: template.slice(end, match.index) });
    end = match.index + match[0].length;
    const inner = match[1];
    if (inner === undefined) {
      if (match[0].length === 1) fault ??= { type: 'unclosed-brace', text: match[0], at: match.index, near: null };
      parts.push({ type: 'text', text: match[0].slice(0, 1) });
      continue;
    }
    const colon = inner.indexOf(':');
    const name = colon < 0 ? inner : inner.slice(0, colon);
    const argument = colon < 0 ? null : inner.slice(colon + 1);
    const wrong = isPlaceholder(name) ? argumentFault(placeholders[name], argument) : 'unknown-placeholder';
    if (wrong === null && isPlaceholder(name)) parts.push({ type: 'placeholder', name, argument });
    else {
      fault ??= { type: wrong ?? 'unknown-placeholder', text: match[0], at: match.index, near: isPlaceholder(name) ? name : nearest(name, names) };
      parts.push({ type: 'text', text: match[0] });
    }
  }
  if (end < template.length) parts.push({ type: 'text', text: template.slice(end) });
  return { parts, fault };
}

function argumentFault(allowed: 'date' | number | null, argument: string | null): TemplateFault<string>['type'] | null {
  if (argument === null) return null;
  if (allowed === 'date') return argument.search(DATE) < 0 ? 'bad-date' : null;
  if (allowed === null) return 'no-argument';
  return /^[1-9][0-9]?$/.test(argument) && Number(argument) <= allowed ? null : 'bad-length';
}

/** The placeholder that differs least from a word, if it differs little. */
function nearest<Placeholder extends string>(word: string, placeholders: readonly Placeholder[]): Placeholder | null {
  const wanted = word.trim().toLowerCase().replace(/[^a-z]/g, '');
  const ranked = placeholders.map((name) => ({ name, distance: distance(wanted, name) })).sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return wanted.length <= 20 && best !== undefined && best.distance <= Math.min(2, best.name.length / 2) ? best.name : null;
}

/** How many letters are missing, too many, wrong, or swapped with their neighbour. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= one.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const steps = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1), ...(swapped ? [at(row - 2, column - 2) + 1] : [])];
      rows[row]?.push(Math.min(...steps));
    }
  }
  return at(one.length, other.length);
}

/** A moment in local time by a pattern of `YYYY MM DD HH mm ss`; years, days and hours also in the small letters that other programs use. */
export function formatDate(at: number, pattern: string): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const values: Readonly<Record<string, string>> = {
    YYYY: String(date.getFullYear()).padStart(4, '0'),
    MM: two(date.getMonth() + 1),
    DD: two(date.getDate()),
    HH: two(date.getHours()),
    mm: two(date.getMinutes()),
    ss: two(date.getSeconds()),
  };
  return pattern.replace(DATE, (token) => values[token] ?? values[token.toUpperCase()] ?? token);
}
