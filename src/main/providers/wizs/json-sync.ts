import type { z } from 'zod';
import { attempt, missingKey } from '../attempt';
import { isRecord, parseJson, refusal } from '../classify';
import { numberSetting } from '../common-settings';
import type { Call, ProviderConfig, ProviderDeps } from '../contract';
import { ProviderError } from '../errors';
import type { HttpAnswer } from '../http';
import type { DocumentSync, SyncAction, SyncConflict, SyncDevice, SyncDevices, SyncDocument, SyncHistory, SyncOneVersion, SyncPush, SyncReceipt, SyncUpdates, SyncVersion } from '../sync-contract';
import { isLoopbackHost } from '../url-rules';
import { carrier, ConflictRow, DeviceRow, documentIn, listIn, Paging, Pulled, PushAnswer, VersionRow, type Answered } from './json-api';
import { aboutDocuments, jsonRefusal, tooBig, tooBigBefore, tooBigForNothing, type AskedOf } from './json-errors';
import { survivesPhp } from './php-safe';
import { succeeded } from './verdict';

/** Stated for JSON documents on the API page. */
const STATED_LIMIT = 50 * 1024 * 1024;
/** Answers repeat documents, and PHP spells a character of three bytes in six. */
const MAX_ANSWER = 400 * 1024 * 1024;
const MOST_PER_PAGE = 100;
/** The smallest document this account's host refused for its size, and when: `bytes@milliseconds`. */
const REFUSED = 'jsonRefused';
/** No host takes less than this: a refusal of a smaller document is no limit. */
const LEAST_LIMIT = 1024 * 1024;
/** A limit may be another one tomorrow. */
const BELIEVED_MS = 24 * 60 * 60 * 1000;

const ACTIONS: Readonly<Record<SyncAction, string>> = { keep_local: 'resolve_keep_local', keep_remote: 'resolve_keep_remote', custom: 'resolve_custom' };

/** Above this many bytes a document is not sent; null where the host sets no limit. This computer's host has none. */
export const documentLimit = (config: ProviderConfig): number | null =>
  numberSetting(config.settings, 'maxBytes') ?? (isLoopbackHost(new URL(config.url).hostname) ? null : STATED_LIMIT);

type Query = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, string | number>>;

/** JSON sync of a WiZs site; see `DocumentSync`. */
export class WizsDocuments implements DocumentSync {
  readonly #base: string;
  readonly #key: string;

  constructor(
    private readonly config: ProviderConfig,
    private readonly deps: ProviderDeps,
  ) {
    this.#base = `${config.url}/api/v1/json`;
    this.#key = config.secrets['key'] ?? '';
  }

  async push({ fileKey, text, deviceId, deviceName, message }: SyncPush, call: Call): Promise<SyncReceipt> {
    const fields = { file_key: fileKey, device_id: deviceId, device_name: deviceName, message };
    const { answer, body } = await this.#post('sync', fields, text, { missing: 'address' }, call);
    const { version, hash, conflict, conflict_details: details } = PushAnswer.safeParse(body).data ?? {};
    if (version === undefined || version === null) throw this.#unreadable(answer, true);
    const hostTime = Date.parse(answer.headers['date'] ?? '');
    return {
      version,
      hash: hash ?? null,
      conflict: conflict === true ? { localVersion: details?.local_version ?? null, remoteVersion: details?.remote_version ?? null, savedAsVersion: details?.saved_as_version ?? null } : null,
      hostTime: Number.isNaN(hostTime) ? null : hostTime,
    };
  }

  async latest(fileKey: string, deviceId: string, call: Call): Promise<SyncDocument | null> {
    const answered = await this.#get('sync', { file_key: fileKey, device_id: deviceId }, { missing: 'document' }, call);
    return answered === null ? null : this.#document(answered);
  }

