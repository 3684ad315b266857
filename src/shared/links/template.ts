import { encodeAddress, escapeHtml, escapeMarkdown } from './escaping';
import type { LinkSubject } from './link-subject';

/**
 * What may stand in a template between braces. `alt` is safe inside Markdown brackets, `html` inside an HTML attribute;
 * the others are as they are. `{date:YYYY-MM-DD HH:mm:ss}` is local time; `{{` and `}}` are plain braces.
 */
export const placeholders = ['url', 'filename', 'name', 'ext', 'alt', 'html', 'width', 'height', 'host', 'account', 'date', 'timestamp'] as const;
export type Placeholder = (typeof placeholders)[number];

/** Why a template cannot be used: `text` is the part that is wrong, `at` where it starts. */
export type TemplateProblem = { readonly type: 'unknown-placeholder' | 'unclosed-brace' | 'no-url'; readonly text: string; readonly at: number };

type Part = { readonly type: 'text'; readonly text: string } | { readonly type: 'placeholder'; readonly name: Placeholder; readonly argument: string | null };

type Parsed = { readonly parts: readonly Part[]; readonly problem: TemplateProblem | null };

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

function parse(template: string): Parsed {
  const parts: Part[] = [];
  let problem: TemplateProblem | null = null;
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    if (match.index > end) parts.push({ type: 'text', text: template.slice(end, match.index) });
    end = match.index + match[0].length;
    const inner = match[1];
    if (inner === undefined) {
      if (match[0].length === 1) problem ??= { type: 'unclosed-brace', text: match[0], at: match.index };
      parts.push({ type: 'text', text: match[0].slice(0, 1) });
      continue;
    }
    const colon = inner.indexOf(':');
    const name = colon < 0 ? inner : inner.slice(0, colon);
    const argument = colon < 0 ? null : inner.slice(colon + 1);
    if (isPlaceholder(name) && (argument === null || name === 'date')) parts.push({ type: 'placeholder', name, argument });
    else {
      problem ??= { type: 'unknown-placeholder', text: match[0], at: match.index };
      parts.push({ type: 'text', text: match[0] });
    }
  }
  if (end < template.length) parts.push({ type: 'text', text: template.slice(end) });
  const hasUrl = parts.some((part) => part.type === 'placeholder' && part.name === 'url');
  return { parts, problem: problem ?? (hasUrl ? null : { type: 'no-url', text: template, at: 0 }) };
}

const isPlaceholder = (name: string): name is Placeholder => (placeholders as readonly string[]).includes(name);

/** What is wrong with a template, or null. A template without `{url}` is no link. */
export const checkTemplate = (template: string): TemplateProblem | null => parse(template).problem;

/** Fills a template in. Parts that `checkTemplate` objects to come out as they were typed. */
export const fillTemplate = (template: string, subject: LinkSubject): string =>
  parse(template)
    .parts.map((part) => (part.type === 'text' ? part.text : valueOf(part.name, part.argument, subject)))
    .join('');

function valueOf(name: Placeholder, argument: string | null, subject: LinkSubject): string {
  switch (name) {
    case 'url':
      return encodeAddress(subject.url);
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
    case 'account':
      return subject.accountName;
    case 'date':
      return formatDate(subject.uploadedAt, argument ?? 'YYYY-MM-DD');
    case 'timestamp':
      return String(subject.uploadedAt);
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
  return pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, (token) => values[token] ?? token);
}
