import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { PicferryError, problemOf } from '../../../../lib/picferry-error';
import { LIBRARY_KEY } from '../../../../shared/model/own-keys';
import type { SyncBeginning, SyncFirstRun, SyncIndexed, SyncName } from '../../../../shared/model/sync';
import { readRows, type LibrarySharing, type SharedRow, type SharingBeginning } from '../../../library';
import { folderName } from '../../document-folder';
import type { DocumentStatus } from '../../engine-contract';
import type { EngineProcess } from '../../process/engine-process';
import { Census } from './census';
import { digestOf, PartFiles } from './part-files';
import { PartRuns, type PartDocument } from './part-runs';

export type LibrarySyncDeps = {
  /** Where the copies lie. */
  readonly folder: string;
  readonly sharing: LibrarySharing;
  readonly engine: EngineProcess;
  /** The account's list of documents, as the host has it now. */
  readonly index: (account: string, signal: AbortSignal) => Promise<readonly SyncIndexed[]>;
  /** Devices of the account that a person does not want to hear of. */
  readonly forgotten: (account: string) => readonly string[];
  readonly nameOf: (account: string) => string;
  readonly now: () => number;
  /** Told when documents came or went by themselves; the one given should sync soon. */
  readonly onMoved: (name: SyncName) => void;
};

const PREFIX = `${LIBRARY_KEY}.`;
/** What stands for a device in keys: enough of its random id. */
const shortOf = (device: string): string => device.replace(/[^A-Za-z0-9]+/g, '').slice(0, 12);
const keyOf = (device: string): string => `${PREFIX}${shortOf(device)}`;

/** Records that are put into parts at one go. */
const STEP = 500;
/** Taking over what others said may leave something to say; more turns than that settle in the next round. */
const MOST_TURNS = 3;

const HOW: Readonly<Record<SyncBeginning, SharingBeginning>> = { merge: 'merge', 'use-cloud': 'take', 'use-device': 'give' };

type OwnParts = { readonly files: PartFiles; readonly document: PartDocument };
type OtherPart = { readonly device: string; readonly part: number; readonly digest: string; readonly rows: ReadonlyMap<string, SharedRow> };

/**
 * The library between devices. Each device writes documents of its own only: parts with what it says of records, and one
 * that lists them; so no two ever clash. Every device joins what all of them say.
 */
export class LibrarySync {
  readonly #runs: PartRuns;
  #tail: Promise<unknown> = Promise.resolve();
  /** What a first look found, while a person has to say how it begins. */
  #met: SyncFirstRun | null = null;

  constructor(private readonly deps: LibrarySyncDeps) {
    this.#runs = new PartRuns(deps.engine);
  }

  /** How the library's document stands, with what only this side knows. */
  dress(status: DocumentStatus): DocumentStatus {
    return status.kind === 'library' && this.#met?.case === 'both' && status.state !== 'paused' ? { ...status, state: 'first-choice' } : status;
  }

  /** How many records wait to be told of. */
  waiting(): number {
    const { sharing } = this.deps;
    return sharing.current()?.begun === true ? sharing.waiting() : 0;
  }

