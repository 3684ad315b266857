import type { Clock } from '../../lib/clock';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { AccountDraft } from '../../shared/model/account';
import type { SettingDeclaration, SettingValue } from '../../shared/model/provider';
import { settingFromText, type ProviderDefinition, type ProviderRegistry } from '../providers';

/** A draft that passed: the root address, settings of the declared types, the secrets to set. */
export type CheckedDraft = {
  readonly url: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** '' takes the secret away. */
  readonly secrets: Readonly<Record<string, string>>;
};

type NonSecret = Exclude<SettingDeclaration, { readonly type: 'secret' }>;

/**
 * Holds a draft against what its provider declares. Values written as text (the command line's) are taken as what is
 * declared. Throws `PicferryError` kind `bad_request` that names what is wrong, never a secret's value.
 */
export function checkDraft(draft: AccountDraft, registry: ProviderRegistry, secretsThere: (key: string) => boolean, now: Clock): CheckedDraft {
  const refuse: Refuse = (message, params = {}) => {
    throw new PicferryError(problemOf({ kind: 'bad_request', sub: message, message, params }, now()));
  };
  const definition = registry.definition(draft.provider);
  const url = checkAddress(draft, definition, registry, refuse);
  const settings: Record<string, SettingValue> = draft.id === undefined ? { ...definition.prefill?.(url) } : {};
  for (const [key, value] of Object.entries(draft.settings)) {
    const declared = definition.settings.find((declaration) => declaration.key === key);
    if (declared === undefined || declared.type === 'secret') return refuse('unknownSetting', { setting: key });
    const taken = take(declared, value);
    if (taken === undefined) return refuse('badSetting', { setting: key });
    settings[key] = taken;
  }
  for (const key of Object.keys(draft.secrets)) {
    if (!definition.settings.some((declaration) => declaration.key === key && declaration.type === 'secret')) return refuse('unknownSetting', { setting: key });
  }
  for (const { key, type, required } of definition.settings) {
    if (!required) continue;
    const given = type === 'secret' ? (draft.secrets[key] ?? (secretsThere(key) ? 'set' : '')) : (settings[key] ?? defaultOf(definition, key));
    if (given === '' || given === null) return refuse('settingRequired', { setting: key });
  }
  return { url, settings, secrets: draft.secrets };
}

type Refuse = (message: string, params?: Readonly<Record<string, string>>) => never;

function checkAddress(draft: AccountDraft, definition: ProviderDefinition, registry: ProviderRegistry, refuse: Refuse): string {
  if (definition.byFolder === true) return '';
  const { url, problem } = registry.checkUrl(draft.provider, draft.url === '' ? definition.defaultUrl : draft.url);
  if (problem === 'malformed') return refuse('badUrl');
  if (problem === 'no-dot') return refuse('urlNoDot');
  if (problem === 'http-public') return refuse('httpPublic');
  if (problem === 'http-private' && ![true, 'true'].includes(draft.settings['allowHttp'] as boolean | string)) return refuse('httpPrivate');
  return url;
}

/** The value as the declaration wants it; undefined when it cannot be one. */
function take(declared: NonSecret, value: SettingValue): SettingValue | undefined {
  if (typeof value === 'string') return settingFromText(declared, value.trim());
  switch (declared.type) {
    case 'text':
      return typeof value === 'number' ? String(value) : undefined;
    case 'switch':
      return typeof value === 'boolean' ? value : undefined;
    case 'number':
      if (value === null) return null;
      return typeof value === 'number' && Number.isInteger(value) && value >= declared.min && value <= declared.max ? value : undefined;
    case 'choice':
      return undefined;
  }
}

const defaultOf = (definition: ProviderDefinition, key: string): SettingValue => {
  const declared = definition.settings.find((declaration) => declaration.key === key);
  return declared === undefined || declared.type === 'secret' ? null : declared.default;
};

/** Stored settings with the declared defaults filled in. */
export const withDefaults = (definition: ProviderDefinition, stored: Readonly<Record<string, SettingValue>>): Readonly<Record<string, SettingValue>> => ({
  ...Object.fromEntries(definition.settings.flatMap((declared) => (declared.type === 'secret' ? [] : [[declared.key, declared.default]]))),
  ...stored,
});

/** A secret that its provider requires is not there: the account shows its name, and cannot be used. */
export const lacksKeys = (definition: ProviderDefinition, isSet: (key: string) => boolean): boolean =>
  definition.settings.some(({ key, type, required }) => type === 'secret' && required && !isSet(key));
