import { request, type IncomingHttpHeaders } from 'node:http';

export type RawAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

export type RawRequest = {
  readonly method?: string;
  /** Sent as it is: no normalising of dots or escapes. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};

/** Sends a request that `fetch` would not: any path text, any Host header. */
export function rawRequest(port: number, { method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

export type FormPart = readonly [name: string, value: string] | readonly [name: string, bytes: Buffer, filename: string];

/** Sends a multipart form with its parts in the order given. */
export function postForm(url: string, parts: readonly FormPart[], headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const form = new FormData();
  for (const part of parts) {
    if (part.length === 2) form.append(part[0], part[1]);
    else form.append(part[0], new Blob([new Uint8Array(part[1])]), part[2]);
  }
  return fetch(url, { method: 'POST', body: form, headers, redirect: 'manual' });
}
