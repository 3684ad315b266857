import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost, type Control, type HostKeys, type HostOptions, type RunningHost } from '../../src/host';

/** A host for one test file: its own folder, free ports, invented keys. */
export type TestHost = {
  readonly host: RunningHost;
  readonly folder: string;
  readonly port: number;
  readonly deletePort: number;
  readonly keys: HostKeys;
  /** Base URLs as a person would enter them. */
  readonly urls: {
    readonly root: string;
    readonly wizs: string;
    readonly easyimages: string;
    readonly imgurl: string;
    readonly chevereto: string;
    readonly smms: string;
  };
  readonly control: Control;
  /** Closes every connection and removes the folder. */
  stop(): Promise<void>;
};

export const TEST_KEYS: HostKeys = {
  wizs: 'test-wizs-key-0123456789',
  easyimages: 'test-easyimages-token-0123',
  imgurl: { uid: 'test-uid-01234567', token: 'test-token-0123456789' },
  chevereto: 'chv_test_0123456789abcdef',
};

/** Starts the host in test mode; throws if it cannot start. */
export async function startTestHost(options: Partial<HostOptions> = {}): Promise<TestHost> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'picferry-host-')));
  const start = await startHost({
    port: 0,
    mode: 'test',
    now: () => Date.now(),
    keys: TEST_KEYS,
    ...options,
    folder,
  });
  if (!start.ok) throw new Error(start.error.message);
  const { host } = start;
  if (host.control === null || host.deletePort === null) throw new Error('startTestHost starts the test mode only');
  const { baseUrl } = host;
  return {
    host,
    folder,
    port: host.port,
    deletePort: host.deletePort,
    keys: host.keys,
    urls: {
      root: baseUrl,
      wizs: `${baseUrl}/wizs`,
      easyimages: `${baseUrl}/easyimages`,
      imgurl: `${baseUrl}/imgurl`,
      chevereto: `${baseUrl}/chevereto`,
      smms: `${baseUrl}/smms`,
    },
    control: host.control,
    stop: async () => {
      await host.stop();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
