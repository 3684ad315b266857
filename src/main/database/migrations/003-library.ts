import type { Migration } from './migration';

/**
 * The library as it is browsed. `seq` is the place in time: 64 places for each second since 1970, the next free one when
 * taken, so that the rowid's order is the order of time for whatever was imported late, a search by time stops early,
 * and a span of time is a span of rowids.
 *
 * Searches look into `uploads_words`: one narrow text for each upload, folded. The index over it keeps every three
 * characters. The library writes both: a trigger that writes into the index makes each row a stretch of its own there,
 * which costs four times as much for many rows. What is deleted leaves both by triggers. Rows from before have no words
 * and no key to sort by name yet: the library gives them theirs when it opens.
 */
export const library: Migration = {
  name: 'library',
  sql: `
    CREATE TABLE uploads_new (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      job_id TEXT UNIQUE,
      account_id TEXT NOT NULL,
      account_name TEXT NOT NULL,
      provider TEXT NOT NULL,
      name TEXT NOT NULL,
      -- What sorting by name compares: folded, its numbers by value. NULL until the words are written.
      name_key TEXT,
      stored_name TEXT,
      remote_id TEXT,
      url TEXT,
      thumb_url TEXT,
      thumb TEXT,
      kind TEXT NOT NULL,
      mime TEXT,
      bytes INTEGER NOT NULL,
      width INTEGER,
      height INTEGER,
      duration_seconds REAL,
      sha256 TEXT NOT NULL,
      album_id TEXT,
      local_album_id TEXT,
      uploaded_at INTEGER NOT NULL,
      remote_state TEXT NOT NULL,
      link_state TEXT NOT NULL DEFAULT 'unchecked',
      link_checked_at INTEGER,
      -- JSON, in the order they were given; upload_tags has the same for filters.
      tags TEXT NOT NULL DEFAULT '[]',
      note TEXT NOT NULL DEFAULT '',
      source_path TEXT,
      -- The id of the upload that this one stands in for.
      replaces TEXT,
      came TEXT NOT NULL DEFAULT 'uploaded',
      -- When it was written here, which is the time of upload unless it came from elsewhere.
      added_at INTEGER,
      -- Sealed by the vault; NULL when the host gave none or the picture is gone.
      delete_link BLOB
    ) STRICT;
    INSERT INTO uploads_new (seq, id, job_id, account_id, account_name, provider, name, stored_name, remote_id, url, thumb_url,
      thumb, kind, mime, bytes, width, height, duration_seconds, sha256, album_id, uploaded_at, remote_state, delete_link)
    SELECT nth + max(place - nth) OVER (ORDER BY nth), id, job_id, account_id, account_name, provider, name, stored_name, remote_id, url, thumb_url,
      thumb, kind, mime, bytes, width, height, duration_seconds, sha256, album_id, uploaded_at, remote_state, delete_link
    FROM (SELECT *, max(uploaded_at, 0) / 1000 * 64 AS place, row_number() OVER (ORDER BY max(uploaded_at, 0) / 1000, seq) AS nth FROM uploads);
    DROP TABLE uploads_text;
    DROP TABLE uploads;
    ALTER TABLE uploads_new RENAME TO uploads;

    CREATE INDEX uploads_by_account ON uploads (account_id);
    CREATE INDEX uploads_by_digest ON uploads (sha256, account_id);
    CREATE INDEX uploads_by_remote_id ON uploads (account_id, remote_id) WHERE remote_id IS NOT NULL;
    CREATE INDEX uploads_by_stored_name ON uploads (account_id, stored_name) WHERE stored_name IS NOT NULL;
    CREATE INDEX uploads_by_url ON uploads (url) WHERE url IS NOT NULL;
    CREATE INDEX uploads_by_name ON uploads (name_key);
    CREATE INDEX uploads_by_size ON uploads (bytes);
    CREATE INDEX uploads_by_local_album ON uploads (local_album_id) WHERE local_album_id IS NOT NULL;
    CREATE INDEX uploads_by_album ON uploads (account_id, album_id) WHERE album_id IS NOT NULL;
    CREATE INDEX uploads_by_replaced ON uploads (replaces) WHERE replaces IS NOT NULL;
    -- All that filters ask, narrow and in the order of time: reading it whole costs less than picking rows.
    CREATE INDEX uploads_facts ON uploads (seq, uploaded_at, account_id, provider, kind, remote_state, link_state, album_id, local_album_id, bytes);

    CREATE TABLE uploads_words (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    CREATE VIRTUAL TABLE uploads_text USING fts5 (
      text, content = 'uploads_words', content_rowid = 'seq', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1'
    );
    CREATE TRIGGER uploads_words_delete AFTER DELETE ON uploads_words BEGIN
      INSERT INTO uploads_text (uploads_text, rowid, text) VALUES ('delete', old.seq, old.text);
    END;
    CREATE TRIGGER uploads_delete AFTER DELETE ON uploads BEGIN
      DELETE FROM uploads_words WHERE seq = old.seq;
    END;

    CREATE TABLE upload_tags (
      -- The tag without case.
      key TEXT NOT NULL,
      seq INTEGER NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (key, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX upload_tags_by_upload ON upload_tags (seq);

    CREATE TABLE upload_events (
      upload_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      what TEXT NOT NULL,
      params TEXT NOT NULL
    ) STRICT;
    CREATE INDEX upload_events_by_upload ON upload_events (upload_id, at);

    CREATE TABLE local_albums (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      cover_upload_id TEXT,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE host_albums (
      account_id TEXT NOT NULL,
      id TEXT NOT NULL,
      -- In the order in which the host lists them.
      place INTEGER NOT NULL,
      name TEXT NOT NULL,
      description TEXT,
      is_private INTEGER,
      cover_url TEXT,
      listed_at INTEGER NOT NULL,
      PRIMARY KEY (account_id, id)
    ) STRICT, WITHOUT ROWID;

    -- Records taken out, whole, until the next start.
    CREATE TABLE removed_uploads AS SELECT '' AS undo, * FROM uploads WHERE 0;
    CREATE INDEX removed_uploads_by_undo ON removed_uploads (undo, id);
  `,
};
