import { z } from 'zod';
import type { Policy } from '../../merge';
import { Blocked, Decided, LeftText, ResolverView } from '../../shared/model/resolver';
import { SyncPath } from '../../shared/model/sync';

const Path = z.string().min(1);
const Policies = z.custom<Policy>((value) => typeof value === 'object' && value !== null);

/** The gzipped texts of a merge that waits. */
export const Texts = z.strictObject({ base: Path.nullable(), mine: Path, theirs: Path, policy: Policies });
export type Texts = z.infer<typeof Texts>;

/** What main itself asks of the process; everything else are calls of the window, passed on as they come. */
export const ownAsks = {
  /** Reads and merges the texts. `decided` holds where no draft is kept at the path. */
  open: z.strictObject({ texts: Texts, draft: Path, decided: z.record(z.string(), Decided) }),
  /** The same session over other texts: what was decided stays where its place is still there. */
  renew: z.strictObject({ texts: Texts }),
  counts: z.strictObject({}),
  /** What was typed. */
  typed: z.strictObject({}),
  /** Writes the whole result, gzipped, as the file `to`. */
  finish: z.strictObject({ to: Path }),
  /** Keeps what is decided for the next time. */
  keep: z.strictObject({}),
  /** Forgets what was decided: it is applied. */
  forget: z.strictObject({}),
} as const;

const Count = z.number();

/** What the process counts of the view; the rest of it main knows. */
export const Counts = ResolverView.pick({ conflicts: true, open: true, merged: true, reverted: true, kinds: true, whole: true, canUndo: true, canRedo: true, touched: true, blocked: true });
export type Counts = z.infer<typeof Counts>;

const Paths = z.array(SyncPath).readonly();
export const Renewal = z.strictObject({ kept: Paths, again: Paths, closed: Paths, added: Paths, left: z.array(LeftText).readonly() });
export type Renewal = z.infer<typeof Renewal>;
export const Typed = z.array(LeftText);
/** `renewal`: what changed since the decisions were made that are taken up. */
export const Opened = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), counts: Counts, bytes: Count, renewal: Renewal.nullable() }), z.strictObject({ ok: z.literal(false) })]);
export const Renewed = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), counts: Counts, bytes: Count, renewal: Renewal }), z.strictObject({ ok: z.literal(false) })]);
export const Stepped = z.strictObject({ counts: Counts, focus: z.string().nullable() });
const Decision = z.strictObject({ id: z.string(), path: z.array(z.unknown()), choice: z.string(), result: z.string().nullable() });
export const Finished = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), decisions: z.array(Decision) }), z.strictObject({ ok: z.literal(false), blocked: Blocked })]);

export const Request = z.strictObject({ id: z.number(), ask: z.string(), input: z.unknown() });
export const Reply = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.number(), ok: z.literal(false), why: z.string() }),
]);
export type Reply = z.infer<typeof Reply>;
