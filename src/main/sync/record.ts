import { z } from 'zod';
import type { Policy, TextChoice, TextConflict } from '../../merge';
import { Problem } from '../../shared/model/problem';
import { SyncCopyCause, SyncKind, SyncPath } from '../../shared/model/sync';

/** A text kept by its SHA-256. */
const Blob = z.string().regex(/^[0-9a-f]{64}$/);

const Agreed = z.strictObject({
  version: z.number().int().positive(),
  /** The host's digest; opaque. */
  hash: z.string().nullable(),
  canon: z.string(),
  loose: z.string(),
  blob: Blob,
  bytes: z.number(),
});
/** A version that host and device both have, with its content. */
export type Agreed = z.infer<typeof Agreed>;

const Operation = z.strictObject({
  op: z.string(),
  /** Null until it is known. */
  version: z.number().int().positive().nullable(),
  base: z.number().int().nonnegative(),
  /** Beginning of the digest of the base's document. */
  on: z.string().nullable().default(null),
  merged: z.array(z.number().int()),
  loose: z.string(),
  /** What was sent, while the host is not known to hold just that. */
  blob: Blob.nullable(),
});
/** A push this device made or tried. */
export type Operation = z.infer<typeof Operation>;

const Outbox = z.strictObject({
  op: z.string(),
  blob: Blob,
  canon: z.string(),
  loose: z.string(),
  base: z.number().int().nonnegative(),
  on: z.string().nullable().default(null),
  merged: z.array(z.number().int()),
  note: z.string(),
  tries: z.number().int(),
  /** `maybe`: it may have arrived; it is looked for before anything else is sent. */
  sent: z.enum(['no', 'maybe']),
});

const Waiting = z.strictObject({
  base: Blob.nullable(),
  theirs: Blob,
  theirsVersion: z.number().int().positive(),
  /** `head`: newer heads are merged on; `orphan`: an overwritten version, merged before anything else. */
  from: z.enum(['head', 'orphan']),
  conflicts: z.array(z.custom<TextConflict>((value) => typeof value === 'object' && value !== null)),
  choices: z.record(z.string(), z.custom<TextChoice>((value) => typeof value === 'object' && value !== null)),
  /** What was in the file when a place was decided, if it was edited since the merge was written there. */
  over: z.record(z.string(), Blob).default({}),
  /** Whose change it is: the device that made theirs, as the host names it. */
  deviceId: z.string().nullable(),
  /** What the person had decided, where that was taken back when it may have been sent: `theirs` is as if it had not been, and further heads are read so. */
  again: Blob.nullable().default(null),
  /** The merge as it was made: over which version, of which file, and what it put there. `own`: the same with the person's side at all open places. */
  made: z.strictObject({ ancestor: Blob.nullable(), mine: Blob, shown: Blob, own: Blob }).nullable().default(null),
  /** Its conflicts may be others than those of `made`: the file was edited since. */
  asksOther: z.boolean().default(false),
});
/** `unsent`: it was taken back while nobody knew whether its decision had arrived. So it waits again where that did not arrive. */
const Open = Waiting.extend({ unsent: Waiting.nullable().default(null) });
/** A merge that waits for a person. */
export type Open = z.infer<typeof Open>;

const Decided = z.strictObject({
  id: z.string(),
  path: SyncPath,
  choice: z.string(),
  /** JSON text, cut when it is long. */
  result: z.string().nullable(),
  at: z.number(),
  /** The device that made theirs. */
  otherDeviceId: z.string().nullable(),
  version: z.number().int().nullable(),
  /** When the person took it back, and the file became what it had been. */
  takenBack: z.number().nullable().default(null),
});
/** One decision of a person about a place that clashed. */
export type Decided = z.infer<typeof Decided>;

const Resolution = z.strictObject({
  /** As the host numbers it. */
  conflict: z.number().int(),
  /** The version whose document was sent. */
  base: z.number().int().positive(),
  canon: z.string(),
  loose: z.string(),
  /** What became of it. Null while no answer said so. */
  version: z.number().int().positive().nullable(),
  hash: z.string().nullable(),
});
/** A conflict of the host that this device closed or tried to close. */
export type Resolution = z.infer<typeof Resolution>;

