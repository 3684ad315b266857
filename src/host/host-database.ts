import { join } from 'node:path';
import { openDatabase, type SqlDatabase } from '../lib/sqlite';

/** The folder was written by a newer Picferry; nothing in it was touched. */
export class NewerDataError extends Error {
  override readonly name = 'NewerDataError';
}

const FILES = `
  CREATE TABLE files (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    dialect TEXT NOT NULL,
    kind TEXT NOT NULL,
    stored_name TEXT NOT NULL,
    original_name TEXT NOT NULL,
    url_path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    mime TEXT NOT NULL,
    md5 TEXT,
    views INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    owner TEXT NOT NULL,
    public_id TEXT,
    delete_key TEXT,
    unlisted INTEGER NOT NULL DEFAULT 0,
    deleted_at INTEGER
  );
  CREATE UNIQUE INDEX files_live_path ON files (dialect, url_path) WHERE deleted_at IS NULL;
  CREATE UNIQUE INDEX files_delete_key ON files (dialect, delete_key) WHERE delete_key IS NOT NULL AND deleted_at IS NULL;
  CREATE INDEX files_md5 ON files (dialect, md5) WHERE md5 IS NOT NULL;
`;

/** JSON documents. Every version stays; `content` is the text as it was stored. Times are milliseconds since 1970. */
const DOCUMENTS = `
  CREATE TABLE json_files (
    file_key TEXT PRIMARY KEY,
    current_version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  );
  CREATE TABLE json_versions (
    file_key TEXT NOT NULL REFERENCES json_files ON DELETE CASCADE,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    parent_hash TEXT,
    device_id TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (file_key, version)
  );
  CREATE TABLE json_devices (
    device_id TEXT PRIMARY KEY,
    device_name TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_sync_at INTEGER NOT NULL
  );
  CREATE TABLE json_cursors (
    file_key TEXT NOT NULL,
    device_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (file_key, device_id)
  );
  CREATE TABLE json_conflicts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file_key TEXT NOT NULL,
    conflict_type TEXT NOT NULL,
    local_version INTEGER NOT NULL,
    remote_version INTEGER NOT NULL,
    saved_as_version INTEGER NOT NULL,
    local_device_id TEXT NOT NULL,
    remote_device_id TEXT NOT NULL,
    local_content TEXT NOT NULL,
    remote_content TEXT NOT NULL,
    resolution TEXT,
    created_at INTEGER NOT NULL,
    resolved_at INTEGER
  );
  CREATE INDEX json_conflicts_open ON json_conflicts (file_key) WHERE resolved_at IS NULL;
`;

/** What a list of versions tells, without their documents: in the table it stands behind these, which may have megabytes each. */
const VERSION_FACTS = 'CREATE INDEX json_versions_facts ON json_versions (file_key, version, hash, parent_hash, device_id, message, created_at);';

/** Each step leads from its index's version to the next. */
const STEPS = [FILES, DOCUMENTS, VERSION_FACTS] as const;

/** Opens or makes the host's database. Throws NewerDataError, or the file system's or database's error. */
export function openHostDatabase(folder: string, options: { readonly durable: boolean }): SqlDatabase {
  const db = openDatabase(join(folder, 'host.db'));
  try {
    if (!options.durable) db.exec('PRAGMA synchronous = OFF');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: SqlDatabase): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > STEPS.length) throw new NewerDataError('The host folder was written by a newer version of Picferry.');
  if (version === STEPS.length) return;
  db.transaction(() => {
    for (const step of STEPS.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${STEPS.length}`);
  });
}
