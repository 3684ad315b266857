import type { AccountTest } from '../../../shared/model/account';
import type { Capabilities, SettingValue } from '../../../shared/model/provider';
import { caught, failedTest, unsure, works } from '../account-test';
import { attempt, filePart, refuseEmpty, rising } from '../attempt';
import { hostWords, isRecord, parseJson } from '../classify';
import { numberSetting, switchSetting } from '../common-settings';
import type { Call, DeleteOutcome, DeleteTarget, ListedItem, ListQuery, Provider, ProviderConfig, ProviderDefinition, ProviderDeps, Receipt, RemotePage, Sought, UploadCall, UploadSource } from '../contract';
import { followDeleteLink, isGone, type DeleteReading } from '../delete-outcome';
import type { HttpAnswer } from '../http';
import { createSearch } from '../search-listed';
import { deleteLink, webLink } from '../url-rules';
import { Envelope, File, Files } from './api';
import { smmsSettings } from './settings';
import { isSuccess, repeatedUrl, smmsRefusal } from './verdict';

const HOUR = 3_600_000;
/** The list reaches back one hour; near its end an upload may have fallen out already. */
const LIST_REACH = HOUR - 300_000;
/** Clocks differ: an upload may seem to lie this long before it was sent. */
const CLOCK_SLACK = 120_000;

const readDeletion = (answer: HttpAnswer): DeleteReading => {
  const evidence = `HTTP ${answer.status}`;
  const body = parseJson(answer.text);
  if (answer.status < 300 && isSuccess(body)) return { status: 'deleted', evidence: `${evidence} success` };
  if (isGone(answer.status)) return { status: 'already_gone', evidence };
  if (isRecord(body) && /already|exist|not found|deleted/i.test(hostWords(body))) return { status: 'already_gone', evidence };
  if (isRecord(body) && answer.status < 500) return { status: 'refused', evidence };
  return { status: 'look', evidence };
};

/** Appended, never rebuilt: without it the link answers a page. */
const asJson = (link: string): string => (/[?&]format=/.test(link) ? link : `${link}${link.includes('?') ? '&' : '?'}format=json`);

class SmmsProvider implements Provider {
  constructor(
    private readonly config: ProviderConfig,
    private readonly deps: ProviderDeps,
  ) {}

