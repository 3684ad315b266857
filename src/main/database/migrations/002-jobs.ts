import type { Migration } from './migration';

/**
 * Jobs in the order they were added. The record is JSON, parsed by the queue's own schema before it is trusted;
 * everything the queue asks of it is asked in memory.
 */
export const jobs: Migration = {
  name: 'jobs',
  sql: `
    CREATE TABLE jobs (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL,
      record TEXT NOT NULL
    ) STRICT;
  `,
};
