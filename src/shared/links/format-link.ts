import type { MediaKind } from '../model/job';
import type { LinkFormat, LinkSeparator, Settings } from '../model/settings';
import { encodeAddress, escapeBbcode, escapeHtml, escapeMarkdown, givenAddress } from './escaping';
import type { LinkSubject } from './link-subject';
import { fillTemplate, stemOf } from './template';

/**
 * One link in a format; `template` counts for `custom` only. The text for people is the file's name without extension.
 * Without `encode` the address stays as the host gave it, but for what would break the format.
 */
export function formatLink(subject: LinkSubject, format: LinkFormat, template: string, encode = true): string {
  const address = (place: Parameters<typeof givenAddress>[1]): string => (encode ? encodeAddress(subject.url) : givenAddress(subject.url, place));
  switch (format) {
    case 'url':
      return address('text');
    case 'markdown':
      return `${subject.kind === 'image' ? '!' : ''}[${escapeMarkdown(stemOf(subject.name))}](${address('markdown')})`;
    case 'html':
      return html(subject.kind, escapeHtml(address('html')), escapeHtml(stemOf(subject.name)));
    case 'bbcode':
      return bbcode(subject.kind, address('bbcode'), escapeBbcode(stemOf(subject.name)));
    case 'custom':
      return fillTemplate(template, subject, address('text'));
  }
}

function html(kind: MediaKind, url: string, text: string): string {
  switch (kind) {
    case 'image':
      return `<img src="${url}" alt="${text}">`;
    case 'video':
      return `<video controls src="${url}" title="${text}"></video>`;
    case 'other':
      return `<a href="${url}">${text}</a>`;
  }
}

function bbcode(kind: MediaKind, url: string, text: string): string {
  switch (kind) {
    case 'image':
      return `[img]${url}[/img]`;
    case 'video':
      return `[video]${url}[/video]`;
    case 'other':
      return `[url=${url}]${text}[/url]`;
  }
}

/** The part of the settings that decides what a link looks like. */
export type LinkSettings = Pick<Settings, 'linkFormat' | 'customTemplate' | 'videoFormat' | 'customVideoTemplate' | 'accountLinks' | 'encodeLinks'>;

type Chosen = { readonly format: LinkFormat; readonly template: string };

/** An account's own formats stand in for those of all; pictures have one, all else the other. */
const chosen = ({ kind, accountId }: Pick<LinkSubject, 'kind' | 'accountId'>, settings: LinkSettings): Chosen => {
  const own = Object.hasOwn(settings.accountLinks, accountId) ? settings.accountLinks[accountId] : undefined;
  const { linkFormat, customTemplate, videoFormat, customVideoTemplate } = own ?? settings;
  return kind === 'image' ? { format: linkFormat, template: customTemplate } : { format: videoFormat, template: customVideoTemplate };
};

/** The format that the person has chosen for what this is and where it lies. */
export const formatFor = (subject: Pick<LinkSubject, 'kind' | 'accountId'>, settings: LinkSettings): LinkFormat => chosen(subject, settings).format;

/** The link as the person has chosen it. */
export const linkOf = (subject: LinkSubject, settings: LinkSettings): string => linkIn(subject, formatFor(subject, settings), settings);

/** Like `linkOf` with the format given for once; `custom` takes the template that fits the subject. */
export const linkIn = (subject: LinkSubject, format: LinkFormat, settings: LinkSettings): string =>
  formatLink(subject, format, chosen(subject, settings).template, settings.encodeLinks);

/** What stands between links. */
export const SEPARATORS = { line: '\n', 'blank-line': '\n\n', space: ' ', comma: ', ' } as const satisfies Readonly<Record<LinkSeparator, string>>;

/** The links in the order given, with what the person wants between them; without a format each in its own. */
export const joinLinks = (subjects: readonly LinkSubject[], settings: LinkSettings & Pick<Settings, 'linkSeparator'>, format: LinkFormat | null = null): string =>
  subjects.map((subject) => (format === null ? linkOf(subject, settings) : linkIn(subject, format, settings))).join(SEPARATORS[settings.linkSeparator]);