  async since(fileKey: string, version: number, deviceId: string, call: Call): Promise<SyncUpdates | null> {
    const answered = await this.#get('sync', { file_key: fileKey, since_version: String(version), device_id: deviceId }, { missing: 'document' }, call);
    if (answered === null) return null;
    const rows = listIn(answered, ['updates']);
    if (rows === null) {
      // A host that knows no increments answers the latest.
      const latest = this.#document(answered);
      return latest === null ? null : { currentVersion: latest.version, updates: latest.version > version ? [{ ...describe({}, latest.version), hash: latest.hash, text: latest.text }] : [] };
    }
    const updates = new Map<number, SyncUpdates['updates'][number]>();
    for (const row of rows) {
      const found = versionOf(VersionRow.safeParse(row.body).data);
      if (found !== null && found.version > version) updates.set(found.version, { ...found, text: documentIn(row, 'content') });
    }
    const sorted = [...updates.values()].sort((a, b) => a.version - b.version);
    const current = Pulled.safeParse(carrier(answered, 'current_version').body).data?.current_version ?? null;
    return { currentVersion: Math.max(current ?? version, sorted.at(-1)?.version ?? 0), updates: sorted };
  }

  async history(fileKey: string, page: number, perPage: number, call: Call): Promise<SyncHistory | null> {
    const asked = Math.min(MOST_PER_PAGE, Math.max(1, perPage));
    const answered = await this.#get('history', { file_key: fileKey, page: String(page), per_page: String(asked) }, { missing: 'document' }, call);
    if (answered === null) return null;
    const rows = listIn(answered, ['history', 'versions', 'data']);
    if (rows === null) throw this.#unreadable(answered.answer, false);
    const versions = rows.flatMap(({ body }) => versionOf(VersionRow.safeParse(body).data) ?? []).sort((a, b) => b.version - a.version);
    const { body } = carrier(answered, 'current_version');
    const current = Pulled.safeParse(body).data?.current_version ?? null;
    const { body: paged } = carrier(answered, 'pagination');
    const paging = Paging.parse(isRecord(paged) ? paged['pagination'] : null);
    return {
      currentVersion: current ?? versions[0]?.version ?? 0,
      versions,
      page: paging?.current_page ?? page,
      perPage: paging?.per_page ?? asked,
      total: paging?.total ?? null,
      totalPages: paging?.total_pages ?? (versions.length === 0 ? page : page + 1),
    };
  }

