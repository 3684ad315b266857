import type { StoredFile } from '../file-store';
import { localTime, utcTime } from '../wall-time';

export type CheveretoSites = {
  /** Where files and API lie. */
  readonly files: string;
  /** Where viewer pages and delete links lie: another domain on the real service. */
  readonly viewer: string;
};

export type CheveretoAnswerOptions = {
  /** `text` as on the API page, `number` as current versions answer. */
  readonly numbers: 'text' | 'number';
  readonly pending: boolean;
  readonly withDelete: boolean;
  readonly now: number;
};

/** A successful upload's answer, field by field as the API page prints it. */
export function cheveretoAnswer(file: StoredFile, sites: CheveretoSites, options: CheveretoAnswerOptions): unknown {
  const number = (value: number): string | number => (options.numbers === 'text' ? String(value) : value);
  const name = file.storedName.replace(/\.[^.]*$/, '');
  const extension = file.storedName.slice(name.length + 1);
  const url = `${sites.files}/${file.urlPath}`;
  const sized = (size: 'th' | 'md'): Record<string, unknown> => ({
    filename: `${name}.${size}.${extension}`,
    name: `${name}.${size}`,
    mime: file.mime,
    extension,
    ...(options.pending ? {} : { url: url.replace(/(\.\w+)$/, `.${size}$1`) }),
    size: number(file.bytes),
  });
  const video = file.kind === 'video';
  const seconds = Math.round(file.durationMs / 1000);
  // Small pictures and videos have no medium size.
  const medium = video || file.width <= 500 ? null : sized('md');
  const displayUrl = medium ? medium['url'] : url;
  const title = file.originalName.replace(/\.[^.]*$/, '');
  return {
    status_code: 200,
    success: { message: 'image uploaded', code: 200 },
    image: {
      name,
      extension,
      size: number(file.bytes),
      width: number(file.width),
      height: number(file.height),
      date: localTime(file.createdAt),
      date_gmt: utcTime(file.createdAt),
      title,
      description: null,
      nsfw: number(0),
      storage_mode: 'datefolder',
      md5: file.md5,
      source_md5: null,
      original_filename: file.originalName,
      original_exifdata: JSON.stringify({ FileName: file.originalName, FileSize: String(file.bytes), MimeType: file.mime }),
      views: number(0),
      category_id: null,
      chain: number(7),
      thumb_size: number(file.bytes),
      medium_size: number(medium ? file.bytes : 0),
      expiration_date_gmt: null,
      likes: number(0),
      is_animated: number(0),
      is_approved: number(options.pending ? 0 : 1),
      is_360: number(0),
      ...(video ? { type: 'video', duration: seconds, duration_time: `00:${String(seconds % 60).padStart(2, '0')}` } : {}),
      file: { resource: { type: 'path' } },
      id_encoded: file.publicId,
      filename: file.storedName,
      mime: file.mime,
      ...(options.pending ? {} : { url }),
      url_viewer: `${sites.viewer}/image/${file.publicId ?? ''}`,
      url_short: `${sites.viewer}/image/${file.publicId ?? ''}`,
      image: { filename: file.storedName, name, mime: file.mime, extension, ...(options.pending ? {} : { url }), size: number(file.bytes) },
      thumb: sized('th'),
      medium,
      size_formatted: `${Math.max(1, Math.round(file.bytes / 1024))} KB`,
      ...(options.pending ? {} : { display_url: displayUrl }),
      display_width: number(Math.min(500, file.width)),
      display_height: file.width > 500 ? Math.round((file.height * 500) / file.width) : file.height,
      views_label: 'views',
      likes_label: 'likes',
      how_long_ago: `${Math.max(0, Math.round((options.now - file.createdAt) / 1000))} seconds ago`,
      date_fixed_peer: utcTime(file.createdAt),
      title_truncated: title,
      title_truncated_html: title,
      is_use_loader: false,
      ...(options.withDelete ? { delete_url: `${sites.viewer}/image/${file.publicId ?? ''}/delete/${file.deleteKey ?? ''}` } : {}),
    },
    status_txt: 'OK',
  };
}
