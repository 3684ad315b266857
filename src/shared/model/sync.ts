import { z } from 'zod';
import { Problem } from './problem';

/** A document of an account, by its key there. */
export const SyncName = z.strictObject({ account: z.string().min(1).max(200), fileKey: z.string().min(1).max(191) }).readonly();
export type SyncName = z.infer<typeof SyncName>;

/** What a document is to Picferry: a person's own file, the list of an account's documents, a part of Picferry's own data, or one of those that the library is made of. */
export const SyncKind = z.enum(['file', 'index', 'settings', 'accounts', 'library', 'library-part']);
export type SyncKind = z.infer<typeof SyncKind>;

/** Picferry's own data that can sync; each is off until a person switches it on. */
export const BuiltInKind = SyncKind.extract(['settings', 'accounts', 'library']);
export type BuiltInKind = z.infer<typeof BuiltInKind>;

/** What becomes of records that came from other devices when the library is not synced any more. */
export const OthersRecords = z.enum(['keep', 'remove']);
export type OthersRecords = z.infer<typeof OthersRecords>;

/** How a document stands, in one word; the figures beside it complete the sentence. */
export const SyncState = z.enum([
  /** Added, never synced. */
  'new',
  /** Both sides have something and have never met: a person chooses how it begins. Nothing is sent or replaced before. */
  'first-choice',
  'up-to-date',
  /** `waiting` changes are here that the host does not have yet. */
  'changes-waiting',
  /** No network; `waiting` may be 0. */
  'offline',
  /** `conflicts` places wait for a person. Nothing is sent until they are decided. */
  'conflict',
  /** The host's data is older than ours. Nothing is sent until a person says what that means. */
  'server-older',
  'paused',
  /** The host takes the account's key no longer. */
  'sign-in-needed',
  /** The last run failed; `problem` says why, `nextTry` when it is tried again. */
  'failed',
]);
export type SyncState = z.infer<typeof SyncState>;

const Count = z.number().int().nonnegative();
const Version = z.number().int().positive();

export const SyncDocument = SyncName.unwrap()
  .extend({
    kind: SyncKind,
    /** Where it lies on this computer; for a document of Picferry's own, its copy in the data folder. */
    path: z.string(),
    state: SyncState,
    /** A run is under way. */
    running: z.boolean(),
    waiting: Count,
    conflicts: Count,
    /** Its own switch; the one for all is in `SyncView`. */
    paused: z.boolean(),
    /** The version this device stands on; null before the first sync. */
    version: Version.nullable(),
    /** The host's newest version as its list was last read, while it is above this device's. */
    newer: Version.nullable(),
    /** Epoch milliseconds of the last run that ended well. */
    lastSync: z.number().nullable(),
    /** Epoch milliseconds; null: with the next look. */
    nextTry: z.number().nullable(),
    /** What this device's next version is called; empty while nobody said. */
    note: z.string(),
    /** The host made lists of objects in it, and which ones these were cannot be told. */
    folded: z.boolean().exactOptional(),
    /** What a person let be written into the file is still there and cannot be sent at present: it can be taken back. */
    canTakeBack: z.boolean(),
    /** That is what they decided about places that clashed, and no older text. */
    heldDecision: z.literal(true).exactOptional(),
    problem: Problem.nullable(),
  })
  .readonly();
export type SyncDocument = z.infer<typeof SyncDocument>;

/** All documents and switches as they are now: what a window mirrors. */
export const SyncView = z
  .strictObject({
    documents: z.array(SyncDocument).readonly(),
    /** All documents stand still until this is false again; kept over a restart. */
    paused: z.boolean(),
    online: z.boolean(),
    device: z.strictObject({ id: z.string(), name: z.string() }).readonly(),
    /** Which of Picferry's own data sync, and where; each is off until switched on. */
    builtIn: z.array(z.strictObject({ account: z.string(), kind: BuiltInKind }).readonly()).readonly(),
  })
  .readonly();
export type SyncView = z.infer<typeof SyncView>;

/** One step into a document: a key, an element by its identity (as JSON text), or items of a list, counted in the older side. */
export const SyncStep = z.union([
  z.string(),
  z.strictObject({ idKey: z.string(), idValue: z.string() }).readonly(),
  z.strictObject({ list: z.tuple([z.number().int(), z.number().int()]).readonly() }).readonly(),
]);
export type SyncStep = z.infer<typeof SyncStep>;
export const SyncPath = z.array(SyncStep).max(1000).readonly();
export type SyncPath = z.infer<typeof SyncPath>;

/** `+3 ~5 −1 paths`. */
export const SyncCounts = z.strictObject({ added: Count, edited: Count, removed: Count }).readonly();
export type SyncCounts = z.infer<typeof SyncCounts>;

/** What a version changed against the one it was made on, and how large it is; `grown` is null for a first version. */
export const SyncVersionCounts = z.strictObject({ added: Count, edited: Count, removed: Count, bytes: Count, grown: z.number().int().nullable() }).readonly();
export type SyncVersionCounts = z.infer<typeof SyncVersionCounts>;

