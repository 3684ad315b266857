import { assertNever } from '../assert-never';
import { formatDate, parseTemplate, type Placeholders, type TemplateFault } from './parse-template';

/**
 * What may stand in the template of a file's name between braces. `{date:YYYY-MM-DD}` is local time, `{sha256:8}` the first eight digits,
 * `{counter:3}` the number that the profile's count has come to, filled up with zeros, `{place}` the file's place among those uploaded together,
 * `{clipboard-app}` the program that a pasted picture came from.
 */
export const namePlaceholders = ['name', 'ext', 'date', 'timestamp', 'uuid', 'random', 'md5', 'sha256', 'width', 'height', 'counter', 'place', 'clipboard-app', 'account', 'profile'] as const;
export type NamePlaceholder = (typeof namePlaceholders)[number];

const known: Placeholders<NamePlaceholder> = {
  ...{ name: null, ext: null, date: 'date', timestamp: null, uuid: null, random: 32 },
  ...{ md5: 32, sha256: 64, width: null, height: null, counter: 12, place: 12, 'clipboard-app': null, account: null, profile: null },
};

/** How many digits may be asked of a part; null where no number of them is. */
export const mostDigits = (name: string | null): number | null => {
  const allowed = Object.entries(known).find(([one]) => one === name)?.[1] ?? null;
  return typeof allowed === 'number' ? allowed : null;
};

/** What a name is made of. */
export type NameSubject = {
  /** The file's own name without its extension. */
  readonly stem: string;
  /** Of what is sent, without dot; '' for none. */
  readonly extension: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Random, as `8-4-4-4-12` digits. */
  readonly uuid: string;
  /** Digests in hex of the bytes that are sent; '' where the template does not ask for them. */
  readonly md5: string;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  /** The file's number in its profile's count. */
  readonly counter: number;
  /** The file's place among those uploaded together, from 1. */
  readonly place: number;
  /** The program that a pasted picture came from; '' for other files. */
  readonly clipboardApp: string;
  readonly account: string;
  readonly profile: string;
};

/** What is wrong with a template of names, or null. */
export const checkNameTemplate = (template: string): TemplateFault<NamePlaceholder> | null => parseTemplate(template, known).fault;

/** Whether a template wishes nothing: the file's own name stays. */
export const wantsOwnName = (template: string): boolean => template.trim() === '';

/** Whether a template asks for a part. */
export const asksFor = (template: string, name: NamePlaceholder): boolean => parseTemplate(template, known).parts.some((part) => part.type === 'placeholder' && part.name === name);

/** A piece of a filled name. `free`: a text of any length, which tells no file from another by itself; the others count, date or measure it. */
export type NamePart = { readonly text: string; readonly free: boolean };

const FREE: ReadonlySet<NamePlaceholder> = new Set(['name', 'clipboard-app', 'account', 'profile']);

/** The pieces of a template filled in. Parts that `checkNameTemplate` objects to come out as they were typed. */
export const nameParts = (template: string, subject: NameSubject): readonly NamePart[] =>
  parseTemplate(template, known).parts.map((part) => (part.type === 'text' ? { text: part.text, free: true } : { text: valueOf(part.name, part.argument, subject), free: FREE.has(part.name) }));

function valueOf(name: NamePlaceholder, argument: string | null, subject: NameSubject): string {
  const first = (digits: string): string => digits.slice(0, argument === null ? undefined : Number(argument));
  switch (name) {
    case 'name':
      return subject.stem;
    case 'ext':
      return subject.extension;
    case 'date':
      return formatDate(subject.at, argument ?? 'YYYY-MM-DD');
    case 'timestamp':
      return String(subject.at);
    case 'uuid':
      return subject.uuid;
    case 'random':
      return subject.uuid.replaceAll('-', '').slice(0, argument === null ? 8 : Number(argument));
    case 'md5':
      return first(subject.md5);
    case 'sha256':
      return first(subject.sha256);
    case 'width':
    case 'height':
      return subject[name] === null ? '' : String(subject[name]);
    case 'counter':
    case 'place':
      return String(subject[name]).padStart(Number(argument ?? 1), '0');
    case 'clipboard-app':
      return subject.clipboardApp;
    case 'account':
    case 'profile':
      return subject[name];
    default:
      return assertNever(name);
  }
}