  /** The library syncs with one account: what came from one would otherwise go to the other. */
  async switchOn(account: string): Promise<SyncName> {
    const { sharing, engine, nameOf, now } = this.deps;
    const current = sharing.current();
    if (current !== null && current.account !== account) {
      throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'libraryElsewhere', message: 'syncLibraryElsewhere', params: { name: nameOf(current.account) } }, now()));
    }
    const { id } = await engine.ask('device', []);
    if (current === null) sharing.switchOn(account, id);
    this.#runs.know(await engine.ask('list', []));
    const own = this.#own(account, id);
    await this.#runs.add(own.document);
    return { account, fileKey: own.document.fileKey };
  }

  /** The host keeps what it has, and others theirs. */
  async switchOff(account: string, others: 'keep' | 'remove'): Promise<void> {
    const { sharing } = this.deps;
    await this.#inTurn(async () => {
      this.#met = null;
      await this.#forget(account);
      if (sharing.current()?.account === account) await sharing.switchOff(others);
    });
  }

  /** One round: tells what changed here, runs the list of parts by `runOwn`, and takes over what others told. */
  run(status: DocumentStatus, runOwn: () => Promise<DocumentStatus>, signal: AbortSignal): Promise<DocumentStatus> {
    return this.#inTurn(async () => {
      const { engine, sharing } = this.deps;
      const { account } = status;
      const device = await engine.ask('device', []);
      this.#runs.know(await engine.ask('list', []));
      if (await this.#isSomebodyElse(account, device.id)) return status;
      if (sharing.current()?.begun !== true && !(await this.#mayBegin(account, device.id, signal))) return status;
      const own = this.#own(account, device.id);
      await this.#recall(own, device.id);
      for (let turns = 0; ; turns += 1) {
        await this.#say(own, device.id, signal);
        await this.#send(own, device, signal);
        const done = await this.#listed(own, device.id, await runOwn(), signal);
        if (turns > 0 && sharing.waiting() === 0) return done;
        for await (const { device: other, part, rows, digest } of this.#others(account, device.id, signal)) {
          if (await sharing.take(other, rows)) sharing.setDigest(other, part, digest);
        }
        if (sharing.waiting() === 0 || turns >= MOST_TURNS) return done;
      }
    });
  }

  /** Both sides before they meet. */
  firstRun(account: string, signal: AbortSignal): Promise<SyncFirstRun> {
    return this.#inTurn(async () => {
      const device = await this.deps.engine.ask('device', []);
      this.#runs.know(await this.deps.engine.ask('list', []));
      return this.#look(account, device.id, signal);
    });
  }

  begin(account: string, how: SyncBeginning, signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      const { sharing, engine } = this.deps;
      const device = await engine.ask('device', []);
      this.#runs.know(await engine.ask('list', []));
      if (how === 'use-device') {
        for await (const { device: other, part, rows, digest } of this.#others(account, device.id, signal)) {
          if (await sharing.take(other, rows, { hide: true })) sharing.setDigest(other, part, digest);
        }
      }
      await sharing.begin(HOW[how]);
      this.#met = null;
    });
  }

  /** Resolves when no round uses the library any more; nothing new begins once the engine is closed. */
  async close(): Promise<void> {
    await this.#tail;
  }

  // ——— this device

  #own(account: string, device: string): OwnParts {
    const files = new PartFiles(this.#folderOf(account, shortOf(device)), device);
    return { files, document: { account, fileKey: keyOf(device), path: files.contentsPath, kind: 'library', whose: 'mine' } };
  }

  #partOf({ files, document }: OwnParts, part: number): PartDocument {
    return { ...document, fileKey: `${document.fileKey}.${part}`, path: files.path(part), kind: 'library-part' };
  }

  /** Another installation with a copy of our data made this one somebody else, or an older database was put back: all is told anew. */
  async #isSomebodyElse(account: string, device: string): Promise<boolean> {
    const { sharing, onMoved } = this.deps;
    const current = sharing.current();
    if (current?.account === account && current.device === device) return false;
    const isNew = current !== null && !current.begun;
    sharing.switchOn(account, device);
    if (!isNew) await sharing.begin('merge');
    await this.#forget(account);
    this.#runs.know(await this.deps.engine.ask('list', []));
    const { document } = this.#own(account, device);
    await this.#runs.add(document);
    onMoved(document);
    return true;
  }

  /** Where only one side has records there is nothing to choose. */
  async #mayBegin(account: string, device: string, signal: AbortSignal): Promise<boolean> {
    if ((await this.#look(account, device, signal)).case === 'both') return false;
    await this.deps.sharing.begin('merge');
    this.#met = null;
    return true;
  }

  /** After an older database was put back, what this device told since comes back as others would know it. */
  async #recall({ files }: OwnParts, device: string): Promise<void> {
    const { sharing } = this.deps;
    const unsent = new Set(sharing.unsent(device));
    for (const [name, digest] of Object.entries(files.contents()?.parts ?? {})) {
      const part = Number(name);
      if (!Number.isSafeInteger(part) || unsent.has(part) || sharing.digest(device, part) === digest) continue;
      const rows = files.read(part);
      if (rows !== null && (await sharing.take(device, readRows(rows), { part }))) sharing.setDigest(device, part, digestOf(rows));
      await turn();
    }
  }

  /** Puts what changed here into parts on disk. */
  async #say(own: OwnParts, device: string, signal: AbortSignal): Promise<void> {
    const { sharing } = this.deps;
    while (!signal.aborted) {
      const said = sharing.next(device, STEP);
      if (said.length === 0) return;
      const spoken = new Set(said.flatMap(({ part, row }) => (part === null || row === undefined ? [] : [part])));
      const missing = [...spoken].filter((part) => own.files.read(part) === null);
      for (const part of missing) await this.#fetchOwn(own, part, signal);
      if (missing.length === 0) await sharing.told(device, await own.files.put(said));
      await turn();
    }
  }

  /** The host has the part whose file is gone; if it has not, its records are told anew. */
  async #fetchOwn(own: OwnParts, part: number, signal: AbortSignal): Promise<void> {
    await this.#runs.run(this.#partOf(own, part), signal);
    if (own.files.read(part) === null) await this.deps.sharing.lost(part);
  }

  /** Parts before the list of them: it never names what is not there. */
  async #send(own: OwnParts, device: { readonly id: string; readonly name: string }, signal: AbortSignal): Promise<void> {
    const { sharing } = this.deps;
    const { files } = own;
    for (const part of sharing.unsent(device.id)) {
      const rows = files.read(part);
      if (rows === null) await sharing.lost(part);
      const digest = digestOf(rows ?? {});
      if (rows !== null) await this.#runs.run(this.#partOf(own, part), signal);
      sharing.setDigest(device.id, part, digest);
    }
    const told = files.contents()?.parts ?? {};
    const parts = files.numbers().flatMap((part) => {
      const digest = sharing.digest(device.id, part) ?? told[part];
      return digest === undefined ? [] : [[part, digest] as const];
    });
    files.writeContents({ device: device.id, name: device.name, parts: Object.fromEntries(parts) });
  }

  /** A host that went back to older data gets this device's again. */
  async #listed(own: OwnParts, device: string, status: DocumentStatus, signal: AbortSignal): Promise<DocumentStatus> {
    if (status.state !== 'conflict' && status.state !== 'rolled-back') return status;
    for (const part of own.files.numbers()) {
      await this.#runs.run(this.#partOf(own, part), signal);
      this.deps.sharing.setDigest(device, part, digestOf(own.files.read(part) ?? {}));
    }
    return this.#runs.run(own.document, signal);
  }

  async #forget(account: string): Promise<void> {
    const { engine } = this.deps;
    for (const { kind, fileKey, ...one } of await engine.ask('list', [])) {
      if (one.account === account && (kind === 'library' || kind === 'library-part')) await engine.ask('remove', [{ account, fileKey }]);
    }
  }

  // ——— the others

  /** What each side has, as far as the host tells. */
  async #look(account: string, device: string, signal: AbortSignal): Promise<SyncFirstRun> {
    const { sharing } = this.deps;
    const census = new Census();
    for await (const { rows } of this.#others(account, device, signal)) census.add(rows);
    const there = census.there();
    const own = await sharing.untold();
    const known = { all: 0, own: 0 };
    for (let at = 0; at < there.length; at += STEP) {
      const { all, own: mine } = sharing.here(there.slice(at, at + STEP));
      known.all += all;
      known.own += mine;
      await turn();
    }
    const side = (places: number): SyncFirstRun['here'] => (places === 0 ? null : { places, bytes: 0 });
    // A side that has all of the other's has nothing to lose.
    const found = own > known.own && there.length > known.all;
    this.#met = {
      case: found ? 'both' : own > 0 ? 'only-here' : there.length > 0 ? 'only-there' : 'nothing',
      here: side(own),
      there: there.length === 0 ? null : { places: there.length, bytes: 0, version: 1, deviceId: null, createdAt: null },
      merge: { fromThere: there.length - known.all, fromHere: own - known.own, conflicts: 0 },
      rows: [],
    };
    return this.#met;
  }

  /** Parts of other devices that are not in this library as they are at the host. */
  async *#others(account: string, self: string, signal: AbortSignal): AsyncGenerator<OtherPart, void, undefined> {
    const { sharing, index, forgotten } = this.deps;
    const skipped = new Set([self, ...forgotten(account)].map(keyOf));
    const lists = (await index(account, signal)).filter(({ kind, fileKey }) => kind === 'library' && fileKey.startsWith(PREFIX) && !skipped.has(fileKey));
    for (const { fileKey } of lists) {
      const short = fileKey.slice(PREFIX.length);
      const files = new PartFiles(this.#folderOf(account, short), short);
      const document = { account, kind: 'library-part', whose: 'theirs' } as const;
      await this.#runs.run({ ...document, fileKey, path: files.contentsPath }, signal);
      const contents = files.contents();
      if (contents === null || keyOf(contents.device) !== fileKey) continue;
      sharing.nameDevice(contents.device, contents.name);
      for (const [name, digest] of Object.entries(contents.parts)) {
        const part = Number(name);
        if (!Number.isSafeInteger(part) || part < 1 || sharing.digest(contents.device, part) === digest) continue;
        await this.#runs.run({ ...document, fileKey: `${fileKey}.${part}`, path: files.path(part) }, signal);
        const rows = files.read(part);
        if (rows !== null) yield { device: contents.device, part, digest: digestOf(rows), rows: readRows(rows) };
        await turn();
      }
    }
  }

  // ———

  #folderOf(account: string, short: string): string {
    return join(this.deps.folder, folderName(account), 'library', short.replace(/[^A-Za-z0-9]+/g, '_'));
  }

  /** One thing at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#tail.then(work);
    this.#tail = mine.catch(() => undefined);
    return mine;
  }
}
