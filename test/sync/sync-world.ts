import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { DocumentStatus, SyncEngine } from '../../src/main/sync/engine-contract';
import { localTexts } from '../../src/main/sync/local-texts';
import { createSyncEngine } from '../../src/main/sync/sync-engine';
import type { DocumentTexts } from '../../src/main/sync/texts';
import type { DocumentSync } from '../../src/main/providers/contract';
import type { ClosableHttp } from '../../src/main/providers/http';
import { createRegistry } from '../../src/main/providers/registry';
import { makeProvider, SHORT_LIMITS, testHttp } from '../providers/fixture';
import { startTestHost, type TestHost } from '../host/test-host';
import { shortWay, type SimulatedHost } from './short-way';

export const KEY = 'doc';
const ACCOUNT = 'account';

/** One installation: its own data folder and its own copy of the document. */
export type TestDevice = {
  readonly folder: string;
  readonly file: string;
  service: SyncEngine;
  read(): unknown;
  text(): string;
  write(value: unknown): void;
  writeText(text: string): void;
  sync(note?: string): Promise<DocumentStatus>;
  /** As after a crash or a restart: everything anew from what is on disk. */
  restart(checkpoint?: (name: string) => void): SyncEngine;
};

/** Devices around a host, whichever way they reach it. */
export type SimulatedWorld = {
  readonly host: SimulatedHost;
  device(name: string, options?: DeviceOptions): TestDevice;
  /** The account's documents at the host, as a device without any record would reach them. */
  hostOf(): DocumentSync;
  /** JSON calls the host got since the last look, by name. */
  asked(): readonly string[];
  stop(): Promise<void>;
};

export type SyncWorld = Omit<SimulatedWorld, 'host'> & { readonly host: TestHost };

export type DeviceOptions = { readonly add?: boolean; /** The device's own clock, right or wrong. */ readonly clock?: () => number; /** What lies between the device and the host. */ readonly through?: (host: DocumentSync) => DocumentSync };

export type WorldOptions = { readonly now?: () => number; readonly texts?: DocumentTexts };

type Around = Required<WorldOptions> & { readonly root: string; readonly hostOf: () => DocumentSync };

const deviceMaker =
  ({ root, hostOf, now, texts }: Around) =>
  (name: string, { add = true, clock = now, through = (reached) => reached }: DeviceOptions = {}): TestDevice => {
    const folder = join(root, name);
    const file = join(root, `${name}.json`);
    const open = (checkpoint?: (name: string) => void): SyncEngine =>
      createSyncEngine({ folder, hostOf: () => through(hostOf()), nameOf: () => 'WiZs', texts, now: clock, newId: randomUUID, deviceName: name, ...(checkpoint === undefined ? {} : { checkpoint }) });
    const made: TestDevice = {
      folder,
      file,
      service: open(),
      text: () => readFileSync(file, 'utf8'),
      read: () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined),
      write: (value) => writeFileSync(file, JSON.stringify(value, null, 2)),
      writeText: (text) => writeFileSync(file, text),
      sync: (note) => made.service.run({ account: ACCOUNT, fileKey: KEY }, note === undefined ? {} : { note }),
      restart: (checkpoint) => (made.service = open(checkpoint)),
    };
    if (add) made.service.add({ account: ACCOUNT, fileKey: KEY }, file);
    return made;
  };

/** Devices around one real embedded host. */
export async function startSyncWorld({ now = Date.now, texts = localTexts }: WorldOptions = {}): Promise<SyncWorld> {
  const host = await startTestHost();
  const http: ClosableHttp = testHttp({ limits: () => SHORT_LIMITS });
  const wizs = createRegistry().definition('wizs');
  const root = mkdtempSync(join(tmpdir(), 'picferry-sync-'));
  const hostOf = (): DocumentSync => {
    const { sync } = makeProvider({ definition: wizs, url: host.urls.wizs, secrets: { key: host.keys.wizs }, http, now });
    if (sync === undefined) throw new Error('WiZs has documents');
    return sync;
  };
  let looked = 0;
  return {
    host,
    device: deviceMaker({ root, hostOf, now, texts }),
    hostOf,
    asked: () => {
      const fresh = host.control.requests().filter(({ id }) => id > looked);
      looked = fresh.at(-1)?.id ?? looked;
      return fresh.flatMap(({ call }) => call ?? []);
    },
    stop: async () => {
      http.close();
      await host.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export const DOCUMENT = { account: ACCOUNT, fileKey: KEY } as const;

/** The same devices around the host's documents without HTTP between. */
export const startShortWorld = ({ now = Date.now, texts = localTexts }: WorldOptions = {}): SimulatedWorld => {
  const root = mkdtempSync(join(tmpdir(), 'picferry-sync-'));
  const { host, hostOf, asked, stop } = shortWay(root);
  return {
    host,
    hostOf,
    asked,
    device: deviceMaker({ root, hostOf, now, texts }),
    stop: async () => {
      stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
