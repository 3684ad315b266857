import type { Upload } from '../../shared/model/upload';
import type { LibraryChange } from './contract';

/** With more changes at once than this, views are better read again. */
export const MOST_TOLD = 500;

/** Tells whoever listens what changed in the library. */
export interface Changes {
  /** These uploads are new or different. `reordered`: places, totals or days of views may be, too. */
  changed(places: readonly number[], reordered: boolean): void;
  removed(ids: readonly string[]): void;
  onChange(listener: (change: LibraryChange) => void): () => void;
}

export function createChanges(ports: { readonly uploadsAt: (places: readonly number[]) => readonly Upload[]; readonly forget: () => void }): Changes {
  const listeners = new Set<(change: LibraryChange) => void>();
  const tell = (change: LibraryChange): void => {
    if (change.reordered) ports.forget();
    for (const listener of [...listeners]) listener(change);
  };
  return {
    changed(places, reordered) {
      if (places.length > MOST_TOLD) tell({ upsert: [], removed: [], reordered: true });
      else if (places.length > 0) tell({ upsert: ports.uploadsAt(places), removed: [], reordered });
    },
    removed(ids) {
      if (ids.length > 0) tell({ upsert: [], removed: ids.length > MOST_TOLD ? [] : ids, reordered: true });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
