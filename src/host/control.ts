import type { IncomingMessage } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import type { z } from 'zod';
import { DocumentControl, type DocumentStore } from './documents';
import { Fault, answerOf, replacesAnswer, resetDuringBody, waitForEnd } from './faults';
import type { FileStore, StoredFile } from './file-store';
import { alreadyAnswered, type CallName, type HostCall } from './http-call';
import type { Dialect } from './host-options';
import { randomMixed, randomName } from './random-names';
import { drain } from './receive-upload';
import { DEFAULT_SWITCHES, SwitchChanges, changedSwitches, type Switches } from './switches';

/** What tests see of a stored file. */
export type FileView = {
  readonly id: string;
  readonly dialect: Dialect;
  /** The name the client gave. */
  readonly name: string;
  readonly storedName: string;
  readonly bytes: number;
  /** Null once deleted. */
  readonly sha256: string | null;
  readonly deleted: boolean;
  readonly owner: string;
};

/** One request, in flight or over. Holds names, never values, of headers and form fields. */
export type RequestView = {
  readonly id: number;
  readonly port: 'main' | 'delete';
  readonly dialect: Dialect | null;
  readonly call: CallName | null;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Lower case. */
  readonly headerNames: readonly string[];
  readonly fieldNames: readonly string[];
  /** Body bytes read so far. */
  readonly bytesReceived: number;
  /** Null until answered. */
  readonly status: number | null;
  /** `closed`: the connection ended before the answer did. */
  readonly state: 'open' | 'answered' | 'closed';
};

type Entry = { -readonly [K in keyof RequestView]: RequestView[K] };
type Meta = { readonly dialect: Dialect; readonly call: CallName };

/** A 1 × 1 GIF. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export type ControlDeps = {
  readonly store: FileStore;
  readonly documents: DocumentStore;
  readonly now: () => number;
  readonly openConnections: () => number;
};

/** Tests' hand on the host: faults, switches, what was stored and what was asked. Exists in test mode only. */
export class Control {
  /** Other devices' pushes, races, lost and lagging history. */
  readonly documents: DocumentControl;
  readonly #deps: ControlDeps;
  readonly #entries: Entry[] = [];
  readonly #byRequest = new WeakMap<IncomingMessage, Entry>();
  #faults: { fault: Fault; left: number }[] = [];
  #switches: Switches = DEFAULT_SWITCHES;
  #nextId = 1;

