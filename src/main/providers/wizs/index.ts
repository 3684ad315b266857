import { z } from 'zod';
import { problemOf } from '../../../lib/picferry-error';
import type { AccountTest } from '../../../shared/model/account';
import type { Capabilities, SettingValue } from '../../../shared/model/provider';
import { attempt, filePart, lastPart, missingKey, refuseEmpty, rising, stem } from '../attempt';
import { parseJson, refusal } from '../classify';
import { numberSetting, switchSetting, textSetting } from '../common-settings';
import type { Call, DeleteOutcome, DeleteTarget, DocumentSync, ListQuery, Provider, ProviderConfig, ProviderDefinition, ProviderDeps, Receipt, RemotePage, UploadCall, UploadSource } from '../contract';
import { followDeleteLink, isGone, lookAtImage } from '../delete-outcome';
import { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';
import { createSearch } from '../search-listed';
import { deleteLink, webLink } from '../url-rules';
import { Listed, Uploaded } from './api';
import { keyFields, keyHeaders, keyWays, rememberKeyWay, type KeyWay } from './auth';
import { findUpload } from './find';
import { WizsDocuments } from './json-sync';
import { itemOf } from './rows';
import { wizsSettings } from './settings';
import { testWizs } from './test-account';
import { succeeded, wizsRefusal } from './verdict';

const PUBLIC_SITE = 'https://pic.us.wizs.vip';
/** Stated in the header of that site's API page; true for that site only. */
const PUBLIC_SITE_LIMIT = 50 * 1024 * 1024;
const EXTENSIONS = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'svg', 'mp4', 'webm', 'avi', 'mov', 'wmv', 'mkv', 'm4v'];
const VIDEO_OFF = 'videoOff';

type Settings = Readonly<Record<string, SettingValue>>;
const isEasyImages = (settings: Settings): boolean => textSetting(settings, 'flavour') === 'easyimages';

class WizsProvider implements Provider {
  readonly #key: string;
  readonly #easy: boolean;
  readonly #uploadUrl: string;
  readonly list?: (query: ListQuery, call: Call) => Promise<RemotePage>;
  readonly find?: NonNullable<Provider['find']>;
  readonly sync?: DocumentSync;

