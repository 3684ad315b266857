import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { servedAs } from './file-kinds';
import type { StoredFile } from './file-store';
import type { HostContext } from './host-context';
import { alreadyAnswered, methodOf, type HostCall } from './http-call';

/**
 * Sends a stored file: GET and HEAD, one byte range, conditional requests. Stored bytes never change, so they may be
 * cached for ever. No stored byte can run as a page of this origin: sandboxed, not sniffed, SVG only as a download.
 */
export async function serveFile(host: HostContext, call: HostCall, file: StoredFile | null): Promise<Response> {
  const method = methodOf(call);
  if (method !== 'GET' && method !== 'HEAD') return text('Method not allowed', 405);
  if (file === null) return text('File not found', 404);
  const path = host.store.pathOf(file);
  const size = await sizeOf(path);
  if (size === null) return text('File not found', 404);

  const etag = `"${file.id}"`;
  const headers = fileHeaders(file, etag);
  const { incoming, outgoing } = call.env;
  if (incoming.headers['if-none-match'] === etag) return new Response(null, { status: 304, headers });

  const conditional = incoming.headers['if-range'];
  const wanted = conditional === undefined || conditional === etag ? incoming.headers.range : undefined;
  const range = parseRange(wanted, size);
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  outgoing.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': end - start + 1,
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  });
  if (method === 'HEAD' || size === 0) {
    outgoing.end();
    return alreadyAnswered();
  }
  if (start === 0) host.store.countView(file);
  try {
    await pipeline(createReadStream(path, { start, end, highWaterMark: 256 * 1024 }), outgoing);
  } catch {
    // The reader went away, or the file was deleted meanwhile: the connection says so, nobody else waits.
    outgoing.destroy();
  }
  return alreadyAnswered();
}

type Range = { readonly start: number; readonly end: number };

/** One `bytes=` range (RFC 9110 §14.2). Null: send everything, which several ranges or nonsense also get. */
export function parseRange(header: string | undefined, size: number): Range | 'unsatisfiable' | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (found === null) return null;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}

function fileHeaders(file: StoredFile, etag: string): Record<string, string> {
  const { contentType, attachment } = servedAs(file.mime);
  return {
    'content-type': contentType,
    'cache-control': 'public, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag,
    'last-modified': new Date(file.createdAt).toUTCString(),
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'",
    ...(attachment ? { 'content-disposition': `attachment; filename="${file.storedName}"` } : {}),
  };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch {
    return null;
  }
}

function text(body: string, status: number): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
}
