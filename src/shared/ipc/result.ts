import { z } from 'zod';
import { Problem } from '../model/problem';

/** The wire form of a failed call: coded, plain, quotable by `id`. Stack and cause stay in main's log. */
export const CallError = z.strictObject({
  code: z.enum(['refused', 'invalid', 'failed', 'internal']),
  /** Random; the same id stands in main's log. */
  id: z.string(),
  /** What to tell the person. */
  problem: Problem,
});
export type CallError = z.infer<typeof CallError>;

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };
