import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { partsOf } from '../../lib/json-text';
import { drain } from '../receive-upload';

/** The parameters of a POST. */
export type Params = {
  /** A parameter as text; null when it is absent, empty or no text. */
  readonly text: (name: string) => string | null;
  /** The JSON text of a document, sent as a value or as a text that should hold JSON; null when there is none. */
  readonly content: string | null;
  readonly names: readonly string[];
};

export type ReadOutcome = { readonly outcome: 'read'; readonly params: Params } | { readonly outcome: 'aborted' } | { readonly outcome: 'too-big' };

/** Beyond what one text can hold no document can be read at all. */
const LONGEST = 500 * 1024 * 1024;
const FORM = { fields: 50, files: 2, parts: 60, headerPairs: 50, fieldSize: LONGEST, fileSize: LONGEST } as const;

/** Reads JSON, a multipart form or a urlencoded one to its end. What cannot be parsed gives no parameters, as in PHP. */
export async function readParams(request: IncomingMessage, through: () => Readable): Promise<ReadOutcome> {
  if (/\bjson\b/i.test(request.headers['content-type'] ?? '')) return readJson(through());
  let parser: busboy.Busboy;
  try {
    parser = busboy({ headers: request.headers, defParamCharset: 'utf8', limits: FORM });
  } catch {
    return (await drain(through())) ? { outcome: 'read', params: formParams(new Map()) } : { outcome: 'aborted' };
  }
  return readForm(through(), parser);
}

async function readJson(body: Readable): Promise<ReadOutcome> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= LONGEST) chunks.push(chunk);
  });
  if (!(await ended(body))) return { outcome: 'aborted' };
  return bytes > LONGEST ? { outcome: 'too-big' } : { outcome: 'read', params: jsonParams(Buffer.concat(chunks).toString('utf8')) };
}

function jsonParams(text: string): Params {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return formParams(new Map());
  }
  const values: Readonly<Record<string, unknown>> = typeof whole === 'object' && whole !== null ? { ...whole } : {};
  const raw = partsOf(text).findLast(({ key }) => key === 'content')?.raw ?? null;
  const given = values['content'];
  return {
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' || typeof value === 'number' ? textOrNull(String(value)) : null;
    },
    content: typeof given === 'string' ? textOrNull(given) : given === undefined || given === null ? null : raw,
    names: Object.keys(values),
  };
}

async function readForm(body: Readable, parser: busboy.Busboy): Promise<ReadOutcome> {
  const fields = new Map<string, string>();
  let cut = false;
  parser.on('field', (name, value, info) => {
    fields.set(name, value);
    cut ||= info.valueTruncated;
  });
  parser.on('file', (name, stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('limit', () => (cut = true));
    stream.on('end', () => fields.set(name, Buffer.concat(chunks).toString('utf8')));
  });
  const parsed = new Promise<void>((resolve) => {
    parser.once('close', resolve);
    parser.once('error', () => resolve());
  });
  body.pipe(parser);
  if (!(await ended(body))) {
    parser.destroy();
    return { outcome: 'aborted' };
  }
  await parsed;
  return cut ? { outcome: 'too-big' } : { outcome: 'read', params: formParams(fields) };
}

const formParams = (fields: ReadonlyMap<string, string>): Params => ({
  text: (name) => textOrNull(fields.get(name) ?? ''),
  content: textOrNull(fields.get('content') ?? ''),
  names: [...fields.keys()],
});

const textOrNull = (text: string): string | null => (text === '' ? null : text);

/** False when the client went away before the end. */
async function ended(body: Readable): Promise<boolean> {
  try {
    await finished(body, { writable: false });
    return true;
  } catch {
    return false;
  }
}
