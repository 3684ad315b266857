import { basename, join } from 'node:path';
import { makeFolder } from '../../../lib/make-folder';
import { OWN_KEYS } from '../../../shared/model/own-keys';
import { BuiltInKind, type OthersRecords, type SyncIndexed, type SyncName, type SyncView, SyncKind } from '../../../shared/model/sync';
import { folderName } from '../document-folder';
import type { DocumentStatus } from '../engine-contract';
import type { EngineProcess } from '../process/engine-process';
import { Bridge, type OwnSource } from './bridge';
import type { LibrarySync } from './library/library-sync';
import { IndexEntry, indexSource } from './sources';

export type OwnDocumentsDeps = {
  /** Where the copies lie. */
  readonly folder: string;
  readonly sources: Readonly<Record<BridgedKind, OwnSource>>;
  /** Its documents are made in a way of their own. */
  readonly library: LibrarySync;
  readonly engine: EngineProcess;
  /** This device, as its documents are marked in the lists. */
  readonly device: () => string;
  readonly isRunning: (name: SyncName) => boolean;
  /** Whether two accounts mean the same place: they then have one list. */
  readonly isSameHost: (account: string, other: string) => boolean;
  readonly onFault: (what: string, error: unknown) => void;
};

type OwnKind = keyof typeof OWN_KEYS;

const BRIDGED = ['settings', 'accounts'] as const satisfies readonly BuiltInKind[];
type BridgedKind = (typeof BRIDGED)[number];

const isBuiltIn = (kind: SyncKind): kind is BuiltInKind => (BuiltInKind.options as readonly string[]).includes(kind);
const isOwn = (kind: SyncKind): kind is OwnKind => Object.hasOwn(OWN_KEYS, kind);

/** The documents that Picferry makes itself: an account's list of documents, and its own settings and accounts where they are switched on. */
export class OwnDocuments {
  readonly #bridges = new Map<string, Bridge>();
  readonly #offs: readonly (() => void)[];
  /** Lists on their way to the engine. */
  readonly #adding = new Map<string, Promise<void>>();
  #statuses: readonly DocumentStatus[] = [];

  constructor(private readonly deps: OwnDocumentsDeps) {
    this.#offs = BRIDGED.map((kind) => deps.sources[kind].onChange(() => this.#changed(kind)));
  }

  take(statuses: readonly DocumentStatus[]): void {
    this.#statuses = statuses;
    for (const { kind, account } of statuses) if (kind === 'index') this.#adding.delete(account);
    for (const status of statuses) if (status.kind === 'index' && !this.deps.isRunning(status)) this.meet(status);
  }

  builtIn(): SyncView['builtIn'] {
    return this.#statuses.flatMap(({ account, kind }) => (isBuiltIn(kind) ? [{ account, kind }] : []));
  }

  /** What is Picferry's own goes into the document's file, and what others changed comes out of it. */
  meet(status: DocumentStatus): void {
    if (!isOwn(status.kind)) return;
    try {
      this.#bridge(status.account, status.kind).meet(status.version !== null);
    } catch (error) {
      this.deps.onFault("Picferry's own data were not synced", error);
    }
  }

  /** Switches on or off; gives the document, where there is one. */
  async set(account: string, kind: BuiltInKind, on: boolean, others: OthersRecords): Promise<SyncName | null> {
    if (kind === 'library') return on ? this.deps.library.switchOn(account) : this.deps.library.switchOff(account, others).then(() => null);
    const name = { account, fileKey: OWN_KEYS[kind] };
    const there = this.#statuses.some((one) => one.account === account && one.kind === kind);
    if (on && !there) await this.#add(account, kind, true);
    if (!on && there) await this.deps.engine.ask('remove', [name]);
    return name;
  }

  async addIndex(account: string): Promise<SyncName> {
    if (!this.#statuses.some((one) => one.account === account && one.kind === 'index')) await this.#addIndex(account);
    return { account, fileKey: OWN_KEYS.index };
  }

  /** A list for each account that has documents; gives the new ones. */
  async addIndexes(): Promise<readonly SyncName[]> {
    const listed = new Set(this.#statuses.filter(({ kind }) => kind === 'index').map(({ account }) => account));
    const missing = new Set(this.#statuses.map(({ account }) => account).filter((account) => !listed.has(account)));
    for (const account of missing) await this.#addIndex(account);
    return [...missing].map((account) => ({ account, fileKey: OWN_KEYS.index }));
  }

  /** What the list holds after its last sync. */
  indexed(account: string): readonly SyncIndexed[] {
    const here = new Set(this.#at(account).map(({ fileKey }) => fileKey));
    return Object.entries(this.#bridge(account, 'index').values()).flatMap(([fileKey, value]) => {
      const entry = IndexEntry.safeParse(value).data;
      if (entry === undefined) return [];
      const elsewhere = entry.on === undefined ? !here.has(fileKey) : Object.keys(entry.on).some((id) => id !== this.deps.device());
      return [{ fileKey, name: Object.keys(entry.names)[0] ?? fileKey, kind: SyncKind.safeParse(entry.kind).data ?? 'file', here: here.has(fileKey), elsewhere }];
    });
  }

  close(): void {
    for (const off of this.#offs) off();
  }

  // ———

  /** Whoever asks meanwhile waits for the same one. */
  #addIndex(account: string): Promise<void> {
    const adding = this.#adding.get(account) ?? this.#add(account, 'index', false);
    this.#adding.set(account, adding);
    adding.catch(() => this.#adding.delete(account));
    return adding;
  }

  async #add(account: string, kind: OwnKind, ask: boolean): Promise<void> {
    const bridge = this.#bridge(account, kind);
    bridge.meet();
    await this.deps.engine.ask('add', [{ account, fileKey: OWN_KEYS[kind] }, bridge.path, { ask, kind }]);
  }

  /** While a document syncs its file is left alone: it meets its source at the end. */
  #changed(kind: BridgedKind): void {
    for (const status of this.#statuses) if (status.kind === kind && !this.deps.isRunning(status)) this.meet(status);
  }

  #bridge(account: string, kind: OwnKind): Bridge {
    const path = join(this.deps.folder, folderName(account), `${kind}.json`);
    const known = this.#bridges.get(path);
    if (known !== undefined) return known;
    makeFolder(join(this.deps.folder, folderName(account)));
    const made = new Bridge(path, kind === 'index' ? indexSource(this.deps.device, () => this.#documentsOf(account)) : this.deps.sources[kind]);
    this.#bridges.set(path, made);
    return made;
  }

  /** What this device syncs at the account's host. */
  #at(account: string): readonly DocumentStatus[] {
    return this.#statuses.filter((one) => one.account === account || this.deps.isSameHost(one.account, account));
  }

  /** Those that the host has: others would look for one that never got there. */
  #documentsOf(account: string): readonly { readonly fileKey: string; readonly kind: string; readonly name: string }[] {
    return this.#at(account).filter((one) => one.version !== null && one.kind !== 'index' && one.kind !== 'library-part').map(({ fileKey, kind, path }) => ({ fileKey, kind, name: basename(path) }));
  }
}
