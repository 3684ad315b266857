import type { LinkSubject } from '../../shared/links';
import type { LinkFormat } from '../../shared/model/settings';
import type { WindowSettings } from '../../shared/ipc/contract';

export const linkFormats = ['url', 'markdown', 'html', 'bbcode', 'custom'] as const satisfies readonly LinkFormat[];

/** The format that a thing of this kind is copied in. */
export const formatFor = (kind: LinkSubject['kind'], settings: Pick<WindowSettings, 'linkFormat' | 'videoFormat'>): LinkFormat =>
  kind === 'video' ? settings.videoFormat : settings.linkFormat;
