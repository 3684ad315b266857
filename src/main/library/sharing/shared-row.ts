import { z } from 'zod';
import { MediaKind } from '../../../shared/model/job';
import { ProviderId } from '../../../shared/model/provider';
import { RemoteState } from '../../../shared/model/upload';

const Id = z.string().min(1).max(200);
const Text = z.string().max(32_768);

/**
 * What a record is from the day it was made. There is no place for a delete link, a secret or a path of this computer, and
 * what another device has put beside these fields is not read.
 */
export const SharedFacts = z.object({
  accountId: Id,
  accountName: z.string().max(500),
  /** The account's address, by which another device knows its own entry of the same account. */
  accountUrl: Text.optional(),
  provider: ProviderId,
  name: Text,
  storedName: Text.optional(),
  remoteId: Text.optional(),
  url: Text.optional(),
  thumbUrl: Text.optional(),
  kind: MediaKind,
  mime: z.string().max(500).optional(),
  bytes: z.number().nonnegative(),
  width: z.number().nonnegative().optional(),
  height: z.number().nonnegative().optional(),
  durationSeconds: z.number().nonnegative().optional(),
  sha256: z.string().max(200),
  albumId: z.string().max(500).optional(),
  uploadedAt: z.number(),
  replaces: Id.optional(),
});
export type SharedFacts = z.infer<typeof SharedFacts>;

/** How often the thing was changed before, as its writer knew, and who wrote it. No clock has a say. */
const mark = { n: z.number().int().min(1).max(2 ** 40), by: Id };

const marks = {
  /** Whether it was deleted everywhere, or brought back after that. */
  life: z.object({ gone: z.boolean(), ...mark }).optional(),
  tags: z.object({ v: z.array(z.string().max(500)).max(1000), ...mark }).optional(),
  note: z.object({ v: z.string().max(100_000), ...mark }).optional(),
  /** The name of the library's own album it is in; null: in none. */
  album: z.object({ v: z.string().max(500).nullable(), ...mark }).optional(),
  remote: z.object({ v: RemoteState, ...mark }).optional(),
};

/** What people and hosts did to a record since, each with its mark. What nobody ever changed is not there. */
export const SharedMarks = z.object(marks);
export type SharedMarks = z.infer<typeof SharedMarks>;

/** What one device says of one record. Whoever sent it, or brought it back, says its facts; whoever only changed it does not. */
export const SharedRow = z.object({ facts: SharedFacts.optional(), ...marks });
export type SharedRow = z.infer<typeof SharedRow>;

type Marked = { readonly n: number; readonly by: string };

const compare = (a: string | number, b: string | number): number => (a === b ? 0 : a < b ? -1 : 1);

/** The more often changed wins; of two made without knowing of each other the one of the higher device, whatever their clocks say. */
const later = <T extends Marked>(a: T | undefined, b: T | undefined, first: (one: T) => number = () => 0): T | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const order = compare(a.n, b.n) || compare(first(a), first(b)) || compare(a.by, b.by) || compare(JSON.stringify(a), JSON.stringify(b));
  return order >= 0 ? a : b;
};

const given = <T extends object>(all: T): { [K in keyof T]: Exclude<T[K], undefined> } => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

/**
 * What two devices say of a record, in one: the same whichever comes first, however often and in whatever groups. Of a
 * deletion and a return made without knowing of each other the deletion stands.
 */
export const joinMarks = (a: SharedMarks, b: SharedMarks): SharedMarks =>
  given({
    life: later(a.life, b.life, ({ gone }) => Number(gone)),
    tags: later(a.tags, b.tags),
    note: later(a.note, b.note),
    album: later(a.album, b.album),
    remote: later(a.remote, b.remote),
  });

/** The rows that can be read; what cannot (of a newer Picferry, or damaged) is passed over. */
export const readRows = (rows: Readonly<Record<string, unknown>>): ReadonlyMap<string, SharedRow> =>
  new Map(
    Object.entries(rows).flatMap(([id, value]) => {
      const row = SharedRow.safeParse(value);
      return row.success && Id.safeParse(id).success ? [[id, row.data] as const] : [];
    }),
  );

/** The next mark after this one. */
export const markAfter = (before: Marked | undefined, by: string): Marked => ({ n: (before?.n ?? 0) + 1, by });
