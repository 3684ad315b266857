import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { SqlDatabase, SqlRow, SqlStatement } from '../lib/sqlite';
import type { Dialect } from './host-options';
import type { FileKind } from './file-kinds';

/** One file on the host. Times are milliseconds since 1970. */
export type StoredFile = {
  readonly seq: number;
  /** Random; also the name of the bytes on disk. */
  readonly id: string;
  readonly dialect: Dialect;
  readonly kind: FileKind;
  /** Last part of the public path. */
  readonly storedName: string;
  readonly originalName: string;
  /** Public path below the dialect's root, without a leading slash. One undeleted file per path and dialect. */
  readonly urlPath: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly mime: string;
  readonly md5: string | null;
  readonly views: number;
  readonly createdAt: number;
  /** Who sent it, in the dialect's terms (an address, a user id). */
  readonly owner: string;
  /** The id in the service's own terms, where it is not the stored name. */
  readonly publicId: string | null;
  readonly deleteKey: string | null;
  readonly deletedAt: number | null;
};

export type NewFile = Omit<StoredFile, 'seq' | 'id' | 'views' | 'deletedAt'>;

export type FileOrder = 'created_at' | 'views' | 'file_size';

const row = z
  .object({
    seq: z.number(),
    id: z.string(),
    dialect: z.enum(['wizs', 'easyimages', 'imgurl', 'chevereto', 'smms']),
    kind: z.enum(['image', 'video']),
    stored_name: z.string(),
    original_name: z.string(),
    url_path: z.string(),
    bytes: z.number(),
    width: z.number(),
    height: z.number(),
    duration_ms: z.number(),
    mime: z.string(),
    md5: z.string().nullable(),
    views: z.number(),
    created_at: z.number(),
    owner: z.string(),
    public_id: z.string().nullable(),
    delete_key: z.string().nullable(),
    deleted_at: z.number().nullable(),
  })
  .transform(
    (r): StoredFile => ({
      seq: r.seq,
      id: r.id,
      dialect: r.dialect,
      kind: r.kind,
      storedName: r.stored_name,
      originalName: r.original_name,
      urlPath: r.url_path,
      bytes: r.bytes,
      width: r.width,
      height: r.height,
      durationMs: r.duration_ms,
      mime: r.mime,
      md5: r.md5,
      views: r.views,
      createdAt: r.created_at,
      owner: r.owner,
      publicId: r.public_id,
      deleteKey: r.delete_key,
      deletedAt: r.deleted_at,
    }),
  );

const parse = (found: SqlRow | undefined): StoredFile | null => (found === undefined ? null : row.parse(found));

/** Bytes without a row that are younger may belong to an upload that runs right now. */
const STALE_MS = 60 * 60 * 1000;

/**
 * The host's one storage: bytes in `files/`, each under its random id, and what is known about them in `host.db`.
 * A row is what makes bytes a stored file. No name that a client chose ever reaches the file system.
 */
export class FileStore {
  readonly #db: SqlDatabase;
  readonly #files: string;
  readonly #durable: boolean;
  readonly #statements = new Map<string, SqlStatement>();
  /** Views not yet written: a picture in a busy note must not cost a disk sync each time it is shown. */
  readonly #views = new Map<number, number>();

  private constructor(db: SqlDatabase, files: string, durable: boolean) {
    this.#db = db;
    this.#files = files;
    this.#durable = durable;
  }

  /** Makes the folder for the bytes where it is missing. The database stays its opener's to close. */
  static async open(folder: string, db: SqlDatabase, options: { readonly durable: boolean }): Promise<FileStore> {
    const files = join(folder, 'files');
    await mkdir(files, { recursive: true, mode: 0o700 });
    return new FileStore(db, files, options.durable);
  }

  /** Whether bytes have to be synced to disk before they are handed over. */
  get durable(): boolean {
    return this.#durable;
  }

