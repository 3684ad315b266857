import type { Migration } from './migration';

/**
 * Uploads, newest last by `seq`: sorting by it costs nothing, so a page and a search can stop early. The search
 * index holds three-character pieces, so that fragments and Chinese match.
 */
export const uploads: Migration = {
  name: 'uploads',
  sql: `
    CREATE TABLE uploads (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      job_id TEXT UNIQUE,
      account_id TEXT NOT NULL,
      account_name TEXT NOT NULL,
      provider TEXT NOT NULL,
      name TEXT NOT NULL,
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
      uploaded_at INTEGER NOT NULL,
      remote_state TEXT NOT NULL,
      -- Sealed by the vault; NULL when the host gave none or the picture is gone.
      delete_link BLOB
    ) STRICT;
    CREATE INDEX uploads_by_account ON uploads (account_id, seq);
    CREATE INDEX uploads_by_digest ON uploads (sha256, account_id);
    CREATE INDEX uploads_by_remote_id ON uploads (account_id, remote_id) WHERE remote_id IS NOT NULL;
    CREATE INDEX uploads_by_stored_name ON uploads (account_id, stored_name) WHERE stored_name IS NOT NULL;
    CREATE INDEX uploads_by_url ON uploads (url) WHERE url IS NOT NULL;

    CREATE VIRTUAL TABLE uploads_text USING fts5 (
      name, url, stored_name, account_name, album_id,
      content = 'uploads', content_rowid = 'seq', tokenize = 'trigram'
    );
    CREATE TRIGGER uploads_text_insert AFTER INSERT ON uploads BEGIN
      INSERT INTO uploads_text (rowid, name, url, stored_name, account_name, album_id)
      VALUES (new.seq, new.name, new.url, new.stored_name, new.account_name, new.album_id);
    END;
    CREATE TRIGGER uploads_text_delete AFTER DELETE ON uploads BEGIN
      INSERT INTO uploads_text (uploads_text, rowid, name, url, stored_name, account_name, album_id)
      VALUES ('delete', old.seq, old.name, old.url, old.stored_name, old.account_name, old.album_id);
    END;
    CREATE TRIGGER uploads_text_update AFTER UPDATE OF name, url, stored_name, account_name, album_id ON uploads BEGIN
      INSERT INTO uploads_text (uploads_text, rowid, name, url, stored_name, account_name, album_id)
      VALUES ('delete', old.seq, old.name, old.url, old.stored_name, old.account_name, old.album_id);
      INSERT INTO uploads_text (rowid, name, url, stored_name, account_name, album_id)
      VALUES (new.seq, new.name, new.url, new.stored_name, new.account_name, new.album_id);
    END;
  `,
};
