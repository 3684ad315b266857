import type { AccountTest } from '../../../shared/model/account';
import type { Capabilities, SettingValue } from '../../../shared/model/provider';
import { caught, failedTest, fails, works } from '../account-test';
import { attempt, filePart, lastPart, missingKey, refuseEmpty, rising } from '../attempt';
import { parseJson } from '../classify';
import { numberSetting, switchSetting, textSetting } from '../common-settings';
import type { Call, DeleteOutcome, DeleteTarget, Provider, ProviderConfig, ProviderDefinition, ProviderDeps, Receipt, UploadCall, UploadSource } from '../contract';
import type { DeleteContext } from '../delete-outcome';
import type { HttpAnswer } from '../http';
import { deleteLink, webLink } from '../url-rules';
import { Answer } from './api';
import { removeByLink } from './remove';
import { cheveretoSettings } from './settings';
import { cheveretoCode, cheveretoRefusal, keyNotSeen } from './verdict';

type KeyWay = 'header' | 'field';
const REMEMBERED = 'keyIn';
/** Unofficial clients of picgo.net name this size; no page states it. */
const WARN_BYTES = 25 * 1024 * 1024;

class CheveretoProvider implements Provider {
  readonly #key: string;

  constructor(
    private readonly config: ProviderConfig,
    private readonly deps: ProviderDeps,
  ) {
    this.#key = config.secrets['key'] ?? '';
  }

  async upload(source: UploadSource, call: UploadCall): Promise<Receipt> {
    const { http, now } = this.deps;
    refuseEmpty(source, now());
    const album = call.albumId ?? textSetting(this.config.settings, 'album');
    const onProgress = rising(call.onProgress);
    const { answer, body } = await this.#ask(true, (headers, key) =>
      http.postFile({
        url: this.#url(),
        headers,
        fields: [...key, ...(album === '' ? [] : [['album_id', album] as const]), ['format', 'json']],
        file: filePart('source', source),
        signal: call.signal,
        onProgress,
      }),
    );
    const parsed = Answer.safeParse(body).data;
    const image = parsed?.image;
    const url = webLink(image?.url);
    const pending = url === null && image?.is_approved === false;
    if (answer.status >= 300 || parsed?.status_code !== 200 || image === undefined || image.id_encoded === null || (url === null && !pending)) {
      throw cheveretoRefusal(answer, body, true, now());
    }
    return {
      remoteId: image.id_encoded,
      url,
      thumbUrl: webLink(image.thumb?.url),
      viewerUrl: webLink(image.url_viewer),
      deleteUrl: deleteLink(image.delete_url, this.#allowHttp()),
      storedName: image.filename ?? lastPart(url),
      width: image.width ?? null,
      height: image.height ?? null,
      bytes: image.size ?? null,
      mime: image.mime ?? null,
      kind: image.type === 'video' ? 'video' : source.kind,
      durationSeconds: image.duration ?? null,
      pendingReview: pending,
    };
  }

  remove(target: DeleteTarget, call: Call): Promise<DeleteOutcome> {
    const context: DeleteContext = { http: this.deps.http, now: this.deps.now, allowHttp: this.#allowHttp() };
    return removeByLink(target, call, context);
  }

  /** Posts the key without a file: a good key is told that the source is missing. */
  async test(call: Call): Promise<AccountTest> {
    const { http, now } = this.deps;
    try {
      const { answer, body } = await this.#ask(false, (headers, key) =>
        http.postForm({ url: this.#url(), headers, fields: [...key, ['format', 'json']], signal: call.signal }),
      );
      const error = cheveretoRefusal(answer, body, false, now());
      const accepted = error.problem.sub === 'noSource' || error.problem.kind === 'rate_limit' || (cheveretoCode(body) ?? 0) >= 600;
      if (accepted) return { canUpload: true, steps: [works('reach'), works('key'), works('upload')] };
      if (error.problem.sub === 'forbidden') return { canUpload: false, steps: [works('reach'), works('key'), fails('upload', error)] };
      return failedTest(error);
    } catch (error) {
      return failedTest(caught(error));
    }
  }

  /** Sends the key in the set or remembered way; if the host did not see it, once more in the other. */
  async #ask(
    changes: boolean,
    send: (headers: Readonly<Record<string, string>>, key: readonly (readonly [string, string])[]) => Promise<HttpAnswer>,
  ): Promise<{ readonly answer: HttpAnswer; readonly body: unknown }> {
    const { memory, now } = this.deps;
    if (this.#key === '') throw missingKey(now());
    const [first, ...others] = this.#ways();
    const ask = async (way: KeyWay): Promise<{ readonly answer: HttpAnswer; readonly body: unknown }> => {
      const answer = await attempt(() => (way === 'header' ? send({ 'X-API-Key': this.#key }, []) : send({}, [['key', this.#key]])), changes, now);
      const body = parseJson(answer.text);
      if (!keyNotSeen(body) && (answer.status < 300 || cheveretoCode(body) !== null)) memory.set(REMEMBERED, way);
      return { answer, body };
    };
    const found = await ask(first ?? 'header');
    const other = others[0];
    return other !== undefined && keyNotSeen(found.body) ? ask(other) : found;
  }

  #ways(): readonly KeyWay[] {
    const set = textSetting(this.config.settings, 'keyIn');
    if (set === 'header' || set === 'field') return [set];
    const known = this.deps.memory.get(REMEMBERED);
    return known === 'header' || known === 'field' ? [known] : ['header', 'field'];
  }

  #url(): string {
    return `${this.config.url}/api/1/upload`;
  }

  #allowHttp(): boolean {
    return switchSetting(this.config.settings, 'allowHttp', false);
  }
}

const capabilities = (settings: Readonly<Record<string, SettingValue>>): Capabilities => {
  const video = switchSetting(settings, 'video', false);
  return {
    images: true,
    video,
    albums: false,
    uploadIntoAlbum: true,
    list: 'none',
    clearList: false,
    deleteByLink: true,
    sync: false,
    anonymous: false,
    extensions: ['avif', 'jpg', 'jpeg', 'png', 'bmp', 'gif', 'webp', ...(video ? ['mov', 'mp4', 'webm'] : [])],
    maxBytes: numberSetting(settings, 'maxBytes'),
    warnBytes: WARN_BYTES,
  };
};

/** Any Chevereto site, API v1: versions 3 and 4. */
export const chevereto: ProviderDefinition = {
  id: 'chevereto',
  name: { en: 'Chevereto (picgo.net and others)', 'zh-CN': 'Chevereto（picgo.net 等）' },
  defaultUrl: 'https://www.picgo.net',
  notice: null,
  settings: cheveretoSettings,
  endpoints: ['/api/1/upload', '/api/1'],
  capabilities,
  create: (config, deps) => new CheveretoProvider(config, deps),
};
