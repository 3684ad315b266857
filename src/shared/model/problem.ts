import { z } from 'zod';

/**
 * What went wrong, as a closed set. These words are a public interface: the command line prints them
 * and scripts switch over them.
 */
export const ErrorKind = z.enum([
  'auth',
  'rate_limit',
  'quota',
  'rejected_file',
  'duplicate',
  'not_found',
  'bad_request',
  'retired',
  'server',
  'network',
  'protocol',
  'cancelled',
  'conflict',
  /** Trouble with a file on this computer: missing, empty, changed while it was sent. */
  'file',
  /** Sent, but no answer came: it may be online. Never sent again by itself. */
  'unknown',
  /** Our own fault. */
  'internal',
]);
export type ErrorKind = z.infer<typeof ErrorKind>;

/**
 * A failure as a value: coded, safe to show, safe to store. It never holds a secret, a delete link or
 * the body of an answer. The text for people is `problems:<message>` of the translations with `params`.
 */
export const Problem = z
  .strictObject({
    kind: ErrorKind,
    /** A finer word inside the kind, such as `tooBig`, `tls` or `forbidden`. */
    sub: z.string().nullable(),
    /** Key of the person's message in the `problems` translations. */
    message: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).readonly(),
    /** Whether trying again, by hand or by itself, can help. */
    retryable: z.boolean(),
    /** How long the host asked to wait, in milliseconds. */
    retryAfterMs: z.number().nullable(),
    /** Technical text that folds out and can be copied: status, host's own words. At most 300 characters. */
    detail: z.string().nullable(),
    /** Epoch milliseconds. */
    at: z.number(),
  })
  .readonly();
export type Problem = z.infer<typeof Problem>;
