import { ACTIONS, acceptContent, pushVersion, resolveConflict, type ConflictRow, type Version } from '../documents';
import { readParams, type Params } from '../documents/read-params';
import { handle, type HostContext } from '../host-context';
import { alreadyAnswered, json, jsonWithRaw, RawJson, type CallName, type HostApp, type HostCall } from '../http-call';
import { localTime } from '../wall-time';
import { wizsError, wizsKeyRefusal } from './wizs';

type Work = (host: HostContext, call: HostCall, query: URLSearchParams) => Response | Promise<Response>;
type Methods = Readonly<Record<string, { readonly call: CallName; readonly work: Work }>>;

/** JSON sync of the WiZs dialect below `prefix`: documents with versions, devices and conflicts. */
export function mountWizsJson(host: HostContext, app: HostApp, prefix: string): void {
  const routes: Readonly<Record<string, Methods>> = {
    sync: { POST: { call: 'json-push', work: push }, GET: { call: 'json-pull', work: pull } },
    history: { GET: { call: 'json-history', work: history } },
    pull: { GET: { call: 'json-version', work: oneVersion } },
    devices: { GET: { call: 'json-devices', work: devices } },
    conflicts: { GET: { call: 'json-conflicts', work: conflicts }, POST: { call: 'json-resolve', work: resolve } },
  };
  for (const [name, methods] of Object.entries(routes)) {
    for (const [method, { call: callName, work }] of Object.entries(methods)) {
      handle(host, app, `${prefix}/api/v1/json/${name}.php`, { dialect: 'wizs', call: callName, method }, (call) => admit(host, call, work));
    }
    app.all(`${prefix}/api/v1/json/${name}.php`, () => wizsError(405, 'Method not allowed'));
  }
}

/** The key comes before every parameter. */
async function admit(host: HostContext, call: HostCall, work: Work): Promise<Response> {
  const refused = wizsKeyRefusal(host, call);
  if (refused !== null) return refused;
  try {
    return await work(host, call, new URL(call.req.url).searchParams);
  } catch (error) {
    host.report(error);
    return wizsError(500, 'Internal error');
  }
}

const missing = (name: string): Response => wizsError(400, `Missing parameter: ${name}`);
const invalid = (name: string): Response => wizsError(400, `Invalid parameter: ${name}`);
const notFound = (): Response => wizsError(404, 'File not found');

/** A whole number from 0 on; null for anything else. */
const whole = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

/** Reads the body and runs `work` on it; what is wrong with the body itself is answered here. */
async function withParams(host: HostContext, call: HostCall, work: (params: Params) => Response): Promise<Response> {
  const { incoming } = call.env;
  const read = await readParams(incoming, () => host.control?.watchBody('wizs', incoming) ?? incoming);
  if (read.outcome === 'aborted') return alreadyAnswered();
  if (read.outcome === 'too-big') return wizsError(413, 'File too large');
  host.control?.noteFields(incoming, read.params.names);
  const limit = host.limits.wizs;
  const { content } = read.params;
  if (limit !== null && content !== null && Buffer.byteLength(content) > limit) return wizsError(413, 'File too large');
  return work(read.params);
}

const push: Work = (host, call) =>
  withParams(host, call, (params) => {
    const [fileKey, deviceId] = [params.text('file_key'), params.text('device_id')];
    if (fileKey === null) return missing('file_key');
    if (params.content === null) return missing('content');
    if (deviceId === null) return missing('device_id');
    if (fileKey.length > 191) return invalid('file_key');
    if (deviceId.length > 128) return invalid('device_id');
    const switches = host.switches().wizs;
    const content = acceptContent(params.content, switches);
    if (content === null) return wizsError(400, 'Invalid JSON content');
    const input = { fileKey, content, asSent: params.content, deviceId, deviceName: params.text('device_name'), message: params.text('message') ?? '' };
    const { version, hash, outcome, conflict } = pushVersion(host.documents, input, switches, host.now());
    const start = { success: true, version, hash };
    if (conflict === null) return json({ ...start, conflict: false, message: outcome === 'unchanged' ? 'No changes' : 'Version created successfully' });
    return json({
      ...start,
      conflict: true,
      conflict_type: 'divergence',
      message: 'Conflict detected and auto-merged',
      conflict_details: { local_version: conflict.localVersion, remote_version: conflict.remoteVersion, saved_as_version: conflict.savedAsVersion },
    });
  });

/** A document as an answer carries it. */
const contentOf = (host: HostContext, { content }: Version): string | RawJson => (host.switches().wizs.contentOut === 'string' ? content : new RawJson(content));

const pull: Work = (host, _call, query) => {
  const fileKey = query.get('file_key');
  if (fileKey === null || fileKey === '') return missing('file_key');
  const sinceText = query.get('since_version');
  const since = sinceText === null ? null : whole(sinceText);
  if (sinceText !== null && since === null) return invalid('since_version');
  const newest = host.documents.newest(fileKey);
  if (newest === null) return notFound();
  const answer = since === null ? latestOf(host, fileKey) : { updates: updatesOf(host, fileKey, newest, since) };
  const deviceId = query.get('device_id');
  if (deviceId !== null && deviceId !== '' && host.switches().wizs.baseTracking === 'push+pull') host.documents.setCursor(fileKey, deviceId, newest);
  const response = jsonWithRaw({ success: true, file_key: fileKey, current_version: newest, ...answer });
  host.control?.documents.pulled(fileKey);
  return response;
};

