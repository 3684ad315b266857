import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { FORMAT, VERSION, type End, type Header, type Line } from './lines';
import { contextOf, newSeal, sealAll } from './seal-stream';
import { writeWhole } from './write-whole';

export type LibraryFile = {
  readonly createdAt: number;
  readonly counts: Header['counts'];
  /** All lines but the last, a slice at a time. */
  readonly lines: () => AsyncIterable<readonly Exclude<Line, { end: End }>[]>;
  /** Asked once all lines were read. */
  readonly end: () => Omit<End, 'sha256'>;
};

/**
 * Writes a library file, whole or not at all: gzip of JSON lines, the first a header and the last a digest of all.
 * With a passphrase the header stands in clear and all behind it is sealed.
 */
export async function writeLibraryFile(path: string, file: LibraryFile, secret: { readonly passphrase: string; readonly scryptN: number } | null): Promise<void> {
  const header = (seal: Header['seal']): string => `${JSON.stringify({ format: FORMAT, version: VERSION, createdAt: file.createdAt, counts: file.counts, seal } satisfies Header)}\n`;
  if (secret === null) return writeWhole(path, zipped(textOf(file, header(null), true)));
  const { seal, key } = await newSeal(secret.passphrase, secret.scryptN);
  const first = header(seal);
  const by = { key, nonce: Buffer.from(seal.nonce, 'hex'), context: contextOf(first) };
  return writeWhole(path, chain(first, sealAll(by, zipped(textOf(file, first, false)))));
}

async function* textOf(file: LibraryFile, header: string, withHeader: boolean): AsyncGenerator<string, void, undefined> {
  const digest = createHash('sha256').update(header);
  if (withHeader) yield header;
  for await (const lines of file.lines()) {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    digest.update(text);
    yield text;
  }
  yield `${JSON.stringify({ end: { ...file.end(), sha256: digest.digest('hex') } } satisfies Line)}\n`;
}

/** An error of the source ends the compression with it. */
function zipped(text: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const source = Readable.from(text, { objectMode: false });
  const zip = createGzip();
  source.on('error', (error) => zip.destroy(error));
  return source.pipe(zip) as AsyncIterable<Uint8Array>;
}

async function* chain(first: string, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | string, void, undefined> {
  yield first;
  yield* rest;
}
