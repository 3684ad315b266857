import type { z } from 'zod';
import { StoredAccount } from '../../shared/model/account';
import { PreparationProfile } from '../../shared/model/preparation';
import { Settings } from '../../shared/model/settings';
import type { RawSettings } from './steps';

/** Settings, and the names of the fields whose stored value could not be used. */
export type ParsedSettings = { readonly settings: Settings; readonly lost: readonly string[] };

const shape = Settings.unwrap().shape;

/** zod compiles a parser at its first use: for so many fields 10 ms of a start, and they are read once and written seldom. */
const UNCOMPILED = { jitless: true } as const;

/** Settings that are whole: throws a `ZodError` where they are not. */
export const wholeSettings = (value: unknown): Settings => Settings.parse(value, UNCOMPILED);

/**
 * Reads settings field by field, so that one bad value costs that field its value and nothing else: it becomes
 * the default and is named in `lost`. Of the accounts and of the profiles each stands for itself.
 */
export function parseSettings(raw: RawSettings): ParsedSettings {
  const whole = Settings.safeParse(raw, UNCOMPILED);
  if (whole.success) return { settings: whole.data, lost: [] };
  const lost = Object.keys(raw).filter((name) => !(name in shape));
  const kept: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    if (!(name in raw)) continue;
    const value = name === 'accounts' ? good(raw[name], name, StoredAccount, lost) : name === 'preparation' ? goodPreparation(raw[name], lost) : raw[name];
    if (schema.safeParse(value, UNCOMPILED).success) kept[name] = value;
    else lost.push(name);
  }
  return { settings: wholeSettings(kept), lost };
}

function goodPreparation(value: unknown, lost: string[]): unknown {
  if (typeof value !== 'object' || value === null || !('profiles' in value)) return value;
  return { ...value, profiles: good(value.profiles, 'preparation.profiles', PreparationProfile, lost) };
}

function good(value: unknown, name: string, schema: z.ZodType, lost: string[]): unknown {
  if (!Array.isArray(value)) return value;
  return value.filter((one: unknown, index) => {
    const isGood = schema.safeParse(one, UNCOMPILED).success;
    if (!isGood) lost.push(`${name}[${index}]`);
    return isGood;
  });
}
