import type { LinkFormat } from '../../shared/model/settings';
import type { TextKey } from './text';

export const formatNames: Readonly<Record<LinkFormat, TextKey>> = {
  url: 'formatUrl',
  markdown: 'formatMarkdown',
  html: 'formatHtml',
  bbcode: 'formatBbcode',
  custom: 'formatCustom',
};