function latestOf(host: HostContext, fileKey: string): object {
  const head = host.documents.head(fileKey);
  return head === null ? {} : { content: contentOf(host, head), hash: head.hash, updated_at: localTime(head.createdAt) };
}

function updatesOf(host: HostContext, fileKey: string, newest: number, since: number): readonly unknown[] {
  const { sinceInclusive, descending } = host.switches().wizs;
  const shown = host.control?.documents.newestShown(fileKey, newest) ?? newest;
  const found = host.documents.from(fileKey, sinceInclusive ? since : since + 1).filter(({ version }) => version <= shown);
  return (descending ? [...found].reverse() : found).map((one) => ({
    version: one.version,
    content: contentOf(host, one),
    hash: one.hash,
    device_id: one.deviceId,
    message: one.message,
    created_at: localTime(one.createdAt),
  }));
}

const history: Work = (host, _call, query) => {
  const fileKey = query.get('file_key');
  if (fileKey === null || fileKey === '') return missing('file_key');
  const head = host.documents.newest(fileKey);
  if (head === null) return notFound();
  const newest = host.control?.documents.newestShown(fileKey, head) ?? head;
  const page = Math.max(1, whole(query.get('page') ?? '') ?? 1);
  const perPage = Math.min(100, Math.max(1, whole(query.get('per_page') ?? '') ?? 50));
  const total = host.documents.count(fileKey, newest);
  return json({
    success: true,
    file_key: fileKey,
    current_version: newest,
    history: host.documents.page(fileKey, newest, page, perPage).map((one) => ({
      version: one.version,
      hash: one.hash,
      parent_hash: one.parentHash,
      device_id: one.deviceId,
      message: one.message,
      created_at: localTime(one.createdAt),
    })),
    pagination: { current_page: page, per_page: perPage, total, total_pages: Math.ceil(total / perPage) },
  });
};

const oneVersion: Work = (host, _call, query) => {
  const fileKey = query.get('file_key');
  if (fileKey === null || fileKey === '') return missing('file_key');
  const text = query.get('version');
  if (text === null || text === '') return missing('version');
  const number = whole(text);
  if (number === null) return invalid('version');
  const newest = host.documents.newest(fileKey);
  const found = host.switches().wizs.pullIgnoresVersion ? host.documents.head(fileKey) : host.documents.version(fileKey, number);
  if (newest === null || found === null) return notFound();
  return jsonWithRaw({
    success: true,
    file_key: fileKey,
    version: found.version,
    current_version: newest,
    content: contentOf(host, found),
    hash: found.hash,
    parent_hash: found.parentHash,
    device_id: found.deviceId,
    message: found.message,
    created_at: localTime(found.createdAt),
  });
};

const devices: Work = (host, _call, query) =>
  json({
    success: true,
    devices: host.documents.devices(query.get('file_key')).map((one) => ({
      device_id: one.deviceId,
      device_name: one.deviceName,
      first_seen_at: localTime(one.firstSeenAt),
      last_sync_at: localTime(one.lastSyncAt),
      file_keys: one.files.map(({ fileKey, lastVersion }) => ({ file_key: fileKey, last_version: lastVersion })),
    })),
  });

const conflicts: Work = (host, _call, query) => {
  const resolved = query.get('resolved') ?? '0';
  if (resolved !== '0' && resolved !== '1') return invalid('resolved');
  const found = host.documents.conflicts(query.get('file_key'), resolved === '1');
  return json({ success: true, conflicts: found.map(conflictBody), total: found.length });
};

const conflictBody = (one: ConflictRow): Record<string, unknown> => ({
  id: one.id,
  file_key: one.fileKey,
  conflict_type: one.type,
  local_version: one.localVersion,
  remote_version: one.remoteVersion,
  saved_as_version: one.savedAsVersion,
  local_device_id: one.localDeviceId,
  remote_device_id: one.remoteDeviceId,
  resolved: one.resolvedAt === null ? 0 : 1,
  resolution: one.resolution,
  created_at: localTime(one.createdAt),
  resolved_at: one.resolvedAt === null ? null : localTime(one.resolvedAt),
});

const resolve: Work = (host, call) =>
  withParams(host, call, (params) => {
    const idText = params.text('id');
    if (idText === null) return missing('id');
    const conflict = host.documents.conflict(whole(idText) ?? -1);
    if (conflict === null || conflict.resolvedAt !== null) return wizsError(404, 'Conflict not found');
    const action = ACTIONS.find((known) => known === params.text('action'));
    if (action === undefined) return wizsError(400, 'Invalid action');
    const isCustom = action === 'resolve_custom';
    if (isCustom && params.content === null) return missing('content');
    const switches = host.switches().wizs;
    const content = isCustom ? acceptContent(params.content ?? '', switches) : null;
    if (isCustom && content === null) return wizsError(400, 'Invalid JSON content');
    const resolved = resolveConflict(host.documents, conflict, action, content, switches, host.now());
    if (resolved.outcome === 'outdated') return json({ result: 'error', code: 409, error: 'Conflict is outdated', current_version: resolved.currentVersion }, 409);
    return json({ success: true, id: conflict.id, action, version: resolved.version, hash: resolved.hash, message: 'Conflict resolved' });
  });