/** One place that differs between two states of a document. Values are JSON texts; longer ones are cut, `cut` says so. */
export const SyncChange = z
  .strictObject({
    path: SyncPath,
    /** `list`: items of a list, as lists; `order`: identities in their order. */
    kind: z.enum(['added', 'removed', 'edited', 'list', 'order']),
    before: z.string().optional(),
    after: z.string().optional(),
    cut: z.boolean(),
  })
  .readonly();
export type SyncChange = z.infer<typeof SyncChange>;

export const SyncDiff = z
  .strictObject({
    counts: SyncCounts,
    /** A page of them, in the document's order. */
    changes: z.array(SyncChange).readonly(),
    offset: Count,
    total: Count,
  })
  .readonly();
export type SyncDiff = z.infer<typeof SyncDiff>;

/** One version as the timeline shows it. */
export const SyncVersionRow = z
  .strictObject({
    version: Version,
    hash: z.string().nullable(),
    /** The person's note, without our tag. */
    note: z.string(),
    deviceId: z.string().nullable(),
    deviceName: z.string().nullable(),
    isThisDevice: z.boolean(),
    /** A label in the host's words; its time zone is unknown. */
    createdAt: z.string().nullable(),
    /** What it was made on, as far as its maker said. */
    parents: z.array(z.number().int().positive()).readonly(),
    marks: z
      .array(
        z.enum([
          /** It joins changes of several devices. */
          'merge',
          /** Put back from an older version. */
          'restored',
          /** It holds what a person decided about places that clashed. */
          'decided',
          /** A person took back what they had decided, restored or put back. */
          'undone',
          /** Made at the host by settling a conflict. */
          'resolved-at-host',
          /** The same push as another version: its first answer was lost. */
          'duplicate',
          /** The version this device stands on. */
          'here',
        ]),
      )
      .readonly(),
  })
  .readonly();
export type SyncVersionRow = z.infer<typeof SyncVersionRow>;

export const SyncHistoryPage = z
  .strictObject({ currentVersion: Count, page: Version, totalPages: Count, rows: z.array(SyncVersionRow).readonly() })
  .readonly();
export type SyncHistoryPage = z.infer<typeof SyncHistoryPage>;

/** A copy that was kept before something was written over it, by its digest. */
export const SyncCopyId = z.string().regex(/^[0-9a-f]{64}$/);

/** A version by its number, or the file as it is on this computer now. */
export const SyncVersionSide = z.union([Version, z.literal('file')]);
export type SyncVersionSide = z.infer<typeof SyncVersionSide>;

/** Whatever of a document can be looked at: the same, or a copy that was kept. */
export const SyncSide = z.union([SyncVersionSide, z.templateLiteral(['copy:', SyncCopyId])]);
export type SyncSide = z.infer<typeof SyncSide>;

/** What a copy was kept before; null: a build that did not say made it. */
export const SyncCopyCause = z.enum([
  /** Changes of others were merged into the file. */
  'merge',
  /** Places that waited were decided. */
  'decided',
  /** A version was put back. */
  'restore',
  /** A copy was put back. */
  'put-back',
  /** What a person had let be written was taken back. */
  'undo',
  /** The first meeting took one side whole. */
  'begin',
  /** A host with older data was answered. */
  'older',
  /** It was sent. */
  'push',
]);
export type SyncCopyCause = z.infer<typeof SyncCopyCause>;

export const SyncCopy = z
  .strictObject({
    id: SyncCopyId,
    /** The file's text, the host's, or what was sent. */
    whose: z.enum(['mine', 'theirs', 'pushed']),
    cause: SyncCopyCause.nullable(),
    /** Epoch milliseconds. */
    at: z.number(),
    bytes: Count,
  })
  .readonly();
export type SyncCopy = z.infer<typeof SyncCopy>;

/** What a restore would do to the file. The changes are those of the version against the one this device stands on. */
export const SyncRestorePlan = z
  .strictObject({
    diff: SyncDiff,
    /** Unsent edits of the file that the restored values would take the place of; they stay in the backups. */
    replaced: Count,
    /** No document is in the file to merge the version into: the whole version takes its place. */
    instead: z.enum(['broken', 'no-text', 'gone']).nullable(),
  })
  .readonly();
export type SyncRestorePlan = z.infer<typeof SyncRestorePlan>;

export const SyncDeviceRow = z
  .strictObject({
    deviceId: z.string(),
    name: z.string().nullable(),
    /** A label in the host's words. */
    lastSync: z.string().nullable(),
    isThis: z.boolean(),
    /** Hidden here by a person. The host has no call that removes a device. */
    forgotten: z.boolean(),
    files: z.array(z.strictObject({ fileKey: z.string(), version: Count, behind: Count.nullable() }).readonly()).readonly(),
  })
  .readonly();
