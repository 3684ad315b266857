import { STRANGER } from '../control';
import type { StoredFile } from '../file-store';
import { handle, type HostContext } from '../host-context';
import { addressOf, html, json, methodOf, type HostApp, type HostCall } from '../http-call';
import { randomHex, randomMixed } from '../random-names';
import type { ReceivedFile } from '../file-writer';
import { serveFile } from '../serve-file';
import { isPictureOf, storePicture } from '../store-picture';
import { serveUpload, type AcceptedUpload, type Fields } from '../upload-call';

const FORMATS = ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'webp'] as const;
const HOUR = 60 * 60 * 1000;

/** SM.MS v1 below `prefix`: no key at all; upload, the last hour's list of the caller's address, clear, delete links. */
export function mountSmms(host: HostContext, app: HostApp, prefix: string): void {
  const dialect = 'smms';
  const origin = (): string => host.baseUrl() + prefix;
  handle(host, app, `${prefix}/api/upload`, { dialect, call: 'upload' }, (call) => upload(host, origin(), call));
  handle(host, app, `${prefix}/api/list`, { dialect, call: 'list' }, (call) => list(host, origin(), call));
  handle(host, app, `${prefix}/api/clear`, { dialect, call: 'clear' }, (call) => clear(host, call));
  for (const path of ['/api/delete/:hash', '/delete/:hash']) {
    handle(host, app, prefix + path, { dialect, call: 'delete' }, (call) => remove(host, call));
  }
  handle(host, app, `${prefix}/files/*`, { dialect, call: 'file' }, (call) =>
    serveFile(host, call, host.store.findByPath(dialect, call.req.path.slice(prefix.length + 1))),
  );
}

const failed = (msg: string): Response => json({ code: 'error', msg });

/** What the service has answered on version 1 since January 2020. */
const retired = (): Response =>
  json({
    success: false,
    code: 'error',
    message: 'API v1 is deprecated, please refer to https://doc.sm.ms/ for the new version.',
    RequestId: randomHex(32).toUpperCase(),
  });

const formatRefusal = (format: string | null | undefined): Response | null =>
  format === 'xml' ? failed('Format xml is not available.') : null;

async function upload(host: HostContext, origin: string, call: HostCall): Promise<Response> {
  if (methodOf(call) !== 'POST') return html('<h1>405 Method Not Allowed</h1>', 405);
  return serveUpload(host, call, {
    dialect: 'smms',
    fileFields: ['smfile'],
    md5: false,
    keep: () => !host.switches().smms.retired,
    refuse: (fields, file) => refusal(host, fields, file),
    accept: async (accepted) => json({ code: 'success', data: row(origin, await store(host, call, accepted)) }),
    failed: () => failed('Could not save uploaded file.'),
  });
}

function refusal(host: HostContext, fields: Fields, file: ReceivedFile | null): Response | null {
  if (host.switches().smms.retired) return retired();
  const format = formatRefusal(fields.get('format'));
  if (format) return format;
  if (file === null) return failed('No files were uploaded.');
  if (file.bytes === 0) return failed('File is empty.');
  if (file.tooBig) return failed('File is too large.');
  if (!isPictureOf(FORMATS, file)) return failed('File has an invalid extension.');
  return file.path === null ? failed('No files were uploaded.') : null;
}

function store(host: HostContext, call: HostCall, accepted: AcceptedUpload): Promise<StoredFile> {
  return storePicture(host, call, accepted, { dialect: 'smms', formats: FORMATS, folder: 'files', stem: randomHex(13), publicId: null, deleteKey: randomMixed(15) });
}

function row(origin: string, file: StoredFile): Record<string, unknown> {
  return {
    width: file.width,
    height: file.height,
    filename: file.originalName,
    storename: file.storedName,
    size: file.bytes,
    path: file.urlPath.replace(/^files/, ''),
    hash: file.deleteKey,
    timestamp: Math.floor(file.createdAt / 1000),
    url: `${origin}/${file.urlPath}`,
    delete: `${origin}/api/delete/${file.deleteKey ?? ''}`,
  };
}

/** Everybody behind the caller's address, strangers too, with working delete links. */
function list(host: HostContext, origin: string, call: HostCall): Response {
  const early = host.switches().smms.retired ? retired() : formatRefusal(new URL(call.req.url).searchParams.get('format'));
  if (early) return early;
  const files = host.store.recentOf('smms', [addressOf(call), STRANGER], host.now() - HOUR);
  return json({ code: 'success', data: files.map((file) => row(origin, file)) });
}

/** Empties the list; the files stay online. A GET with an effect, as on the API page. */
function clear(host: HostContext, call: HostCall): Response {
  if (host.switches().smms.retired) return retired();
  host.store.unlist('smms', [addressOf(call), STRANGER]);
  return json({ code: 'success', msg: 'Clear file success' });
}

/** JSON when asked with `format=json`, else a page. Any method deletes, as on real servers. */
async function remove(host: HostContext, call: HostCall): Promise<Response> {
  const file = host.store.findByDeleteKey('smms', call.req.param('hash') ?? '');
  const there = file !== null && file.deletedAt === null;
  if (there) await host.store.remove(file, host.now());
  const msg = there ? 'File delete success.' : file === null ? 'File not found.' : 'File already deleted.';
  if (new URL(call.req.url).searchParams.get('format') === 'json') return there ? json({ code: 'success', msg }) : failed(msg);
  return html(`<!DOCTYPE html><html><head><title>SM.MS</title></head><body><div class="container">${msg}</div></body></html>`);
}
