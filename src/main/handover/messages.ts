import type { Socket } from 'node:net';
import { z } from 'zod';
import { PROTOCOL } from './protocol';

const Versioned = z.object({ v: z.number().int() });

/** What a second process sends to the owner. */
export const Request = z.discriminatedUnion('type', [
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('command'), command: z.unknown() }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('window'), wish: z.unknown().optional() }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('cancel') }),
  /** Where the embedded host of this data folder answers, and its present key. */
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('host') }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('who') }),
]);
export type Request = z.infer<typeof Request>;

/**
 * What the owner answers. After `busy` and `yields` the owner closes the connection when it gives the folder up; one that
 * does not know a request says `busy`, too. `no-host`: this process ends soon, or its host did not start (`failed`).
 */
export const Reply = z.discriminatedUnion('type', [
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('taken') }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('stdout'), text: z.string() }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('stderr'), text: z.string() }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('exit'), code: z.number().int() }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('busy') }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('shown') }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('yields') }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('host'), url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }), key: z.string().min(1) }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('no-host'), failed: z.boolean() }),
  z.strictObject({ v: z.literal(PROTOCOL), type: z.literal('owner'), folder: z.string() }),
]);
export type Reply = z.infer<typeof Reply>;

export type Received<T> = { readonly ok: true; readonly message: T } | { readonly ok: false; readonly why: 'garbled' | 'other-version' };

/** The longest line that is read: a list of ten thousand long paths fits, a runaway does not. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Reads lines, checks each against `schema` and passes it on; a line that grows without end closes the connection. */
export function receive<T>(socket: Socket, schema: z.ZodType<T>, take: (received: Received<T>) => void): void {
  let parts: string[] = [];
  let length = 0;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = chunk.split('\n');
    const rest = lines.pop() ?? '';
    for (const [index, line] of lines.entries()) {
      take(parse(schema, index === 0 ? parts.join('') + line : line));
      if (index === 0) [parts, length] = [[], 0];
    }
    parts.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE) socket.destroy();
  });
}

function parse<T>(schema: z.ZodType<T>, line: string): Received<T> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, why: 'garbled' };
  }
  const message = schema.safeParse(value);
  if (message.success) return { ok: true, message: message.data };
  const version = Versioned.safeParse(value);
  return { ok: false, why: version.success && version.data.v !== PROTOCOL ? 'other-version' : 'garbled' };
}
