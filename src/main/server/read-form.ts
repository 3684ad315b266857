import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { PicferryError } from '../../lib/picferry-error';
import type { QueueInput } from '../queue';
import type { ApiLimits } from './limits';
import { watchPace } from './pace';
import { saysTooBig, type BodyFailure } from './read-text';

export type FormRead =
  /** One input per file part, in their order, whatever the fields are called. */
  | { readonly ok: true; readonly inputs: readonly QueueInput[] }
  | { readonly ok: false; readonly why: BodyFailure | 'malformed' | 'too-many' };

export type FormDeps = {
  readonly limits: Pick<ApiLimits, 'formBytes' | 'inputs' | 'paceMs' | 'paceBytes'>;
  /** Puts bytes on disk. Rejects with `PicferryError` when they cannot be kept. */
  readonly keep: (name: string, bytes: Readable) => Promise<QueueInput>;
};

type Why = Extract<FormRead, { ok: false }>['why'];

export const isForm = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean => /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');

/** Reads a multipart form, its files straight to disk. A form that fails leaves no file behind. Rejects only for a fault of ours. */
export async function readForm(request: IncomingMessage, { limits, keep }: FormDeps): Promise<FormRead> {
  if (saysTooBig(request, limits.formBytes)) return { ok: false, why: 'too-big' };
  const parser = parserFor(request, limits.inputs);
  if (parser === null) return { ok: false, why: 'malformed' };
  const kept: Promise<QueueInput>[] = [];
  parser.on('file', (_field, stream, { filename }) => {
    const given = filename as string | undefined;
    const name = given === undefined || given === '' ? 'picture' : given;
    // A form that breaks off tells its open file, which may not be read yet; `keep` hears of it when it reads.
    stream.on('error', () => undefined);
    const input = keep(name, stream).catch((error: unknown) => {
      stream.resume();
      return badInput(name, error);
    });
    // Looked at once the whole form is read.
    input.catch(() => undefined);
    kept.push(input);
  });
  const why = await pump(request, parser, limits);
  const settled = await Promise.allSettled(kept);
  if (why !== null) {
    await Promise.all(settled.flatMap((one) => (one.status === 'fulfilled' ? [discard(one.value)] : [])));
    return { ok: false, why };
  }
  return { ok: true, inputs: await Promise.all(kept) };
}

function badInput(name: string, error: unknown): QueueInput {
  if (error instanceof PicferryError) return { type: 'bad', name, problem: error.problem };
  throw error;
}

/** Removes bytes that were kept for a request that failed. */
export async function discard(input: QueueInput): Promise<void> {
  if (input.type === 'kept') await rm(input.path, { force: true });
}

function parserFor(request: IncomingMessage, files: number): busboy.Busboy | null {
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { fields: 100, fieldSize: 64 * 1024, files: files + 1, parts: files + 101, headerPairs: 50 } });
  } catch {
    return null;
  }
}

/** Feeds the body to the parser; gives why it was not read to its end, or null. */
function pump(request: IncomingMessage, parser: busboy.Busboy, limits: FormDeps['limits']): Promise<Why | null> {
  return new Promise((resolve) => {
    let [bytes, files] = [0, 0];
    const end = (why: Why | null): void => {
      calm();
      request.off('data', count).off('close', gone).off('error', gone);
      if (why !== null) {
        request.unpipe(parser);
        parser.destroy();
      }
      resolve(why);
    };
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > limits.formBytes) end('too-big');
    };
    const gone = (): void => {
      if (!request.complete) end('went-away');
    };
    const calm = watchPace(request, limits, () => end('too-slow'));
    parser.on('file', () => {
      files += 1;
      if (files > limits.inputs) end('too-many');
    });
    parser.once('close', () => end(null));
    parser.on('error', () => end('malformed'));
    request.on('data', count).once('close', gone).once('error', gone);
    request.pipe(parser);
  });
}
