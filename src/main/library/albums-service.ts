import { z } from 'zod';
import { createChangeFeed, type FeedTimers } from '../../lib/change-feed';
import type { NewId } from '../../lib/ids';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { SqlDatabase, SqlRow } from '../../lib/sqlite';
import type { Album } from '../../shared/model/account';
import type { LibraryAlbum } from '../../shared/model/library-album';
import { createAlbumNames, albumNameKey } from './album-names';
import type { AlbumsService, LibraryService } from './contract';
import { createFormers } from './formers';
import { inSlices } from './in-slices';
import type { LibraryParts } from './library-service';

/** What albums need of the accounts. */
export interface AlbumAccounts {
  byId(id: string): { readonly name: string } | undefined;
  albums(id: string, signal: AbortSignal): Promise<readonly Album[]>;
}

export type AlbumsDeps = {
  readonly db: SqlDatabase;
  readonly library: Pick<LibraryService, 'onChange' | 'byId'> & { readonly parts: LibraryParts };
  readonly accounts: AlbumAccounts;
  readonly timers: FeedTimers;
  readonly newId: NewId;
};

/** Albums over the library's database. `close` ends the telling of changes. */
export type Albums = AlbumsService & { readonly close: () => void };

/** Among so many of an album's newest uploads one with a thumbnail is looked for. */
const LOOKED_AT = 60;
const newestThumb = (whose: string): string =>
  `(SELECT thumb FROM (SELECT thumb FROM uploads WHERE ${whose} ORDER BY seq DESC LIMIT ${LOOKED_AT}) WHERE thumb IS NOT NULL LIMIT 1)`;
const LIST_LOCAL = `SELECT 'local' AS source, a.id, NULL AS account_id, a.name, NULL AS description, NULL AS is_private, a.cover_upload_id, coalesce(n.count, 0) AS count,
    NULL AS listed_at, coalesce(c.thumb, ${newestThumb('local_album_id = a.id')}) AS cover_thumb
  FROM local_albums a
  LEFT JOIN (SELECT local_album_id, count(*) AS count FROM uploads WHERE local_album_id IS NOT NULL GROUP BY local_album_id) n ON n.local_album_id = a.id
  LEFT JOIN uploads c ON c.id = a.cover_upload_id AND c.local_album_id = a.id`;
const LIST_HOST = `SELECT 'host' AS source, a.id, a.account_id, a.name, a.description, a.is_private, NULL AS cover_upload_id, coalesce(n.count, 0) AS count,
    a.listed_at, ${newestThumb('account_id = a.account_id AND album_id = a.id')} AS cover_thumb
  FROM host_albums a
  LEFT JOIN (SELECT account_id, album_id, count(*) AS count FROM uploads WHERE album_id IS NOT NULL GROUP BY account_id, album_id) n
    ON n.account_id = a.account_id AND n.album_id = a.id
  ORDER BY a.account_id, a.place`;

const Row = z.object({
  source: z.enum(['local', 'host']),
  id: z.string(),
  account_id: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  is_private: z.number().nullable(),
  cover_thumb: z.string().nullable(),
  cover_upload_id: z.string().nullable(),
  count: z.number(),
  listed_at: z.number().nullable(),
});

const toAlbum = (row: SqlRow): LibraryAlbum => {
  const r = Row.parse(row);
  return {
    source: r.source,
    id: r.id,
    accountId: r.account_id,
    name: r.name,
    description: r.description,
    isPrivate: r.is_private === null ? null : r.is_private !== 0,
    coverThumb: r.cover_thumb,
    coverUploadId: r.cover_upload_id,
    count: r.count,
    listedAt: r.listed_at,
  };
};

type Undo = { readonly id: string; readonly name: string; readonly cover: string | null; readonly createdAt: number; readonly uploads: readonly string[] };

