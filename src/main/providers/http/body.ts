import { Stream } from 'node:stream';
import FormData from 'form-data';
import type { FilePart } from './contract';

/** A TLS connection tells only whole writes as taken, so they are small. */
const SECURE_STEP = 128 * 1024;

/** The file is not what was promised. */
export class FileTrouble extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const troubleCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'READ';

/** Resolves when the connection has taken the bytes: true; false when it never will. */
const written = (request: NodeJS.WritableStream, bytes: Buffer): Promise<boolean> =>
  new Promise((resolve) => request.write(bytes, (error) => resolve(!error)));

/**
 * A file between the two ends of a form, as a stream for axios to pipe into the request. It writes one piece after the
 * other, each when the connection has taken the one before. The form's end follows only once exactly `size` bytes have
 * gone and the file has ended, so that a file that shrank or grew never becomes a complete request.
 */
class FileStream extends Stream {
  readonly readable = true;
  #request: NodeJS.WritableStream | undefined;
  #pieces: AsyncIterator<Buffer> | undefined;
  #begun = false;
  #stopped = false;
  #trouble: string | undefined;

  constructor(
    private readonly head: Buffer,
    private readonly file: FilePart,
    private readonly tail: Buffer,
    private readonly step: number,
  ) {
    super();
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  override pipe<T extends NodeJS.WritableStream>(request: T): T {
    this.#request = request;
    this.#go();
    return request;
  }

  /** There is a connection to write to. */
  begin(): void {
    this.#begun = true;
    this.#go();
  }

  /** Writes nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Writes nothing more and closes the file. */
  destroy(): void {
    this.stop();
    // The exchange has ended: a file that cannot even be closed changes nothing any more.
    this.#pieces?.return?.().then(undefined, () => undefined);
  }

  #go(): void {
    if (this.#request === undefined || !this.#begun || this.#pieces !== undefined || this.#stopped) return;
    this.#pieces = this.file.open()[Symbol.asyncIterator]();
    this.#send(this.#request, this.#pieces).catch((error: unknown) => {
      if (this.#stopped) return;
      this.#trouble = troubleCode(error);
      this.emit('error', error);
    });
  }

  async #send(request: NodeJS.WritableStream, pieces: AsyncIterator<Buffer>): Promise<void> {
    let seen = 0;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
      const piece = next.value;
      if (seen + piece.length > this.file.size) throw new FileTrouble('GREW');
      if (seen === 0 && !this.#stopped) request.write(this.head);
      for (let at = 0; at < piece.length; at += this.step) {
        if (this.#stopped || !(await written(request, piece.subarray(at, at + this.step)))) return;
      }
      seen += piece.length;
    }
    if (seen < this.file.size) throw new FileTrouble('SHRANK');
    if (!this.#stopped) request.end(this.tail);
  }
}

export type Body = {
  readonly stream: Stream | Buffer | string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the whole body. */
  readonly length: number;
  /** Bytes of the file in it; 0 when there is none. */
  readonly fileSize: number;
  /** Opens the file and lets its bytes flow; called once there is a connection to send them over. */
  readonly begin: () => void;
  /** Set once reading the file failed. */
  readonly fileTrouble: () => string | undefined;
  /** Stops reading: the host has answered already. */
  readonly stop: () => void;
  /** Closes the file. */
  readonly destroy: () => void;
};

/** A body that is in memory as a whole. */
const ready = (bytes: Buffer | string, headers: Readonly<Record<string, string>>): Body => {
  const length = Buffer.byteLength(bytes);
  return {
    stream: bytes,
    headers: { ...headers, 'content-length': String(length) },
    length,
    fileSize: 0,
    begin: () => undefined,
    fileTrouble: () => undefined,
    stop: () => undefined,
    destroy: () => undefined,
  };
};

type Fields = readonly (readonly [name: string, value: string])[];

/** A multipart body with text fields first, so that a host sees the key before the file. */
export const multipart = (fields: Fields, file: FilePart | null, secure: boolean): Body => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  // The form is written with an empty file, and the file's bytes go into the gap.
  if (file !== null) form.append(file.field, Buffer.alloc(0), { filename: file.name, contentType: file.mime });
  const frame = form.getBuffer();
  const headers = form.getHeaders();
  if (file === null || file.size === 0) return ready(frame, headers);
  const gap = frame.length - Buffer.byteLength(`\r\n--${form.getBoundary()}--\r\n`);
  const stream = new FileStream(frame.subarray(0, gap), file, frame.subarray(gap), secure ? SECURE_STEP : file.size);
  const length = frame.length + file.size;
  return {
    stream,
    headers: { ...headers, 'content-length': String(length) },
    length,
    fileSize: file.size,
    begin: () => stream.begin(),
    fileTrouble: () => stream.trouble,
    stop: () => stream.stop(),
    destroy: () => stream.destroy(),
  };
};

/** A body of JSON text. */
export const json = (text: string): Body => ready(text, { 'content-type': 'application/json' });
