import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';
import FormData from 'form-data';
import type { FilePart } from './contract';

/** How much of a file is in memory at once. 1 MiB steps are three times as fast as Node's 64 KiB. */
const STEP = 1024 * 1024;
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

/**
 * Lets exactly `size` bytes through. It holds the last piece back until the source has ended, so that a
 * file that shrank or grew meanwhile never becomes a complete request.
 */
class SizeGuard extends Transform {
  #seen = 0;
  #held: Buffer | undefined;
  #stopped = false;

  constructor(
    private readonly size: number,
    private readonly step: number,
  ) {
    super({ writableHighWaterMark: STEP, readableHighWaterMark: step });
  }

  /** Lets nothing more through, for when the host has answered already. */
  stop(): void {
    this.#stopped = true;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#stopped) return;
    this.#seen += chunk.length;
    if (this.#seen > this.size) {
      done(new FileTrouble('GREW'));
      return;
    }
    const ready = this.#held;
    this.#held = chunk;
    if (ready !== undefined) this.#give(ready);
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.#stopped) return;
    if (this.#seen < this.size) {
      done(new FileTrouble('SHRANK'));
      return;
    }
    if (this.#held !== undefined) this.#give(this.#held);
    done();
  }

  #give(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += this.step) this.push(chunk.subarray(at, at + this.step));
  }
}

export type Body = {
  readonly stream: FormData | string;
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

const troubleCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'READ';

type Fields = readonly (readonly [name: string, value: string])[];

/** A multipart body with text fields first, so that a host sees the key before the file. */
export const multipart = (fields: Fields, file: FilePart | null, secure: boolean): Body => {
  const form = new FormData({ maxDataSize: Infinity });
  for (const [name, value] of fields) form.append(name, value);
  let trouble: string | undefined;
  let source: Readable | undefined;
  let guard: SizeGuard | undefined;
  if (file !== null) {
    const options = { filename: file.name, contentType: file.mime, knownLength: file.size };
    if (file.size === 0) {
      form.append(file.field, Buffer.alloc(0), options);
    } else {
      guard = new SizeGuard(file.size, secure ? SECURE_STEP : STEP);
      form.append(file.field, guard, options);
    }
  }
  const length = form.getLengthSync();
  const begin = (): void => {
    if (file === null || guard === undefined || guard.destroyed || source !== undefined) return;
    source = file.open();
    pipeline(source, guard, (error) => {
      if (error) trouble ??= troubleCode(error);
    });
  };
  return {
    stream: form,
    headers: { ...form.getHeaders(), 'content-length': String(length) },
    length,
    fileSize: file?.size ?? 0,
    begin,
    fileTrouble: () => trouble,
    stop: () => guard?.stop(),
    destroy: () => {
      guard?.destroy();
      source?.destroy();
    },
  };
};

/** A JSON body. */
export const json = (value: unknown): Body => {
  const text = JSON.stringify(value);
  const length = Buffer.byteLength(text);
  return {
    stream: text,
    headers: { 'content-type': 'application/json', 'content-length': String(length) },
    length,
    fileSize: 0,
    begin: () => undefined,
    fileTrouble: () => undefined,
    stop: () => undefined,
    destroy: () => undefined,
  };
};