const Known = z.strictObject({ version: z.number().int().positive(), hash: z.string() });
export type Known = z.infer<typeof Known>;

const Act = z.enum(['decided', 'undone']).nullable();

const Standing = z.strictObject({
  base: Agreed.nullable(),
  ring: z.array(Agreed),
  seen: z.number().int().nonnegative(),
  merged: z.array(z.number().int()),
  open: Open.nullable(),
  /** Where the step decided something. */
  decided: z.array(Decided).exactOptional(),
  /** Where the next version comes of what a person did. */
  act: Act.exactOptional(),
});
/** Where a document stands; what a step that met a newer edit goes back to. */
export type Standing = z.infer<typeof Standing>;

export const DocumentRecord = z.strictObject({
  format: z.literal(1),
  account: z.string().min(1),
  fileKey: z.string().min(1),
  path: z.string().min(1),
  /** What it is to Picferry. */
  kind: SyncKind.default('file'),
  /** The last version this device stands on. Null before the first sync. */
  base: Agreed.nullable(),
  /** Earlier agreed versions, newest last. */
  ring: z.array(Agreed),
  /** Every version up to here is in the document. */
  seen: z.number().int().nonnegative(),
  /** Digests that the host gave for the last of these and for merged ones, by version: they show what is left of them at a host with older data. */
  known: z.array(Known).default([]),
  /** Versions above `seen` whose changes are in the document and not yet named in a push. */
  merged: z.array(z.number().int()),
  operations: z.array(Operation),
  outbox: Outbox.nullable(),
  /** Newest last. Each is here before it leaves. */
  resolutions: z.array(Resolution).default([]),
  /** A text on its way into the file. It is written over `over` only; over anything else the step is undone and made anew. */
  applying: z.strictObject({ text: Blob, over: z.string().nullable(), undo: Standing }).nullable(),
  open: Open.nullable(),
  /** The person's note for the next version. */
  note: z.string(),
  /** The version that the next one puts back. */
  restored: z.number().int().positive().nullable().default(null),
  /** What a person did that the next one comes of. */
  act: Act.default(null),
  /** Versions of this document that the host lost: what they held and this document does not was deleted. Newest last. */
  lost: z.array(Agreed).default([]),
  /** The version it stood on then, until the next push has said so. */
  lostBase: z.number().int().positive().nullable().default(null),
  /** The host lost what came above this version. */
  lostFrom: z.number().int().nonnegative().nullable().default(null),
  /** What happens when both sides have something at the first meeting: `ask` and `asked` wait for a person. */
  begin: z.enum(['ask', 'asked', 'merge']).default('merge'),
  /** What the file held before a person let something be written over it, and what since; until the file changes again that can be taken back. `begins`: it was the first meeting, which then waits for the person again. `note`: what the next version was called before. `sent`: a run ended well since. `decided`: when the decisions were made that it came of. `open`: the merge that they ended. */
  settled: z.strictObject({ before: Blob, after: Blob, begins: z.boolean().default(false), note: z.string().default(''), sent: z.boolean().default(false), decided: z.number().nullable().default(null), open: Open.nullable().default(null) }).nullable().default(null),
  /** What the host called its devices when it last said so, by their ids: a decision names them without it. */
  names: z.record(z.string(), z.string()).default({}),
  /** Places that were decided here, newest last. */
  decided: z.array(Decided).default([]),
  policy: z.custom<Policy>((value) => typeof value === 'object' && value !== null),
  host: z.strictObject({
    /** Longest message the host keeps; null while it keeps all of it or nobody knows. */
    longestMessage: z.number().int().nullable(),
    /** Whether a message was seen to come back whole or cut. */
    messagesKnown: z.boolean(),
    /** Makes lists of empty objects, as PHP does. */
    foldsEmpty: z.boolean(),
    /** Keeps numbers as doubles, so that some become others. */
    roundsNumbers: z.boolean().default(false),
    /** Makes no version of a push that is equal to its head, so that nothing can be said in one. */
    dropsRepeats: z.boolean().default(false),
    /** Conflicts of ours wait at the host to be closed. */
    conflicts: z.boolean(),
  }),
  /** Goes up when a person decided what a host with older data means. */
  epoch: z.number().int(),
  /** The document holds lists that were objects before the host made lists of them, and which ones cannot be told. */
  folded: z.boolean().default(false),
  rolledBack: z.strictObject({ headVersion: z.number().int().nonnegative() }).nullable(),
  paused: z.boolean(),
  /** Copies made before each write, newest last; `by`: what was about to be done. */
  backups: z.array(z.strictObject({ blob: Blob, why: z.enum(['mine', 'theirs', 'pushed']), by: SyncCopyCause.nullable().default(null), at: z.number(), bytes: z.number() })),
  lastSync: z.number().nullable(),
  /** What ended the last run, if it did not end well. */
  problem: Problem.nullable(),
});
/** All that is kept of one document between two steps. What is in it has been on disk. */
export type DocumentRecord = z.infer<typeof DocumentRecord>;

