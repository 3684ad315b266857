import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, copyAside, keepAside, writeFileAtomic } from '../../lib/atomic-file';
import { thinOut } from '../../lib/dated-copies';
import type { Notice } from '../../shared/model/notice';
import type { Settings } from '../../shared/model/settings';
import { checkNameTemplate } from '../../shared/templates/name-template';
import { parseSettings, wholeSettings } from './parse-settings';
import { CURRENT_VERSION, migrate, versionOf, type RawSettings } from './steps';

/** The settings file's name inside the data folder's `store`. */
export const SETTINGS_FILE = 'settings.json';

/** What was found at start-up. Afterwards the file, if there is one, is sound unless `blocked`. */
export type PreparedSettings = {
  readonly settings: Settings;
  /** The file belongs to a newer Picferry, or cannot be used where it lies: nothing may be written. */
  readonly readOnly: boolean;
  /** The file is there but cannot be read and cannot be moved away: no store may be opened on it. */
  readonly blocked: boolean;
  readonly notices: readonly Notice[];
};

const KEEP_BACKUPS = 8;

/**
 * Makes the settings file fit for a store, before one is opened on it: a corrupt file is kept aside under a dated
 * name and the newest sound backup takes its place; a newer one is left untouched; an older one is backed up and
 * migrated; then the current content is backed up if it changed since the last start. Never throws for what a
 * file or a disk can do: the answer says it.
 */
export function prepareSettingsFile(path: string, now: number): PreparedSettings {
  const notice = noticeAt(now);
  const found = readRaw(path);
  if (found.state === 'missing') return fresh([]);
  if (found.state === 'refused') {
    return { ...fresh([notice('settingsUnreadable', 'error', { file: path, code: found.code })]), readOnly: true, blocked: true };
  }
  if (found.state === 'corrupt') return replaceCorrupt(path, now);
  const version = versionOf(found.raw);
  if (version === null) return replaceCorrupt(path, now);
  if (version > CURRENT_VERSION) {
    return { settings: parseSettings({ ...found.raw, version: CURRENT_VERSION }).settings, readOnly: true, blocked: false, notices: [notice('settingsNewer', 'warning', { file: path })] };
  }
  return takeIn(path, found.raw, version, now);
}

function takeIn(path: string, raw: RawSettings, version: number, now: number): PreparedSettings {
  const notice = noticeAt(now);
  const { settings, lost } = parseSettings(migrate(raw, version));
  const changed = version !== CURRENT_VERSION || lost.length > 0;
  const notices: Notice[] = badNames(settings, notice);
  try {
    if (lost.length > 0) {
      const copy = copyAside(path, 'before-repair', now);
      notices.push(notice('settingsRepaired', 'warning', { fields: lost.join(', '), file: copy }));
    } else if (changed) {
      copyAside(path, `version-${version}`, now);
    }
    if (changed) writeFileAtomic(path, serialise(settings));
    backUp(path, serialise(settings), now);
  } catch (error) {
    // The settings count all the same; what could not be kept is said when something is to be saved.
    if (codeOf(error) === '') throw error;
    notices.push(notice('settingsNotBackedUp', 'warning', { file: path, code: codeOf(error) }));
  }
  return { settings, readOnly: false, blocked: false, notices };
}

function replaceCorrupt(path: string, now: number): PreparedSettings {
  const notice = noticeAt(now);
  let aside: string;
  try {
    aside = keepAside(path, 'corrupt', now);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    const found = newestBackup(path);
    const said = notice('settingsUnreadable', 'error', { file: path, code: codeOf(error) });
    return { settings: found?.settings ?? wholeSettings({}), readOnly: true, blocked: true, notices: [said] };
  }
  const backup = newestBackup(path);
  if (backup === undefined) return fresh([notice('settingsCorrupt', 'error', { file: aside })]);
  const notices = [notice('settingsRestored', 'warning', { file: aside, backup: backup.name })];
  try {
    writeFileAtomic(path, serialise(backup.settings));
  } catch (error) {
    if (codeOf(error) === '') throw error;
    notices.push(notice('settingsNotBackedUp', 'warning', { file: path, code: codeOf(error) }));
  }
  return { settings: backup.settings, readOnly: false, blocked: false, notices };
}

type Found =
  | { readonly state: 'missing' }
  | { readonly state: 'corrupt' }
  | { readonly state: 'refused'; readonly code: string }
  | { readonly state: 'read'; readonly raw: RawSettings };

function readRaw(path: string): Found {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { state: 'read', raw: value as RawSettings } : { state: 'corrupt' };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { state: 'missing' };
    // A folder, a device or a name that cannot be opened by us is not a damaged file.
    return code === '' ? { state: 'corrupt' } : { state: 'refused', code };
  }
}

const backupName = (path: string): RegExp => new RegExp(`^${stem(path)}\\.backup-[0-9-]+\\.json$`);
const stem = (path: string): string => basename(path, '.json');

const backupsOf = (path: string): readonly string[] =>
  readdirSync(dirname(path))
    .filter((name) => backupName(path).test(name))
    .sort()
    .reverse();

function backUp(path: string, content: string, now: number): void {
  const [newest] = backupsOf(path);
  if (newest !== undefined && readFileSync(join(dirname(path), newest), 'utf8') === content) return;
  copyAside(path, 'backup', now);
  thinOut(dirname(path), backupName(path), KEEP_BACKUPS);
}

function newestBackup(path: string): { readonly name: string; readonly settings: Settings } | undefined {
  for (const name of backupsOf(path)) {
    const found = readRaw(join(dirname(path), name));
    if (found.state !== 'read') continue;
    const version = versionOf(found.raw);
    if (version === null || version > CURRENT_VERSION) continue;
    return { name, settings: parseSettings(migrate(found.raw, version)).settings };
  }
  return undefined;
}

/** Profiles whose template of names has a mistake, as only a hand can write one into the file; they stay, and nothing is sent by them. */
function badNames({ preparation }: Settings, notice: ReturnType<typeof noticeAt>): Notice[] {
  const wrong = preparation.profiles.flatMap(({ name, naming }) => {
    const fault = checkNameTemplate(naming.template);
    return fault === null ? [] : [`${name} (${fault.text})`];
  });
  return wrong.length === 0 ? [] : [notice('settingsBadNames', 'warning', { profiles: wrong.join(', ') })];
}

const serialise = (settings: Settings): string => `${JSON.stringify(settings, null, '\t')}\n`;
const fresh = (notices: readonly Notice[]): PreparedSettings => ({ settings: wholeSettings({}), readOnly: false, blocked: false, notices });
/** Its id is of this one time: putting it away hides no later one. */
const noticeAt =
  (at: number) =>
  (message: string, level: Notice['level'], params: Notice['params']): Notice => ({ id: `${message}:${at}`, level, message, params });
