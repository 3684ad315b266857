import type { Socket } from 'node:net';
import type { Reply, Request } from './messages';
import { PROTOCOL } from './protocol';

/** Long texts are cut into lines of this many characters, so that none has to be held twice for long. */
const TEXT_STEP = 128 * 1024;

/** Sends one message as a line. A connection that has ended swallows it. */
export function send(socket: Socket, message: Request | Reply): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Sends a text of any length, never cutting a character in two. */
export function sendText(socket: Socket, type: 'stdout' | 'stderr', text: string): void {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + TEXT_STEP);
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to -= 1;
    send(socket, { v: PROTOCOL, type, text: text.slice(from, to) });
    from = to;
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
