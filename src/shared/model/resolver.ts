import { z } from 'zod';
import { SyncPath, SyncStep } from './sync';

/** A document of an account, by its key there. */
export const DocumentRef = z.strictObject({ account: z.string().min(1).max(200), fileKey: z.string().min(1).max(191) }).readonly();
export type DocumentRef = z.infer<typeof DocumentRef>;

const Count = z.number().int().nonnegative();

/** How the resolver is shown. */
export const ResolverLook = z
  .strictObject({
    /** The values beside each other, or one under the other. */
    layout: z.enum(['columns', 'stacked']).default('columns'),
    /** Goes on to the next undecided place after a choice. */
    advance: z.boolean().default(true),
    /** Whether the result is shown below. */
    result: z.boolean().default(true),
  })
  .readonly();
export type ResolverLook = z.infer<typeof ResolverLook>;

/** The sides a person can take, and what comes of it. */
export const ValueSide = z.enum(['base', 'mine', 'theirs', 'result']);
export type ValueSide = z.infer<typeof ValueSide>;

/** A typed value may be as long as this; longer ones are decided by taking a side. */
export const MOST_TYPED = 1_000_000;

/** What a person decides about one place. `edited` is JSON text as it was typed; it counts as a decision only when it can be read. */
export const Decided = z.discriminatedUnion('take', [
  z.strictObject({ take: z.enum(['base', 'mine', 'theirs']) }),
  z.strictObject({ take: z.literal('both'), first: z.enum(['mine', 'theirs']) }),
  z.strictObject({ take: z.literal('edited'), text: z.string().max(MOST_TYPED) }),
]);
export type Decided = z.infer<typeof Decided>;

/** Why a typed value cannot stand where it was typed. */
export const ValueFault = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('not-json'), line: z.number(), column: z.number() }),
  z.strictObject({ code: z.literal('duplicate-keys'), key: z.string() }),
  z.strictObject({ code: z.literal('too-deep'), most: z.number() }),
  z.strictObject({ code: z.literal('duplicate-ids'), key: z.string(), value: z.string() }),
  z.strictObject({ code: z.literal('not-a-list') }),
]);
export type ValueFault = z.infer<typeof ValueFault>;

/** Why a document cannot be applied yet. `id` is the place to look at. */
export const Blocked = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('open'), count: Count, id: z.string() }),
  z.strictObject({ code: z.literal('fault'), fault: ValueFault, path: SyncPath, id: z.string() }),
  z.strictObject({ code: z.literal('no-document') }),
  z.strictObject({ code: z.literal('changed') }),
  z.strictObject({ code: z.literal('result'), fault: ValueFault }),
]);
export type Blocked = z.infer<typeof Blocked>;

/** How two sides clash, as the merge names it, or what a change that needed nobody did. */
export const ItemKind = z.enum(['edit/edit', 'edit/delete', 'delete/edit', 'add/add', 'type', 'precision', 'order', 'list', 'duplicate-id', 'added', 'removed', 'edited', 'list-change', 'order-change']);
export type ItemKind = z.infer<typeof ItemKind>;

/** Where a place stands: `faulty` has a typed value that cannot be read; `merged` needed nobody, `reverted` was one and is taken back; `replaced-…`: the whole document is that side's. */
export const ItemState = z.enum(['open', 'base', 'mine', 'theirs', 'both-mine', 'both-theirs', 'edited', 'faulty', 'merged', 'reverted', 'replaced-mine', 'replaced-theirs']);
export type ItemState = z.infer<typeof ItemState>;

export const ItemFilter = z
  .strictObject({
    show: z.enum(['open', 'conflicts', 'merged', 'all']),
    kind: ItemKind.nullable(),
    /** A part of the path, as rows say it in any language or as one word (`/tags[2]`), in any case of letters; '' for all. */
    text: z.string().max(500),
  })
  .readonly();
export type ItemFilter = z.infer<typeof ItemFilter>;

/** A line of the list of places: a heading for a key at the top of the document, or a place. */
export const ListRow = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('group'), name: z.string(), count: Count, open: Count }),
  z.strictObject({
    type: z.literal('item'),
    id: z.string(),
    conflict: z.boolean(),
    kind: ItemKind,
    state: ItemState,
    /** Another value came since the person looked at it, and nothing is decided since. */
    again: z.boolean(),
    /** The path below the heading, or all of it without one. */
    path: SyncPath,
    /** One short line of what stands there in the result; null where nothing does. */
    preview: z.string().nullable(),
    /** Its place among those that are shown, from 1. */
    place: Count,
    /** It lies under the heading above it; otherwise it stands by itself at the top. */
    below: z.boolean(),
  }),
]);
export type ListRow = z.infer<typeof ListRow>;

/** A run of characters, and whether the other text has it as well. */
export const TextSpan = z.strictObject({ text: z.string(), same: z.boolean() });
export type TextSpan = z.infer<typeof TextSpan>;

