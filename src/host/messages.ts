import { z } from 'zod';
import { DIALECTS } from './host-options';

/** What the parent sends to the host's process. */
export const HostCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    folder: z.string().min(1),
    port: z.union([z.literal('kept'), z.number().int().min(0).max(65535)]),
    mode: z.enum(['product', 'test']),
    /** The WiZs write key; left out, the host makes one up and says it. */
    key: z.string().min(1).optional(),
    limits: z.partialRecord(z.enum(DIALECTS), z.number().int().positive().nullable()).optional(),
    durable: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type HostCommand = z.output<typeof HostCommand>;
export type HostStartCommand = Extract<HostCommand, { type: 'start' }>;

const PortOwnerMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('picferry-host'), folderId: z.string(), sameFolder: z.boolean() }),
  z.strictObject({ kind: z.literal('process'), name: z.string(), pid: z.number() }),
  z.strictObject({ kind: z.literal('unknown') }),
]);

/** What the host's process says. After `failed` it waits for another `start` or for `stop`; on `stop` it exits with 0. */
export const HostReport = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('listening'),
    port: z.number(),
    baseUrl: z.string(),
    deletePort: z.number().nullable(),
    folderId: z.string(),
    keys: z.strictObject({
      wizs: z.string(),
      easyimages: z.string(),
      imgurl: z.strictObject({ uid: z.string(), token: z.string() }),
      chevereto: z.string(),
    }),
  }),
  z.strictObject({
    type: z.literal('failed'),
    code: z.enum(['port-taken', 'port-refused', 'folder-unusable', 'newer-data', 'bad-command']),
    message: z.string(),
    port: z.number().nullable(),
    by: PortOwnerMessage.nullable(),
  }),
  /** Something inside went wrong (disk full, for one); the host goes on. */
  z.strictObject({ type: z.literal('problem'), message: z.string() }),
]);
export type HostReport = z.output<typeof HostReport>;
