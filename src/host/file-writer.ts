import { createHash, type Hash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
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
  /** Where the bytes lie; null when they were not kept: not wanted, over the limit, or cut short by the client. */
  readonly path: string | null;
  readonly tooBig: boolean;
};

export type WriteOptions = {
  /** Null: any size. */
  readonly maxBytes: number | null;
  readonly md5: boolean;
  /** Whether the bytes survive power loss once the file is finished. */
  readonly durable: boolean;
  /** A path that does not exist yet, for the bytes. */
  readonly newPath: () => string;
};

/** Bytes that gather before they are written: a few large writes cost far less than many small ones. */
const BATCH_BYTES = 1024 * 1024;

/** Writes one file part to disk as it comes, holding back the sender while the disk is slower. */
export class FileWriter {
  readonly #path: string | null;
  readonly #hash: Hash | null;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #bytes = 0;
  #tooBig = false;
  #cutShort = false;
  #batch: Buffer[] = [];
  #batchBytes = 0;
  #file: FileHandle | null = null;
  #done: Promise<void> = Promise.resolve();

  constructor(
    readonly field: string,
    readonly name: string,
    private readonly options: WriteOptions,
    keep: boolean,
  ) {
    this.#path = keep ? options.newPath() : null;
    this.#hash = options.md5 && keep ? createHash('md5') : null;
  }

  /** Takes the part's stream; `finish` or `discard` waits for its end. */
  take(stream: Readable): void {
    this.#done = this.#consume(stream);
    // finish() and discard() look at the outcome; until then a failure must not count as unhandled.
    this.#done.catch(() => undefined);
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

  /** Waits for the end of the stream and leaves nothing behind. */
  async discard(): Promise<void> {
    await Promise.allSettled([this.#done]);
    await this.#remove();
  }

  async #consume(stream: Readable): Promise<void> {
    let failure: Error | undefined;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        this.#look(chunk);
        // After a failed write the rest is read all the same: the client is owed an answer.
        if (failure === undefined && this.#wants(chunk)) failure = await this.#flushed();
      }
    } catch {
      this.#cutShort = true;
    }
    if (failure === undefined && this.#path !== null && !this.#tooBig && !this.#cutShort) {
      failure = await this.#flushed(this.options.durable);
    }
    await this.#file?.close();
    if (failure !== undefined) throw failure;
  }

  /** Adds a chunk to the batch; true when the batch is due. */
  #wants(chunk: Buffer): boolean {
    if (this.#bytes > (this.options.maxBytes ?? Infinity)) this.#tooBig = true;
    if (this.#path === null || this.#tooBig) return false;
    this.#batch.push(chunk);
    this.#batchBytes += chunk.length;
    return this.#batchBytes >= BATCH_BYTES;
  }

  /** Writes the batch, to the disk itself if `sync`; gives the error instead of throwing it. */
  async #flushed(sync = false): Promise<Error | undefined> {
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    try {
      this.#file ??= await open(this.#path ?? '', 'wx', 0o600);
      for (const buffer of batch) this.#hash?.update(buffer);
      await writeAll(this.#file, batch);
      if (sync) await this.#file.datasync();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #look(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#headBytes >= HEAD_BYTES) return;
    const part = chunk.subarray(0, HEAD_BYTES - this.#headBytes);
    this.#head.push(part);
    this.#headBytes += part.length;
  }

  async #remove(): Promise<void> {
    if (this.#path !== null) await rm(this.#path, { force: true });
  }
}

async function writeAll(file: FileHandle, batch: readonly Buffer[]): Promise<void> {
  if (batch.length === 0) return;
  let { bytesWritten } = await file.writev([...batch]);
  const total = batch.reduce((sum, buffer) => sum + buffer.length, 0);
  if (bytesWritten === total) return;
  const whole = Buffer.concat(batch);
  while (bytesWritten < total) bytesWritten += (await file.write(whole, bytesWritten)).bytesWritten;
}