export type SyncDeviceRow = z.infer<typeof SyncDeviceRow>;

/** `history`: the host gives no list; these stand in its versions. */
export const SyncDeviceList = z.strictObject({ source: z.enum(['host', 'history']), devices: z.array(SyncDeviceRow).readonly() }).readonly();
export type SyncDeviceList = z.infer<typeof SyncDeviceList>;

/** A place that waits for a person. Values are JSON texts; a side that has nothing there has none. */
export const SyncOpenConflict = z
  .strictObject({
    /** The same on every device. */
    id: z.string(),
    document: SyncName,
    path: SyncPath,
    /** As the merge names it, or `rollback`: the host's data is older than ours. */
    kind: z.string(),
    base: z.string().optional(),
    mine: z.string().optional(),
    theirs: z.string().optional(),
    /** Whether both sides can be kept there. */
    both: z.boolean(),
    /** What was decided and is not carried out yet: `mine`, `theirs`, `base`, `both-mine`, `both-theirs` or `edited`. */
    choice: z.string().nullable(),
    /** The device that made theirs, as the host names it. */
    deviceId: z.string().nullable(),
    version: z.number().int().nullable(),
  })
  .readonly();
export type SyncOpenConflict = z.infer<typeof SyncOpenConflict>;

/** A conflict that was settled, by a person here or at the host by any device. */
export const SyncResolved = z
  .strictObject({
    id: z.string(),
    fileKey: z.string().nullable(),
    where: z.enum(['here', 'host']),
    /** Of a place that was decided here. */
    path: SyncPath.nullable(),
    /** `mine`, `theirs`, `base`, `both`, `edited`, `file` (the file itself was changed), or the host's word. */
    choice: z.string().nullable(),
    /** What stands there since, as JSON text, cut when it is long. */
    result: z.string().nullable(),
    /** Epoch milliseconds of a decision made here; the host's label otherwise. */
    at: z.union([z.number(), z.string()]).nullable(),
    /** Who decided, and whose change it was. */
    deviceId: z.string().nullable(),
    otherDeviceId: z.string().nullable(),
    /** As the host last called that device; null where that is not known here. */
    otherDeviceName: z.string().nullable(),
    version: z.number().int().nullable(),
    /** Epoch milliseconds; null while the decision holds, or where nobody knows. */
    takenBack: z.number().nullable(),
  })
  .readonly();
export type SyncResolved = z.infer<typeof SyncResolved>;

/** `problem`: why only what was decided here is in it, and nothing of what the host counts. */
export const SyncSettled = z.strictObject({ rows: z.array(SyncResolved).readonly(), problem: Problem.nullable() }).readonly();
export type SyncSettled = z.infer<typeof SyncSettled>;

/** One place that two sides have otherwise when they meet without anything in common. Values are JSON texts; longer ones are cut. */
export const SyncMeeting = z
  .strictObject({
    path: SyncPath,
    /** Which side alone has something there; `both`: a person decides. */
    from: z.enum(['here', 'there', 'both']),
    here: z.string().exactOptional(),
    there: z.string().exactOptional(),
    cut: z.boolean(),
  })
  .readonly();
export type SyncMeeting = z.infer<typeof SyncMeeting>;

/** Both sides of a document that have never met on this device. */
export const SyncFirstRun = z
  .strictObject({
    /** `both`: a person chooses; otherwise there is nothing to choose, and nothing can be lost. */
    case: z.enum(['nothing', 'only-here', 'only-there', 'same', 'both']),
    here: z.strictObject({ places: Count, bytes: Count }).nullable(),
    there: z.strictObject({ places: Count, bytes: Count, version: Version, deviceId: z.string().nullable(), createdAt: z.string().nullable() }).nullable(),
    /** What merging would do: places that come from there, places that go there, places a person has to decide. */
    merge: z.strictObject({ fromThere: Count, fromHere: Count, conflicts: Count }).nullable(),
    /** These places, the first few hundred of them: those to decide, those that come, those that go. None of the library's. */
    rows: z.array(SyncMeeting).readonly(),
  })
  .readonly();
export type SyncFirstRun = z.infer<typeof SyncFirstRun>;

export const SyncBeginning = z.enum(['merge', 'use-cloud', 'use-device']);
export type SyncBeginning = z.infer<typeof SyncBeginning>;

/** What came of taking an act back: it is as before and sent with the next sync (`back`), it waits for the person again (`asked`), or the file was changed since (`not`). */
export const SyncTakenBack = z.enum(['back', 'asked', 'not']);
export type SyncTakenBack = z.infer<typeof SyncTakenBack>;

/** A document that the account's index names; `here` when this device has it as well. */
export const SyncIndexed = z.strictObject({ fileKey: z.string(), name: z.string(), kind: SyncKind, here: z.boolean(), /** Another device syncs it, as far as the list says. */ elsewhere: z.boolean() }).readonly();
export type SyncIndexed = z.infer<typeof SyncIndexed>;
