import type { Switches } from '../switches';
import { hashOf, sameContent } from './content';
import type { ConflictRow, DocumentStore } from './document-store';

export const ACTIONS = ['resolve_keep_local', 'resolve_keep_remote', 'resolve_custom'] as const;
export type Action = (typeof ACTIONS)[number];

export type Resolved =
  | { readonly outcome: 'resolved'; readonly version: number; readonly hash: string }
  /** Versions were added since; only explicit content can still be meant. */
  | { readonly outcome: 'outdated'; readonly currentVersion: number };

/** The device that versions made by a resolution name. */
const RESOLVER = 'resolver';

/** Settles an open conflict, in one transaction. `custom` is what `acceptContent` gave. Cursors stay: the next pull moves them. */
export function resolveConflict(store: DocumentStore, conflict: ConflictRow, action: Action, custom: string | null, switches: Switches['wizs'], now: number): Resolved {
  return store.transaction(() => {
    const head = store.head(conflict.fileKey);
    if (head === null) throw new Error('a conflict outlived its document');
    if (action !== 'resolve_custom' && head.version !== conflict.savedAsVersion) return { outcome: 'outdated', currentVersion: head.version };
    const chosen = custom ?? keptBy(conflict, action, switches);
    store.settleConflict(conflict.id, action, now);
    if (sameContent(head.content, chosen)) return { outcome: 'resolved', version: head.version, hash: head.hash };
    const made = { version: head.version + 1, hash: hashOf(chosen, chosen, switches) };
    const message = `Resolved conflict #${conflict.id}: ${action}`;
    store.put(conflict.fileKey, { ...made, content: chosen, parentHash: head.hash, deviceId: RESOLVER, message, createdAt: now });
    return { outcome: 'resolved', ...made };
  });
}

function keptBy({ localContent, remoteContent }: ConflictRow, action: Action, { localMeans }: Switches['wizs']): string {
  const wantsPushed = (action === 'resolve_keep_local') === (localMeans === 'pushed');
  return wantsPushed ? localContent : remoteContent;
}
