import { z } from 'zod';
import type { SqlDatabase, SqlRow, SqlStatement } from '../../lib/sqlite';

/** One version of a document. `content` is JSON text. */
export type Version = {
  readonly version: number;
  readonly content: string;
  readonly hash: string;
  readonly parentHash: string | null;
  readonly deviceId: string;
  readonly message: string;
  readonly createdAt: number;
};

export type DeviceRow = {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly firstSeenAt: number;
  readonly lastSyncAt: number;
  readonly files: readonly { readonly fileKey: string; readonly lastVersion: number }[];
};

/** "Local" is the push that met a head it did not know, "remote" that head. */
export type ConflictRow = {
  readonly id: number;
  readonly fileKey: string;
  readonly type: string;
  readonly localVersion: number;
  readonly remoteVersion: number;
  readonly savedAsVersion: number;
  readonly localDeviceId: string;
  readonly remoteDeviceId: string;
  readonly localContent: string;
  readonly remoteContent: string;
  readonly resolution: string | null;
  readonly createdAt: number;
  readonly resolvedAt: number | null;
};
export type NewConflict = Omit<ConflictRow, 'id' | 'resolution' | 'resolvedAt' | 'type'>;

const version = z
  .object({
    version: z.number(),
    content: z.string(),
    hash: z.string(),
    parent_hash: z.string().nullable(),
    device_id: z.string(),
    message: z.string(),
    created_at: z.number(),
  })
  .transform(
    (r): Version => ({
      version: r.version,
      content: r.content,
      hash: r.hash,
      parentHash: r.parent_hash,
      deviceId: r.device_id,
      message: r.message,
      createdAt: r.created_at,
    }),
  );

const conflict = z
  .object({
    id: z.number(),
    file_key: z.string(),
    conflict_type: z.string(),
    local_version: z.number(),
    remote_version: z.number(),
    saved_as_version: z.number(),
    local_device_id: z.string(),
    remote_device_id: z.string(),
    local_content: z.string(),
    remote_content: z.string(),
    resolution: z.string().nullable(),
    created_at: z.number(),
    resolved_at: z.number().nullable(),
  })
  .transform(
    (r): ConflictRow => ({
      id: r.id,
      fileKey: r.file_key,
      type: r.conflict_type,
      localVersion: r.local_version,
      remoteVersion: r.remote_version,
      savedAsVersion: r.saved_as_version,
      localDeviceId: r.local_device_id,
      remoteDeviceId: r.remote_device_id,
      localContent: r.local_content,
      remoteContent: r.remote_content,
      resolution: r.resolution,
      createdAt: r.created_at,
      resolvedAt: r.resolved_at,
    }),
  );

const device = z.object({ device_id: z.string(), device_name: z.string(), first_seen_at: z.number(), last_sync_at: z.number() });
const cursor = z.object({ file_key: z.string(), version: z.number() });
const count = z.object({ n: z.number() });

/** Documents, their versions, devices and conflicts, in the host's database. Nothing here knows HTTP or switches. */
export class DocumentStore {
  readonly #db: SqlDatabase;
  readonly #statements = new Map<string, SqlStatement>();

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  /** The number of the newest version, without its document; null where there is no such document. */
  newest(fileKey: string): number | null {
    const row = this.#sql('SELECT current_version AS n FROM json_files WHERE file_key = ?').get(fileKey);
    return row === undefined ? null : count.parse(row).n;
  }

  /** The newest version with its document. */
  head(fileKey: string): Version | null {
    return this.#version('SELECT v.* FROM json_versions v JOIN json_files f ON f.file_key = v.file_key AND f.current_version = v.version WHERE v.file_key = ?', fileKey);
  }

  version(fileKey: string, number: number): Version | null {
    return this.#version('SELECT * FROM json_versions WHERE file_key = ? AND version = ?', fileKey, number);
  }

  /** Versions from `from` on, oldest first. */
  from(fileKey: string, from: number): readonly Version[] {
    return this.#sql('SELECT * FROM json_versions WHERE file_key = ? AND version >= ? ORDER BY version').all(fileKey, from).map((row) => version.parse(row));
  }

  /** One page of the versions up to `newest`, newest first, without their documents; `page` counts from 1. */
  page(fileKey: string, newest: number, page: number, perPage: number): readonly Omit<Version, 'content'>[] {
    const sql = `SELECT version, '' AS content, hash, parent_hash, device_id, message, created_at FROM json_versions WHERE file_key = ? AND version <= ? ORDER BY version DESC LIMIT ? OFFSET ?`;
    return this.#sql(sql).all(fileKey, newest, perPage, (page - 1) * perPage).map((row) => version.parse(row));
  }

