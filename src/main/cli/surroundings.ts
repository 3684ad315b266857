import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { dataFolderPath } from '../../lib/data-folder';
import { languageOf } from '../../shared/i18n/translator';
import { Language } from '../../shared/model/localized';

/** What a command line has around it. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly platform: string;
};

/** The folder that relative paths count from: the caller's. npm runs scripts in the package's folder and tells the caller's in INIT_CWD. */
export function callerFolder({ env, cwd }: Surroundings): string {
  const called = env['INIT_CWD'];
  const npmPackage = env['npm_package_name'];
  // Below another package's npm script INIT_CWD is that script's affair, not ours.
  return called !== undefined && called !== '' && (npmPackage === undefined || npmPackage === 'picferry') ? called : cwd;
}

export const dataFolderOf = (around: Surroundings): string =>
  dataFolderPath({ env: around.env, platform: around.platform, home: homedir(), cwd: callerFolder(around) });

/** The language of the person's system. */
export function systemLanguage({ env }: Surroundings): Language {
  const told = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  // Of all that knows the system's locale, this loads by far the fewest tables.
  return languageOf(told ?? new Intl.PluralRules().resolvedOptions().locale);
}

const Peek = z.object({ language: Language });

/** The language to use before the settings are open: what the settings file names, if it can be read, else the system's. */
export function firstLanguage(around: Surroundings): Language {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(dataFolderOf(around), 'store', 'settings.json'), 'utf8'));
    const peek = Peek.safeParse(settings);
    return peek.success ? peek.data.language : systemLanguage(around);
  } catch {
    return systemLanguage(around);
  }
}
