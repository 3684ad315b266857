/**
 * Vitest setup: tests speak to this machine only, and to a data folder of their own.
 *
 * Every TCP connection that names another machine is refused, and the test that tried it fails,
 * even if the code under test swallowed the refusal.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { isLoopback } from './is-loopback';

const attempts: string[] = [];

/** The host a `connect` call names, or null for local sockets and file descriptors. */
const hostOf = (args: readonly unknown[]): string | null => {
  // net.connect passes its own, already normalised, [options, callback] pair through.
  const first = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  if (typeof first === 'object' && first !== null) {
    const options = first as { readonly path?: unknown; readonly host?: unknown };
    if (typeof options.path === 'string') return null;
    return typeof options.host === 'string' ? options.host : 'localhost';
  }
  if (typeof first === 'number') return typeof args[1] === 'string' ? args[1] : 'localhost';
  return null;
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
  const host = hostOf(args);
  if (host === null || isLoopback(host)) {
    return (connect as (...a: unknown[]) => net.Socket).apply(this, args);
  }
  attempts.push(host);
  const refusal = Object.assign(new Error(`tests may not connect to ${host}`), { code: 'ENETUNREACH' });
  process.nextTick(() => this.destroy(refusal));
  return this;
} as typeof connect;

const home = mkdtempSync(join(tmpdir(), 'picferry-test-'));
process.env['PICFERRY_HOME'] = home;

afterEach(() => {
  const tried = attempts.splice(0);
  if (tried.length > 0) throw new Error(`this test tried to reach ${tried.join(', ')}`);
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});