  constructor(deps: ControlDeps) {
    this.#deps = deps;
    this.documents = new DocumentControl({ documents: deps.documents, now: deps.now, switches: () => this.#switches });
  }

  /** The next `times` calls that match misbehave. Faults are used in the order given. */
  failNext(fault: z.input<typeof Fault>): void {
    const parsed = Fault.parse(fault);
    this.#faults.push({ fault: parsed, left: parsed.times });
  }

  /** Changes the switches named; the rest stays. */
  set(changes: SwitchChanges): void {
    this.#switches = changedSwitches(this.#switches, SwitchChanges.parse(changes));
  }

  get switches(): Switches {
    return this.#switches;
  }

  /** Forgets files, documents, faults, switches and requests. */
  async reset(): Promise<void> {
    this.#faults = [];
    this.#switches = DEFAULT_SWITCHES;
    this.#entries.length = 0;
    this.documents.forget();
    this.#deps.documents.clear();
    await this.#deps.store.clear();
  }

  /** Every file ever stored since the last reset, oldest first. */
  async files(dialect?: Dialect): Promise<readonly FileView[]> {
    return Promise.all(this.#deps.store.all(dialect).map((file) => this.#view(file)));
  }

  /** Every request since the last reset, oldest first, as it stands now. */
  requests(): readonly RequestView[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  openConnections(): number {
    return this.#deps.openConnections();
  }

  /** Stores files as another caller behind the same address: SM.MS lists them, with working delete links. */
  async addStrangers(count: number): Promise<void> {
    const { store, now } = this.#deps;
    const { writeFile } = await import('node:fs/promises');
    for (let i = 0; i < count; i += 1) {
      const part = store.newPath();
      await writeFile(part, PIXEL);
      const storedName = `${randomName(13)}.gif`;
      await store.add(part, {
        dialect: 'smms',
        kind: 'image',
        storedName,
        originalName: `stranger-${i + 1}.gif`,
        urlPath: `files/strangers/${storedName}`,
        bytes: PIXEL.length,
        width: 1,
        height: 1,
        durationMs: 0,
        mime: 'image/gif',
        md5: null,
        createdAt: now(),
        owner: STRANGER,
        publicId: null,
        deleteKey: randomMixed(15),
      });
    }
  }

  /** Host side: writes a request into the log. */
  begin(port: RequestView['port'], call: HostCall): void {
    const { incoming, outgoing } = call.env;
    const entry: Entry = {
      id: this.#nextId++,
      port,
      dialect: null,
      call: null,
      method: incoming.method ?? '',
      path: (incoming.url ?? '').replace(/\?.*$/s, ''),
      headerNames: Object.keys(incoming.headers),
      fieldNames: [],
      bytesReceived: 0,
      status: null,
      state: 'open',
    };
    this.#entries.push(entry);
    this.#byRequest.set(incoming, entry);
    outgoing.once('finish', () => {
      entry.status = outgoing.statusCode;
      entry.state = 'answered';
    });
    outgoing.once('close', () => {
      if (entry.state === 'open') entry.state = 'closed';
    });
  }

  /** Host side: does a call's work, or what a fault wants instead. */
  async run(meta: Meta, call: HostCall, work: () => Response | Promise<Response>): Promise<Response> {
    const { incoming } = call.env;
    const entry = this.#byRequest.get(incoming);
    if (entry) Object.assign(entry, meta);
    const fault = this.#take(meta);
    const answer = fault ? await this.#misbehave(fault, meta, call, work) : await work();
    const { answerAfterMs } = this.#switches[meta.dialect];
    if (answerAfterMs > 0 && meta.call !== 'file') await waitForEnd(incoming.socket, answerAfterMs);
    return answer;
  }

  /** Host side: the names of the body's fields. */
  noteFields(request: IncomingMessage, names: readonly string[]): void {
    const entry = this.#byRequest.get(request);
    if (entry) entry.fieldNames = names;
  }

  /** Host side: counts a body's bytes and reads it no faster than the switch says. */
  watchBody(dialect: Dialect, request: IncomingMessage): Readable {
    const entry = this.#byRequest.get(request);
    const rate = this.#switches[dialect].throttleBytesPerSecond;
    const body = rate === null ? request : request.pipe(slowly(rate));
    request.on('data', (chunk: Buffer) => {
      if (entry) entry.bytesReceived += chunk.length;
    });
    return body;
  }

  async #misbehave(
    fault: Fault,
    meta: Meta,
    call: HostCall,
    work: () => Response | Promise<Response>,
  ): Promise<Response> {
    const { incoming } = call.env;
    const { socket } = incoming;
    if (fault.delayMs > 0) await waitForEnd(socket, fault.delayMs);
    if (fault.stall) {
      await waitForEnd(socket);
      return alreadyAnswered();
    }
    if (fault.resetAfterBytes !== undefined) {
      await resetDuringBody(this.watchBody(meta.dialect, incoming), socket, fault.resetAfterBytes);
      return alreadyAnswered();
    }
    if (fault.early) {
      const response = answerOf(fault);
      response.headers.set('connection', 'close');
      return response;
    }
    const instead = replacesAnswer(fault);
    const worked = instead && !fault.afterWork ? null : await work();
    if (worked === null) await drain(this.watchBody(meta.dialect, incoming));
    if (fault.hang) {
      await waitForEnd(socket);
      return alreadyAnswered();
    }
    if (fault.cut) {
      socket.destroy();
      return alreadyAnswered();
    }
    return worked === null || instead ? answerOf(fault) : spoiled(fault, worked);
  }

  #take({ dialect, call }: Meta): Fault | null {
    const found = this.#faults.find(
      ({ fault }) => (fault.dialect ?? dialect) === dialect && (fault.call === 'any' || fault.call === call),
    );
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) this.#faults = this.#faults.filter((other) => other !== found);
    return found.fault;
  }

  async #view(file: StoredFile): Promise<FileView> {
    const deleted = file.deletedAt !== null;
    return {
      id: file.id,
      dialect: file.dialect,
      name: file.originalName,
      storedName: file.storedName,
      bytes: file.bytes,
      sha256: deleted ? null : await this.#deps.store.sha256(file),
      deleted,
      owner: file.owner,
    };
  }
}

/** The sender of strangers' files. */
export const STRANGER = 'stranger';

/** Half of the JSON, or the JSON under another type. */
async function spoiled(fault: Fault, response: Response): Promise<Response> {
  const text = await response.text();
  const headers = new Headers(response.headers);
  if (fault.wrongType) headers.set('content-type', 'text/html; charset=utf-8');
  return new Response(fault.cutJson ? text.slice(0, Math.floor(text.length / 2)) : text, { status: response.status, headers });
}

function slowly(bytesPerSecond: number): Transform {
  let due = performance.now();
  return new Transform({
    readableHighWaterMark: 16 * 1024,
    writableHighWaterMark: 16 * 1024,
    transform(chunk: Buffer, _encoding, done) {
      due = Math.max(due, performance.now()) + (chunk.length / bytesPerSecond) * 1000;
      setTimeout(() => done(null, chunk), Math.max(0, due - performance.now()));
    },
  });
}
