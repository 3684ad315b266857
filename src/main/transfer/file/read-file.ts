import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../../../lib/atomic-file';
import { type End, FORMAT, Header, type Line, readLine, VERSION } from './lines';
import { contextOf, DamagedError, keyFor, openAll } from './seal-stream';

const MAX_HEADER = 16 * 1024;
/** Far more than the longest record. */
const MAX_LINE = 4 * 1024 * 1024;

/** Why a file cannot be taken: the keys of messages. */
export type Unreadable = 'importNewer' | 'importDamaged' | 'importWrongPassphrase' | 'importNotKnown';
export class UnreadableFile extends Error {
  readonly why: Unreadable;

  constructor(why: Unreadable) {
    super(why);
    this.name = 'UnreadableFile';
    this.why = why;
  }
}

export type OpenedFile = {
  readonly header: Header;
  /** True when a passphrase is needed and none was given: nothing but the header can be read. */
  readonly sealed: boolean;
  /**
   * The lines, a slice at a time; the last slice ends with `end`. What cannot be a line is null. Every reading starts
   * anew. Throws `UnreadableFile` when a single byte is another, or the end is missing.
   */
  lines(): AsyncGenerator<readonly (Line | null)[], void, undefined>;
  close(): Promise<void>;
};

/** Whether these first bytes are those of a library file; its content may still be unsound. */
export async function isLibraryFile(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    return (await readHeader(handle)) !== null;
  } catch (error) {
    if (error instanceof UnreadableFile || isZlib(error)) return false;
    throw error;
  } finally {
    await handle.close();
  }
}

/** Opens a library file. Throws `UnreadableFile`; the system's errors as they are. The caller closes it. */
export async function openLibraryFile(path: string, passphrase: string | null): Promise<OpenedFile> {
  const handle = await open(path, 'r');
  try {
    const first = await told(readHeader(handle));
    if (first === null) throw new UnreadableFile('importNotKnown');
    const parsed = Header.safeParse(first.value);
    if (first.version > VERSION) throw new UnreadableFile('importNewer');
    if (!parsed.success) throw new UnreadableFile('importDamaged');
    const header = parsed.data;
    const { seal } = header;
    if (seal === null || first.zipped) {
      if (seal !== null || !first.zipped) throw new UnreadableFile('importDamaged');
      return { header, sealed: false, lines: () => linesOf(handle, 0, first.line, null), close: () => handle.close() };
    }
    const key = passphrase === null ? null : await told(keyFor(passphrase, seal));
    if (passphrase !== null && key === null) throw new UnreadableFile('importWrongPassphrase');
    const by = key === null ? null : { key, nonce: Buffer.from(seal.nonce, 'hex'), context: contextOf(first.line) };
    return {
      header,
      sealed: by === null,
      lines: () => linesOf(handle, Buffer.byteLength(first.line), first.line, by),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const isZlib = (error: unknown): boolean => /^(Z_\w+|ERR_STREAM_PREMATURE_CLOSE|ERR_CRYPTO_INVALID_SCRYPT_PARAMS)$/.test(codeOf(error));

/** Damage that decompression finds is damage of the file. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asUnreadable(error);
  }
}
const asUnreadable = (error: unknown): unknown => (error instanceof DamagedError || isZlib(error) ? new UnreadableFile('importDamaged') : error);

type First = { readonly line: string; readonly value: unknown; readonly version: number; readonly zipped: boolean };

/** The first line, with its line break, when it calls itself ours; else null. */
async function readHeader(handle: FileHandle): Promise<First | null> {
  const start = Buffer.alloc(2);
  await handle.read(start, 0, 2, 0);
  const zipped = start[0] === 0x1f && start[1] === 0x8b;
  const text = zipped ? await firstOf(unzipped(bytesFrom(handle, 0))) : await firstOf(bytesFrom(handle, 0));
  if (!text.startsWith(`{"format":"${FORMAT}"`)) return null;
  const end = text.indexOf('\n');
  if (end < 0) throw new UnreadableFile('importDamaged');
  const line = text.slice(0, end + 1);
  try {
    const value: unknown = JSON.parse(line);
    const version = typeof value === 'object' && value !== null && 'version' in value ? Number(value.version) : 0;
    return { line, value, version, zipped };
  } catch {
    throw new UnreadableFile('importDamaged');
  }
}

async function firstOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    held = Buffer.concat([held, chunk]);
    if (held.byteLength >= MAX_HEADER || held.includes(10)) break;
  }
  return held.subarray(0, MAX_HEADER).toString('utf8');
}

/** The handle stays open: it is read more than once, so that what was checked is what is taken. */
async function* bytesFrom(handle: FileHandle, start: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = start; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(256 * 1024), 0, 256 * 1024, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function unzipped(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false });
  const unzip = createGunzip();
  source.on('error', (error) => unzip.destroy(error));
  unzip.on('close', () => source.destroy());
  return source.pipe(unzip) as AsyncIterable<Uint8Array>;
}

type By = Parameters<typeof openAll>[0];

async function* linesOf(handle: FileHandle, start: number, header: string, by: By | null): AsyncGenerator<readonly (Line | null)[], void, undefined> {
  const bytes = unzipped(by === null ? bytesFrom(handle, start) : openAll(by, bytesFrom(handle, start)));
  const digest = createHash('sha256').update(header);
  let skipHeader = by === null;
  let end: End | null = null;
  try {
    for await (const lines of splitLines(bytes)) {
      const taken: (Line | null)[] = [];
      for (const line of lines) {
        if (end !== null) throw new DamagedError('more behind the end');
        if (skipHeader) {
          skipHeader = false;
          continue;
        }
        const parsed = parseLine(line);
        if (parsed !== null && 'end' in parsed) end = parsed.end;
        else digest.update(line).update('\n');
        taken.push(parsed);
      }
      if (end !== null && end.sha256 !== digest.digest('hex')) throw new DamagedError('the digest is another');
      yield taken;
    }
  } catch (error) {
    throw asUnreadable(error);
  }
  if (end === null) throw new UnreadableFile('importDamaged');
}

function parseLine(line: Buffer): Line | null {
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8'));
  } catch {
    throw new DamagedError('a line is no JSON');
  }
  return readLine(value);
}

async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Buffer[], void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    held = Buffer.concat([held, chunk]);
    const lines: Buffer[] = [];
    for (let at = held.indexOf(10); at >= 0; at = held.indexOf(10)) {
      lines.push(held.subarray(0, at));
      held = held.subarray(at + 1);
    }
    if (held.byteLength > MAX_LINE) throw new DamagedError('a line is too long');
    if (lines.length > 0) yield lines;
  }
  if (held.byteLength > 0) throw new DamagedError('the last line is cut');
}
