import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/lib/atomic-file';
import { newId } from '../../src/lib/ids';
import { createAccounts, type AccountsService } from '../../src/main/accounts';
import { openLibraryDatabase, type LibraryDatabase } from '../../src/main/database';
import { createAlbums, createLibrary, type AlbumsService, type LibraryService, type NewUpload } from '../../src/main/library';
import { createNeighbours } from '../../src/main/neighbours';
import { createRegistry } from '../../src/main/providers';
import { createLazyHttp } from '../../src/main/providers/http';
import { openVault, type Vault } from '../../src/main/secrets';
import { createSettings, type SettingsService } from '../../src/main/settings';
import { createLazyTransfer, type TransferDeps, type TransferService } from '../../src/main/transfer';
import { EVERYTHING } from '../../src/shared/model/library-defaults';
import { Settings } from '../../src/shared/model/settings';
import { newUpload } from '../world/new-upload';

/** A real data folder with everything that import and export stand on; passphrases cost next to nothing here. */
export type TransferWorld = {
  readonly folder: string;
  readonly deps: TransferDeps;
  readonly transfer: TransferService;
  readonly library: LibraryService;
  readonly albums: AlbumsService;
  readonly accounts: AccountsService;
  readonly settings: SettingsService;
  readonly vault: Vault;
  readonly database: LibraryDatabase;
  /** A path for a new file. */
  file(name: string): string;
  /** Records as they compare: without what every computer has of its own. */
  records(): readonly Readonly<Record<string, unknown>>[];
  close(): void;
};

export const NOW = Date.UTC(2026, 0, 31);

export async function createTransferWorld(folder = mkdtempSync(join(tmpdir(), 'picferry-transfer-')), now = () => NOW): Promise<TransferWorld> {
  const store = join(folder, 'store');
  mkdirSync(store, { recursive: true });
  const { vault } = await openVault({ folder: store, keychain: null, now });
  const database = openLibraryDatabase(store, { now });
  const settingsFile = join(store, 'settings.json');
  const stored: unknown = existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {};
  const settings = createSettings(
    { read: () => stored, write: (value) => writeFileAtomic(settingsFile, JSON.stringify(value)) },
    { settings: Settings.parse(stored), readOnly: false },
    now,
  );
  const registry = createRegistry();
  const http = createLazyHttp({ limits: () => settings.current().limits, proxy: () => ({ mode: 'none' }), systemProxy: null, userAgent: 'Picferry' });
  const thisComputer = { start: () => Promise.reject(new Error('no host is wanted here')) };
  const accounts = createAccounts({ settings, vault, registry, http, thisComputer, neighbours: createNeighbours({ own: folder, now }), memoryFile: join(store, 'account-memory.json'), now, newId, retry: (work, signal) => work(signal) });
  const library = createLibrary({
    db: database.db,
    vault,
    accounts,
    now,
    newId,
    onFault: (error) => {
      throw error;
    },
  });
  const albums = createAlbums({ db: database.db, library, accounts, timers: { now, after: () => () => undefined }, newId });
  const deps: TransferDeps = { settings, vault, registry, accounts, library, albums, database, newId, now, scryptN: 2 };
  return {
    folder,
    deps,
    transfer: createLazyTransfer(deps),
    library,
    albums,
    accounts,
    settings,
    vault,
    database,
    file: (name) => join(folder, name),
    records: () => [...library.whole({ matching: EVERYTHING, except: [] }, { deleteLinks: true })].flat().map(({ upload, ...rest }) => ({ ...upload, ...rest })),
    close() {
      albums.close();
      library.close();
      database.close();
      http.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let counter = 0;
/** An upload that nobody made, unlike all others and with a delete link. */
export const invented = (part: Partial<NewUpload> = {}): NewUpload => {
  counter += 1;
  return newUpload({
    id: newId(),
    accountId: 'account-x',
    provider: 'chevereto',
    name: `photo ${counter}.png`,
    storedName: `s${counter}.png`,
    remoteId: `r${counter}`,
    url: `https://img.example.com/i/${counter}.png`,
    thumbUrl: `https://img.example.com/t/${counter}.png`,
    bytes: 10 + counter,
    width: 3,
    height: 2,
    sha256: `digest-${counter}`,
    uploadedAt: NOW - counter * 60_000,
    deleteUrl: `https://img.example.com/delete/canary-link-${counter}`,
    ...part,
  });
};