export const newRecord = (account: string, fileKey: string, path: string): DocumentRecord => ({
  format: 1,
  account,
  fileKey,
  path,
  kind: 'file',
  base: null,
  ring: [],
  seen: 0,
  known: [],
  merged: [],
  operations: [],
  outbox: null,
  resolutions: [],
  applying: null,
  open: null,
  note: '',
  restored: null,
  act: null,
  lost: [],
  lostBase: null,
  lostFrom: null,
  begin: 'merge',
  settled: null,
  names: {},
  decided: [],
  policy: { fileKey },
  host: { longestMessage: null, messagesKnown: false, foldsEmpty: false, roundsNumbers: false, dropsRepeats: false, conflicts: false },
  epoch: 0,
  folded: false,
  rolledBack: null,
  paused: false,
  backups: [],
  lastSync: null,
  problem: null,
});

const IS_NULL = /^\ufeff?\s*null\s*$/;

/**
 * The record as an older build left it, without a base that it never had: what two sides with nothing in common were merged
 * over was kept as the document `null`, and every further look then took the whole document for one question. Where no
 * version that both had is that document, there is no base. What the next look finds is asked instead.
 */
export const withoutFalseBase = (record: DocumentRecord, textOf: (blob: string) => string | null): DocumentRecord => {
  const isNull = (blob: string): boolean => IS_NULL.test(textOf(blob) ?? '');
  const { base, ring, lost } = record;
  const asRead = (open: Open | null): Open | null => {
    if (open?.base == null || !isNull(open.base)) return open;
    const { made, conflicts } = open;
    const agreed = [...ring, ...lost, ...(base === null ? [] : [base])];
    if ((made !== null && made.ancestor !== null && !isNull(made.ancestor)) || agreed.some(({ blob }) => isNull(blob))) return open;
    return { ...open, base: null, made: made === null ? null : { ...made, ancestor: null }, conflicts: conflicts.filter(({ path, base: before }) => path.length > 0 || before !== 'null') };
  };
  const { open, applying } = record;
  return { ...record, open: asRead(open), applying: applying === null ? null : { ...applying, undo: { ...applying.undo, open: asRead(applying.undo.open) } } };
};

const blobsOfWaiting = (open: Omit<Open, 'unsent'> | null): readonly (string | null)[] => (open === null ? [] : [open.base, open.theirs, open.again, ...Object.values(open.made ?? {}), ...Object.values(open.over)]);
const blobsOfOpen = (open: Open | null): readonly (string | null)[] => [...blobsOfWaiting(open), ...blobsOfWaiting(open?.unsent ?? null)];

/** Every blob that the record still needs. */
export const blobsOf = (record: DocumentRecord): ReadonlySet<string> =>
  new Set(
    [
      record.base?.blob,
      ...record.ring.map(({ blob }) => blob),
      ...record.lost.map(({ blob }) => blob),
      record.outbox?.blob,
      ...record.operations.map(({ blob }) => blob),
      record.applying?.text,
      record.applying?.undo.base?.blob,
      ...(record.applying?.undo.ring ?? []).map(({ blob }) => blob),
      ...blobsOfOpen(record.open),
      ...blobsOfOpen(record.applying?.undo.open ?? null),
      ...blobsOfOpen(record.settled?.open ?? null),
      record.settled?.before,
      ...record.backups.map(({ blob }) => blob),
    ].filter((blob): blob is string => typeof blob === 'string'),
  );
