import { z } from 'zod';
import { Problem } from './problem';

/** What a token allows: uploading files, uploading what the clipboard holds, deleting what was uploaded. */
export const ApiScope = z.enum(['upload', 'clipboard', 'delete']);
export type ApiScope = z.infer<typeof ApiScope>;

/** A token as it is shown; its value is known to nobody after it was made. */
export const ApiToken = z
  .strictObject({
    id: z.string(),
    /** Unique; the program that uses it. */
    name: z.string().min(1).max(80),
    scopes: z.array(ApiScope).readonly(),
    createdAt: z.number(),
    /** Kept to the minute; null: never used. */
    lastUsedAt: z.number().nullable(),
  })
  .readonly();
export type ApiToken = z.infer<typeof ApiToken>;

/** Why a request was refused or is worth a look. */
export const ApiNote = z.enum([
  'foreign-host',
  'web-page',
  'no-token',
  'bad-token',
  'no-scope',
  'token-in-address',
  'without-token',
  'bad-request',
  'not-found',
  'too-big',
  'too-slow',
  'too-many',
  'went-away',
  'failed',
]);
export type ApiNote = z.infer<typeof ApiNote>;

/** One line of the request log. Holds no address, no path, no token and nothing that was sent. */
export const ApiRequest = z
  .strictObject({
    id: z.number(),
    at: z.number(),
    what: z.enum(['upload', 'delete', 'heartbeat', 'other']),
    /** The name of the token it came with. */
    token: z.string().nullable(),
    status: z.number(),
    ms: z.number(),
    /** How many inputs it had, and how many of them are done; null where there were none to count. */
    inputs: z.number().nullable(),
    done: z.number().nullable(),
    note: ApiNote.nullable(),
  })
  .readonly();
export type ApiRequest = z.infer<typeof ApiRequest>;

export const ApiState = z
  .strictObject({
    state: z.enum(['off', 'starting', 'on', 'failed']),
    /** `http://127.0.0.1:PORT` while it is on. */
    url: z.string().nullable(),
    /** Why it does not run; set when `failed`. */
    problem: Problem.nullable(),
    tokens: z.array(ApiToken).readonly(),
    /** Newest first. */
    requests: z.array(ApiRequest).readonly(),
  })
  .readonly();
export type ApiState = z.infer<typeof ApiState>;
