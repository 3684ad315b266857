import type { Account, AccountDraft } from '../../../shared/model/account';
import type { ProviderDescriptor, ProviderId, SettingDeclaration, SettingValue } from '../../../shared/model/provider';

/** What is typed in the account form. Only what was touched is in `settings` and `secrets`. */
export type DraftForm = {
  readonly id: string | null;
  readonly provider: ProviderId;
  readonly url: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Secrets that already have a value. */
  readonly secretsSet: readonly string[];
  readonly makeDefault: boolean;
};

export const newDraft = (provider: ProviderDescriptor): DraftForm => ({
  id: null,
  provider: provider.id,
  url: provider.defaultUrl,
  name: '',
  settings: {},
  secrets: {},
  secretsSet: [],
  // Links of another Picferry open no further than those of this one.
  makeDefault: !provider.byFolder,
});

/** The data folder that the account names; '' for none. */
export const folderOf = ({ settings }: Pick<DraftForm, 'settings'>): string => (typeof settings['folder'] === 'string' ? settings['folder'] : '');

export const withFolder = (form: DraftForm, folder: string): DraftForm => ({ ...form, settings: { ...form.settings, folder } });

export const draftOf = (account: Account): DraftForm => ({
  id: account.id,
  provider: account.provider,
  url: account.url,
  name: account.name,
  settings: account.settings,
  secrets: {},
  secretsSet: account.secretsSet,
  makeDefault: account.isDefault,
});

/** What main is asked to keep. Secrets left empty stay as they are. */
export const toAccountDraft = (form: DraftForm): AccountDraft => ({
  ...(form.id === null ? {} : { id: form.id }),
  name: form.name.trim(),
  provider: form.provider,
  url: form.url.trim(),
  settings: { ...form.settings },
  secrets: Object.fromEntries(Object.entries(form.secrets).filter(([, value]) => value !== '')),
});

/** A name nobody has yet, made from the site's name, or from a folder's. */
export const suggestName = (place: string, taken: readonly string[]): string => {
  const host = /^[a-z]+:\/\/(?:www\.)?([^/:]+)/i.exec(place)?.[1] ?? /[\\/]([^\\/]+)[\\/]*$/.exec(place)?.[1]?.slice(0, 60) ?? '';
  if (host === '' || !taken.includes(host)) return host;
  const free = Array.from({ length: taken.length + 1 }, (_, index) => `${host} ${String(index + 2)}`).find((name) => !taken.includes(name));
  return free ?? host;
};

export type FieldProblem = { readonly key: 'formMissing' } | { readonly key: 'formNumberBad'; readonly min: number; readonly max: number };

/** What keeps one declared setting from being saved, or null. */
export const fieldProblem = (declared: SettingDeclaration, form: DraftForm): FieldProblem | null => {
  if (declared.type === 'secret') {
    const has = (form.secrets[declared.key] ?? '') !== '' || form.secretsSet.includes(declared.key);
    return declared.required && !has ? { key: 'formMissing' } : null;
  }
  const value = form.settings[declared.key] ?? declared.default;
  if (declared.type === 'number') {
    const bad = typeof value === 'number' && !(Number.isInteger(value) && value >= declared.min && value <= declared.max);
    if (bad || typeof value === 'string') return { key: 'formNumberBad', min: declared.min, max: declared.max };
  }
  return declared.required && (value === '' || value === null) ? { key: 'formMissing' } : null;
};
