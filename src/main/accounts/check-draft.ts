import type { Clock } from '../../lib/clock';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { AccountDraft } from '../../shared/model/account';
import type { SettingDeclaration, SettingValue } from '../../shared/model/provider';
import type { ProviderDefinition, ProviderRegistry } from '../providers/contract';

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
    if (declared === undefined || declared.type === 'secret') return refuse('settingUnknown', { key });
    const taken = take(declared, value);
    if (taken === undefined) return refuse('settingInvalid', { key });
    settings[key] = taken;
  }
  for (const key of Object.keys(draft.secrets)) {
    if (!definition.settings.some((declaration) => declaration.key === key && declaration.type === 'secret')) return refuse('settingUnknown', { key });
  }
  for (const { key, type, required } of definition.settings) {
    if (!required) continue;
    const given = type === 'secret' ? (draft.secrets[key] ?? (secretsThere(key) ? 'set' : '')) : (settings[key] ?? defaultOf(definition, key));
    if (given === '' || given === null) return refuse('settingRequired', { key });
  }
  return { url, settings, secrets: draft.secrets };
}

type Refuse = (message: string, params?: Readonly<Record<string, string>>) => never;

function checkAddress(draft: AccountDraft, definition: ProviderDefinition, registry: ProviderRegistry, refuse: Refuse): string {
  const { url, problem } = registry.checkUrl(draft.provider, draft.url === '' ? definition.defaultUrl : draft.url);
  if (problem === 'malformed') return refuse('urlMalformed');
  if (problem === 'http-public') return refuse('urlHttpPublic');
  if (problem === 'http-private' && ![true, 'true'].includes(draft.settings['allowHttp'] as boolean | string)) return refuse('urlHttpPrivate');
  return url;
}

/** The value as the declaration wants it; undefined when it cannot be one. */
function take(declared: NonSecret, value: SettingValue): SettingValue | undefined {
  switch (declared.type) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
    case 'switch':
      if (typeof value === 'boolean') return value;
      return value === 'true' ? true : value === 'false' ? false : undefined;
    case 'number': {
      if (value === null || value === '') return null;
      const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) && number >= declared.min && number <= declared.max ? number : undefined;
    }
    case 'choice':
      return declared.choices.some((choice) => choice.value === value) ? value : undefined;
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
