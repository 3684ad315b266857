import type { SqlDatabase } from '../../lib/sqlite';
import { fold } from './search-text';

/** The names of the library's own albums, each held once whatever its case. */
export interface AlbumNames {
  /** Names without case, and the albums that have them. */
  all(): ReadonlyMap<string, string>;
  /** To be called when one has come. */
  add(name: string, id: string): void;
  /** To be called when one has gone or changed, or has not come after all. */
  forget(): void;
}

/** A name as it is compared with others. */
export const albumNameKey = (name: string): string => fold(name.trim());

/** Keeps them: with thousands of albums, reading all for every new one is what takes time. */
export function createAlbumNames(db: SqlDatabase): AlbumNames {
  let known: Map<string, string> | null = null;
  return {
    all: () => (known ??= new Map(db.prepare('SELECT id, name FROM local_albums').all().map((row) => [albumNameKey(String(row['name'])), String(row['id'])]))),
    add: (name, id) => void known?.set(albumNameKey(name), id),
    forget: () => void (known = null),
  };
}
