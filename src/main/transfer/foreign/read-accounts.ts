import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ProviderId } from '../../../shared/model/provider';
import type { ImportSkip } from '../../../shared/model/transfer';
import type { ProviderRegistry } from '../../providers/contract';
import type { AccountLine } from '../file/lines';

type Values = Readonly<Record<string, unknown>>;
const Values = z.record(z.string(), z.unknown());
/** The parts that matter; both programs keep much more there. */
const Config = z.looseObject({
  picBed: Values.catch({}),
  uploader: z.record(z.string(), z.looseObject({ configList: z.array(z.unknown()).catch([]), defaultId: z.string().catch('') }).catch({ configList: [], defaultId: '' })).catch({}),
});

export type ForeignAccounts = {
  readonly accounts: readonly AccountLine[];
  /** The account that a type's uploads went to: the one in use. */
  readonly ofType: ReadonlyMap<string, AccountLine>;
  readonly skipped: readonly ImportSkip[];
};

/** One set of settings of an uploader, under the name that a person gave it. */
type Entry = { readonly type: string; readonly name: string; readonly inUse: boolean; readonly values: Values };

/** Keys of `picBed` that are no uploaders. */
const NOT_UPLOADERS = new Set(['current', 'uploader', 'transformer', 'list', 'proxy', 'secondUploader', 'secondUploaderId', 'secondUploaderConfig']);
/** The ends of addresses that tell which kind of host a plug-in speaks to. */
const ENDPOINTS: readonly (readonly [RegExp, Exclude<ProviderId, 'picferry'>])[] = [
  [/\/api\/1\/upload\/?$/i, 'chevereto'],
  [/\/api\/v2\/upload\/?$/i, 'imgurl'],
  [/\/api\/(index|v1\/upload)\.php$/i, 'wizs'],
];

/** Reads the uploaders of a PicGo or PicList configuration as accounts of the hosts that are known here. */
export function readForeignAccounts(config: unknown, registry: ProviderRegistry, now: number): ForeignAccounts {
  const parsed = Config.safeParse(config);
  const accounts: AccountLine[] = [];
  const ofType = new Map<string, AccountLine>();
  const skipped: ImportSkip[] = [];
  for (const entry of parsed.success ? entriesOf(parsed.data) : []) {
    const read = accountOf(entry, registry, now);
    skipped.push(...read.skipped);
    if (read.account === null) continue;
    const { account } = read;
    const same = accounts.find(({ id }) => id === account.id) ?? account;
    if (same === account) accounts.push(account);
    if (entry.inUse || !ofType.has(entry.type)) ofType.set(entry.type, same);
  }
  return { accounts, ofType, skipped };
}

function entriesOf({ picBed, uploader }: z.infer<typeof Config>): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [type, { configList, defaultId }] of Object.entries(uploader)) {
    for (const one of configList) {
      const values = Values.safeParse(one).data;
      if (values === undefined) continue;
      entries.push({ type, name: textOf(values['_configName']), inUse: values['_id'] === defaultId, values });
    }
  }
  // Written before there were lists, and still by the command line.
  const listed = new Set(entries.map(({ type }) => type));
  for (const [type, one] of Object.entries(picBed)) {
    const values = Values.safeParse(one).data;
    if (values !== undefined && !NOT_UPLOADERS.has(type) && !listed.has(type)) entries.push({ type, name: '', inUse: true, values });
  }
  return entries;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '');

type Read = { readonly account: AccountLine | null; readonly skipped: readonly ImportSkip[] };