/** One side's value at a place, cut to what can be read at a glance. */
export const ShownValue = z.strictObject({
  /** `absent`: nothing stands there. */
  type: z.enum(['absent', 'null', 'boolean', 'number', 'string', 'array', 'object']),
  /** JSON in several lines; a string's own text. Cut after two thousand characters. */
  text: z.string(),
  cut: z.boolean(),
  /** Members of a list or object, characters of a string. */
  size: Count,
  /** Lines of the whole value, printed. */
  lines: Count,
  /** A string against the base, by characters. */
  spans: z.array(TextSpan).nullable(),
  /** A number against the base, such as `+3`; null where it cannot be said exactly. */
  delta: z.string().nullable(),
  /** Characters of a long text that are left out before what is shown. */
  skipped: Count,
});
export type ShownValue = z.infer<typeof ShownValue>;

/** A side whose value at a place changed while the person was deciding; null: nothing stood, or stands, there. */
export const NewerSide = z.strictObject({ side: z.enum(['mine', 'theirs']), was: z.string().nullable(), is: z.string().nullable() });
export type NewerSide = z.infer<typeof NewerSide>;

/** What a person typed at a place that is closed. */
export const LeftText = z.strictObject({ path: SyncPath, text: z.string() });
export type LeftText = z.infer<typeof LeftText>;

/** Places by name: all are counted, the first few are told. */
export const NamedPlaces = z.strictObject({ count: Count, paths: z.array(SyncPath) });
export type NamedPlaces = z.infer<typeof NamedPlaces>;

/** A place with all that is known of it. */
export const ItemView = z.strictObject({
  id: z.string(),
  conflict: z.boolean(),
  kind: ItemKind,
  state: ItemState,
  path: SyncPath,
  by: z.enum(['mine', 'theirs', 'both']).nullable(),
  /** Both sides can be kept, one after the other. */
  both: z.boolean(),
  /** Both are texts of several lines. */
  longText: z.boolean(),
  /** What the other side changed inside of what one deleted. */
  inner: z.array(SyncPath),
  base: ShownValue,
  mine: ShownValue,
  theirs: ShownValue,
  result: ShownValue,
  fault: ValueFault.nullable(),
  /** What was typed here, as it was typed; null without, and where it is too long to be edited here. */
  typed: z.string().nullable(),
  /** Undecided places of the same parent and of the same kind, this one included. */
  alike: z.strictObject({ subtree: Count, kind: Count }),
  /** Its place among the undecided, from 1; null when it is decided. */
  openPlace: Count.nullable(),
  /** What changed here while the session was open, until the place is decided. */
  newer: z.array(NewerSide),
  /** What was decided here over a value that is another one now; null once it is decided anew. */
  had: ItemState.nullable(),
  /** What was typed here and is not decided: it is opened again by editing. */
  draft: z.strictObject({ text: z.string(), fault: ValueFault.nullable() }).nullable(),
});
export type ItemView = z.infer<typeof ItemView>;

/** A line of the result's tree. */
export const TreeRow = z.strictObject({
  node: z.string(),
  level: Count,
  /** The key, or the element, as places name it; null for the document itself. */
  step: SyncStep.nullable(),
  type: z.enum(['null', 'boolean', 'number', 'string', 'array', 'object']),
  preview: z.string(),
  expandable: z.boolean(),
  expanded: z.boolean(),
  setSize: Count,
  place: Count,
  mark: ItemState.nullable(),
  item: z.string().nullable(),
  /** Undecided places below it. */
  inside: Count,
});
export type TreeRow = z.infer<typeof TreeRow>;

/** Who made a side. */
export const SideMaker = z.strictObject({
  version: z.number().int().nullable(),
  device: z.string().nullable(),
  /** Its identity on the host: the name may come later. */
  deviceId: z.string().nullable(),
  /** When, as the host labels it. */
  at: z.string().nullable(),
  note: z.string(),
});
export type SideMaker = z.infer<typeof SideMaker>;

export const ResolverView = z.strictObject({
  /** Names this session; calls for an older one are refused. */
  session: z.string(),
  /** Grows with everything that changes what is shown. */
  rev: Count,
  document: DocumentRef,
  bytes: Count,
  base: SideMaker.nullable(),
  mine: SideMaker,
  theirs: SideMaker,
  conflicts: Count,
  open: Count,
  merged: Count,
  reverted: Count,
  /** Undecided conflicts by kind. */
  kinds: z.array(z.strictObject({ kind: ItemKind, count: Count, open: Count })),
  /** The whole document is replaced by one side's. */
  whole: z.enum(['mine', 'theirs']).nullable(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** A person has decided something that Apply has not used yet. */
  touched: z.boolean(),
  /** Null: it can be applied. */
  blocked: Blocked.nullable(),
  /** What another device or an edit of the file changed since the person last said that they saw it. */
  incoming: z
    .strictObject({
      device: z.string().nullable(),
      /** Decided, and still so. */
      kept: NamedPlaces,
      /** Another value, and not decided. */
      again: NamedPlaces,
      closed: NamedPlaces,
      added: NamedPlaces,
      /** What was typed at places that are closed. */
      left: z.array(LeftText),
    })
    .nullable(),
});
export type ResolverView = z.infer<typeof ResolverView>;

export const ReplaceCounts = z.strictObject({ added: Count, edited: Count, removed: Count });
export type ReplaceCounts = z.infer<typeof ReplaceCounts>;
