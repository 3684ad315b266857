import { createHash, type Hash } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { HEAD_BYTES } from './file-kinds';

/** One file part that lies on disk under a name of ours. Whoever receives it moves or removes it. */
export type ReceivedFile = {
  readonly field: string;
  /** The name the client gave, without any folder part. Never used as a path. */
  readonly name: string;
  readonly bytes: number;
  /** The first bytes, at most HEAD_BYTES. */
  readonly head: Buffer;
  readonly md5: string | null;
  /** Where the bytes lie; null when they were not kept (`keep` said no, or the limit was passed). */
  readonly path: string | null;
  readonly tooBig: boolean;
};

export type Received =
  | { readonly outcome: 'complete'; readonly fields: ReadonlyMap<string, string>; readonly file: ReceivedFile | null }
  /** The client went away in the middle; nothing is left on disk. */
  | { readonly outcome: 'aborted' };

export type ReceiveOptions = {
  /** Field names that carry the file; the first part with one of them wins, other file parts are read and dropped. */
  readonly fileFields: readonly string[];
  readonly maxBytes: number | null;
  readonly md5: boolean;
  /** A path that does not exist yet, for the bytes. */
  readonly newPath: () => string;
  /** Asked when the file part begins, with the fields so far: false reads the bytes without keeping them. */
  readonly keep: (fields: ReadonlyMap<string, string>) => boolean;
  /** Sits between the socket and the parser; tests use it to slow the reading down. */
  readonly through?: () => Readable;
};

const LIMITS = { fields: 50, fieldSize: 64 * 1024, parts: 60, headerPairs: 50 } as const;
/** Few large writes instead of many small ones: a file's chunks gather while the one before is written. */
const WRITE_BUFFER = 1024 * 1024;

/**
 * Reads a multipart (or urlencoded) body to its end, the file part straight to disk, never whole in memory. A body of
 * another type or one that cannot be parsed is read to its end too and gives what was understood so far, as PHP does.
 */
export async function receiveUpload(request: IncomingMessage, options: ReceiveOptions): Promise<Received> {
  const fields = new Map<string, string>();
  const parser = createParser(request);
  if (!parser) return (await drain(request)) ? { outcome: 'complete', fields, file: null } : { outcome: 'aborted' };

  let writer: FileWriter | null = null;
  parser.on('field', (name, value) => {
    if (!fields.has(name)) fields.set(name, value);
  });
  parser.on('file', (field, stream, info) => {
    // A part without a file name, or an empty one, is a form's unused file input.
    if (writer !== null || !options.fileFields.includes(field) || !info.filename) {
      stream.resume();
      return;
    }
    writer = new FileWriter(field, info.filename, options, options.keep(fields));
    writer.take(stream);
  });

  const outcome = await pump(request, parser, options.through);
  const taken = writer as FileWriter | null;
  if (outcome === 'aborted') {
    await taken?.discard();
    return { outcome: 'aborted' };
  }
  return { outcome: 'complete', fields, file: taken === null ? null : await taken.finish() };
}

/** Reads and drops the rest of a body. False when the client went away before its end. */
export async function drain(request: Readable): Promise<boolean> {
  if (request.readableEnded) return true;
  if (request.destroyed) return false;
  request.resume();
  try {
    await finished(request, { writable: false });
    return true;
  } catch {
    return false;
  }
}

function createParser(request: IncomingMessage): busboy.Busboy | null {
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: LIMITS, fileHwm: WRITE_BUFFER });
  } catch {
    return null;
  }
}

/** Feeds the body to the parser; after a parse error the rest is still read, so that the client can read our answer. */
async function pump(
  request: IncomingMessage,
  parser: busboy.Busboy,
  through: ReceiveOptions['through'],
): Promise<'complete' | 'aborted'> {
  const source = through?.() ?? request;
  return new Promise((resolve) => {
    const abort = (): void => {
      parser.destroy();
      if (source !== request) source.destroy();
      resolve('aborted');
    };
    request.once('error', abort);
    request.once('close', () => {
      if (!request.complete) abort();
    });
    parser.once('close', () => resolve('complete'));
    parser.once('error', () => {
      source.unpipe(parser);
      void drain(source).then((whole) => resolve(whole ? 'complete' : 'aborted'));
    });
    source.pipe(parser);
  });
}

class FileWriter {
  readonly #path: string | null;
  readonly #out: WriteStream | null;
  readonly #hash: Hash | null;
  readonly #done: Promise<void>;
  #settle: (error?: unknown) => void = () => undefined;
  #head: Buffer[] = [];
  #headBytes = 0;
  #bytes = 0;
  #tooBig = false;
  #cutShort = false;

  constructor(
    readonly field: string,
    readonly name: string,
    private readonly options: ReceiveOptions,
    keep: boolean,
  ) {
    this.#path = keep ? options.newPath() : null;
    this.#out = this.#path === null ? null : createWriteStream(this.#path, { flags: 'wx', highWaterMark: WRITE_BUFFER });
    this.#hash = options.md5 && keep ? createHash('md5') : null;
    this.#done = new Promise((resolve, reject) => {
      this.#settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    // finish() and discard() look at the outcome; until then a failure must not count as unhandled.
    this.#done.catch(() => undefined);
    if (this.#out === null) return;
    this.#out.once('error', (error) => this.#settle(error));
    this.#out.once('close', () => this.#settle());
  }

  take(stream: Readable): void {
    const out = this.#out;
    const { maxBytes } = this.options;
    stream.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      this.#look(chunk);
      if (maxBytes !== null && this.#bytes > maxBytes) this.#tooBig = true;
      if (out === null || this.#tooBig || out.destroyed) return;
      this.#hash?.update(chunk);
      if (out.write(chunk)) return;
      stream.pause();
      out.once('drain', () => stream.resume());
    });
    // A failed write must not leave the request standing: the rest is read and the failure reported at the end.
    out?.once('error', () => stream.resume());
    stream.once('error', () => {
      this.#cutShort = true;
    });
    stream.once('close', () => {
      if (out) out.end();
      else this.#settle();
    });
  }

  /** Waits until all is on disk. Rejects with the file system's error (disk full, for one) after cleaning up. */
  async finish(): Promise<ReceivedFile> {
    try {
      await this.#done;
    } catch (error) {
      await this.#remove();
      throw error;
    }
    const kept = this.#path !== null && !this.#tooBig && !this.#cutShort;
    if (!kept) await this.#remove();
    return {
      field: this.field,
      name: this.name,
      bytes: this.#bytes,
      head: Buffer.concat(this.#head),
      md5: kept ? (this.#hash?.digest('hex') ?? null) : null,
      path: kept ? this.#path : null,
      tooBig: this.#tooBig,
    };
  }

  async discard(): Promise<void> {
    this.#out?.destroy();
    if (this.#out) await this.#done.catch(() => undefined);
    await this.#remove();
  }

  async #remove(): Promise<void> {
    if (this.#path !== null) await rm(this.#path, { force: true });
  }

  #look(chunk: Buffer): void {
    if (this.#headBytes >= HEAD_BYTES) return;
    const part = chunk.subarray(0, HEAD_BYTES - this.#headBytes);
    this.#head.push(part);
    this.#headBytes += part.length;
  }
}
