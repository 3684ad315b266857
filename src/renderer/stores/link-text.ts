import type { LinkFormat } from '../../shared/model/settings';

export const linkFormats = ['url', 'markdown', 'html', 'bbcode', 'custom'] as const satisfies readonly LinkFormat[];
