import type { Migration } from './migration';

/** How far the numbering of names is, by preparation profile. */
export const counters: Migration = {
  name: 'counters',
  sql: `
    CREATE TABLE counters (
      profile_id TEXT PRIMARY KEY,
      -- The number that the next file gets.
      next INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