  async version(fileKey: string, version: number, hash: string | null, call: Call): Promise<SyncOneVersion | null> {
    const answered = await this.#get('pull', { file_key: fileKey, version: String(version) }, { missing: 'document' }, call).catch((error: unknown) => {
      // No such page, or one that wants other parameters: the updates hold the version as well.
      if (error instanceof ProviderError && error.problem.kind === 'bad_request') return null;
      throw error;
    });
    if (answered !== null) {
      const held = carrier(answered, 'content');
      const text = documentIn(held, 'content');
      const found = Pulled.safeParse(held.body).data;
      const isAsked = found?.version === version || (hash !== null && found?.hash === hash);
      if (text !== null && isAsked) return { ...describe({ ...found, hash: found?.hash ?? hash }, version), text };
    }
    const updates = await this.#updatesFrom(fileKey, version - 1, call);
    const update = updates?.updates.find((one) => one.version === version);
    return update === undefined || update.text === null ? null : { ...update, text: update.text };
  }

  async devices(fileKey: string | null, call: Call): Promise<SyncDevices> {
    const rows = await this.#get('devices', fileKey === null ? {} : { file_key: fileKey }, { missing: 'document' }, call)
      .then((answered) => (answered === null ? null : listIn(answered, ['devices', 'data'])))
      .catch((error: unknown) => {
        if (error instanceof ProviderError && ['bad_request', 'protocol'].includes(error.problem.kind)) return null;
        throw error;
      });
    const devices = rows?.flatMap(({ body }) => deviceOf(DeviceRow.safeParse(body).data) ?? []);
    if (devices !== undefined && (devices.length > 0 || rows?.length === 0)) return { source: 'host', devices };
    if (fileKey === null) return { source: 'history', devices: [] };
    const history = await this.history(fileKey, 1, MOST_PER_PAGE, call);
    const ids = new Set((history?.versions ?? []).flatMap(({ deviceId }) => deviceId ?? []));
    return { source: 'history', devices: [...ids].map((deviceId) => ({ deviceId, name: null, lastSyncAt: null, versions: [] })) };
  }

  async conflicts(fileKey: string | null, resolved: boolean, call: Call): Promise<readonly SyncConflict[]> {
    const query = { ...(fileKey === null ? {} : { file_key: fileKey }), resolved: resolved ? '1' : '0' };
    const answered = await this.#get('conflicts', query, { missing: 'document' }, call);
    if (answered === null) return [];
    const rows = listIn(answered, ['conflicts', 'data', 'items']);
    if (rows === null) throw this.#unreadable(answered.answer, false);
    return rows.flatMap((row) => conflictOf(row, resolved) ?? []);
  }

  async resolve(id: number, action: SyncAction, text: string | null, call: Call): Promise<{ readonly version: number | null; readonly hash: string | null }> {
    const { body } = await this.#post('conflicts', { id, action: ACTIONS[action] }, action === 'custom' ? text : null, { missing: 'conflict' }, call);
    const found = VersionRow.safeParse(body).data;
    return { version: found?.version ?? null, hash: found?.hash ?? null };
  }

  #updatesFrom(fileKey: string, version: number, call: Call): Promise<SyncUpdates | null> {
    // Without a device: this is a look back, and the host must not take it for having read the head.
    return this.since(fileKey, version, '', call);
  }

  /** The document in an answer; null when there is none yet. Whatever claims to be one without its content is unreadable. */
  #document(answered: Read): SyncDocument | null {
    const held = carrier(answered, 'content');
    const text = documentIn(held, 'content');
    const { current_version: current, version, hash } = Pulled.safeParse(held.body).data ?? {};
    const number = current ?? version ?? null;
    if (number === null || number === 0) {
      if (text === null || number === 0) return null;
      throw this.#unreadable(answered.answer, false);
    }
    if (text === null) throw this.#unreadable(answered.answer, false);
    return { version: number, hash: hash ?? null, text };
  }

  async #get(name: string, query: Query, asked: AskedOf, call: Call): Promise<Read | null> {
    const { http, now } = this.deps;
    if (this.#key === '') throw missingKey(now());
    const set = Object.entries(query).filter(([, value]) => value !== '');
    const search = new URLSearchParams(set).toString();
    const url = `${this.#base}/${name}.php${search === '' ? '' : `?${search}`}`;
    const answer = await this.#try(() => http.get({ url, headers: { 'X-API-Key': this.#key }, signal: call.signal, maxAnswerBytes: MAX_ANSWER }), false);
    const body = parseJson(answer.text);
    // A list at the root is an answer that lacks only the verdict.
    if (answer.status < 300 && answer.status >= 200 && (succeeded(body) || Array.isArray(body))) return { answer, body, text: answer.text };
    const error = jsonRefusal(answer, body, asked, now());
    if (error.problem.kind === 'not_found' && asked.missing === 'document') return null;
    throw error;
  }

  async #post(name: string, fields: Fields, text: string | null, asked: AskedOf, call: Call): Promise<Read> {
    const { http, now } = this.deps;
    if (this.#key === '') throw missingKey(now());
    // Blanks around it and a byte order mark are the file's, not the document's.
    const document = text?.trim() ?? null;
    const bytes = document === null ? 0 : Buffer.byteLength(document);
    this.#refuseSize(bytes, call);
    // The document goes as it is spelled; built from a value its numbers would be rounded.
    const content = document === null ? '' : `,"content":${survivesPhp(document) ? document : JSON.stringify(document)}`;
    const json = `${JSON.stringify(fields).slice(0, -1)}${content}}`;
    const answer = await this.#try(() => http.postJson({ url: `${this.#base}/${name}.php`, headers: { 'X-API-Key': this.#key }, json, signal: call.signal, maxAnswerBytes: MAX_ANSWER }), true);
    const body = parseJson(answer.text);
    if (answer.status < 300 && answer.status >= 200 && succeeded(body)) {
      if (bytes >= this.#refused()) this.deps.memory.set(REFUSED, '');
      return { answer, body, text: answer.text };
    }
    const error = jsonRefusal(answer, body, { ...asked, sentBytes: bytes, changes: true }, now());
    if (error.problem.sub !== 'tooBig') throw error;
    if (bytes < LEAST_LIMIT) throw tooBigForNothing(bytes, now());
    this.deps.memory.set(REFUSED, `${String(Math.min(bytes, this.#refused()))}@${String(now())}`);
    throw error;
  }

  /** Said before a byte is sent: the stated limit, and what this host refused lately, unless a person wants to know anew. */
  #refuseSize(bytes: number, { byHand = false }: Call): void {
    const limit = documentLimit(this.config);
    if (limit !== null && bytes > limit) throw tooBig(bytes, limit, this.deps.now());
    const refused = this.#refused();
    if (!byHand && bytes >= refused) throw tooBigBefore(bytes, refused, this.deps.now());
  }

  /** The size that was refused lately; `Infinity` where none was. */
  #refused(): number {
    const [, bytes, at] = /^(\d+)@(\d+)$/.exec(this.deps.memory.get(REFUSED) ?? '') ?? [];
    const age = this.deps.now() - Number(at);
    return bytes !== undefined && age >= 0 && age < BELIEVED_MS ? Number(bytes) : Infinity;
  }

  async #try(work: () => Promise<HttpAnswer>, changes: boolean): Promise<HttpAnswer> {
    try {
      return await attempt(work, changes, this.deps.now);
    } catch (error) {
      throw error instanceof ProviderError ? aboutDocuments(error) : error;
    }
  }

  #unreadable(answer: HttpAnswer, outcomeUnknown: boolean): ProviderError {
    return aboutDocuments(refusal({ kind: 'protocol', sub: 'unreadable', message: 'unreadable', outcomeUnknown }, answer, '', this.deps.now()));
  }
}

