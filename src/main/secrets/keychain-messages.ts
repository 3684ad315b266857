import { z } from 'zod';

/** One question to the keychain's process. */
export const KeychainRequest = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('get'), name: z.string() }),
  z.strictObject({ ask: z.literal('set'), name: z.string(), value: z.string() }),
  z.strictObject({ ask: z.literal('remove'), name: z.string() }),
]);
export type KeychainRequest = z.infer<typeof KeychainRequest>;

/** Its answer. Why the keychain refuses is not told: the words could hold what was asked for. */
export const KeychainReply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.string().nullable() }),
  z.strictObject({ ok: z.literal(false) }),
]);
export type KeychainReply = z.infer<typeof KeychainReply>;
