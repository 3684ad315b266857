import { videoDurationMs } from '../video-duration';
import { dimensionsOf, typeByExtension } from '../file-kinds';
import type { FileOrder, StoredFile } from '../file-store';
import { handle, type HostContext } from '../host-context';
import { addressOf, json, methodOf, type HostApp, type HostCall } from '../http-call';
import { randomDeleteHash, randomName } from '../random-names';
import type { ReceivedFile } from '../file-writer';
import { sameSecret } from '../same-secret';
import { serveFile } from '../serve-file';
import { serveUpload, type AcceptedUpload } from '../upload-call';
import { localDate, localTime } from '../wall-time';

/** Exactly the API page's formats. */
const IMAGES = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'svg'] as const;
const VIDEOS = ['mp4', 'webm', 'avi', 'mov', 'wmv', 'mkv', 'm4v'] as const;
const FORMATS: readonly string[] = [...IMAGES, ...VIDEOS];

/**
 * The WiZs image host below `prefix`: upload, public list, delete by link, thumbnails and the files themselves.
 * Every error is `{result:"error", code, error}` with the HTTP status equal to `code`.
 */
export function mountWizs(host: HostContext, app: HostApp, prefix: string): void {
  const dialect = 'wizs';
  const origin = (): string => host.baseUrl() + prefix;
  handle(host, app, `${prefix}/api/v1/upload.php`, { dialect, call: 'upload' }, (call) => upload(host, origin(), call));
  handle(host, app, `${prefix}/api/v1/list.php`, { dialect, call: 'list' }, (call) => list(host, call));
  handle(host, app, `${prefix}/application/del.php`, { dialect, call: 'delete' }, (call) => remove(host, call));
  handle(host, app, `${prefix}/application/thumb.php`, { dialect, call: 'thumb' }, (call) => thumb(host, call));
  handle(host, app, `${prefix}/uploads/*`, { dialect, call: 'file' }, (call) =>
    serveFile(host, call, host.store.findByPath(dialect, call.req.path.slice(prefix.length + 1))),
  );
}

/** The answer to every refusal of this dialect. */
export function wizsError(code: number, error: string): Response {
  return json({ result: 'error', code, error }, code);
}

/** Null if the key opens the account, else the refusal. `token` counts only where no header was sent. */
export function wizsKeyRefusal(host: HostContext, call: HostCall, token?: string): Response | null {
  const given = call.env.incoming.headers['x-api-key'] ?? token;
  if (typeof given !== 'string' || given === '') return wizsError(401, 'Login required or invalid token');
  return sameSecret(given, host.keys.wizs) ? null : wizsError(401, 'Invalid API key');
}

async function upload(host: HostContext, origin: string, call: HostCall): Promise<Response> {
  if (methodOf(call) !== 'POST') return wizsError(405, 'Method not allowed');
  return serveUpload(host, call, {
    dialect: 'wizs',
    fileFields: ['image', 'file'],
    md5: false,
    // A key that comes after the file is checked at the end; until then its bytes have to lie somewhere.
    keep: (fields) => {
      const known = call.env.incoming.headers['x-api-key'] ?? fields.get('token');
      return known === undefined || wizsKeyRefusal(host, call, fields.get('token')) === null;
    },
    refuse: (fields, file) => wizsKeyRefusal(host, call, fields.get('token')) ?? fileRefusal(host, file),
    accept: async (accepted) => json(answer(origin, await store(host, call, accepted))),
    failed: () => wizsError(500, 'Upload failed'),
  });
}

function fileRefusal(host: HostContext, file: ReceivedFile | null): Response | null {
  if (file === null) return wizsError(400, 'No file uploaded');
  const type = typeByExtension(file.name, FORMATS);
  if (type === null || !type.matches(file.head)) return wizsError(400, 'Invalid file type');
  if (file.tooBig) return wizsError(413, 'File too large');
  if (type.kind === 'video' && host.switches().wizs.videoOff) return wizsError(403, 'Video upload disabled');
  return file.path === null ? wizsError(400, 'No file uploaded') : null;
}