  constructor(
    private readonly config: ProviderConfig,
    private readonly deps: ProviderDeps,
  ) {
    this.#key = config.secrets['key'] ?? '';
    this.#easy = isEasyImages(config.settings);
    this.#uploadUrl = `${config.url}${this.#easy ? '/api/index.php' : '/api/v1/upload.php'}`;
    if (this.#easy) return;
    this.sync = new WizsDocuments(config, deps);
    this.list = (query, call) => this.#list(query, call);
    this.find = (sought, sentAt, call) => {
      const page = (number: number): Promise<RemotePage> => this.#list({ page: number, perPage: 100, orderBy: 'created_at', orderDir: 'DESC' }, call);
      return findUpload(sought, sentAt, page, createSearch(sought, call, { http: deps.http, now: deps.now, base: config.url }));
    };
  }

  async upload(source: UploadSource, call: UploadCall): Promise<Receipt> {
    const { now, memory } = this.deps;
    refuseEmpty(source, now());
    if (this.#key === '') throw missingKey(now());
    if (source.kind === 'video' && memory.get(VIDEO_OFF) === 'yes') {
      throw new ProviderError(problemOf({ kind: 'rejected_file', sub: 'videoOff', message: 'videoOff' }, now()), false, 'never');
    }
    const onProgress = rising(call.onProgress);
    const ways = keyWays(this.config, memory);
    for (const [index, way] of ways.entries()) {
      const answer = await attempt(() => this.#send(source, way, { ...call, onProgress }), true, now);
      const body = parseJson(answer.text);
      if (this.#isSuccess(answer, body)) {
        rememberKeyWay(memory, way);
        return this.#receipt(answer, body, source);
      }
      const error = wizsRefusal(answer, body, { sentBytes: source.size, changes: true, on404: 'setup' }, now());
      // A refused key stored nothing, so the other way of sending it is safe to try.
      if (error.problem.kind === 'auth' && error.problem.sub === null && index + 1 < ways.length) continue;
      if (error.problem.sub === 'videoOff') memory.set(VIDEO_OFF, 'yes');
      throw error;
    }
    throw missingKey(now());
  }

  async remove(target: DeleteTarget, call: Call): Promise<DeleteOutcome> {
    const context = { http: this.deps.http, now: this.deps.now, allowHttp: switchSetting(this.config.settings, 'allowHttp', false) };
    return followDeleteLink(target, call, context, async (answer) => {
      const body = parseJson(answer.text);
      const evidence = `HTTP ${answer.status}`;
      if (answer.status < 300 && (succeeded(body) || z.looseObject({ code: z.literal(200) }).safeParse(body).success)) {
        // EasyImages without its recycle bin says "deleted" whether or not there was a file.
        const seen = await lookAtImage(target, call, context);
        return seen === 'there' ? { status: 'unconfirmed', evidence: `${evidence} success, picture still there` } : { status: 'deleted', evidence: `${evidence} success` };
      }
      const { kind } = wizsRefusal(answer, body, { on404: 'gone' }, this.deps.now()).problem;
      if (isGone(answer.status) || kind === 'not_found' || /not found|不存在/i.test(answer.text.slice(0, 2000))) return { status: 'already_gone', evidence };
      if (answer.status < 500 && body !== undefined && (kind === 'rejected_file' || kind === 'auth')) return { status: 'refused', evidence };
      return { status: 'look', evidence };
    });
  }

  test(call: Call): Promise<AccountTest> {
    return testWizs({ config: this.config, deps: this.deps, uploadUrl: this.#uploadUrl, easy: this.#easy }, call);
  }

  #send(source: UploadSource, way: KeyWay, call: UploadCall): Promise<HttpAnswer> {
    const field = source.kind === 'video' && !this.#easy ? 'file' : 'image';
    return this.deps.http.postFile({
      url: this.#uploadUrl,
      headers: keyHeaders(way, this.#key),
      fields: keyFields(way, this.#key),
      file: filePart(field, source),
      signal: call.signal,
      onProgress: call.onProgress,
    });
  }

  #isSuccess(answer: HttpAnswer, body: unknown): boolean {
    return answer.status >= 200 && answer.status < 300 && succeeded(body) && webLink(Uploaded.safeParse(body).data?.url) !== null;
  }

  #receipt(answer: HttpAnswer, body: unknown, source: UploadSource): Receipt {
    const parsed = Uploaded.safeParse(body);
    const url = webLink(parsed.data?.url);
    if (parsed.data === undefined || url === null) throw refusal({ kind: 'protocol', sub: 'unreadable', message: 'unreadable', outcomeUnknown: true }, answer, '', this.deps.now());
    const { thumb, del, width, height, file_size: bytes, type, duration } = parsed.data;
    const storedName = lastPart(new URL(url).pathname);
    return {
      remoteId: storedName === null ? null : stem(storedName),
      url,
      thumbUrl: webLink(thumb),
      viewerUrl: null,
      // It can be a sentence, such as "Admin closed user delete".
      deleteUrl: deleteLink(del, switchSetting(this.config.settings, 'allowHttp', false)),
      storedName,
      width: width ?? null,
      height: height ?? null,
      bytes: bytes ?? null,
      mime: null,
      kind: type === 'video' ? 'video' : source.kind,
      durationSeconds: duration ?? null,
      pendingReview: false,
    };
  }

  async #list(query: ListQuery, call: Call): Promise<RemotePage> {
    const { http, now } = this.deps;
    const asked = new URLSearchParams({ page: String(query.page), per_page: String(Math.min(100, Math.max(1, query.perPage))), order_by: query.orderBy, order_dir: query.orderDir });
    const answer = await attempt(() => http.get({ url: `${this.config.url}/api/v1/list.php?${asked.toString()}`, signal: call.signal }), false, now);
    const body = parseJson(answer.text);
    const parsed = Listed.safeParse(body);
    if (answer.status >= 300 || !succeeded(body) || !parsed.success) throw wizsRefusal(answer, body, { on404: 'setup' }, now());
    const { pagination, data } = parsed.data;
    return {
      items: data.map((row) => itemOf(row, this.config.url)),
      page: pagination?.current_page ?? query.page,
      perPage: pagination?.per_page ?? query.perPage,
      total: pagination?.total ?? null,
      totalPages: pagination?.total_pages ?? 1,
    };
  }
}

const capabilities = (settings: Settings): Capabilities => {
  const easy = isEasyImages(settings);
  return {
    images: true,
    video: !easy,
    albums: false,
    uploadIntoAlbum: false,
    list: easy ? 'none' : 'public-gallery',
    clearList: false,
    deleteByLink: true,
    sync: !easy,
    anonymous: false,
    extensions: easy ? [] : EXTENSIONS,
    maxBytes: numberSetting(settings, 'maxBytes'),
    warnBytes: null,
  };
};

/** WiZs 图床 and, by its flavour setting, plain EasyImages 2.0. */
export const wizs: ProviderDefinition = {
  id: 'wizs',
  name: { en: 'WiZs / EasyImages', 'zh-CN': 'WiZs 图床 / 简单图床' },
  defaultUrl: PUBLIC_SITE,
  notice: null,
  settings: wizsSettings,
  endpoints: [
    '/api/v1/json/sync.php',
    '/api/v1/json/history.php',
    '/api/v1/json/pull.php',
    '/api/v1/json/devices.php',
    '/api/v1/json/conflicts.php',
    '/api/v1/upload.php',
    '/api/v1/list.php',
    '/api/v1',
    '/api/index.php',
    '/application/del.php',
    '/application/thumb.php',
  ],
  capabilities,
  prefill: (url) => (url === PUBLIC_SITE ? { maxBytes: PUBLIC_SITE_LIMIT } : {}),
  create: (config, deps) => new WizsProvider(config, deps),
};
