import { dimensionsOf, typeByContent, typeByExtension } from '../file-kinds';
import type { StoredFile } from '../file-store';
import { handle, type HostContext } from '../host-context';
import { addressOf, methodOf, phpJson, type HostApp, type HostCall } from '../http-call';
import { randomDeleteHash, randomName } from '../random-names';
import type { ReceivedFile } from '../file-writer';
import { sameSecret } from '../same-secret';
import { serveFile } from '../serve-file';
import { serveUpload, type AcceptedUpload, type Fields } from '../upload-call';
import { localDate } from '../wall-time';

const FORMATS = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp'] as const;

/**
 * A plain EasyImages 2.0 site below `prefix` (icret/EasyImages2.0 `api/index.php`, `app/del.php`): HTTP 200 for every
 * refusal, `result:"failed"` with codes of its own, JSON as PHP escapes it. No list, no sync.
 */
export function mountEasyImages(host: HostContext, app: HostApp, prefix: string): void {
  const dialect = 'easyimages';
  const origin = (): string => host.baseUrl() + prefix;
  const find = (path: string): StoredFile | null => host.store.findByPath(dialect, path);
  handle(host, app, `${prefix}/api/index.php`, { dialect, call: 'upload' }, (call) => upload(host, origin(), call));
  handle(host, app, `${prefix}/app/del.php`, { dialect, call: 'delete' }, (call) => remove(host, call));
  handle(host, app, `${prefix}/app/thumb.php`, { dialect, call: 'thumb' }, (call) =>
    serveFile(host, call, find((new URL(call.req.url).searchParams.get('img') ?? '').replace(/^\//, ''))),
  );
  handle(host, app, `${prefix}/i/*`, { dialect, call: 'file' }, (call) =>
    serveFile(host, call, find(call.req.path.slice(prefix.length + 1))),
  );
}

function failed(code: number, message: string): Response {
  return phpJson({ result: 'failed', code, message });
}

async function upload(host: HostContext, origin: string, call: HostCall): Promise<Response> {
  return serveUpload(host, call, {
    dialect: 'easyimages',
    fileFields: ['image'],
    md5: false,
    keep: () => true,
    refuse: (fields, file) => refusal(host, fields, file),
    accept: async (accepted) => phpJson(answer(host, origin, await store(host, call, accepted))),
    failed: () => failed(400, 'Upload failed'),
  });
}

/** A missing file is named before a wrong token: that is how the site answers a token sent alone. */
function refusal(host: HostContext, fields: Fields, file: ReceivedFile | null): Response | null {
  if (host.switches().easyimages.closed) return failed(201, 'API Closed');
  if (file === null) return failed(204, 'No files selected for uploading');
  if (!sameSecret(fields.get('token') ?? '', host.keys.easyimages)) return failed(202, 'Token error');
  if (typeByExtension(file.name, FORMATS) === null || typeByContent(file.head, FORMATS) === null) {
    return failed(406, 'Illegal file');
  }
  return file.tooBig || file.path === null ? failed(400, 'File too large') : null;
}

function store(host: HostContext, call: HostCall, { file, path }: AcceptedUpload): Promise<StoredFile> {
  const type = typeByContent(file.head, FORMATS);
  if (type === null) throw new Error('an upload of another type was accepted');
  const now = host.now();
  const storedName = `${randomName(7)}-0.${type.extension}`;
  return host.store.add(path, {
    dialect: 'easyimages',
    kind: 'image',
    storedName,
    originalName: file.name,
    urlPath: `i/${localDate(now)}/${storedName}`,
    bytes: file.bytes,
    ...dimensionsOf(file.head),
    durationMs: 0,
    mime: type.mime,
    md5: null,
    createdAt: now,
    owner: addressOf(call),
    publicId: null,
    deleteKey: randomDeleteHash(),
  });
}

function answer(host: HostContext, origin: string, file: StoredFile): Record<string, unknown> {
  return {
    result: 'success',
    code: 200,
    url: `${origin}/${file.urlPath}`,
    srcName: file.originalName.replace(/\.[^.]*$/, ''),
    thumb: `${origin}/app/thumb.php?img=/${file.urlPath}`,
    del: host.switches().easyimages.deleteClosed
      ? 'Admin closed user delete'
      : `${origin}/app/del.php?hash=${file.deleteKey ?? ''}`,
  };
}

/** Any method deletes, as on real servers: a client must never probe a delete link. */
async function remove(host: HostContext, call: HostCall): Promise<Response> {
  const hash = new URL(call.req.url).searchParams.get('hash') ?? '';
  const file = host.store.findByDeleteKey('easyimages', hash);
  const there = file !== null && file.deletedAt === null;
  if (there) await host.store.remove(file, host.now());
  if (methodOf(call) === 'HEAD') return new Response(null);
  if (there || !host.switches().easyimages.recycleBin) return phpJson({ code: 200, msg: '删除成功', type: 'success' });
  return phpJson({ code: 404, msg: '文件不存在', type: 'danger' });
}
