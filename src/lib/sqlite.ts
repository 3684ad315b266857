import { backup, DatabaseSync } from '@photostructure/sqlite';
import { createLogSync } from './log-sync';

/** A value SQLite stores and gives back. Integers outside ±2^53 come back as an error unless stored as text. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** Positional values, or one object whose keys are the names after `:`, `@` or `$`. */
export type SqlParams = readonly SqlValue[] | readonly [Readonly<Record<string, SqlValue>>];

/** A row as it comes from the database: parse it before trusting its types. */
export type SqlRow = Readonly<Record<string, unknown>>;

export type SqlRunResult = { readonly changes: number; readonly lastInsertRowid: number | bigint };

/** A prepared statement, with node:sqlite's meaning of each method. Usable until the database closes. */
export interface SqlStatement {
  run(...params: SqlParams): SqlRunResult;
  get(...params: SqlParams): SqlRow | undefined;
  all(...params: SqlParams): readonly SqlRow[];
  iterate(...params: SqlParams): IterableIterator<SqlRow>;
}

/** One open connection. Every method is synchronous and throws the driver's Error (its message names no values). */
export interface SqlDatabase {
  readonly path: string;
  readonly isOpen: boolean;
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  /**
   * Runs `work` as one transaction (BEGIN IMMEDIATE) and returns its value. A throw rolls back and is rethrown.
   * Inside another transaction it becomes a savepoint. `work` must not be async.
   */
  transaction<T>(work: () => T): T;
  /**
   * Like `transaction`, but does not wait for the disk: what it commits outlives this process at once, and a loss of
   * power as soon as `flush` has resolved. Inside another transaction it is a part of that one.
   */
  quickTransaction<T>(work: () => T): T;
  /**
   * Resolves when all that was committed before the call would outlive a loss of power. Waits off this thread; calls
   * that come close together share one wait. Rejects with the system's error.
   */
  flush(): Promise<void>;
  /**
   * Copies the whole database into a new file while work goes on: a few pages at a time, off this thread, and
   * consistent. Rejects with the driver's Error; what was written so far is then the caller's to remove.
   */
  backupTo(path: string): Promise<void>;
  /** Closes the connection; a second call does nothing. */
  close(): void;
}

export type OpenDatabaseOptions = {
  readonly readOnly?: boolean;
  /** Milliseconds to wait for another connection's lock; 5000 unless told. */
  readonly busyTimeoutMs?: number;
  /** Told after each transaction that was committed. Must neither throw nor use the database. */
  readonly committed?: () => void;
};

/**
 * Opens (and unless `readOnly` creates) the database file at `path`, or `:memory:`.
 * Writable files use WAL with synchronous FULL, so a committed transaction survives power loss; foreign keys are enforced.
 */
export function openDatabase(path: string, options: OpenDatabaseOptions = {}): SqlDatabase {
  const readOnly = options.readOnly ?? false;
  const db = new DatabaseSync(path, {
    readOnly,
    timeout: options.busyTimeoutMs ?? 5000,
    enableForeignKeyConstraints: true,
  });
  try {
    if (!readOnly) db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  } catch (error) {
    db.close();
    throw error;
  }
  return wrap(db, path, options.committed ?? (() => undefined));
}

type Driver = InstanceType<typeof DatabaseSync>;

/** SQLite's own word for a failure, such as `SQLITE_CORRUPT` or `SQLITE_BUSY`; '' for any other error. */
export const sqliteCodeOf = (error: unknown): string =>
  error instanceof Error && 'sqliteCodeName' in error && typeof error.sqliteCodeName === 'string' ? error.sqliteCodeName : '';

/**
 * Deleting from a full-text table leaves one of its inner row ids as the connection's last one, and those are beyond 2^53:
 * the driver would throw for it, after the fact, from whatever is run next.
 */
function statementOf(statement: ReturnType<Driver['prepare']>): SqlStatement {
  return {
    run(...params) {
      statement.setReadBigInts(true);
      try {
        const { changes, lastInsertRowid } = statement.run(...(params as never[]));
        return { changes: Number(changes), lastInsertRowid: Number.isSafeInteger(Number(lastInsertRowid)) ? Number(lastInsertRowid) : lastInsertRowid };
      } finally {
        statement.setReadBigInts(false);
      }
    },
    get: (...params) => statement.get(...(params as never[])) as SqlRow | undefined,
    all: (...params) => statement.all(...(params as never[])) as readonly SqlRow[],
    iterate: (...params) => statement.iterate(...(params as never[])) as IterableIterator<SqlRow>,
  };
}

function wrap(db: Driver, path: string, committed: () => void): SqlDatabase {
  let depth = 0;
  const log = createLogSync(`${path}-wal`);
  let logged: boolean | undefined;
  const hasLog = (): boolean => (logged ??= db.prepare('PRAGMA journal_mode').get()?.['journal_mode'] === 'wal');
  const transaction = <T>(work: () => T): T => {
    const name = `nested_${depth}`;
    db.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    depth += 1;
    try {
      const value = work();
      db.exec(depth === 1 ? 'COMMIT' : `RELEASE ${name}`);
      if (depth === 1) committed();
      return value;
    } catch (error) {
      // A failed statement may already have rolled everything back (disk full, for one).
      if (db.isTransaction) db.exec(depth === 1 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      depth -= 1;
    }
  };
  return {
    path,
    get isOpen() {
      return db.isOpen;
    },
    exec: (sql) => db.exec(sql),
    prepare: (sql) => statementOf(db.prepare(sql)),
    transaction,
    quickTransaction(work) {
      // SQLite reads this setting when a transaction begins; without a write-ahead log it could cost the whole file.
      if (depth > 0) return work();
      if (!hasLog()) return transaction(work);
      db.exec('PRAGMA synchronous = NORMAL');
      try {
        return transaction(work);
      } finally {
        db.exec('PRAGMA synchronous = FULL');
      }
    },
    flush: () => log.flush(),
    async backupTo(target) {
      await backup(db, target, { rate: 200 });
    },
    close() {
      log.close();
      if (db.isOpen) db.close();
    },
  };
}
