import { uploads } from './001-uploads';
import { jobs } from './002-jobs';
import { library } from './003-library';
import { sources } from './004-sources';
import { sharedLibrary } from './005-shared-library';
import { counters } from './006-counters';
import type { Migration } from './migration';

export type { Migration } from './migration';

/**
 * Every migration in order: the database's version is how many of these it has seen. Two people who add one
 * meet in this list. Only ever add at the end.
 */
export const migrations: readonly Migration[] = [
  uploads,
  jobs,
  library,
  sources,
  sharedLibrary,
  counters,
];
