import { z } from 'zod';

const json = z.boolean();
const Key = z.string().min(1);
const Version = z.number().int().positive();
/** What every verb of `sync` takes. */
const common = {
  /** Null: any that has the document, else the default account. */
  account: z.string().nullable(),
  /** What this device is called from now on; null leaves its name. */
  deviceName: z.string().trim().min(1).max(100).nullable(),
  json,
};

/** The verbs of `sync`, with everything resolved: paths absolute, a resolution's value read. */
export const syncCommands = [
  z.strictObject({ verb: z.literal('sync-add'), key: Key, path: z.string().min(1), ...common }),
  z.strictObject({ verb: z.literal('sync-remove'), key: Key, ...common }),
  z.strictObject({ verb: z.literal('sync-run'), key: Key.nullable(), message: z.string().max(1000).nullable(), ...common }),
  z.strictObject({ verb: z.literal('sync-status'), key: Key.nullable(), ...common }),
  z.strictObject({ verb: z.literal('sync-history'), key: Key, page: Version, ...common }),
  z.strictObject({ verb: z.literal('sync-show'), key: Key, version: Version, ...common }),
  z.strictObject({ verb: z.literal('sync-restore'), key: Key, version: Version, ...common }),
  z.strictObject({ verb: z.literal('sync-devices'), key: Key.nullable(), ...common }),
  z.strictObject({ verb: z.literal('sync-conflicts'), key: Key.nullable(), resolved: z.boolean(), ...common }),
  z.strictObject({
    verb: z.literal('sync-resolve'),
    id: z.string().min(1),
    choice: z.discriminatedUnion('take', [z.strictObject({ take: z.enum(['mine', 'theirs']) }), z.strictObject({ take: z.literal('edited'), text: z.string() })]),
    ...common,
  }),
] as const;
