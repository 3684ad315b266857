import type { ListedItem } from '../contract';
import type { MediaKind } from '../../../shared/model/job';
import { lastPart } from '../attempt';
import type { Row } from './api';

const IMAGES = new Set(['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'svg', 'avif', 'ico', 'tif', 'tiff', 'jfif']);
const VIDEOS = new Set(['mp4', 'webm', 'avi', 'mov', 'wmv', 'mkv', 'm4v']);

export const kindOf = (name: string | null): MediaKind => {
  const extension = name?.split('.').at(-1)?.toLowerCase() ?? '';
  if (IMAGES.has(extension)) return 'image';
  return VIDEOS.has(extension) ? 'video' : 'other';
};

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Where a listed file most likely lies, guessed from the addresses in the upload sample: rows carry none. */
const addresses = (origin: string, path: string): { readonly url: string; readonly thumb: string | null } => {
  if (/^https?:\/\//i.test(path)) return { url: path, thumb: null };
  const inside = encoded(path.replace(/^\/+/, '').replace(/^uploads\//, ''));
  return { url: `${origin}/uploads/${inside}`, thumb: `${origin}/application/thumb.php?img=/uploads/${inside}` };
};

/** A row of the public gallery. Its addresses are derived, its time has no known zone. */
export const itemOf = (row: Row, origin: string): ListedItem => {
  const path = row.file_path ?? null;
  const stored = row.filename ?? lastPart(path);
  const kind = kindOf(stored ?? row.original_name ?? null);
  const found = path === null ? null : addresses(origin, path);
  return {
    remoteId: row.id ?? stored ?? '',
    name: row.original_name ?? stored ?? '',
    storedName: stored,
    url: found?.url ?? null,
    thumbUrl: kind === 'image' ? (found?.thumb ?? null) : null,
    derived: true,
    kind,
    bytes: row.file_size ?? null,
    width: row.width ?? null,
    height: row.height ?? null,
    views: row.views ?? null,
    hostTime: row.created_at ?? null,
    hostTimeZoneKnown: false,
  };
};
