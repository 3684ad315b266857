import { open } from 'node:fs/promises';
import type { Served } from '../previews';

/** One step of a file on its way to the page. */
const STEP = 512 * 1024;

/** What an original may do if it were ever more than drawn: nothing. Drawings are pictures here, without scripts and without other files. */
const STILL = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export type PreviewAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: ReadableStream<Uint8Array> | string };

const RANGE = /^bytes=(\d*)-(\d*)$/;

type Span = { readonly first: number; readonly last: number };

/** The bytes asked for: all of them where the header is absent or means nothing; null when none of them are there. */
export const spanOf = (range: string | null, bytes: number): (Span & { readonly partial: boolean }) | null => {
  const whole = { first: 0, last: bytes - 1, partial: false };
  const [, from = '', to = ''] = RANGE.exec(range?.trim() ?? '') ?? [];
  if (from === '' && to === '') return whole;
  if (from === '') {
    const length = Number(to);
    return length === 0 || bytes === 0 ? null : { first: Math.max(0, bytes - length), last: bytes - 1, partial: true };
  }
  const [first, last] = [Number(from), to === '' ? bytes - 1 : Number(to)];
  if (to !== '' && last < first) return whole;
  return first >= bytes ? null : { first, last: Math.min(last, bytes - 1), partial: true };
};

/** A file's bytes in steps as they are wanted. The file is open only while a step is read, so that nothing is held when the page leaves. */
const stream = (path: string, { first, last }: Span): ReadableStream<Uint8Array> => {
  let at = first;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (at > last) return controller.close();
        const file = await open(path, 'r');
        try {
          const { buffer, bytesRead } = await file.read(new Uint8Array(Math.min(STEP, last - at + 1)), 0, Math.min(STEP, last - at + 1), at);
          if (bytesRead === 0) throw new Error('the file became shorter');
          at += bytesRead;
          controller.enqueue(buffer.subarray(0, bytesRead));
        } finally {
          await file.close();
        }
        if (at > last) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
};

/** An opened original, whole or the range asked for. Never kept by anybody. Types come from the bytes and are pictures or videos only. */
export const previewAnswer = ({ path, type, bytes }: Served, range: string | null): PreviewAnswer => {
  const headers = { 'cache-control': 'no-store', 'accept-ranges': 'bytes', 'content-security-policy': STILL };
  const span = spanOf(range, bytes);
  if (!/^(image|video)\/[\w.+-]+$/.test(type)) return { status: 404, headers: { ...headers, 'content-type': 'text/plain' }, body: 'No picture' };
  if (span === null) return { status: 416, headers: { ...headers, 'content-type': 'text/plain', 'content-range': `bytes */${bytes}` }, body: 'Not that far' };
  const length = span.last - span.first + 1;
  return {
    status: span.partial ? 206 : 200,
    headers: { ...headers, 'content-type': type, 'content-length': String(length), ...(span.partial ? { 'content-range': `bytes ${span.first}-${span.last}/${bytes}` } : {}) },
    body: length === 0 ? '' : stream(path, span),
  };
};
