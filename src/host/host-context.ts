import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { Control } from './control';
import type { FileStore } from './file-store';
import type { Dialect, HostKeys, HostLimits } from './host-options';
import type { Switches } from './switches';

export type HostEnv = { Bindings: HttpBindings };
export type HostApp = Hono<HostEnv>;
export type HostCall = Context<HostEnv>;

/** The calls that faults and the request log tell apart. */
export const CALLS = ['upload', 'list', 'delete', 'albums', 'clear', 'file', 'thumb', 'view', 'sync'] as const;
export type CallName = (typeof CALLS)[number];

/** What the dialects work with. */
export type HostContext = {
  readonly store: FileStore;
  readonly keys: HostKeys;
  readonly limits: HostLimits;
  readonly now: () => number;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly baseUrl: () => string;
  /** The same for delete links of services that keep them on another domain. */
  readonly deleteBaseUrl: () => string;
  readonly switches: () => Switches;
  /** Takes failures of the host itself; they never name a secret. */
  readonly report: (error: unknown) => void;
  /** Null in the product. */
  readonly control: Control | null;
};

/** Registers one call of a dialect for every method, so that the dialect itself answers a wrong one. */
export function handle(
  host: HostContext,
  app: HostApp,
  path: string,
  meta: { readonly dialect: Dialect; readonly call: CallName },
  work: (call: HostCall) => Response | Promise<Response>,
): void {
  const { control } = host;
  app.all(path, (call) => (control ? control.run(meta, call, () => work(call)) : work(call)));
}

/** The true method: Hono answers HEAD through GET routes. */
export function methodOf(call: HostCall): string {
  return call.env.incoming.method ?? 'GET';
}

export function addressOf(call: HostCall): string {
  return call.env.incoming.socket.remoteAddress ?? 'unknown';
}

/** Says that the answer was written to the socket directly, or that none is due because the client has gone. */
export function alreadyAnswered(): Response {
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return rawJson(JSON.stringify(body), status, headers);
}

/** JSON as PHP writes it by default: slashes and everything beyond ASCII escaped. */
export function phpJson(body: unknown, status = 200): Response {
  const text = JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return rawJson(text, status, {});
}

export function html(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': 'sandbox', ...headers },
  });
}

function rawJson(text: string, status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}
