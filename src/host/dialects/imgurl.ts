import { rm } from 'node:fs/promises';
import type { StoredFile } from '../file-store';
import { handle, type HostContext } from '../host-context';
import { alreadyAnswered, html, methodOf, phpJson, type HostApp, type HostCall } from '../http-call';
import { randomHex } from '../random-names';
import { receiveUpload } from '../receive-upload';
import type { ReceivedFile } from '../file-writer';
import { sameSecret } from '../same-secret';
import { serveFile } from '../serve-file';
import { isPictureOf, storePicture } from '../store-picture';
import { serveUpload, type AcceptedUpload, type Fields } from '../upload-call';

const FORMATS = ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'webp'] as const;

const ALBUMS = [
  { album_id: '5', name: '大苏打1', is_private: '1', create_date: '2023-11-02 16:03:57', update_date: '2023-11-02 16:56:16' },
  { album_id: '4', name: '你好啊', is_private: '1', create_date: '2023-11-02 16:03:37', update_date: '2023-11-02 16:03:37' },
] as const;

const NOT_LOGGED_IN = '您没有权限，请先登录！';
const because = (reason: string): Response => failed(`上传失败，错误原因：${reason}`);

/** ImgURL Pro v2 below `prefix`: upload and albums. Every refusal is HTTP 200 with `code` -1000. */
export function mountImgurl(host: HostContext, app: HostApp, prefix: string): void {
  const dialect = 'imgurl';
  handle(host, app, `${prefix}/api/v2/upload`, { dialect, call: 'upload' }, (call) => upload(host, prefix, call));
  handle(host, app, `${prefix}/api/v2/albums`, { dialect, call: 'albums' }, (call) => albums(host, call));
  handle(host, app, `${prefix}/imgs/*`, { dialect, call: 'file' }, (call) => {
    const path = call.req.path.slice(prefix.length + 1);
    const file = host.store.findByPath(dialect, path) ?? host.store.findByPath(dialect, path.replace(/_thumb(\.\w+)$/, '$1'));
    return serveFile(host, call, file);
  });
}

/** The delete links, which the service keeps on another domain than its API. */
export function mountImgurlDeletes(host: HostContext, app: HostApp, prefix: string): void {
  handle(host, app, `${prefix}/delete/:token`, { dialect: 'imgurl', call: 'delete' }, (call) => remove(host, call));
}

function failed(msg: string): Response {
  return phpJson({ code: -1000, msg, data: '' });
}

function mayUse(host: HostContext, fields: Fields): boolean {
  const { uid, token } = host.keys.imgurl;
  return sameSecret(fields.get('uid') ?? '', uid) && sameSecret(fields.get('token') ?? '', token);
}

async function upload(host: HostContext, prefix: string, call: HostCall): Promise<Response> {
  if (methodOf(call) !== 'POST') return html('<h1>405 Method Not Allowed</h1>', 405);
  return serveUpload(host, call, {
    dialect: 'imgurl',
    fileFields: ['file'],
    md5: true,
    keep: () => true,
    refuse: (fields, file) => refusal(host, fields, file),
    accept: async (accepted) => {
      const known = host.store.findByMd5('imgurl', accepted.file.md5 ?? '');
      if (known === null || !host.switches().imgurl.dedupe) {
        const stored = await store(host, call, accepted, known === null ? imageId(accepted.file.md5) : randomHex(16));
        return success(host, prefix, stored, true);
      }
      // Bytes sent again give the record they have, and no second delete link.
      await rm(accepted.path, { force: true });
      return success(host, prefix, known, false);
    },
    failed: () => because('The file could not be written to disk.'),
  });
}

function refusal(host: HostContext, fields: Fields, file: ReceivedFile | null): Response | null {
  if (!mayUse(host, fields)) return failed(NOT_LOGGED_IN);
  const album = fields.get('album_id') ?? '';
  if (album !== '' && !ALBUMS.some(({ album_id: id }) => id === album)) return failed('相册不存在！');
  if (file === null) return because('You did not select a file to upload.');
  if (!isPictureOf(FORMATS, file)) {
    return because('The filetype you are attempting to upload is not allowed.');
  }
  if (file.tooBig) return because('The file you are attempting to upload is larger than the permitted size.');
  return file.path === null ? because('The file was only partially uploaded.') : null;
}

/** `imgid` is a piece of the MD5, so the same bytes have the same id (open-source edition, `Upload.php`). */
const imageId = (md5: string | null): string => (md5 ?? '').slice(8, 24);

/** The service reports webp as 0 × 0. */
function store(host: HostContext, call: HostCall, accepted: AcceptedUpload, id: string): Promise<StoredFile> {
  const rules = { dialect: 'imgurl', formats: FORMATS, folder: 'imgs', stem: id, publicId: id, deleteKey: randomHex(16), unmeasured: 'webp' } as const;
  return storePicture(host, call, accepted, rules);
}

function success(host: HostContext, prefix: string, file: StoredFile, withDelete: boolean): Response {
  const url = `${host.baseUrl()}${prefix}/${file.urlPath}`;
  // Small pictures get no thumbnail: its address is then the picture's own.
  const thumbnail = file.width > 100 ? url.replace(/(\.\w+)$/, '_thumb$1') : url;
  return phpJson({
    code: 200,
    msg: '',
    data: {
      relative_path: file.urlPath,
      url,
      thumbnail_url: thumbnail,
      image_width: file.width,
      image_height: file.height,
      client_name: file.originalName,
      id: file.seq,
      imgid: file.publicId,
      ...(withDelete ? { delete: `${host.deleteBaseUrl()}${prefix}/delete/${file.deleteKey ?? ''}` } : {}),
    },
  });
}

async function albums(host: HostContext, call: HostCall): Promise<Response> {
  const fields = await albumFields(host, call);
  if (fields === null) return alreadyAnswered();
  if (!mayUse(host, fields)) return failed(NOT_LOGGED_IN);
  const rows = ALBUMS.map((album) => ({
    album_id: album.album_id,
    user_email: 'xxx@qq.com',
    user_uid: host.keys.imgurl.uid,
    name: album.name,
    description: album.name,
    create_date: album.create_date,
    update_date: album.update_date,
    is_private: album.is_private,
    password: null,
    cover: null,
  }));
  return phpJson({ code: 200, msg: '', data: rows });
}

/** GET carries them in the query, POST in the form; null when the client has gone. */
async function albumFields(host: HostContext, call: HostCall): Promise<Fields | null> {
  if (methodOf(call) !== 'POST') return new Map(new URL(call.req.url).searchParams);
  const received = await receiveUpload(call.env.incoming, {
    fileFields: [],
    maxBytes: 0,
    md5: false,
    durable: false,
    newPath: () => host.store.newPath(),
    keep: () => false,
  });
  if (received.outcome === 'aborted') return null;
  host.control?.noteFields(call.env.incoming, [...received.fields.keys()]);
  return received.fields;
}

/** Bare text at HTTP 200; any method deletes, as on real servers (open-source edition, `Del.php`). */
async function remove(host: HostContext, call: HostCall): Promise<Response> {
  const token = call.req.param('token') ?? '';
  if (!/^[0-9a-z]{16}$/i.test(token)) return html('不是有效的token！');
  const file = host.store.findByDeleteKey('imgurl', token);
  if (file === null || file.deletedAt !== null) return html('token不存在，可能是图片已经被删除！');
  await host.store.remove(file, host.now());
  return html('图片已删除！');
}
