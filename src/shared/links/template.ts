import { assertNever } from '../assert-never';
import { formatDate, parseTemplate, type Placeholders, type TemplateFault, type TemplatePart } from '../templates/parse-template';
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
export type TemplateProblem = Omit<TemplateFault<Placeholder>, 'type'> & { readonly type: TemplateFault<Placeholder>['type'] | 'dollar-words' | 'no-url' };

type Parsed = { readonly parts: readonly TemplatePart<Placeholder>[]; readonly problem: TemplateProblem | null };

/** How PicGo and its kin write it. */
const DOLLAR = /\$(?:url|fileName)\b/;
const DIGEST_DIGITS = 64;
const known = Object.fromEntries(placeholders.map((name) => [name, name === 'date' ? 'date' : name === 'hash' ? DIGEST_DIGITS : null])) as Placeholders<Placeholder>;

function parse(template: string): Parsed {
  const { parts, fault } = parseTemplate(template, known);
  const hasUrl = parts.some((part) => part.type === 'placeholder' && part.name === 'url');
  return { parts, problem: fault ?? (hasUrl ? null : withoutUrl(template)) };
}

const withoutUrl = (template: string): TemplateProblem => {
  const dollar = DOLLAR.exec(template);
  return dollar === null ? { type: 'no-url', text: template, at: 0, near: 'url' } : { type: 'dollar-words', text: dollar[0], at: dollar.index, near: dollar[0] === '$url' ? 'url' : 'name' };
};

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
