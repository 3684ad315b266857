import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';

export type HostEnv = { Bindings: HttpBindings };
export type HostApp = Hono<HostEnv>;
export type HostCall = Context<HostEnv>;

/** The calls that faults and the request log tell apart. */
export const CALLS = [
  ...['upload', 'list', 'delete', 'albums', 'clear', 'file', 'thumb', 'view'],
  ...['json-push', 'json-pull', 'json-history', 'json-version', 'json-devices', 'json-conflicts', 'json-resolve'],
] as const;
export type CallName = (typeof CALLS)[number];

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

/** A value whose JSON text is written as it is: numbers and key order of a document stay as its writer spelled them. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** JSON of plain values with raw texts in it. */
export function jsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${jsonText(inner)}`).join(',')}}`;
}

/** An answer with documents in it. */
export function jsonWithRaw(body: unknown): Response {
  return rawJson(jsonText(body), 200, {});
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
