import type { Migration } from './migration';

/**
 * What a library that is shared between devices knows beside its records. While it is shared, triggers put every record
 * that changed into `shared_waiting`, whichever process changed it.
 */
export const sharedLibrary: Migration = {
  name: 'shared-library',
  sql: `
    -- One row once it was shared: with which account, as which device; 'off', 'asked' (how it begins is not said yet) or 'on'.
    CREATE TABLE shared_library (account TEXT NOT NULL, device TEXT NOT NULL, state TEXT NOT NULL) STRICT;
    CREATE TABLE shared_rows (
      upload_id TEXT PRIMARY KEY,
      -- The part of this device's that says something of the record.
      part INTEGER,
      here TEXT NOT NULL,
      -- JSON: what all devices have said of it, each mark the last one.
      state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE shared_waiting (
      -- A new number for every change: what was changed again meanwhile waits on.
      nr INTEGER PRIMARY KEY AUTOINCREMENT,
      upload_id TEXT NOT NULL UNIQUE,
      everywhere INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE shared_parts (
      device TEXT NOT NULL,
      part INTEGER NOT NULL,
      -- What of it is in this library; of this device's own, what the host has. NULL: changed since.
      digest TEXT,
      PRIMARY KEY (device, part)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE shared_devices (device TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
    -- Records that came from another device.
    CREATE TABLE upload_origins (upload_id TEXT PRIMARY KEY, device TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
