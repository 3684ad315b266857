import type { Migration } from './migration';

/** What is known of the files that uploads were made from where those differ from what was sent. */
export const sources: Migration = {
  name: 'sources',
  sql: `
    CREATE TABLE upload_sources (
      upload_id TEXT PRIMARY KEY,
      bytes INTEGER NOT NULL,
      -- Of the whole file; null where what was sent can be made from it again and be compared.
      sha256 TEXT
    ) STRICT, WITHOUT ROWID;
  `,
};
