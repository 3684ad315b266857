import type { RemoteItem } from '../../shared/model/account';
import type { ListQuery } from '../providers/contract';

/** What hosts list. Rejects with `PicferryError`. */
export interface RemoteService {
  /** One page, its rows matched to the library. */
  page(accountId: string, query: ListQuery, signal: AbortSignal): Promise<{ readonly items: readonly RemoteItem[]; readonly page: number; readonly total: number | null; readonly totalPages: number }>;
  clear(accountId: string, signal: AbortSignal): Promise<void>;
  /** A row without an address cannot be added and counts as neither. */
  add(accountId: string, items: readonly RemoteItem[]): { readonly added: number; readonly known: number };
}