  /** A path for bytes on their way in: theirs for good once `add` has recorded them. */
  newPath(): string {
    return join(this.#files, randomBytes(16).toString('hex'));
  }

  /** Records the bytes at `path` (one of `newPath`'s). Only from here on do they count as stored; a failure removes them. */
  async add(path: string, file: NewFile): Promise<StoredFile> {
    const id = basename(path);
    try {
      const { lastInsertRowid } = this.#sql(
        `INSERT INTO files (id, dialect, kind, stored_name, original_name, url_path, bytes, width, height, duration_ms,
           mime, md5, created_at, owner, public_id, delete_key)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        ...[id, file.dialect, file.kind, file.storedName, file.originalName, file.urlPath],
        ...[file.bytes, file.width, file.height, file.durationMs, file.mime, file.md5],
        ...[file.createdAt, file.owner, file.publicId, file.deleteKey],
      );
      return { ...file, id, seq: Number(lastInsertRowid), views: 0, deletedAt: null };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Where a stored file's bytes lie. */
  pathOf(file: StoredFile): string {
    return join(this.#files, file.id);
  }

  findByPath(dialect: Dialect, urlPath: string): StoredFile | null {
    return parse(this.#sql('SELECT * FROM files WHERE dialect = ? AND url_path = ? AND deleted_at IS NULL').get(dialect, urlPath));
  }

  findByDeleteKey(dialect: Dialect, key: string): StoredFile | null {
    const sql = 'SELECT * FROM files WHERE dialect = ? AND delete_key = ? ORDER BY deleted_at IS NULL DESC, seq DESC LIMIT 1';
    return parse(this.#sql(sql).get(dialect, key));
  }

  /** The newest undeleted file with these bytes that came at `since` or later. */
  findByMd5(dialect: Dialect, md5: string, since = 0): StoredFile | null {
    const sql =
      'SELECT * FROM files WHERE dialect = ? AND md5 = ? AND created_at >= ? AND deleted_at IS NULL ORDER BY seq DESC LIMIT 1';
    return parse(this.#sql(sql).get(dialect, md5, since));
  }

  /** One page of the undeleted files of a dialect; `page` counts from 1. */
  page(dialect: Dialect, query: { page: number; perPage: number; orderBy: FileOrder; ascending: boolean }): readonly StoredFile[] {
    this.#flushViews();
    const column = { created_at: 'created_at', views: 'views', file_size: 'bytes' }[query.orderBy];
    const direction = query.ascending ? 'ASC' : 'DESC';
    const sql = `SELECT * FROM files WHERE dialect = ? AND deleted_at IS NULL
                 ORDER BY ${column} ${direction}, seq ${direction} LIMIT ? OFFSET ?`;
    return this.#sql(sql).all(dialect, query.perPage, (query.page - 1) * query.perPage).map((found) => row.parse(found));
  }

  count(dialect: Dialect): number {
    const found = this.#sql('SELECT count(*) AS n FROM files WHERE dialect = ? AND deleted_at IS NULL').get(dialect);
    return Number(found?.['n'] ?? 0);
  }

  /** Undeleted files of one sender since a moment that `unlist` has not hidden; newest first. */
  recentOf(dialect: Dialect, owners: readonly string[], since: number): readonly StoredFile[] {
    const marks = owners.map(() => '?').join(', ');
    const sql = `SELECT * FROM files WHERE dialect = ? AND owner IN (${marks}) AND created_at >= ? AND unlisted = 0
                 AND deleted_at IS NULL ORDER BY seq DESC`;
    return this.#sql(sql).all(dialect, ...owners, since).map((found) => row.parse(found));
  }

  /** Hides a sender's files from `recentOf`; they stay online. */
  unlist(dialect: Dialect, owners: readonly string[]): void {
    const marks = owners.map(() => '?').join(', ');
    this.#sql(`UPDATE files SET unlisted = 1 WHERE dialect = ? AND owner IN (${marks})`).run(dialect, ...owners);
  }

  /** All files ever stored, deleted ones too, oldest first. */
  all(dialect?: Dialect): readonly StoredFile[] {
    this.#flushViews();
    const rows =
      dialect === undefined
        ? this.#sql('SELECT * FROM files ORDER BY seq').all()
        : this.#sql('SELECT * FROM files WHERE dialect = ? ORDER BY seq').all(dialect);
    return rows.map((found) => row.parse(found));
  }

  /** Marks a file deleted and removes its bytes. Bytes that cannot be removed now go at the next `sweep`. */
  async remove(file: StoredFile, now: number): Promise<void> {
    this.#sql('UPDATE files SET deleted_at = ? WHERE seq = ? AND deleted_at IS NULL').run(now, file.seq);
    this.#views.delete(file.seq);
    try {
      await rm(this.pathOf(file), { force: true });
    } catch {
      // Windows keeps a file that is being served; the row no longer shows it and the sweep removes it.
    }
  }

  countView(file: StoredFile): void {
    this.#views.set(file.seq, (this.#views.get(file.seq) ?? 0) + 1);
    if (this.#views.size >= 256) this.#flushViews();
  }

  /** SHA-256 of an undeleted file's bytes, lower-case hex. */
  async sha256(file: StoredFile): Promise<string> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(this.pathOf(file)), hash);
    return hash.digest('hex');
  }

  /** Removes what a crash left in the folder: bytes without a live row that are older than an hour. */
  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.#files)) {
      const path = join(this.#files, name);
      const known = this.#sql('SELECT 1 FROM files WHERE id = ? AND deleted_at IS NULL').get(name) !== undefined;
      if (known) continue;
      const found = await stat(path).catch(() => null);
      if (found?.isFile() && now - found.mtimeMs > STALE_MS) await rm(path, { force: true });
    }
  }

  /** Forgets every file and removes all bytes. */
  async clear(): Promise<void> {
    this.#views.clear();
    this.#db.exec('DELETE FROM files');
    for (const name of await readdir(this.#files)) await rm(join(this.#files, name), { force: true });
  }

  /** Writes what was counted in memory only. */
  flush(): void {
    this.#flushViews();
  }

  #flushViews(): void {
    if (this.#views.size === 0) return;
    const add = this.#sql('UPDATE files SET views = views + ? WHERE seq = ?');
    this.#db.transaction(() => {
      for (const [seq, views] of this.#views) add.run(views, seq);
    });
    this.#views.clear();
  }

  #sql(text: string): SqlStatement {
    const known = this.#statements.get(text);
    if (known) return known;
    const made = this.#db.prepare(text);
    this.#statements.set(text, made);
    return made;
  }
}
