import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { CALLS } from './http-call';
import { DIALECTS } from './host-options';

/**
 * One way for a call to go wrong. Without `afterWork` nothing is stored or deleted and the body is read to its end
 * before the answer. `cut`, `cutJson` and `wrongType` always do the work first.
 */
export const Fault = z.strictObject({
  /** Any dialect if left out. */
  dialect: z.enum(DIALECTS).optional(),
  call: z.enum([...CALLS, 'any']).default('any'),
  /** How many calls it hits. */
  times: z.number().int().positive().default(1),
  /** Waits first; alone, the call then goes on as usual. */
  delayMs: z.number().int().nonnegative().default(0),
  status: z.number().int().min(200).max(599).optional(),
  /** Seconds or an HTTP date; with no `status`, 429. */
  retryAfter: z.union([z.number(), z.string()]).optional(),
  /** The answer's JSON, with `status` or 200. */
  json: z.unknown().optional(),
  /** A page instead of JSON; a text is the page. */
  html: z.union([z.literal(true), z.string()]).optional(),
  /** A 200 (or `status`) without a body. */
  empty: z.boolean().default(false),
  /** A 302 (or `status`) to this address. */
  redirectTo: z.string().optional(),
  /** Reads everything, never answers. */
  hang: z.boolean().default(false),
  /** Takes no body byte beyond the socket's buffers and never answers. */
  stall: z.boolean().default(false),
  /** Does the work, then closes the connection without an answer. */
  cut: z.boolean().default(false),
  /** Resets the connection after this many body bytes. */
  resetAfterBytes: z.number().int().nonnegative().optional(),
  /** Does the work, answers with the first half of its JSON. */
  cutJson: z.boolean().default(false),
  /** Does the work, answers its JSON as text/html. */
  wrongType: z.boolean().default(false),
  /** Answers before the body is read and closes, as a proxy with a size limit does. */
  early: z.boolean().default(false),
  /** Does the work before the fault shows. */
  afterWork: z.boolean().default(false),
});
export type Fault = z.output<typeof Fault>;
/** A fault as tests write it: only what differs from the defaults. */
export type FaultInput = z.input<typeof Fault>;

/** Whether the fault puts its own answer (or none) in the place of the call's. */
export function replacesAnswer(fault: Fault): boolean {
  return (
    fault.hang ||
    fault.empty ||
    [fault.status, fault.retryAfter, fault.json, fault.html, fault.redirectTo].some((part) => part !== undefined)
  );
}

/** The answer a fault gives. */
export function answerOf(fault: Fault): Response {
  const headers = new Headers();
  if (fault.retryAfter !== undefined) headers.set('retry-after', String(fault.retryAfter));
  if (fault.redirectTo !== undefined) {
    headers.set('location', fault.redirectTo);
    return new Response(null, { status: fault.status ?? 302, headers });
  }
  const status = fault.status ?? (fault.retryAfter === undefined ? 200 : 429);
  if (fault.json !== undefined) {
    headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(fault.json), { status, headers });
  }
  if (fault.empty) return new Response(null, { status, headers });
  headers.set('content-type', 'text/html; charset=utf-8');
  const page = typeof fault.html === 'string' ? fault.html : `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return new Response(page, { status, headers });
}

/** Waits so long, or until the connection is gone; for ever without a time. */
export async function waitForEnd(socket: Socket, ms?: number): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = ms === undefined ? undefined : setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      socket.off('close', end);
      resolve();
    }
    socket.once('close', end);
  });
}

/** Reads so many bytes of a body and resets the connection. */
export async function resetDuringBody(body: Readable, socket: Socket, bytes: number): Promise<void> {
  let seen = 0;
  const reset = (): void => {
    socket.resetAndDestroy();
  };
  body.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (seen > bytes) reset();
  });
  body.once('end', reset);
  await waitForEnd(socket);
}
