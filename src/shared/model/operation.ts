import { z } from 'zod';
import { Problem } from './problem';

/** What is done to many uploads, one after the other, in main. */
export const OperationKind = z.enum(['delete', 'check_links', 'import_remote']);
export type OperationKind = z.infer<typeof OperationKind>;

/** How one item ended. `left_out`: not asked about, since a person deleted it. `failed`: nothing could be asked, see its problem. */
export const ItemOutcome = z.enum([
  'deleted',
  'already_gone',
  'unconfirmed',
  'refused',
  'alive',
  'dead',
  'unsure',
  'added',
  'known',
  'left_out',
  'failed',
  'cancelled',
]);
export type ItemOutcome = z.infer<typeof ItemOutcome>;

/** A running or finished action over many uploads. It lives until it is dismissed or Picferry quits. */
export const Operation = z
  .strictObject({
    id: z.string(),
    kind: OperationKind,
    /** `waiting`: nothing was asked of anybody yet and cancelling undoes it whole. */
    state: z.enum(['waiting', 'running', 'done', 'cancelled']),
    /** When a waiting one begins by itself, epoch milliseconds. */
    startsAt: z.number().nullable(),
    /** Null while it is not known how many there are. */
    total: z.number().nullable(),
    done: z.number(),
    outcomes: z.partialRecord(ItemOutcome, z.number()).readonly(),
    /** Whom it is about, e.g. the account's name; '' when several. */
    subject: z.string(),
    /** Why it ended early, e.g. the host cannot be reached; null otherwise. */
    problem: Problem.nullable(),
    createdAt: z.number(),
    finishedAt: z.number().nullable(),
  })
  .readonly();
export type Operation = z.infer<typeof Operation>;

export const OperationItem = z
  .strictObject({
    /** The upload, or the remote item's id. */
    id: z.string(),
    name: z.string(),
    /** Null: not its turn yet. */
    outcome: ItemOutcome.nullable(),
    problem: Problem.nullable(),
  })
  .readonly();
export type OperationItem = z.infer<typeof OperationItem>;
