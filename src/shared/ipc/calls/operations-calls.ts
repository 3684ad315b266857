import { z } from 'zod';
import { UploadSelection } from '../../model/library-query';
import { ItemOutcome, Operation, OperationItem } from '../../model/operation';
import { call, Id, Nothing, Rev } from '../call';

/** Actions that ask hosts about many uploads, with progress and each item's true outcome. */
export const operationsCalls = {
  'operations:snapshot': call(Nothing, z.strictObject({ rev: Rev, operations: z.array(Operation) })),
  /** A delete waits `undoMs` before the first host is asked; 0 begins at once. */
  'operations:delete': call(z.strictObject({ selection: UploadSelection, undoMs: z.number().int().min(0).max(60_000) }), Operation),
  /** HEAD, then GET of the first bytes, a few at a time per host. */
  'operations:check-links': call(z.strictObject({ selection: UploadSelection }), Operation),
  /** Takes everything that a host lists into the library, page after page. */
  'operations:import-remote': call(z.strictObject({ accountId: Id }), Operation),
  /** While waiting: undoes it whole. While running: what was not begun is left alone. */
  'operations:cancel': call(z.strictObject({ id: Id }), Nothing),
  /** Begins a waiting one now. */
  'operations:begin': call(z.strictObject({ id: Id }), Nothing),
  /** The same again for the items that failed, were refused, unconfirmed, unsure or cancelled. */
  'operations:retry': call(z.strictObject({ id: Id }), Operation),
  'operations:dismiss': call(z.strictObject({ id: Id }), Nothing),
  'operations:items': call(
    z.strictObject({ id: Id, offset: z.number().int().min(0), limit: z.number().int().min(1).max(500), outcomes: z.array(ItemOutcome).nullable() }),
    z.strictObject({ items: z.array(OperationItem), total: z.number() }),
  ),
} as const;
