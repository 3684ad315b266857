import { z } from 'zod';
import type { SettingDeclaration, SettingValue } from '../../shared/model/provider';

type Declarations = readonly SettingDeclaration[];
export type SettingValues = Readonly<Record<string, SettingValue>>;

const schemaOf = (declaration: Exclude<SettingDeclaration, { readonly type: 'secret' }>): z.ZodType<SettingValue> => {
  switch (declaration.type) {
    case 'text':
      return z.string().max(2000).default(declaration.default);
    case 'switch':
      return z.boolean().default(declaration.default);
    case 'number':
      return z.number().int().min(declaration.min).max(declaration.max).nullable().default(declaration.default);
    case 'choice':
      return z.enum(declaration.choices.map(({ value }) => value)).default(declaration.default);
  }
};

const open = (declarations: Declarations) => declarations.filter((declaration) => declaration.type !== 'secret');

/** The schema of an account's settings: defaults filled in, unknown names refused. Secrets are not part of it. */
export const settingsSchema = (declarations: Declarations): z.ZodType<SettingValues> =>
  z.strictObject(Object.fromEntries(open(declarations).map((declaration) => [declaration.key, schemaOf(declaration)])));

export const defaultSettings = (declarations: Declarations): SettingValues => settingsSchema(declarations).parse({});

/** Keys of the declared secrets. */
export const secretKeys = (declarations: Declarations): readonly string[] =>
  declarations.filter(({ type }) => type === 'secret').map(({ key }) => key);

/**
 * A setting from the text of a form or a command line, or undefined when the text cannot mean a value
 * of it. Empty text is "no value" for a number and off for a switch.
 */
export const settingFromText = (declaration: SettingDeclaration, text: string): SettingValue | undefined => {
  switch (declaration.type) {
    case 'text':
      return text;
    case 'secret':
      return undefined;
    case 'choice':
      return declaration.choices.some(({ value }) => value === text) ? text : undefined;
    case 'switch':
      if (/^(true|on|yes|1)$/i.test(text)) return true;
      return /^(false|off|no|0|)$/i.test(text) ? false : undefined;
    case 'number': {
      if (text.trim() === '') return null;
      if (!/^\d+$/.test(text.trim())) return undefined;
      const value = Number(text);
      return value >= declaration.min && value <= declaration.max ? value : undefined;
    }
  }
};

/** The text with every secret, also in its URL-encoded form, replaced. Secrets under four characters are left: they are everywhere. */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length)
    .reduce((cleaned, secret) => cleaned.split(secret).join('•••'), text);
