import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { sha256Hex } from '../../lib/canonical-json';
import type { Clock } from '../../lib/clock';
import { makeFolder } from '../../lib/make-folder';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { resolverCalls } from '../../shared/ipc/calls/resolver-calls';
import type { DocumentRef, ResolverView, SideMaker } from '../../shared/model/resolver';
import type { SyncTakenBack } from '../../shared/model/sync';
import type { ChildProcessPort } from '../services';
import type { OpenSides } from '../sync';
import type { Act, Look, ResolverService, SessionChange } from './contract';
import type { ResolverDocuments } from './documents';
import { DeskProcess } from './desk-process';
import { Counts, Finished, Opened, Renewed, Stepped, Typed, type Texts } from './messages';
import { alsoCame, saidIncoming, type Incoming } from './incoming';

export type ResolverPorts = {
  readonly documents: () => Promise<ResolverDocuments>;
  readonly children: ChildProcessPort;
  /** Ours alone, below the data folder: drafts, and results on their way. */
  readonly folder: string;
  readonly now: Clock;
  readonly newId: () => string;
  readonly onFault: (error: unknown) => void;
};

type Current = {
  readonly session: string;
  readonly document: DocumentRef;
  readonly desk: DeskProcess;
  sides: OpenSides;
  counts: Counts;
  bytes: number;
  theirs: SideMaker;
  incoming: Incoming | null;
  /** The session's own work over the texts, one after the other. */
  tail: Promise<void>;
  settling: boolean;
};

class Resolver implements ResolverService {
  #current: Current | null = null;
  #rev = 0;
  #off: (() => void) | null = null;
  readonly #listeners = new Set<(change: SessionChange) => void>();

  constructor(private readonly ports: ResolverPorts) {}

  rev(): number {
    return this.#rev;
  }

