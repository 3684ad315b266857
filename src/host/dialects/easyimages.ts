import type { StoredFile } from '../file-store';
import { handle, type HostContext } from '../host-context';
import { methodOf, phpJson, type HostApp, type HostCall } from '../http-call';
import { randomDeleteHash, randomName } from '../random-names';
import type { ReceivedFile } from '../file-writer';
import { sameSecret } from '../same-secret';
import { serveFile } from '../serve-file';
import { isPictureOf, storePicture } from '../store-picture';
import { serveUpload, type AcceptedUpload, type Fields } from '../upload-call';

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
  if (!isPictureOf(FORMATS, file)) return failed(406, 'Illegal file');
  return file.tooBig || file.path === null ? failed(400, 'File too large') : null;
}

function store(host: HostContext, call: HostCall, accepted: AcceptedUpload): Promise<StoredFile> {
  const stem = `${randomName(7)}-0`;
  return storePicture(host, call, accepted, { dialect: 'easyimages', formats: FORMATS, folder: 'i', stem, publicId: null, deleteKey: randomDeleteHash() });
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