async function store(host: HostContext, call: HostCall, { file, path }: AcceptedUpload): Promise<StoredFile> {
  const type = typeByExtension(file.name, FORMATS);
  if (type === null) throw new Error('an upload of another type was accepted');
  const now = host.now();
  const image = type.kind === 'image';
  const extension = image && !host.switches().wizs.keepType ? 'webp' : type.extension;
  const storedName = `${randomName()}.${extension}`;
  const month = localDate(now).slice(0, 7);
  return host.store.add(path, {
    dialect: 'wizs',
    kind: type.kind,
    storedName,
    originalName: file.name,
    urlPath: image ? `uploads/${month}/${storedName}` : `uploads/videos/${month}/${storedName}`,
    bytes: file.bytes,
    ...(image ? dimensionsOf(file.head) : { width: 0, height: 0 }),
    durationMs: image ? 0 : await videoDurationMs(path),
    mime: type.mime,
    md5: null,
    createdAt: now,
    owner: addressOf(call),
    publicId: null,
    deleteKey: randomDeleteHash(),
  });
}

function answer(origin: string, file: StoredFile): Record<string, unknown> {
  const url = `${origin}/${file.urlPath}`;
  const del = `${origin}/application/del.php?hash=${file.deleteKey ?? ''}`;
  const start = { result: 'success', code: 200, url, srcName: file.originalName };
  if (file.kind === 'video') {
    const duration = file.durationMs / 1000;
    return { ...start, type: 'video', duration, duration_formatted: minutes(duration), file_size: file.bytes, del };
  }
  const thumb = `${origin}/application/thumb.php?img=/${file.urlPath}`;
  return { ...start, thumb, width: file.width, height: file.height, file_size: file.bytes, del };
}

/** `2:05` for 125.5 seconds, `1:00:00` for an hour. */
function minutes(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(rest)}:${two(whole % 60)}` : `${rest}:${two(whole % 60)}`;
}

/** The public list: everybody's files that are still there. Odd values fall back to the defaults, as on the API page. */
function list(host: HostContext, call: HostCall): Response {
  if (!['GET', 'HEAD'].includes(methodOf(call))) return wizsError(405, 'Method not allowed');
  const query = new URL(call.req.url).searchParams;
  const perPage = Math.min(100, positive(query.get('per_page'), 20));
  const page = positive(query.get('page'), 1);
  const total = host.store.count('wizs');
  const rows = host.store.page('wizs', { page, perPage, orderBy: order(query.get('order_by')), ascending: /^asc$/i.test(query.get('order_dir') ?? '') });
  return json({
    success: true,
    data: rows.map((file) => ({
      id: file.seq,
      filename: file.storedName,
      original_name: file.originalName,
      file_path: file.urlPath.replace(/^uploads\//, ''),
      file_size: file.bytes,
      width: file.width,
      height: file.height,
      views: file.views,
      created_at: localTime(file.createdAt),
    })),
    pagination: { current_page: page, per_page: perPage, total, total_pages: Math.ceil(total / perPage) },
  });
}

function positive(text: string | null, fallback: number): number {
  return text !== null && /^\d{1,9}$/.test(text) && Number(text) >= 1 ? Number(text) : fallback;
}

function order(text: string | null): FileOrder {
  return text === 'views' || text === 'file_size' ? text : 'created_at';
}

/** Only GET deletes: a link checker's HEAD must not cost a file. */
async function remove(host: HostContext, call: HostCall): Promise<Response> {
  if (methodOf(call) !== 'GET') return wizsError(405, 'Method not allowed');
  const hash = new URL(call.req.url).searchParams.get('hash');
  if (hash === null || hash === '') return wizsError(400, 'Missing hash');
  const file = host.store.findByDeleteKey('wizs', hash);
  if (file === null || file.deletedAt !== null) return wizsError(404, 'File not found');
  await host.store.remove(file, host.now());
  return json({ result: 'success', code: 200, message: 'File deleted successfully' });
}

/** Pictures are their own thumbnails here; the host has no image library. */
function thumb(host: HostContext, call: HostCall): Response | Promise<Response> {
  const image = new URL(call.req.url).searchParams.get('img') ?? '';
  const file = image.startsWith('/uploads/') ? host.store.findByPath('wizs', image.slice(1)) : null;
  return file?.kind === 'image' ? serveFile(host, call, file) : wizsError(404, 'File not found');
}
