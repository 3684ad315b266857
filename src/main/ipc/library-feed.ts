import { createChangeFeed, type FeedTimers } from '../../lib/change-feed';
import type { Upload } from '../../shared/model/upload';
import type { LibraryChange } from '../library';
import type { Send } from './events';

/** With more changes than this, views are better read again. */
const MOST_TOLD = 500;

export interface LibraryFeed {
  take(change: LibraryChange): void;
  close(): void;
}

/** Tells the windows of the library's changes, merged: `library:changed`. */
export function createLibraryFeed(timers: FeedTimers, send: Send): LibraryFeed {
  let upsert = new Map<string, Upload>();
  let removed = new Set<string>();
  let reordered = false;
  let tooMany = false;
  const feed = createChangeFeed(timers, (rev) => {
    if (upsert.size + removed.size > MOST_TOLD) tooMany = true;
    send('library:changed', tooMany ? { rev, upsert: [], removed: [], reordered: true } : { rev, upsert: [...upsert.values()], removed: [...removed], reordered });
    upsert = new Map();
    removed = new Set();
    reordered = false;
    tooMany = false;
  });
  return {
    take(change) {
      // A change too large to be told in full comes without its parts.
      if (change.reordered && change.upsert.length === 0 && change.removed.length === 0) tooMany = true;
      reordered ||= change.reordered;
      if (!tooMany) {
        for (const upload of change.upsert) {
          upsert.set(upload.id, upload);
          removed.delete(upload.id);
        }
        for (const id of change.removed) {
          upsert.delete(id);
          removed.add(id);
        }
      }
      feed.changed();
    },
    close: feed.close,
  };
}
