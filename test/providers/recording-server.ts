import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Recorded = {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Reply = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };

export type RecordingServer = {
  readonly url: string;
  readonly requests: Recorded[];
  /** The next answers, in order; the last one stays. */
  reply(...replies: readonly Reply[]): void;
  stop(): Promise<void>;
};

/** A plain server that answers what it is told and keeps what it was asked. */
export const startRecordingServer = async (): Promise<RecordingServer> => {
  const requests: Recorded[] = [];
  let replies: Reply[] = [{ body: '' }];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? { body: '' };
      response.writeHead(reply.status ?? 200, reply.headers ?? { 'content-type': 'application/json' });
      response.end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reply: (...next) => {
      replies = [...next];
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

export type Part = { readonly name: string; readonly filename: string | null; readonly type: string | null; readonly value: Buffer };

/** The parts of a recorded multipart body, read strictly. */
export const partsOf = (request: Recorded): readonly Part[] => {
  const boundary = /^multipart\/form-data; boundary=(?:"([^"]+)"|(\S+))$/.exec(request.headers['content-type'] ?? '');
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) throw new Error(`no multipart body: ${String(request.headers['content-type'])}`);
  const text = request.body.toString('latin1');
  const pieces = text.split(`--${mark}`);
  if (pieces[0] !== '' || pieces.at(-1) !== '--\r\n') throw new Error('the multipart body does not begin or end as it should');
  return pieces.slice(1, -1).map((piece) => {
    const gap = piece.indexOf('\r\n\r\n');
    const head = Buffer.from(piece.slice(2, gap), 'latin1').toString('utf8');
    return {
      name: /name="([^"]*)"/.exec(head)?.[1] ?? '',
      filename: /filename="([^"]*)"/.exec(head)?.[1] ?? null,
      type: /content-type: (.*)/i.exec(head)?.[1]?.trim() ?? null,
      value: Buffer.from(piece.slice(gap + 4, -2), 'latin1'),
    };
  });
};

/** Text fields as pairs, files as `[name, filename, type]`. */
export const formOf = (request: Recorded): readonly (readonly string[])[] =>
  partsOf(request).map(({ name, filename, type, value }) => (filename === null ? [name, value.toString('utf8')] : [name, filename, type ?? '']));
