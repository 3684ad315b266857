import { dimensionsOf, typeByContent } from '../file-kinds';
import type { StoredFile } from '../file-store';
import { handle, type HostContext } from '../host-context';
import { addressOf, html, json, methodOf, type HostApp, type HostCall } from '../http-call';
import { randomHex, randomMixed } from '../random-names';
import type { ReceivedFile } from '../file-writer';
import { sameSecret } from '../same-secret';
import { serveFile } from '../serve-file';
import { serveUpload, type AcceptedUpload, type Fields } from '../upload-call';
import { videoDurationMs } from '../video-duration';
import { localDate } from '../wall-time';
import { cheveretoAnswer } from './chevereto-answer';

const FORMATS = ['avif', 'jpg', 'png', 'bmp', 'gif', 'webp', 'mp4', 'mov', 'webm'] as const;
const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

/** Chevereto's API v1 below `prefix`; upload is all it has. Every refusal is HTTP 400 with an `error` object. */
export function mountChevereto(host: HostContext, app: HostApp, prefix: string): void {
  const dialect = 'chevereto';
  handle(host, app, `${prefix}/api/1/upload`, { dialect, call: 'upload' }, (call) => upload(host, prefix, call));
  handle(host, app, `${prefix}/images/*`, { dialect, call: 'file' }, (call) => {
    const path = call.req.path.slice(prefix.length + 1);
    // Smaller sizes (`.th`, `.md`) are the picture itself: the host has no image library.
    const file = host.store.findByPath(dialect, path) ?? host.store.findByPath(dialect, path.replace(/\.(?:th|md)(\.\w+)$/, '$1'));
    return serveFile(host, call, file);
  });
}

/** Viewer pages and delete links, which the service keeps on another domain than its API. */
export function mountCheveretoDeletes(host: HostContext, app: HostApp, prefix: string): void {
  const dialect = 'chevereto';
  handle(host, app, `${prefix}/image/:id/delete/:password`, { dialect, call: 'delete' }, (call) => remove(host, prefix, call));
  handle(host, app, `${prefix}/image/:id`, { dialect, call: 'view' }, (call) => view(host, call));
}

function refused(code: number, message: string): Response {
  return json({ status_code: 400, error: { message, code }, status_txt: 'Bad Request' }, 400);
}

async function upload(host: HostContext, prefix: string, call: HostCall): Promise<Response> {
  return serveUpload(host, call, {
    dialect: 'chevereto',
    fileFields: ['source'],
    md5: true,
    keep: () => true,
    refuse: (fields, file) => keyRefusal(host, call, fields) ?? fileRefusal(host, call, file),
    accept: async (accepted) => {
      const stored = await store(host, call, accepted);
      const { numbers, pending, version } = host.switches().chevereto;
      const sites = { files: host.baseUrl() + prefix, viewer: host.deleteBaseUrl() + prefix };
      const now = host.now();
      return json(cheveretoAnswer(stored, sites, { numbers, pending, withDelete: version === 4, now }));
    },
    failed: () => refused(600, "Can't insert uploaded file"),
  });
}

/** Version 4 reads the header first; version 3 knows the form field only. */
function keyRefusal(host: HostContext, call: HostCall, fields: Fields): Response | null {
  const { version, uploadsOff } = host.switches().chevereto;
  const header = call.env.incoming.headers['x-api-key'];
  const given = (version === 4 && typeof header === 'string' ? header : fields.get('key')) ?? '';
  if (given === '') return version === 4 ? refused(100, 'No key provided') : refused(0, "API key can't be null");
  if (!sameSecret(given, host.keys.chevereto)) return refused(100, version === 4 ? 'Invalid API key.' : 'Invalid API v1 key.');
  return uploadsOff ? refused(401, 'Request denied') : null;
}

function fileRefusal(host: HostContext, call: HostCall, file: ReceivedFile | null): Response | null {
  if (file === null) return refused(130, 'Empty upload source');
  const { floodPerMinute, refuseDuplicates } = host.switches().chevereto;
  const now = host.now();
  if (floodPerMinute !== null && host.store.recentOf('chevereto', [addressOf(call)], now - MINUTE).length >= floodPerMinute) {
    return refused(130, `Flooding detected. You can only upload ${floodPerMinute} images per minute`);
  }
  if (file.tooBig) return refused(400, `File too big - max ${Math.floor((host.limits.chevereto ?? 0) / 1024 / 1024)} MB`);
  if (file.path === null) return refused(601, 'File was partially uploaded');
  if (typeByContent(file.head, FORMATS) === null) return refused(610, "Can't get target upload source info");
  const again = refuseDuplicates && file.md5 !== null && host.store.findByMd5('chevereto', file.md5, now - DAY);
  return again ? refused(101, 'Duplicated upload') : null;
}

async function store(host: HostContext, call: HostCall, { file, path }: AcceptedUpload): Promise<StoredFile> {
  const type = typeByContent(file.head, FORMATS);
  if (type === null) throw new Error('an upload of another type was accepted');
  const now = host.now();
  const stem = file.name.replace(/\.[^.]*$/, '').replace(/[^\w-]+/g, '-').slice(0, 80);
  const storedName = `${stem}${randomHex(16)}.${type.extension}`;
  const image = type.kind === 'image';
  return host.store.add(path, {
    dialect: 'chevereto',
    kind: type.kind,
    storedName,
    originalName: file.name,
    urlPath: `images/${localDate(now)}/${storedName}`,
    bytes: file.bytes,
    ...(image ? dimensionsOf(file.head) : { width: 0, height: 0 }),
    durationMs: image ? 0 : await videoDurationMs(path),
    mime: type.mime,
    md5: file.md5,
    createdAt: now,
    owner: addressOf(call),
    publicId: randomMixed(5),
    deleteKey: randomHex(48),
  });
}

const notFound = (): Response =>
  html('<!DOCTYPE html><html><head><title>404</title></head><body><h1>That page doesn\'t exist</h1></body></html>', 404);

/** The right password deletes and leads to the viewer page with `?deleted`, which is gone by then; all else is a 404. */
async function remove(host: HostContext, prefix: string, call: HostCall): Promise<Response> {
  const file = host.store.findByDeleteKey('chevereto', call.req.param('password') ?? '');
  if (file === null || file.deletedAt !== null || file.publicId !== call.req.param('id')) return notFound();
  await host.store.remove(file, host.now());
  return new Response(null, {
    status: 301,
    headers: { location: `${host.deleteBaseUrl()}${prefix}/image/${file.publicId}?deleted` },
  });
}

function view(host: HostContext, call: HostCall): Response {
  if (!['GET', 'HEAD'].includes(methodOf(call))) return notFound();
  const id = (call.req.param('id') ?? '').replace(/^.*\./, '');
  const found = host.store.all('chevereto').find((file) => file.publicId === id && file.deletedAt === null);
  return found ? html('<!DOCTYPE html><html><head><title>Image</title></head><body></body></html>') : notFound();
}
