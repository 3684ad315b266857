import { readFile } from 'node:fs';
import type { Socket } from 'node:net';
import { promisify } from 'node:util';

/** Not the one of fs/promises: in Node 18 that takes the first short read of a file in /proc for its end. */
const readTable = promisify(readFile);

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/** Unacknowledged bytes of the row with these ports in a table like /proc/net/tcp; null when there is none. */
export const queuedIn = (table: string, localPort: number, remotePort: number): number | null => {
  const row = new RegExp(`^\\s*\\d+: [0-9A-F]+:${hex(localPort)} [0-9A-F]+:${hex(remotePort)} [0-9A-F]{2} ([0-9A-F]{8}):`, 'm').exec(table);
  return row?.[1] === undefined ? null : Number.parseInt(row[1], 16);
};

/**
 * Bytes that the system holds for a connection and the other side has not confirmed, or null where
 * that cannot be known. Linux takes megabytes at once and sends them when the link allows: without this,
 * a slow upload would look nearly done at once, and then dead.
 */
export type SendQueue = (socket: Socket) => Promise<number | null>;

/** A table is fresh enough for all connections that ask within this time. */
const FRESH_MS = 50;

/** Asks the system, once for all connections that ask at about the same time. */
export const createSendQueue = (): SendQueue => {
  const tables = new Map<string, { readonly at: number; readonly text: Promise<string> }>();
  const tableAt = (path: string): Promise<string> => {
    const now = performance.now();
    const known = tables.get(path);
    if (known !== undefined && now - known.at < FRESH_MS) return known.text;
    const text = readTable(path, 'latin1');
    tables.set(path, { at: now, text });
    return text;
  };
  return async ({ localPort, remotePort, remoteFamily }) => {
    if (process.platform !== 'linux' || localPort === undefined || remotePort === undefined) return null;
    try {
      return queuedIn(await tableAt(remoteFamily === 'IPv6' ? '/proc/net/tcp6' : '/proc/net/tcp'), localPort, remotePort);
    } catch {
      return null;
    }
  };
};