  onChange(listener: (change: SessionChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async open(document: DocumentRef): Promise<ResolverView | null> {
    await this.#end();
    const documents = await this.ports.documents();
    const sides = await documents.sides(document);
    if (sides === null) return null;
    const session = this.ports.newId();
    const desk = new DeskProcess(this.ports.children, () => this.#broke(session));
    makeFolder(this.ports.folder);
    const opened = await this.#answer(Opened, desk.ask('open', { texts: textsOf(sides), draft: this.#draftOf(document), decided: sides.choices }), desk);
    if (!opened.ok) {
      desk.end();
      throw this.#failure('resolverUnreadable');
    }
    const theirs = { version: sides.theirsVersion, device: null, deviceId: sides.theirsDevice, at: null, note: '' };
    const current: Current = { session, document, desk, sides, counts: opened.counts, bytes: opened.bytes, theirs, incoming: opened.renewal === null ? null : alsoCame(null, opened.renewal), tail: Promise.resolve(), settling: false };
    this.#current = current;
    this.#off = documents.onChange(() => this.#look(current));
    this.#rev += 1;
    void this.#findMaker(current, documents);
    return this.#viewOf(current, documents);
  }

  view(session: string): ResolverView {
    return this.#viewOf(this.#of(session));
  }

  async look<K extends Look>(name: K, input: { readonly session: string }): Promise<z.output<(typeof resolverCalls)[`resolver:${K}`]['output']>> {
    const { desk } = this.#of(input.session);
    const schema = resolverCalls[`resolver:${name}`].output;
    const value = await this.#answered(desk.ask(name, input), desk);
    return schema.parse(name === 'expand' ? undefined : value) as z.output<(typeof resolverCalls)[`resolver:${K}`]['output']>;
  }

  async act(name: Act, input: { readonly session: string }): Promise<ResolverView> {
    const current = this.#of(input.session);
    current.counts = await this.#answer(Counts, current.desk.ask(name, input), current.desk);
    this.#rev += 1;
    return this.#viewOf(current);
  }

  async step(direction: 'undo' | 'redo', session: string): Promise<{ view: ResolverView; focus: string | null }> {
    const current = this.#of(session);
    const { counts, focus } = await this.#answer(Stepped, current.desk.ask(direction, { session }), current.desk);
    current.counts = counts;
    this.#rev += 1;
    return { view: this.#viewOf(current), focus };
  }

  seen(session: string): ResolverView {
    const current = this.#of(session);
    current.incoming = null;
    this.#rev += 1;
    return this.#viewOf(current);
  }

  async apply(session: string): ReturnType<ResolverService['apply']> {
    const current = this.#of(session);
    await current.tail;
    const result = join(this.ports.folder, `${current.session}.json.gz`);
    const documents = await this.ports.documents();
    current.settling = true;
    try {
      const finished = await this.#answer(Finished, current.desk.ask('finish', { to: result }), current.desk);
      if (!finished.ok) return { blocked: finished.blocked, view: this.#viewOf(current) };
      const decisions = finished.decisions as Parameters<ResolverDocuments['settle']>[1]['decisions'];
      if (await documents.settle(current.document, { stamp: current.sides.stamp, result: { path: result }, decisions })) {
        await this.#answered(current.desk.ask('forget', {}), current.desk);
        await this.#end();
        return { blocked: null, view: null };
      }
    } finally {
      current.settling = false;
      rmSync(result, { force: true });
    }
    // The document moved on: what it is now is looked at before anything is asked again.
    this.#look(current);
    await current.tail;
    return { blocked: { code: 'changed' }, view: this.#current === current ? this.#viewOf(current) : null };
  }

  async undoApply(document: DocumentRef): Promise<SyncTakenBack> {
    return (await this.ports.documents()).takeBack(document);
  }

  async close(session: string): Promise<void> {
    if (this.#current?.session === session) await this.#end();
  }

  end(): Promise<void> {
    return this.#end();
  }

  // ———

  async #end(): Promise<void> {
    const current = this.#current;
    if (current === null) return;
    this.#current = null;
    this.#off?.();
    this.#off = null;
    await current.tail;
    await current.desk.ask('keep', {}).catch(() => undefined);
    current.desk.end();
  }

  #draftOf({ account, fileKey }: DocumentRef): string {
    return join(this.ports.folder, `draft-${sha256Hex(`${account}\n${fileKey}`).slice(0, 24)}.json`);
  }

  #of(session: string): Current {
    if (this.#current?.session !== session) throw this.#failure('resolverOver');
    return this.#current;
  }

  #failure(message: 'resolverOver' | 'resolverUnreadable' | 'resolverBroke'): PicferryError {
    return new PicferryError(problemOf({ kind: message === 'resolverOver' ? 'conflict' : 'internal', sub: message, message, retryable: message !== 'resolverUnreadable' }, this.ports.now()));
  }

  async #answered(asked: Promise<unknown>, desk: DeskProcess): Promise<unknown> {
    try {
      return await asked;
    } catch (error) {
      this.ports.onFault(error);
      if (this.#current?.desk !== desk) desk.end();
      throw this.#failure('resolverBroke');
    }
  }

  async #answer<S extends z.ZodType>(schema: S, asked: Promise<unknown>, desk: DeskProcess): Promise<z.output<S>> {
    return schema.parse(await this.#answered(asked, desk));
  }

  #viewOf(current: Current, documents: Pick<ResolverDocuments, 'view'> | null = this.#seenDocuments): ResolverView {
    this.#seenDocuments = documents;
    const view = documents?.view();
    return {
      session: current.session,
      rev: this.#rev,
      document: current.document,
      bytes: current.bytes,
      base: current.sides.base === null ? null : { version: null, device: null, deviceId: null, at: null, note: '' },
      mine: { version: null, device: view?.device.name ?? null, deviceId: view?.device.id ?? null, at: null, note: '' },
      theirs: current.theirs,
      ...current.counts,
      incoming: current.incoming === null ? null : saidIncoming(current.incoming),
    };
  }
  #seenDocuments: Pick<ResolverDocuments, 'view'> | null = null;

  /** Looks whether the texts changed; what was decided goes on over the new ones. */
  #look(current: Current): void {
    if (current.settling) return;
    current.tail = current.tail
      .then(() => this.#takeUp(current))
      .catch((error: unknown) => this.ports.onFault(error));
  }

  async #takeUp(current: Current): Promise<void> {
    if (this.#current !== current) return;
    const documents = await this.ports.documents();
    const sides = await documents.sides(current.document);
    if (this.#current !== current || current.sides.stamp === sides?.stamp) return;
    if (sides === null) return this.#over(current, 'settled', await this.#answer(Typed, current.desk.ask('typed', {}), current.desk));
    const renewed = await this.#answer(Renewed, current.desk.ask('renew', { texts: textsOf(sides) }), current.desk);
    if (!renewed.ok) return this.#over(current, 'broke');
    const { counts, bytes, renewal } = renewed;
    const moved = sides.theirsVersion !== current.sides.theirsVersion;
    Object.assign(current, { sides, counts, bytes });
    if (moved) current.theirs = { version: sides.theirsVersion, device: null, deviceId: sides.theirsDevice, at: null, note: '' };
    current.incoming = alsoCame(current.incoming, renewal);
    if (moved) await this.#findMaker(current, documents);
    this.#tell(current, null);
  }

  #over(current: Current, ended: 'settled' | 'broke', left: SessionChange['left'] = []): void {
    if (this.#current !== current) return;
    this.#current = null;
    this.#off?.();
    this.#off = null;
    current.desk.end();
    this.#tell(current, ended, left);
  }

  #broke(session: string): void {
    if (this.#current?.session === session) this.#over(this.#current, 'broke');
  }

  #tell({ session }: Current, ended: SessionChange['ended'], left: SessionChange['left'] = []): void {
    this.#rev += 1;
    for (const listener of this.#listeners) listener({ session, ended, left });
  }

  /** Who made theirs, as the host's history has it. Without a connection the column has the version's number alone. */
  async #findMaker(current: Current, documents: ResolverDocuments): Promise<void> {
    try {
      const { rows } = await documents.history(current.document, 1);
      const row = rows.find(({ version }) => version === current.sides.theirsVersion);
      if (row === undefined || this.#current !== current) return;
      current.theirs = { version: row.version, device: row.deviceName, deviceId: row.deviceId, at: row.createdAt, note: row.note };
      if (current.incoming !== null) current.incoming = { ...current.incoming, device: row.deviceName };
      this.#tell(current, null);
    } catch (error) {
      if (!(error instanceof PicferryError)) this.ports.onFault(error);
    }
  }
}

const textsOf = ({ base, mine, theirs, policy }: OpenSides): Texts => ({ base: base?.path ?? null, mine: mine.path, theirs: theirs.path, policy });

/** Starts nothing and reads nothing before a session is opened. */
export const createResolver = (ports: ResolverPorts): ResolverService => new Resolver(ports);
