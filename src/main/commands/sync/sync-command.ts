import { z } from 'zod';
import { BuiltInKind, OthersRecords, SyncBeginning } from '../../../shared/model/sync';

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
  /** `ask`: both sides wait for `begin` when both have something. */
  z.strictObject({ verb: z.literal('sync-add'), key: Key, path: z.string().min(1), ask: z.boolean(), ...common }),
  /** Documents that other devices have put into the account's list. */
  z.strictObject({ verb: z.literal('sync-find'), ...common }),
  /** One of Picferry's own documents, switched on or off. */
  z.strictObject({ verb: z.literal('sync-own'), kind: BuiltInKind, on: z.boolean(), others: OthersRecords, ...common }),
  z.strictObject({ verb: z.literal('sync-remove'), key: Key, ...common }),
  z.strictObject({ verb: z.literal('sync-run'), key: Key.nullable(), message: z.string().max(1000).nullable(), ...common }),
  z.strictObject({ verb: z.literal('sync-status'), key: Key.nullable(), ...common }),
  z.strictObject({ verb: z.literal('sync-history'), key: Key, page: Version, ...common }),
  z.strictObject({ verb: z.literal('sync-show'), key: Key, version: Version, ...common }),
  /** `paths`: places as `placeText` writes them; empty: the whole document. */
  z.strictObject({ verb: z.literal('sync-restore'), key: Key, version: Version, paths: z.array(z.string()).readonly(), ...common }),
  /** `id`: whole, or how it begins; null: lists them. */
  z.strictObject({ verb: z.literal('sync-copies'), key: Key, id: z.string().min(1).nullable(), act: z.enum(['list', 'show', 'put-back']), ...common }),
  /** `after` null: the file as it is now. */
  z.strictObject({ verb: z.literal('sync-diff'), key: Key, before: Version, after: Version.nullable(), ...common }),
  /** `how` null: only shows both sides. */
  z.strictObject({ verb: z.literal('sync-begin'), key: Key, how: SyncBeginning.nullable(), ...common }),
  z.strictObject({ verb: z.literal('sync-devices'), key: Key.nullable(), ...common }),
  /** `decided`: also what was decided and is not sent yet. */
  z.strictObject({ verb: z.literal('sync-conflicts'), key: Key.nullable(), resolved: z.boolean(), decided: z.boolean(), ...common }),
  z.strictObject({
    verb: z.literal('sync-resolve'),
    /** Whole, or how they begin. */
    ids: z.array(z.string().min(1)).readonly(),
    /** A document whose undecided places are meant, instead of ids. */
    all: Key.nullable(),
    choice: z.discriminatedUnion('take', [
      z.strictObject({ take: z.enum(['mine', 'theirs', 'base']) }),
      z.strictObject({ take: z.literal('both'), first: z.enum(['mine', 'theirs']) }),
      z.strictObject({ take: z.literal('edited'), text: z.string() }),
    ]),
    ...common,
  }),
] as const;