  async upload(source: UploadSource, call: UploadCall): Promise<Receipt> {
    const { http, now } = this.deps;
    refuseEmpty(source, now());
    const answer = await attempt(
      () =>
        http.postFile({
          url: `${this.config.url}/api/upload`,
          fields: [
            ['ssl', this.#ssl()],
            ['format', 'json'],
          ],
          file: filePart('smfile', source),
          signal: call.signal,
          onProgress: rising(call.onProgress),
        }),
      true,
      now,
    );
    const body = parseJson(answer.text);
    const repeated = repeatedUrl(body);
    if (repeated !== null) return this.#receipt({ url: repeated }, repeated);
    // The field table of the API page is flat where its example nests.
    const nested = File.safeParse(Envelope.safeParse(body).data?.data).data ?? File.safeParse(body).data;
    const url = webLink(nested?.url);
    if (answer.status >= 300 || !isSuccess(body) || nested === undefined || url === null) throw smmsRefusal(answer, body, true, now());
    return this.#receipt(nested, url);
  }

  remove(target: DeleteTarget, call: Call): Promise<DeleteOutcome> {
    const { http, now } = this.deps;
    return followDeleteLink(target, call, { http, now, allowHttp: this.#allowHttp() }, readDeletion, asJson);
  }

  /** Uploads from this network within the last hour, strangers' among them. One page. */
  async list(_query: ListQuery, call: Call): Promise<RemotePage> {
    const files = await this.#files(call);
    const items = files.map((file): ListedItem => {
      const url = webLink(file.url);
      return {
        remoteId: file.hash ?? file.storename ?? '',
        name: file.filename ?? file.storename ?? '',
        storedName: file.storename ?? null,
        url,
        thumbUrl: null,
        derived: false,
        kind: 'image',
        bytes: file.size ?? null,
        width: file.width ?? null,
        height: file.height ?? null,
        views: null,
        hostTime: typeof file.timestamp === 'number' ? new Date(file.timestamp * 1000).toISOString() : null,
        hostTimeZoneKnown: true,
      };
    });
    return { items, page: 1, perPage: Math.max(1, items.length), total: items.length, totalPages: 1 };
  }

  async clearList(call: Call): Promise<void> {
    const { http, now } = this.deps;
    const answer = await attempt(() => http.get({ url: `${this.config.url}/api/clear`, signal: call.signal }), false, now);
    const body = parseJson(answer.text);
    if (answer.status >= 300 || !isSuccess(body)) throw smmsRefusal(answer, body, false, now());
  }

  async find(sought: Sought, sentAt: number, call: Call): Promise<Receipt | 'absent' | 'cannot_tell'> {
    const { http, now } = this.deps;
    const search = createSearch(sought, call, { http, now, base: this.config.url });
    for (const file of await this.#files(call)) {
      const [name, sized] = [file.filename ?? sought.name, (file.size ?? sought.size) === sought.size];
      if (name !== sought.name || (!sized && name !== file.filename)) continue;
      if ((file.timestamp ?? Infinity) * 1000 < sentAt - CLOCK_SLACK) continue;
      const url = webLink(file.url);
      const row = this.#receipt(file, url);
      if (sought.isTaken(row)) continue;
      // The same name in another size may be ours, made smaller.
      if (!sized || url === null) search.leaveOpen();
      else if (await search.isIt(row)) return row;
    }
    return now() - sentAt < LIST_REACH ? search.unfound() : 'cannot_tell';
  }

  /** There is no key to test: the list tells whether the interface is there. */
  async test(call: Call): Promise<AccountTest> {
    try {
      await this.#files(call);
      return { canUpload: true, steps: [works('reach'), works('list'), unsure('upload')] };
    } catch (error) {
      return failedTest(caught(error));
    }
  }

  async #files(call: Call): Promise<readonly File[]> {
    const { http, now } = this.deps;
    const domain = numberSetting(this.config.settings, 'domain');
    const asked = new URLSearchParams({ ssl: this.#ssl(), format: 'json', ...(domain === null ? {} : { domain: String(domain) }) });
    const answer = await attempt(() => http.get({ url: `${this.config.url}/api/list?${asked.toString()}`, signal: call.signal }), false, now);
    const body = parseJson(answer.text);
    const files = Files.safeParse(Envelope.safeParse(body).data?.data).data;
    if (answer.status >= 300 || !isSuccess(body) || files === undefined) throw smmsRefusal(answer, body, false, now());
    return files;
  }

  #receipt(file: Partial<File>, url: string | null): Receipt {
    return {
      remoteId: file.hash ?? null,
      url,
      thumbUrl: null,
      viewerUrl: null,
      deleteUrl: deleteLink(file.delete, this.#allowHttp()),
      storedName: file.storename ?? null,
      width: file.width ?? null,
      height: file.height ?? null,
      bytes: file.size ?? null,
      mime: null,
      kind: 'image',
      durationSeconds: null,
      pendingReview: false,
    };
  }

  #ssl(): string {
    return switchSetting(this.config.settings, 'ssl', true) ? '1' : '0';
  }

  #allowHttp(): boolean {
    return switchSetting(this.config.settings, 'allowHttp', false);
  }
}

const capabilities = (settings: Readonly<Record<string, SettingValue>>): Capabilities => ({
  images: true,
  video: false,
  albums: false,
  uploadIntoAlbum: false,
  list: 'last-hour-of-this-network',
  clearList: true,
  deleteByLink: true,
  sync: false,
  anonymous: true,
  extensions: ['jpg', 'jpeg', 'png', 'gif', 'bmp'],
  maxBytes: numberSetting(settings, 'maxBytes'),
  warnBytes: 5 * 1024 * 1024,
});

/** SM.MS, API v1, and hosts that speak it. */
export const smms: ProviderDefinition = {
  id: 'smms',
  name: { en: 'SM.MS (v1)', 'zh-CN': 'SM.MS（v1）' },
  defaultUrl: 'https://sm.ms',
  notice: {
    en: 'The public interface of sm.ms is closed: it takes no uploads any more. Enter the address of a site that still speaks SM.MS v1.',
    'zh-CN': 'sm.ms 的公共接口已关闭，不再接受上传。请填写仍支持 SM.MS v1 接口的站点地址。',
  },
  settings: smmsSettings,
  endpoints: ['/api/upload', '/api/list', '/api/clear'],
  capabilities,
  create: (config, deps) => new SmmsProvider(config, deps),
};