function accountOf(entry: Entry, registry: ProviderRegistry, now: number): Read {
  const shape = shapeOf(entry);
  const shown = /^(default|)$/i.test(entry.name) ? entry.type : entry.name;
  const skip = (why: ImportSkip['why'], what: ImportSkip['what'] = 'account'): ImportSkip => ({ what, name: shown, why, count: 1 });
  if (shape === null) return { account: null, skipped: isEmpty(entry.values) ? [] : [skip('host_not_supported')] };
  const definition = registry.definition(shape.provider);
  const { url, problem } = registry.checkUrl(shape.provider, shape.url === '' ? definition.defaultUrl : shape.url);
  if (problem === 'malformed' || problem === 'no-dot' || problem === 'http-public') return { account: null, skipped: [skip('no_address')] };
  const allowHttp = problem === 'http-private' ? { allowHttp: true } : {};
  const settings = { ...definition.prefill?.(url), ...shape.settings, ...allowHttp };
  const sealed = shape.secret !== '' && isSealed(shape.secret);
  const secrets = shape.secretKey === null || shape.secret === '' || sealed ? {} : { [shape.secretKey]: shape.secret };
  const account: AccountLine = { id: idOf(entry, shape.provider, url, settings), name: shown.slice(0, 80), provider: shape.provider, url, settings, createdAt: now, secrets };
  if (sealed) return { account, skipped: [skip('sealed_elsewhere', 'setting')] };
  // SM.MS's interface that is spoken here takes no token.
  if (shape.secretKey === null && shape.secret !== '') return { account, skipped: [skip('other', 'setting')] };
  return { account, skipped: shape.secretKey !== null && shape.secret === '' ? [skip('incomplete', 'setting')] : [] };
}

/** The same account of the same program gets the same id whenever it is imported. */
const idOf = (entry: Entry, provider: ProviderId, url: string, settings: object): string =>
  `imported-${createHash('sha256').update(JSON.stringify([provider, url, settings, entry.type, entry.name])).digest('hex').slice(0, 24)}`;

type Shape = { readonly provider: ProviderId; readonly url: string; readonly settings: AccountLine['settings']; readonly secretKey: string | null; readonly secret: string };

function shapeOf({ type, values }: Entry): Shape | null {
  if (type === 'smms') {
    const domain = textOf(values['backupDomain']);
    return { provider: 'smms', url: domain, settings: {}, secretKey: null, secret: textOf(values['token']) };
  }
  const texts = Object.entries(values).map(([key, value]) => [key, textOf(value)] as const);
  const address = texts.find(([, value]) => ENDPOINTS.some(([end]) => end.test(withoutQuery(value))));
  if (address === undefined) return null;
  const provider = ENDPOINTS.find(([end]) => end.test(withoutQuery(address[1])))?.[1] ?? 'chevereto';
  const secret = secretIn(texts.filter(([key]) => key !== address[0])) || (/[?&](?:key|token)=([^&#]+)/i.exec(address[1])?.[1] ?? '');
  const url = withoutQuery(address[1]);
  switch (provider) {
    case 'imgurl':
      return { provider, url, settings: { uid: named(texts, /^uid$/i) || named(texts, /uid/i) }, secretKey: 'token', secret };
    case 'wizs':
      return { provider, url, settings: /index\.php$/i.test(url) ? { flavour: 'easyimages' } : {}, secretKey: 'key', secret };
    case 'chevereto':
    case 'smms':
      return { provider, url, settings: {}, secretKey: 'key', secret: secret || keyInBody(texts) };
  }
}

const withoutQuery = (text: string): string => text.replace(/[?#].*$/, '');
const named = (texts: readonly (readonly [string, string])[], name: RegExp): string => texts.find(([key, value]) => name.test(key) && value !== '')?.[1] ?? '';
const secretIn = (texts: readonly (readonly [string, string])[]): string => named(texts, /^(key|api_?key|token|apiToken|secret)$/i) || named(texts, /(key|token)$/i);

/** A general web uploader carries the key in its extra form fields, written as JSON. */
function keyInBody(texts: readonly (readonly [string, string])[]): string {
  for (const [, value] of texts) {
    if (!value.startsWith('{')) continue;
    try {
      const fields = Values.safeParse(JSON.parse(value)).data ?? {};
      const key = secretIn(Object.entries(fields).map(([name, one]) => [name, textOf(one)] as const)) || textOf(fields['X-API-Key']);
      if (key !== '') return key;
    } catch {
      // Text that only looks like JSON.
    }
  }
  return '';
}

/** Values that PicList sealed for its own computer: a mark before them, or what Electron's safeStorage writes (v10, v11 in Base64). */
const isSealed = (value: string): boolean => /^(enc(rypted)?[:(]|safe-?storage:|djEw|djEx)/i.test(value);

const isEmpty = (values: Values): boolean => Object.entries(values).every(([key, value]) => key.startsWith('_') || value === '' || value === null || value === undefined);
