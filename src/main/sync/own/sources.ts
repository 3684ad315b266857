import { z } from 'zod';
import { PicferryError } from '../../../lib/picferry-error';
import { sha256Hex } from '../../../lib/canonical-json';
import { merge, type JsonObject, type JsonValue } from '../../../merge';
import { isOnlyHere, StoredAccount } from '../../../shared/model/account';
import { Settings } from '../../../shared/model/settings';
import type { AccountsService } from '../../accounts';
import type { SettingsService } from '../../settings';
import type { OwnSource } from './bridge';

/** What is a matter of taste and no matter of the computer: keys, folders, ports, proxies and windows stay where they are. */
const SHARED = [
  'language',
  'theme',
  'linkFormat',
  'customTemplate',
  'videoFormat',
  'customVideoTemplate',
  'linkSeparator',
  'encodeLinks',
  'copyWhenDone',
  'askNames',
  'stayInTray',
  'dropWindow',
  'notifications',
  'concurrency',
  'libraryView',
] as const satisfies readonly (keyof Settings)[];
const isShared = (name: string): name is (typeof SHARED)[number] => (SHARED as readonly string[]).includes(name);

/** JSON as it would be written. */
const asJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

export const settingsSource = (settings: OwnSettings): OwnSource => ({
  removes: true,
  read() {
    const current = settings.current();
    return Object.fromEntries(SHARED.map((name) => [name, asJson(current[name])]));
  },
  take(name, value) {
    if (!isShared(name) || settings.readOnly) return;
    const next = Settings.safeParse({ ...settings.current(), [name]: value });
    if (next.success) settings.update((current) => ({ ...current, [name]: next.data[name] }));
  },
  onChange: (listener) => settings.onChange(() => listener()),
});

/** An account without what only this computer knows; its secrets are not in the settings to begin with. */
const SharedAccount = StoredAccount.unwrap().omit({ id: true });

export type OwnAccounts = Pick<AccountsService, 'adopt' | 'save' | 'onChange'>;
export type OwnSettings = Pick<SettingsService, 'current' | 'update' | 'onChange' | 'readOnly'>;

/** Accounts by their ids, without secrets: a device that takes one asks for its key. */
export const accountsSource = (accounts: OwnAccounts, settings: Pick<SettingsService, 'current'>): OwnSource => {
  // A data folder of this computer is none on another.
  const stored = (): readonly StoredAccount[] => settings.current().accounts.filter(({ id, provider }) => !isOnlyHere({ accountId: id, provider }));
  const take = (id: string, value: JsonValue): void => {
    const given = SharedAccount.safeParse(value);
    if (!given.success || isOnlyHere({ accountId: id, provider: given.data.provider })) return;
    const known = stored().find((account) => account.id === id);
    if (known !== undefined) {
      const { name, provider, url, settings: own } = given.data;
      accounts.save({ id, name, provider, url, settings: { ...own }, secrets: {} });
      return;
    }
    // The same account, set up by hand on this device.
    const twin = stored().some(({ name, provider, url }) => name === given.data.name && provider === given.data.provider && url === given.data.url);
    if (!twin) accounts.adopt({ ...given.data, id }, {});
  };
  return {
    removes: true,
    read: (): JsonObject => Object.fromEntries(stored().map(({ id, ...account }) => [id, asJson(account)])),
    take(id, value) {
      try {
        take(id, value);
      } catch (error) {
        // A name that is in use, or a provider that refuses the address: it stays in the document as it is.
        if (!(error instanceof PicferryError)) throw error;
      }
    },
    onChange: (listener) => accounts.onChange(listener),
  };
};

/** `on`: the devices that sync it; an older build does not say. */
export const IndexEntry = z.looseObject({ kind: z.string(), names: z.record(z.string(), z.literal(true)), on: z.record(z.string(), z.literal(true)).optional() });

/** The documents of an account that are on this device, by their keys. All stay in the list for good, since the host keeps them; the list says where each is synced. */
export const indexSource = (device: () => string, documents: () => readonly { readonly fileKey: string; readonly kind: string; readonly name: string }[]): OwnSource => ({
  removes: false,
  read: () => Object.fromEntries(documents().map(({ fileKey, kind, name }) => [fileKey, { kind, names: { [name]: true }, on: { [device()]: true } }])),
  outgoing(before, mine, theirs) {
    if (mine !== undefined) return theirs === undefined ? mine : merge(before, mine, theirs, { digest: sha256Hex }).value;
    const entry = IndexEntry.safeParse(theirs).data;
    if (entry?.on === undefined) return theirs;
    return asJson({ ...entry, on: Object.fromEntries(Object.entries(entry.on).filter(([id]) => id !== device())) });
  },
  take: () => undefined,
  onChange: () => () => undefined,
});
