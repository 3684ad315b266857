import { z } from 'zod';
import { Problem } from '../../../shared/model/problem';

/** What the engine's process is opened with. */
export const EngineSetup = z.strictObject({
  folder: z.string(),
  deviceName: z.string(),
  userAgent: z.string(),
  /** Whether our parent can be asked for the system's proxy. */
  asksProxy: z.boolean(),
});
export type EngineSetup = z.infer<typeof EngineSetup>;

const Id = z.number().int();
/** `problem` is what a person may read; `fault` a fault of ours. Values are whatever the call gives. */
const Answer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), id: Id, value: z.unknown() }),
  z.strictObject({ type: z.literal('problem'), id: Id, problem: Problem }),
  z.strictObject({ type: z.literal('fault'), id: Id, message: z.string() }),
]);

/** What the engine asks of its parent: how an account is reached, and the way to an address. */
export const Question = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('connection'), account: z.string() }),
  z.strictObject({ what: z.literal('proxy'), url: z.string() }),
]);
export type Question = z.infer<typeof Question>;

const Limits = z.strictObject({ connectMs: z.number(), stallMs: z.number(), answerMs: z.number() });
const Proxy = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('system') }),
  z.strictObject({ mode: z.literal('manual'), url: z.string(), username: z.string(), password: z.string() }),
]);

/** How an account's host is reached now. Holds secrets: it lives in messages and memory only. */
export const Connection = z.strictObject({
  provider: z.string(),
  name: z.string(),
  url: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  secrets: z.record(z.string(), z.string()),
  limits: Limits,
  proxy: Proxy,
});
export type Connection = z.infer<typeof Connection>;

export const ToEngine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), setup: EngineSetup }),
  z.strictObject({ type: z.literal('ask'), id: Id, call: z.string(), args: z.array(z.unknown()) }),
  z.strictObject({ type: z.literal('cancel'), id: Id }),
  z.strictObject({ type: z.literal('end') }),
  z.strictObject({ type: z.literal('reply'), reply: Answer }),
]);
export type ToEngine = z.infer<typeof ToEngine>;

export const FromEngine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ask'), id: Id, question: Question }),
  z.strictObject({ type: z.literal('reply'), reply: Answer }),
]);
export type FromEngine = z.infer<typeof FromEngine>;
export type Answer = z.infer<typeof Answer>;
