import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PicferryError } from '../../lib/picferry-error';
import { Settings } from '../../shared/model/settings';
import type { SettingsStore } from './contract';
import { closedStore, createSettings, prepareSettingsFile } from './index';
import { CURRENT_VERSION, steps } from './steps';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-settings-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 0, 31);
const prepare = (now = NOW): ReturnType<typeof prepareSettingsFile> => prepareSettingsFile(path, now);
const messages = (prepared: ReturnType<typeof prepareSettingsFile>): readonly string[] => prepared.notices.map((notice) => notice.message);
const fixture = (version: number): string => readFileSync(join(__dirname, 'fixtures', `version-${version}.json`), 'utf8');

/** The command line's store: conf on the same file. */
const confStore = (): SettingsStore => {
  const conf = new Conf<Record<string, unknown>>({ cwd: folder, configName: 'settings', clearInvalidConfig: false });
  return { read: () => conf.store, write: (settings) => void (conf.store = settings as unknown as Record<string, unknown>) };
};

describe('the settings file', () => {
  it('of every released version loads', () => {
    expect(steps).toHaveLength(CURRENT_VERSION);
    for (let version = 0; version <= CURRENT_VERSION; version += 1) {
      writeFileSync(path, fixture(version));
      const prepared = prepare();
      expect(prepared).toMatchObject({ readOnly: false, blocked: false, notices: [] });
      expect(prepared.settings.accounts[0]).toMatchObject({ id: 'a1', name: 'blog' });
      expect(Settings.parse(JSON.parse(readFileSync(path, 'utf8')))).toEqual(prepared.settings);
    }
    expect(JSON.parse(fixture(CURRENT_VERSION))).toEqual(prepare().settings);
  });

  it('of version 1 gets the profile that takes location and camera data out', () => {
    writeFileSync(path, fixture(1));
    expect(prepare().settings.preparation).toEqual({ profiles: [], defaultProfile: 'private', accounts: {} });
  });

  it('that is missing or empty of content is a fresh install', () => {
    expect(prepare()).toMatchObject({ settings: Settings.parse({}), notices: [] });
    writeFileSync(path, '{}');
    expect(prepare().settings).toEqual(Settings.parse({}));
  });

  it('is copied before it is migrated', () => {
    writeFileSync(path, fixture(0));
    prepare();
    expect(readFileSync(join(folder, 'settings.version-0-20260131-000000-000.json'), 'utf8')).toBe(fixture(0));
  });

  it('that is corrupt is kept aside, told, and replaced by the newest sound backup', () => {
    writeFileSync(path, fixture(CURRENT_VERSION));
    const before = prepare().settings;
    for (const damage of ['', '{"version":1,', '\0\0\0\0', '[]', '"x"', '{"version":"one"}']) {
      writeFileSync(path, damage);
      const prepared = prepare(NOW + 1000);
      expect(messages(prepared)).toEqual(['settingsRestored']);
      expect(prepared.settings).toEqual(before);
      expect(readFileSync(String(prepared.notices[0]?.params['file']), 'utf8')).toBe(damage);
      expect(createSettings(confStore(), prepared, () => NOW).current()).toEqual(before);
    }
  });

  it('that is corrupt without a backup is kept aside and told', () => {
    writeFileSync(path, '{"accounts": [');
    const prepared = prepare();
    expect(messages(prepared)).toEqual(['settingsCorrupt']);
    expect(prepared.settings).toEqual(Settings.parse({}));
    expect(readdirSync(folder)).toEqual(['settings.corrupt-20260131-000000-000.json']);
    expect(() => confStore()).not.toThrow();
  });

  it('never lets a corrupt file push out a backup', () => {
    writeFileSync(path, fixture(CURRENT_VERSION));
    prepare();
    for (let day = 1; day < 20; day += 1) {
      writeFileSync(path, 'torn');
      expect(messages(prepare(NOW + day * 86_400_000))).toEqual(['settingsRestored']);
    }
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toHaveLength(1);
  });

  it('keeps several backups of different content, and no more', () => {
    for (let day = 0; day < 20; day += 1) {
      writeFileSync(path, JSON.stringify({ version: CURRENT_VERSION, concurrency: (day % 16) + 1 }));
      prepare(NOW + day * 86_400_000);
    }
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toHaveLength(8);
  });

  it('of a newer Picferry is read as far as possible and not touched', () => {
    const newer = JSON.stringify({ version: 99, linkFormat: 'html', novelty: true, theme: 'neon' });
    writeFileSync(path, newer);
    const prepared = prepare();
    expect(prepared).toMatchObject({ readOnly: true, settings: { linkFormat: 'html', theme: 'system' } });
    expect(messages(prepared)).toEqual(['settingsNewer']);
    const settings = createSettings(confStore(), prepared, () => NOW);
    expect(() => settings.update((current) => ({ ...current, concurrency: 1 }))).toThrow(PicferryError);
    expect(readFileSync(path, 'utf8')).toBe(newer);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('loses only the values that cannot be used, and says which', () => {
    const raw = JSON.parse(fixture(CURRENT_VERSION)) as Record<string, unknown>;
    writeFileSync(path, JSON.stringify({ ...raw, concurrency: 'many', accounts: [...(raw['accounts'] as unknown[]), { id: 7 }], extra: 1 }));
    const prepared = prepare();
    expect(prepared.settings).toEqual({ ...Settings.parse(raw), concurrency: 4 });
    expect(String(prepared.notices[0]?.params['fields']).split(', ').sort()).toEqual(['accounts[2]', 'concurrency', 'extra']);
    expect(prepare(NOW + 1).notices).toEqual([]);
  });

  it('loses a profile that cannot be used, and no other', () => {
    const naming = { template: '{name}', slug: 'off', lowerCase: false, collision: 'ignore' };
    writeFileSync(path, JSON.stringify({ version: CURRENT_VERSION, preparation: { profiles: [{ id: 'blog', name: 'Blog', naming }, { id: 'half', name: 'Half', naming: { template: '{name}' } }], defaultProfile: 'blog' } }));
    const { settings, notices } = prepare();
    expect([settings.preparation.profiles.map(({ id }) => id), settings.preparation.defaultProfile]).toEqual([['blog'], 'blog']);
    expect(notices.map(({ params }) => params['fields'])).toEqual(['preparation.profiles[1]']);
  });

  it('with a mistake in a template of names is taken as it is, and said at each start until it is right', () => {
    const preparation = (template: string) => ({ profiles: [{ id: 'blog', name: 'Blog', naming: { template, slug: 'off', lowerCase: false, collision: 'ignore' } }] });
    writeFileSync(path, JSON.stringify({ version: CURRENT_VERSION, preparation: preparation('{date}-{nmae}') }));
    for (const later of [0, 1]) {
      const { settings, notices } = prepare(NOW + later);
      expect(settings.preparation.profiles[0]?.naming.template).toBe('{date}-{nmae}');
      expect(notices).toMatchObject([{ level: 'warning', message: 'settingsBadNames', params: { profiles: 'Blog ({nmae})' } }]);
    }
    writeFileSync(path, JSON.stringify({ version: CURRENT_VERSION, preparation: preparation('{date}-{name}') }));
    expect(prepare(NOW + 2).notices).toEqual([]);
  });

  it('that cannot be opened is left alone and everything is read-only', () => {
    mkdirSync(path);
    const prepared = prepare();
    expect(prepared).toMatchObject({ readOnly: true, blocked: true });
    expect(messages(prepared)).toEqual(['settingsUnreadable']);
    expect(() => closedStore.write(prepared.settings)).toThrow();
  });

  it('survives anything written into it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.object().map((value) => JSON.stringify({ ...value, version: CURRENT_VERSION }))), (text) => {
        writeFileSync(path, text);
        expect(Settings.safeParse(prepare().settings).success).toBe(true);
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
      }),
      { numRuns: 60 },
    );
  });
});

