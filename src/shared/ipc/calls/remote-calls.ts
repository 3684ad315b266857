import { z } from 'zod';
import { RemoteItem } from '../../model/account';
import { call, Id, Nothing } from '../call';

/** What hosts list. Rows are strangers' words: shown, never trusted. */
export const remoteCalls = {
  'remote:page': call(
    z.strictObject({
      accountId: Id,
      page: z.number().int().min(1).max(1_000_000),
      perPage: z.number().int().min(1).max(100),
      orderBy: z.enum(['created_at', 'views', 'file_size']),
      orderDir: z.enum(['ASC', 'DESC']),
    }),
    z.strictObject({ items: z.array(RemoteItem), page: z.number(), total: z.number().nullable(), totalPages: z.number() }),
  ),
  /** Clears the host's list; the files stay online. */
  'remote:clear': call(z.strictObject({ accountId: Id }), Nothing),
  /** Takes rows into the library. A row that cannot be matched comes without a delete link, as not known to be mine. */
  'remote:add': call(z.strictObject({ accountId: Id, items: z.array(RemoteItem).min(1).max(500) }), z.strictObject({ added: z.number(), known: z.number() })),
  /** Opens a listed picture's link in the browser; http(s) only. */
  'remote:open': call(z.strictObject({ accountId: Id, url: z.string().max(4000) }), Nothing),
  /** Addresses the window may load for these rows' thumb links; null where there is none or it was refused. Main fetches them within a bound. */
  'remote:thumbs': call(
    z.strictObject({ accountId: Id, urls: z.array(z.string().max(4000)).min(1).max(100) }),
    z.strictObject({ addresses: z.array(z.string().nullable()) }),
  ),
} as const;
