import type { MediaKind } from '../model/job';
import type { LinkFormat, Settings } from '../model/settings';
import { encodeAddress, escapeBbcode, escapeHtml, escapeMarkdown } from './escaping';
import type { LinkSubject } from './link-subject';
import { fillTemplate, stemOf } from './template';

/** One link in a format; `template` counts for `custom` only. The text for people is the file's name without extension. */
export function formatLink(subject: LinkSubject, format: LinkFormat, template: string): string {
  switch (format) {
    case 'url':
      return encodeAddress(subject.url);
    case 'markdown':
      return `${subject.kind === 'image' ? '!' : ''}[${escapeMarkdown(stemOf(subject.name))}](${encodeAddress(subject.url)})`;
    case 'html':
      return html(subject.kind, escapeHtml(encodeAddress(subject.url)), escapeHtml(stemOf(subject.name)));
    case 'bbcode':
      return bbcode(subject.kind, encodeAddress(subject.url), escapeBbcode(stemOf(subject.name)));
    case 'custom':
      return fillTemplate(template, subject);
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
export type LinkSettings = Pick<Settings, 'linkFormat' | 'customTemplate' | 'videoFormat' | 'customVideoTemplate'>;

/** The link as the person has chosen it: pictures have one format, all else the other. */
export const linkOf = (subject: LinkSubject, settings: LinkSettings): string =>
  subject.kind === 'image'
    ? formatLink(subject, settings.linkFormat, settings.customTemplate)
    : formatLink(subject, settings.videoFormat, settings.customVideoTemplate);

/** Like `linkOf` with the format given for once; `custom` takes the template that fits the subject. */
export const linkIn = (subject: LinkSubject, format: LinkFormat, settings: LinkSettings): string =>
  formatLink(subject, format, subject.kind === 'image' ? settings.customTemplate : settings.customVideoTemplate);

/** One link a line, in the order given. */
export const joinLinks = (subjects: readonly LinkSubject[], settings: LinkSettings, format?: LinkFormat): string =>
  subjects.map((subject) => (format === undefined ? linkOf(subject, settings) : linkIn(subject, format, settings))).join('\n');
