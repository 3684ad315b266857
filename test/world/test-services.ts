import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/lib/atomic-file';
import { createServices, type BuiltServices } from '../../src/main/create-services';
import { SETTINGS_FILE, type SettingsStore } from '../../src/main/settings';
import type { ServicePorts } from '../../src/main/services';
import type { Account } from '../../src/shared/model/account';

/** Settings in the file that window and command line keep them in. */
export const settingsIn = (dataFolder: string): SettingsStore => {
  const path = join(dataFolder, 'store', SETTINGS_FILE);
  return {
    read: () => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : {}),
    write: (settings) => writeFileAtomic(path, JSON.stringify(settings)),
  };
};

/** Every service over a real data folder, as window and command line run them, but that no child process may be started. */
export const openTestServices = (dataFolder: string, ports: Partial<ServicePorts> = {}): Promise<BuiltServices> =>
  createServices({
    dataFolder,
    settingsStore: settingsIn(dataFolder),
    children: {
      start: () => {
        throw new Error('no child is wanted here');
      },
    },
    systemProxy: null,
    now: () => Date.now(),
    ...ports,
  });

/** The account `test` at a WiZs host, made on first use. */
export const testAccount = ({ accounts }: Pick<BuiltServices, 'accounts'>, url: string, key: string): Account =>
  accounts.byName('test') ?? accounts.save({ name: 'test', provider: 'wizs', url, settings: {}, secrets: { key } });