export function createAlbums({ db, library, accounts, timers, newId }: AlbumsDeps): Albums {
  const { parts } = library;
  const undos = new Map<string, Undo>();
  const movedFrom = createFormers<{ readonly from: string | null; readonly to: string | null }>(newId, timers.now);
  // Its tables take ten milliseconds to load: not at a start.
  let collator: Intl.Collator | undefined;
  const listeners = new Set<() => void>();
  const feed = createChangeFeed(timers, () => {
    for (const listener of [...listeners]) listener();
  });
  const stop = library.onChange(({ upsert, removed, reordered }) => {
    // Removed uploads, and changes too large to be told in full, may be of any album.
    const large = reordered && upsert.length === 0;
    if (removed.length > 0 || large || upsert.some((upload) => upload.albumId !== null || upload.localAlbumId !== null || reordered)) feed.changed();
  });
  const refuse = (kind: 'bad_request' | 'not_found', message: string, params: Readonly<Record<string, string>> = {}): never => {
    throw new PicferryError(problemOf({ kind, message, params }, timers.now()));
  };
  const localName = (id: string): string | undefined => db.prepare('SELECT name FROM local_albums WHERE id = ?').get(id)?.['name'] as string | undefined;
  const names = createAlbumNames(db);
  const freeName = (name: string, besides: string | null): string => {
    const clean = name.trim();
    const holder = names.all().get(albumNameKey(clean));
    return holder === undefined || holder === besides ? clean : refuse('bad_request', 'albumNameTaken', { name: clean });
  };
  const insert = (id: string, name: string): void => {
    db.prepare('INSERT INTO local_albums (id, name, cover_upload_id, created_at) VALUES (?, ?, NULL, ?)').run(id, name, timers.now());
    names.add(name, id);
  };
  const uploadsPlaces = (ids: readonly string[]): readonly number[] => (ids.length === 0 ? [] : parts.selections.places({ ids: [...ids] }));
  const placesIn = (id: string): readonly number[] => db.prepare('SELECT seq FROM uploads WHERE local_album_id = ? ORDER BY seq DESC').all(id).map((row) => row['seq'] as number);
  /** Puts these uploads into an album, or out of any; those that were elsewhere before. */
  const put = (places: readonly number[], albumId: string | null): readonly number[] => {
    const sql = db.prepare('UPDATE uploads SET local_album_id = ? WHERE seq = ? AND local_album_id IS NOT ?');
    const moved = places.filter((place) => sql.run(albumId, place, albumId).changes > 0);
    parts.index.update(moved);
    return moved;
  };
  const putAndLog = (places: readonly number[], albumId: string | null): readonly number[] => {
    const moved = put(places, albumId);
    parts.logAll(moved, { at: timers.now(), what: 'moved', params: { album: albumId === null ? '' : (localName(albumId) ?? '') } });
    return moved;
  };
  /** Changes all of these places in slices; those that are different now. */
  const change = async (places: readonly number[], work: (slice: readonly number[]) => readonly number[]): Promise<number> => {
    const changed: number[] = [];
    await inSlices(db, places, (slice) => void changed.push(...work(slice)));
    after(changed);
    return changed.length;
  };
  const renew = (places: readonly number[]): readonly number[] => (parts.index.update(places), places);
  const after = (moved: readonly number[]): void => {
    parts.changed(moved);
    feed.changed();
  };

  return {
    list() {
      const { compare } = (collator ??= new Intl.Collator(undefined, { numeric: true }));
      const local = db.prepare(LIST_LOCAL).all().map(toAlbum).sort((a, b) => compare(a.name, b.name));
      // An account that is gone takes its albums out of sight, not its uploads.
      const host = db.prepare(LIST_HOST).all().map(toAlbum).filter(({ accountId }) => accountId !== null && accounts.byId(accountId) !== undefined);
      return [...local, ...host];
    },
    rev: feed.rev,
    async refresh(accountId, signal) {
      const albums = await accounts.albums(accountId, signal);
      await change(db.transaction(() => keepListed(db, accountId, albums, timers.now())), renew);
      return albums.length;
    },
    keepListed(accountId, albums, at) {
      if (db.prepare('SELECT 1 FROM host_albums WHERE account_id = ? LIMIT 1').get(accountId) !== undefined) return 0;
      after(db.transaction(() => renew(keepListed(db, accountId, albums, at))));
      return albums.length;
    },
    create(name, selection) {
      const id = newId();
      const clean = freeName(name, null);
      const places = selection === null ? [] : parts.selections.places(selection);
      try {
        after(
          db.transaction(() => {
            insert(id, clean);
            return putAndLog(places, id);
          }),
        );
      } catch (error) {
        names.forget();
        throw error;
      }
      return id;
    },
    async createAll(wanted) {
      const ids: string[] = [];
      const idFor = (name: string): string => {
        const there = names.all().get(albumNameKey(name));
        const id = there ?? newId();
        if (there === undefined) insert(id, name);
        return id;
      };
      try {
        await inSlices(db, wanted, (slice) => void ids.push(...slice.map((name) => idFor(name.trim()))));
      } catch (error) {
        names.forget();
        throw error;
      }
      feed.changed();
      return ids;
    },
    async rename(id, name) {
      if (localName(id) === undefined) refuse('not_found', 'albumNotFound');
      db.prepare('UPDATE local_albums SET name = ? WHERE id = ?').run(freeName(name, id), id);
      names.forget();
      await change(placesIn(id), renew);
    },
    async remove(id) {
      const row = db.prepare('SELECT name, cover_upload_id, created_at FROM local_albums WHERE id = ?').get(id) ?? refuse('not_found', 'albumNotFound');
      const places = placesIn(id);
      const undo = newId();
      const uploads = db.prepare('SELECT id FROM uploads WHERE local_album_id = ?').all(id).map((each) => String(each['id']));
      undos.set(undo, { id, name: String(row['name']), cover: row['cover_upload_id'] as string | null, createdAt: row['created_at'] as number, uploads });
      db.prepare('DELETE FROM local_albums WHERE id = ?').run(id);
      names.forget();
      await change(places, (slice) => put(slice, null));
      return undo;
    },
    async undoRemove(undo) {
      const was = undos.get(undo) ?? refuse('not_found', 'undoGone');
      const name = freeName(was.name, was.id);
      undos.delete(undo);
      db.prepare('INSERT OR IGNORE INTO local_albums (id, name, cover_upload_id, created_at) VALUES (?, ?, ?, ?)').run(was.id, name, was.cover, was.createdAt);
      names.forget();
      // An upload that was put into another album meanwhile stays there.
      const homelessSql = db.prepare('SELECT 1 FROM uploads WHERE seq = ? AND local_album_id IS NULL');
      await change(uploadsPlaces(was.uploads), (slice) => put(slice.filter((place) => homelessSql.get(place) !== undefined), was.id));
    },
    setCover(id, uploadId) {
      const changed = db.prepare('UPDATE local_albums SET cover_upload_id = ? WHERE id = ?').run(uploadId, id).changes;
      if (changed === 0) refuse('not_found', 'albumNotFound');
      feed.changed();
    },
    async setCovers(covers) {
      const sql = db.prepare('UPDATE local_albums SET cover_upload_id = ? WHERE id = ?');
      await inSlices(db, covers, (slice) => slice.forEach(({ id, uploadId }) => sql.run(uploadId, id)));
      feed.changed();
    },
    async move(selection, albumId) {
      if (albumId !== null && localName(albumId) === undefined) refuse('not_found', 'albumNotFound');
      const { undo, note } = movedFrom.begin();
      const wasSql = db.prepare('SELECT id, local_album_id FROM uploads WHERE seq = ? AND local_album_id IS NOT ?');
      const moved = await change(parts.selections.places(selection), (slice) => {
        for (const place of slice) {
          const row = wasSql.get(place, albumId);
          if (row !== undefined) note(String(row['id']), { from: row['local_album_id'] as string | null, to: albumId });
        }
        return putAndLog(slice, albumId);
      });
      return { undo, moved };
    },
    async undoMove(undo) {
      const thereSql = db.prepare('SELECT 1 FROM uploads WHERE seq = ? AND local_album_id IS ?');
      let back = 0;
      for (const { was, ids } of movedFrom.take(undo)) {
        const from = was.from !== null && localName(was.from) === undefined ? null : was.from;
        back += await change(uploadsPlaces(ids), (slice) => putAndLog(slice.filter((place) => thereSql.get(place, was.to) !== undefined), from));
      }
      return back;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      feed.close();
    },
  };
}

/** Keeps what a host listed; the uploads whose album has another name now. */
function keepListed(db: SqlDatabase, accountId: string, albums: readonly Album[], at: number): readonly number[] {
  const before = new Map(db.prepare('SELECT id, name FROM host_albums WHERE account_id = ?').all(accountId).map((row) => [String(row['id']), String(row['name'])]));
  db.prepare('DELETE FROM host_albums WHERE account_id = ?').run(accountId);
  const keep = db.prepare(
    'INSERT OR IGNORE INTO host_albums (account_id, id, place, name, description, is_private, cover_url, listed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  albums.forEach((album, place) => {
    keep.run(accountId, album.id, place, album.name, album.description, album.isPrivate === null ? null : Number(album.isPrivate), album.coverUrl, at);
  });
  const now = new Map(albums.map((album) => [album.id, album.name]));
  const renamed = [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
  const inAlbum = db.prepare('SELECT seq FROM uploads WHERE account_id = ? AND album_id = ?');
  return renamed.flatMap((id) => inAlbum.all(accountId, id).map((row) => row['seq'] as number));
}