  count(fileKey: string, newest: number): number {
    return count.parse(this.#sql('SELECT count(*) AS n FROM json_versions WHERE file_key = ? AND version <= ?').get(fileKey, newest)).n;
  }

  /** Makes this version the head; one of the same number is replaced. */
  put(fileKey: string, made: Version): void {
    this.#sql(
      `INSERT INTO json_files (file_key, current_version, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (file_key) DO UPDATE SET current_version = excluded.current_version, updated_at = excluded.updated_at`,
    ).run(fileKey, made.version, made.createdAt);
    this.#sql(
      `INSERT OR REPLACE INTO json_versions (file_key, version, content, hash, parent_hash, device_id, message, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(fileKey, made.version, made.content, made.hash, made.parentHash, made.deviceId, made.message, made.createdAt);
  }

  /** Forgets every version above `to`, as a server restored from a backup does; at 0 the document is gone. */
  rollBack(fileKey: string, to: number): void {
    this.#sql('DELETE FROM json_conflicts WHERE file_key = ? AND saved_as_version > ?').run(fileKey, to);
    this.#sql('UPDATE json_cursors SET version = min(version, ?) WHERE file_key = ?').run(to, fileKey);
    if (to === 0) {
      this.#sql('DELETE FROM json_files WHERE file_key = ?').run(fileKey);
      return;
    }
    this.#sql('DELETE FROM json_versions WHERE file_key = ? AND version > ?').run(fileKey, to);
    this.#sql('UPDATE json_files SET current_version = ? WHERE file_key = ?').run(to, fileKey);
  }

  /** Notes that a device was there; an absent name leaves the one known. */
  seeDevice(deviceId: string, name: string | null, now: number): void {
    this.#sql(
      `INSERT INTO json_devices (device_id, device_name, first_seen_at, last_sync_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (device_id) DO UPDATE SET last_sync_at = excluded.last_sync_at,
         device_name = CASE WHEN excluded.device_name = '' THEN device_name ELSE excluded.device_name END`,
    ).run(deviceId, name ?? '', now, now);
  }

  /** Devices that were ever there, or only those that know a document; the latest first. */
  devices(fileKey: string | null): readonly DeviceRow[] {
    const sql =
      fileKey === null
        ? 'SELECT * FROM json_devices ORDER BY last_sync_at DESC, device_id'
        : 'SELECT d.* FROM json_devices d JOIN json_cursors c ON c.device_id = d.device_id AND c.file_key = ? ORDER BY d.last_sync_at DESC, d.device_id';
    const rows = this.#sql(sql).all(...(fileKey === null ? [] : [fileKey])).map((row) => device.parse(row));
    return rows.map((row) => ({
      deviceId: row.device_id,
      deviceName: row.device_name,
      firstSeenAt: row.first_seen_at,
      lastSyncAt: row.last_sync_at,
      files: this.#sql('SELECT file_key, version FROM json_cursors WHERE device_id = ? ORDER BY file_key')
        .all(row.device_id)
        .map((found) => cursor.parse(found))
        .filter((found) => fileKey === null || found.file_key === fileKey)
        .map((found) => ({ fileKey: found.file_key, lastVersion: found.version })),
    }));
  }

  /** The newest version a device is known to have; 0 for none. */
  cursor(fileKey: string, deviceId: string): number {
    const found = this.#sql('SELECT file_key, version FROM json_cursors WHERE file_key = ? AND device_id = ?').get(fileKey, deviceId);
    return found === undefined ? 0 : cursor.parse(found).version;
  }

  setCursor(fileKey: string, deviceId: string, to: number): void {
    this.#sql(
      `INSERT INTO json_cursors (file_key, device_id, version) VALUES (?, ?, ?)
       ON CONFLICT (file_key, device_id) DO UPDATE SET version = excluded.version`,
    ).run(fileKey, deviceId, to);
  }

  addConflict(made: NewConflict): number {
    const { lastInsertRowid } = this.#sql(
      `INSERT INTO json_conflicts (file_key, conflict_type, local_version, remote_version, saved_as_version,
         local_device_id, remote_device_id, local_content, remote_content, created_at)
       VALUES (?, 'divergence', ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[made.fileKey, made.localVersion, made.remoteVersion, made.savedAsVersion],
      ...[made.localDeviceId, made.remoteDeviceId, made.localContent, made.remoteContent, made.createdAt],
    );
    return Number(lastInsertRowid);
  }

  conflict(id: number): ConflictRow | null {
    return this.#conflict(this.#sql('SELECT * FROM json_conflicts WHERE id = ?').get(id));
  }

  /** Open or resolved conflicts of one document or of all, oldest first. */
  conflicts(fileKey: string | null, resolved: boolean): readonly ConflictRow[] {
    const state = resolved ? 'resolved_at IS NOT NULL' : 'resolved_at IS NULL';
    const rows =
      fileKey === null
        ? this.#sql(`SELECT * FROM json_conflicts WHERE ${state} ORDER BY id`).all()
        : this.#sql(`SELECT * FROM json_conflicts WHERE ${state} AND file_key = ? ORDER BY id`).all(fileKey);
    return rows.map((row) => conflict.parse(row));
  }

  settleConflict(id: number, resolution: string, now: number): void {
    this.#sql('UPDATE json_conflicts SET resolution = ?, resolved_at = ? WHERE id = ?').run(resolution, now, id);
  }

  /** Forgets everything; conflicts count from 1 again. */
  clear(): void {
    this.#db.exec('DELETE FROM json_conflicts; DELETE FROM json_cursors; DELETE FROM json_devices; DELETE FROM json_files');
    this.#db.exec("DELETE FROM sqlite_sequence WHERE name = 'json_conflicts'");
  }

  #version(sql: string, ...params: readonly (string | number)[]): Version | null {
    const found: SqlRow | undefined = this.#sql(sql).get(...params);
    return found === undefined ? null : version.parse(found);
  }

  #conflict(row: SqlRow | undefined): ConflictRow | null {
    return row === undefined ? null : conflict.parse(row);
  }

  #sql(text: string): SqlStatement {
    const known = this.#statements.get(text);
    if (known) return known;
    const made = this.#db.prepare(text);
    this.#statements.set(text, made);
    return made;
  }
}
