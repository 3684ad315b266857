import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { FileWriter, type ReceivedFile, type WriteOptions } from './file-writer';

export type Received =
  | { readonly outcome: 'complete'; readonly fields: ReadonlyMap<string, string>; readonly file: ReceivedFile | null }
  /** The client went away in the middle; nothing is left on disk. */
  | { readonly outcome: 'aborted' };

export type ReceiveOptions = WriteOptions & {
  /** Field names that carry the file; the first part with one of them wins, other file parts are read and dropped. */
  readonly fileFields: readonly string[];
  /** Asked when the file part begins, with the fields so far: false reads the bytes without keeping them. */
  readonly keep: (fields: ReadonlyMap<string, string>) => boolean;
  /** Sits between the socket and the parser; tests use it to slow the reading down. */
  readonly through?: () => Readable;
};

const LIMITS = { fields: 50, fieldSize: 64 * 1024, parts: 60, headerPairs: 50 } as const;

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
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: LIMITS });
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
