import type { SqlDatabase } from '../../lib/sqlite';
import type { Upload } from '../../shared/model/upload';
import type { NewUpload } from './contract';
import type { Histories } from './histories';
import type { LibraryDeps } from './library-deps';
import type { Tags } from './tags';
import type { TextIndex } from './text-index';
import { INSERT, insertValues, parseTags } from './upload-rows';

export type AdditionParts = {
  readonly db: SqlDatabase;
  readonly vault: LibraryDeps['vault'];
  readonly now: () => number;
  readonly tags: Tags;
  readonly index: TextIndex;
  readonly histories: Histories;
  readonly freePlace: (at: number) => number;
  readonly byRemote: (accountId: string, match: { readonly remoteId: string | null; readonly storedName: string | null; readonly url: string | null }) => Upload | undefined;
};

/** Writes new records. */
export interface Additions {
  /** The place it has now. Runs inside the caller's transaction when there is one. */
  add(upload: NewUpload): number;
  /** Does not wait for the disk. */
  addMany(uploads: readonly NewUpload[]): { readonly added: readonly string[]; readonly known: readonly string[]; readonly touched: readonly number[] };
}

export function createAdditions({ db, vault, now, tags, index, histories, freePlace, byRemote }: AdditionParts): Additions {
  const insertSql = db.prepare(INSERT);
  const byIdSql = db.prepare('SELECT id, seq, tags, note, delete_link IS NOT NULL AS has_link, remote_state FROM uploads WHERE id = ?');
  const linkSql = db.prepare('UPDATE uploads SET delete_link = ? WHERE seq = ?');
  const sourceSql = db.prepare('INSERT OR REPLACE INTO upload_sources (upload_id, bytes, sha256) VALUES (?, ?, ?)');
  const noteSql = db.prepare('UPDATE uploads SET note = ? WHERE seq = ?');
  // A locked vault costs the delete link, not the record of a picture that is online.
  const seal = (link: string | null): Uint8Array | null => (link === null || vault.state === 'locked' ? null : vault.seal(link));

  const insert = (upload: NewUpload): number => {
    const seq = freePlace(upload.uploadedAt);
    const clean = tags.clean(upload.tags ?? []);
    insertSql.run(...insertValues(upload, { seq, tags: clean, addedAt: upload.came === undefined || upload.came === 'uploaded' ? upload.uploadedAt : now(), sealedLink: seal(upload.deleteUrl) }));
    if (upload.source !== null && upload.source !== undefined) sourceSql.run(upload.id, upload.source.bytes, upload.source.sha256);
    if (clean.length > 0) tags.write(seq, clean);
    if (upload.replaces !== null && upload.replaces !== undefined) {
      histories.log(upload.replaces, { at: now(), what: 'replaced', params: { account: upload.accountName } });
    }
    return seq;
  };
  const knownId = (upload: NewUpload): string | undefined =>
    (byIdSql.get(upload.id)?.['id'] as string | undefined) ?? byRemote(upload.accountId, { url: upload.url, remoteId: upload.remoteId, storedName: null })?.id;
  /** What a known record lacks and the given one has; its place when that is something. */
  const complete = (id: string, upload: NewUpload): number | undefined => {
    const row = byIdSql.get(id);
    if (row === undefined) return undefined;
    const seq = row['seq'] as number;
    let taken = false;
    const gone = row['remote_state'] === 'deleted' || row['remote_state'] === 'already_gone';
    if (row['has_link'] === 0 && !gone && upload.deleteUrl !== null && vault.state !== 'locked') {
      linkSql.run(seal(upload.deleteUrl), seq);
      taken = true;
    }
    if (row['note'] === '' && upload.note !== undefined && upload.note !== '') {
      noteSql.run(upload.note, seq);
      taken = true;
    }
    if (parseTags(row['tags']).length === 0 && upload.tags !== undefined) taken = tags.change(seq, tags.clean(upload.tags), []) !== null || taken;
    return taken ? seq : undefined;
  };

  return {
    add: (upload) =>
      db.transaction(() => {
        const seq = insert(upload);
        index.update([seq]);
        return seq;
      }),
    addMany: (uploads) =>
      db.quickTransaction(() => {
        const added: string[] = [];
        const known: string[] = [];
        const touched: number[] = [];
        for (const upload of uploads) {
          const there = knownId(upload);
          if (there === undefined) {
            touched.push(insert(upload));
            added.push(upload.id);
            continue;
          }
          known.push(there);
          const seq = complete(there, upload);
          if (seq !== undefined) touched.push(seq);
        }
        index.update(touched);
        return { added, known, touched };
      }),
  };
}