describe('settings', () => {
  it('are on disk before anybody hears of a change', () => {
    const settings = createSettings(confStore(), prepare(), () => NOW);
    const heard: unknown[] = [];
    const off = settings.onChange((next, rev) => heard.push([next.concurrency, rev, JSON.parse(readFileSync(path, 'utf8')).concurrency]));
    settings.update((current) => ({ ...current, concurrency: 7 }));
    settings.update((current) => current);
    off();
    settings.update((current) => ({ ...current, concurrency: 8 }));
    expect(heard).toEqual([[7, 1, 7]]);
    expect(prepare().settings.concurrency).toBe(8);
  });

  it('stay as they are when the disk refuses, and say so', () => {
    const store: SettingsStore = { read: () => ({}), write: () => { throw Object.assign(new Error('full'), { code: 'ENOSPC' }); } };
    const settings = createSettings(store, prepare(), () => NOW);
    expect(() => settings.update((current) => ({ ...current, concurrency: 7 }))).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ kind: 'file', message: 'settingsDiskFull', detail: 'ENOSPC', at: NOW }) }),
    );
    expect(settings.current().concurrency).toBe(4);
    expect(settings.rev()).toBe(0);
  });

  it('refuse a value outside the schema', () => {
    const settings = createSettings(confStore(), prepare(), () => NOW);
    expect(() => settings.update((current) => ({ ...current, concurrency: 99 }))).toThrow();
    expect(settings.current().concurrency).toBe(4);
  });
});
