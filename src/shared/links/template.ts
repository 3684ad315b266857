import { assertNever } from '../assert-never';
import { escapeHtml, escapeMarkdown } from './escaping';
import type { LinkSubject } from './link-subject';

/**
 * What may stand in a template between braces. `alt` is safe inside Markdown brackets, `html` inside an HTML attribute;
 * the others are as they are. `{date:YYYY-MM-DD HH:mm:ss}` is local time, `{hash:8}` the first eight digits; `{{` and `}}`
 * are plain braces.
 */
export const placeholders = ['url', 'filename', 'name', 'ext', 'alt', 'html', 'width', 'height', 'host', 'album', 'account', 'hash', 'date', 'timestamp'] as const;
export type Placeholder = (typeof placeholders)[number];

/** Why a template cannot be used: `text` is the part that is wrong, `at` where it starts, `near` what was probably meant. */
export type TemplateProblem = {
  readonly type: 'unknown-placeholder' | 'no-argument' | 'bad-date' | 'bad-length' | 'unclosed-brace' | 'dollar-words' | 'no-url';
  readonly text: string;
  readonly at: number;
  readonly near: Placeholder | null;
};

type Part = { readonly type: 'text'; readonly text: string } | { readonly type: 'placeholder'; readonly name: Placeholder; readonly argument: string | null };

type Parsed = { readonly parts: readonly Part[]; readonly problem: TemplateProblem | null };

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;
const DATE = /YYYY|MM|DD|HH|mm|ss/g;
/** How PicGo and its kin write it. */
const DOLLAR = /\$(?:url|fileName)\b/;

function parse(template: string): Parsed {
  const parts: Part[] = [];
  let problem: TemplateProblem | null = null;
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    if (match.index > end) parts.push({ type: 'text', text: template.slice(end, match.index) });
    end = match.index + match[0].length;
    const inner = match[1];
    if (inner === undefined) {
      if (match[0].length === 1) problem ??= { type: 'unclosed-brace', text: match[0], at: match.index, near: null };
      parts.push({ type: 'text', text: match[0].slice(0, 1) });
      continue;
    }
    const colon = inner.indexOf(':');
    const name = colon < 0 ? inner : inner.slice(0, colon);
    const argument = colon < 0 ? null : inner.slice(colon + 1);
    const wrong = isPlaceholder(name) ? argumentProblem(name, argument) : 'unknown-placeholder';
    if (wrong === null && isPlaceholder(name)) parts.push({ type: 'placeholder', name, argument });
    else {
      problem ??= { type: wrong ?? 'unknown-placeholder', text: match[0], at: match.index, near: isPlaceholder(name) ? name : nearest(name) };
      parts.push({ type: 'text', text: match[0] });
    }
  }
  if (end < template.length) parts.push({ type: 'text', text: template.slice(end) });
  const hasUrl = parts.some((part) => part.type === 'placeholder' && part.name === 'url');
  return { parts, problem: problem ?? (hasUrl ? null : withoutUrl(template)) };
}

const isPlaceholder = (name: string): name is Placeholder => (placeholders as readonly string[]).includes(name);

const withoutUrl = (template: string): TemplateProblem => {
  const dollar = DOLLAR.exec(template);
  return dollar === null ? { type: 'no-url', text: template, at: 0, near: 'url' } : { type: 'dollar-words', text: dollar[0], at: dollar.index, near: dollar[0] === '$url' ? 'url' : 'name' };
};

function argumentProblem(name: Placeholder, argument: string | null): TemplateProblem['type'] | null {
  if (argument === null) return null;
  if (name === 'date') return argument.search(DATE) < 0 ? 'bad-date' : null;
  if (name === 'hash') return /^(?:[1-9]|[1-5][0-9]|6[0-4])$/.test(argument) ? null : 'bad-length';
  return 'no-argument';
}

/** The placeholder that differs least from a word, if it differs little. */
function nearest(word: string): Placeholder | null {
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

/** What is wrong with a template, or null. A template without `{url}` is no link. */
export const checkTemplate = (template: string): TemplateProblem | null => parse(template).problem;

/** Fills a template in; `address` is the form that the link has in it. Parts that `checkTemplate` objects to come out as they were typed. */
export const fillTemplate = (template: string, subject: LinkSubject, address: string): string =>
  parse(template)
    .parts.map((part) => {
      if (part.type === 'text') return part.text;
      return part.name === 'url' ? address : valueOf(part.name, part.argument, subject);
    })
    .join('');

function valueOf(name: Exclude<Placeholder, 'url'>, argument: string | null, subject: LinkSubject): string {
  switch (name) {
    case 'filename':
      return subject.name;
    case 'name':
      return stemOf(subject.name);
    case 'ext':
      return subject.name.slice(stemOf(subject.name).length + 1);
    case 'alt':
      return escapeMarkdown(stemOf(subject.name));
    case 'html':
      return escapeHtml(stemOf(subject.name));
    case 'width':
      return subject.width === null ? '' : String(subject.width);
    case 'height':
      return subject.height === null ? '' : String(subject.height);
    case 'host':
      return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(subject.url)?.[1] ?? '';
    case 'album':
      return subject.album ?? '';
    case 'account':
      return subject.accountName;
    case 'hash':
      return (subject.sha256 ?? '').slice(0, argument === null ? undefined : Number(argument));
    case 'date':
      return formatDate(subject.uploadedAt, argument ?? 'YYYY-MM-DD');
    case 'timestamp':
      return String(subject.uploadedAt);
    default:
      return assertNever(name);
  }
}

/** A file name without its extension; a name that begins with its only dot has none. */
export const stemOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
};

function formatDate(at: number, pattern: string): string {
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
  return pattern.replace(DATE, (token) => values[token] ?? token);
}
