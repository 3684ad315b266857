import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { SwitchChanges } from '../../src/host';
import type { DocumentSync } from '../../src/main/providers/contract';
import { badNetwork, CALM } from './bad-network';
import { KEY, startSyncWorld, type DeviceOptions, type SyncWorld, type TestDevice } from './sync-world';

type Versions = ReturnType<SyncWorld['host']['control']['documents']['versions']>;

export type TestDevices = {
  readonly world: SyncWorld;
  /** One more installation, with nothing in its file. */
  readonly device: (options?: DeviceOptions) => TestDevice;
  /** The same, where these calls to the host go another way. */
  readonly deviceVia: (around: (host: DocumentSync) => Partial<DocumentSync>, options?: Pick<DeviceOptions, 'add'>) => TestDevice;
  /** A device with these versions behind it, clean. */
  readonly withVersions: (...documents: readonly unknown[]) => Promise<TestDevice>;
  /** Two devices with the same document, both clean. */
  readonly pair: (start: unknown, second?: TestDevice) => Promise<readonly [TestDevice, TestDevice]>;
  /** The host's versions, oldest first. */
  readonly versions: () => Versions;
  readonly contents: () => readonly unknown[];
};

/** Rounds of syncs until nothing changes any more. */
export const settle = async (...devices: readonly TestDevice[]): Promise<void> => {
  for (let round = 0; round < 3; round += 1) for (const one of devices) await one.sync();
};

/** Calls that change something at the host. */
export const postsIn = (asked: readonly string[]): number => asked.filter((call) => call === 'json-push' || call === 'json-resolve').length;

/** What the tests of one file are about: devices around a host that is as new before each test. `wizs`: how that host behaves. */
export const testDevices = (wizs: SwitchChanges['wizs'] = {}): TestDevices => {
  let started: SyncWorld;
  let made = 0;
  beforeAll(async () => {
    started = await startSyncWorld();
  });
  afterAll(() => started.stop());
  beforeEach(async () => {
    await started.host.control.reset();
    started.host.control.set({ wizs });
  });
  const world: SyncWorld = {
    get host() {
      return started.host;
    },
    device: (...args) => started.device(...args),
    hostOf: () => started.hostOf(),
    asked: () => started.asked(),
    stop: () => started.stop(),
  };
  const device: TestDevices['device'] = (options = {}) => world.device(`device-${String((made += 1))}`, options);
  const versions = (): Versions => world.host.control.documents.versions(KEY);
  return {
    world,
    device,
    deviceVia: (around, options = {}) => device({ ...options, through: (host) => ({ ...badNetwork(() => 0, CALM).through(host), ...around(host) }) }),
    withVersions: async (...documents) => {
      const one = device();
      for (const document of documents) {
        one.write(document);
        await one.sync();
      }
      return one;
    },
    pair: async (start, second = device()) => {
      const first = device();
      first.write(start);
      await first.sync();
      await second.sync();
      world.asked();
      return [first, second];
    },
    versions,
    contents: () => versions().map(({ content }) => JSON.parse(content) as unknown),
  };
};
