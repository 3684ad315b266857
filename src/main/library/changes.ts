import type { Upload } from '../../shared/model/upload';
import type { LibraryChange } from './contract';

/** With more changes at once than this, views are better read again. */
export const MOST_TOLD = 500;
/** Views are read again for whatever is new; what came alone is told, too, so that nobody has to ask for it. */
const MOST_ADDED_TOLD = 32;

/** Tells whoever listens what changed in the library. */
export interface Changes {
  /** These uploads are new (`added`), differ in what filters ask or searches find (`facts`), or in neither (`looks`). */
  changed(places: readonly number[], what: 'added' | 'facts' | 'looks'): void;
  removed(ids: readonly string[]): void;
  onChange(listener: (change: LibraryChange) => void): () => void;
}

export function createChanges(ports: { readonly uploadsAt: (places: readonly number[]) => readonly Upload[]; readonly forget: (what: 'facts' | 'added' | 'all', added?: readonly number[]) => void }): Changes {
  const listeners = new Set<(change: LibraryChange) => void>();
  const tell = (change: LibraryChange): void => {
    for (const listener of [...listeners]) listener(change);
  };
  return {
    changed(places, what) {
      if (places.length === 0) return;
      if (what !== 'looks') ports.forget(what, what === 'added' ? places : []);
      if (places.length > (what === 'added' ? MOST_ADDED_TOLD : MOST_TOLD)) tell({ upsert: [], removed: [], reordered: true });
      else tell({ upsert: ports.uploadsAt(places), removed: [], reordered: what !== 'looks' });
    },
    removed(ids) {
      if (ids.length === 0) return;
      ports.forget('all');
      tell({ upsert: [], removed: ids.length > MOST_TOLD ? [] : ids, reordered: true });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
