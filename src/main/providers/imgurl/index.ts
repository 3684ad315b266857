import type { AccountTest, Album } from '../../../shared/model/account';
import type { Capabilities, SettingValue } from '../../../shared/model/provider';
import { caught, failedTest, unsure, works } from '../account-test';
import { attempt, filePart, lastPart, missingKey, refuseEmpty, rising } from '../attempt';
import { parseJson } from '../classify';
import { numberSetting, switchSetting, textSetting } from '../common-settings';
import type { Call, DeleteOutcome, DeleteTarget, Provider, ProviderConfig, ProviderDefinition, ProviderDeps, Receipt, UploadCall, UploadSource } from '../contract';
import { followDeleteLink, isGone, type DeleteReading } from '../delete-outcome';
import type { HttpAnswer } from '../http';
import { deleteLink, webLink } from '../url-rules';
import { AlbumRows, Envelope, Uploaded } from './api';
import { imgurlSettings } from './settings';
import { imgurlRefusal } from './verdict';

/** The open edition prints bare text; "gone" also speaks of deletion, so it is looked for first. */
const readDeletion = (answer: HttpAnswer): DeleteReading => {
  const evidence = `HTTP ${answer.status}`;
  const { text } = answer;
  if (isGone(answer.status) || text.includes('不存在')) return { status: 'already_gone', evidence };
  if (text.includes('不是有效的token')) return { status: 'refused', evidence };
  const body = Envelope.safeParse(parseJson(text));
  const done = (body.success && body.data.code === 200) || text.includes('已删除');
  return answer.status < 300 && done ? { status: 'deleted', evidence: `${evidence} success` } : { status: 'look', evidence };
};

class ImgurlProvider implements Provider {
  constructor(
    private readonly config: ProviderConfig,
    private readonly deps: ProviderDeps,
  ) {}

  async upload(source: UploadSource, call: UploadCall): Promise<Receipt> {
    const { http, now } = this.deps;
    refuseEmpty(source, now());
    const album = call.albumId ?? textSetting(this.config.settings, 'album');
    const fields = album === '' ? this.#credentials() : [...this.#credentials(), ['album_id', album] as const];
    const answer = await attempt(
      () =>
        http.postFile({
          url: `${this.config.url}/api/v2/upload`,
          fields,
          file: filePart('file', source),
          signal: call.signal,
          onProgress: rising(call.onProgress),
        }),
      true,
      now,
    );
    const body = parseJson(answer.text);
    const envelope = Envelope.safeParse(body).data;
    const data = envelope?.code === 200 ? Uploaded.safeParse(envelope.data).data : undefined;
    const url = webLink(data?.url);
    if (answer.status >= 300 || data === undefined || url === null) throw imgurlRefusal(answer, body, true, now());
    const thumb = webLink(data.thumbnail_url);
    return {
      remoteId: data.imgid ?? null,
      url,
      thumbUrl: thumb === url ? null : thumb,
      viewerUrl: null,
      deleteUrl: deleteLink(data.delete, switchSetting(this.config.settings, 'allowHttp', false)),
      storedName: lastPart(data.relative_path ?? null),
      width: data.image_width ?? null,
      height: data.image_height ?? null,
      bytes: null,
      mime: null,
      kind: 'image',
      durationSeconds: null,
      pendingReview: false,
    };
  }

  async albums(call: Call): Promise<readonly Album[]> {
    const { http, now } = this.deps;
    // POST: with GET the token would stand in the address.
    const answer = await attempt(() => http.postForm({ url: `${this.config.url}/api/v2/albums`, fields: this.#credentials(), signal: call.signal }), false, now);
    const body = parseJson(answer.text);
    const envelope = Envelope.safeParse(body).data;
    const rows = envelope?.code === 200 ? AlbumRows.safeParse(envelope.data).data : undefined;
    if (answer.status >= 300 || rows === undefined) throw imgurlRefusal(answer, body, false, now());
    return rows.flatMap((row) => {
      const id = row.album_id ?? row.id ?? null;
      if (id === null) return [];
      return [
        {
          id,
          name: row.name ?? id,
          description: row.description ?? null,
          isPrivate: row.is_private ?? null,
          coverUrl: webLink(row.cover),
          createdAt: row.create_date ?? null,
          updatedAt: row.update_date ?? null,
        },
      ];
    });
  }

  remove(target: DeleteTarget, call: Call): Promise<DeleteOutcome> {
    const { http, now } = this.deps;
    return followDeleteLink(target, call, { http, now, allowHttp: switchSetting(this.config.settings, 'allowHttp', false) }, readDeletion);
  }

  /** The albums call needs the same credentials as an upload and sends nothing. */
  async test(call: Call): Promise<AccountTest> {
    try {
      await this.albums(call);
      return { canUpload: true, steps: [works('reach'), works('key'), works('albums'), unsure('upload')] };
    } catch (error) {
      return failedTest(caught(error));
    }
  }

  #credentials(): readonly (readonly [string, string])[] {
    const uid = textSetting(this.config.settings, 'uid');
    const token = this.config.secrets['token'] ?? '';
    if (uid === '' || token === '') throw missingKey(this.deps.now());
    return [
      ['uid', uid],
      ['token', token],
    ];
  }
}

const capabilities = (settings: Readonly<Record<string, SettingValue>>): Capabilities => ({
  images: true,
  video: false,
  albums: true,
  uploadIntoAlbum: true,
  list: 'none',
  clearList: false,
  deleteByLink: true,
  sync: false,
  anonymous: false,
  extensions: ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'webp'],
  maxBytes: numberSetting(settings, 'maxBytes'),
  warnBytes: null,
});

/** ImgURL Pro, API v2. */
export const imgurl: ProviderDefinition = {
  id: 'imgurl',
  name: { en: 'ImgURL', 'zh-CN': 'ImgURL 图床' },
  defaultUrl: 'https://www.imgurl.org',
  notice: null,
  settings: imgurlSettings,
  endpoints: ['/api/v2/upload', '/api/v2/albums', '/api/v2'],
  capabilities,
  create: (config, deps) => new ImgurlProvider(config, deps),
};