type Read = Answered & { readonly answer: HttpAnswer };
type Parsed<T extends z.ZodType> = z.output<T> | undefined;

const describe = (row: z.output<typeof VersionRow>, version: number): SyncVersion => ({
  version,
  hash: row.hash ?? null,
  parentHash: row.parent_hash ?? null,
  deviceId: row.device_id ?? null,
  message: row.message ?? '',
  createdAt: row.created_at ?? null,
});

const versionOf = (row: Parsed<typeof VersionRow>): SyncVersion | null => (row?.version === undefined || row.version === null ? null : describe(row, row.version));

const deviceOf = (row: Parsed<typeof DeviceRow>): SyncDevice | null => {
  const deviceId = row?.device_id ?? row?.id ?? null;
  if (row === undefined || deviceId === null) return null;
  return {
    deviceId,
    name: row.device_name ?? row.name ?? null,
    lastSyncAt: row.last_sync_at ?? row.last_sync ?? row.last_synced_at ?? row.last_seen ?? row.updated_at ?? null,
    versions: (row.file_keys ?? []).flatMap(({ file_key: fileKey, last_version: version }) => (fileKey && version ? [{ fileKey, version }] : [])),
  };
};

const conflictOf = (row: Answered, resolved: boolean): SyncConflict | null => {
  const found = ConflictRow.safeParse(row.body).data;
  if (found?.id === undefined || found.id === null) return null;
  const details = found.conflict_details;
  return {
    id: found.id,
    fileKey: found.file_key ?? null,
    type: found.conflict_type ?? null,
    localVersion: found.local_version ?? details?.local_version ?? null,
    remoteVersion: found.remote_version ?? details?.remote_version ?? null,
    savedAsVersion: found.saved_as_version ?? details?.saved_as_version ?? null,
    localDeviceId: found.local_device_id ?? found.device_id ?? null,
    remoteDeviceId: found.remote_device_id ?? null,
    localText: documentIn(row, 'local_content'),
    remoteText: documentIn(row, 'remote_content'),
    resolved: found.resolved ?? resolved,
    resolution: found.resolution ?? null,
    createdAt: found.created_at ?? null,
    resolvedAt: found.resolved_at ?? null,
  };
};
