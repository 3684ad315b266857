import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../lib/sqlite';

/** Held until released or until the process ends, however it ends. */
export type OwnerLock = { readonly release: () => void };

const FILE = 'owner.lock';
const BUSY = /locked|busy/i;
const NOT_OURS = /not a database|malformed|disk image/i;

/**
 * Takes the folder's lock, or gives null while another process (or another owner in this one) has it.
 * The lock is SQLite's own on a file of its own, which the system's kernel drops with the process: it is never stale.
 * Throws the system's or the driver's error when the folder cannot be written.
 */
export function tryOwnerLock(store: string): OwnerLock | null {
  mkdirSync(store, { recursive: true, mode: 0o700 });
  const path = join(store, FILE);
  try {
    return lock(path);
  } catch (error) {
    if (!NOT_OURS.test(messageOf(error))) throw error;
    // Damaged on disk: it holds nothing, so a new one is as good.
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
    return lock(path);
  }
}

/** Whether a Picferry ever worked in this data folder. */
export const holdsData = (folder: string): boolean => existsSync(join(folder, 'store', FILE));

function lock(path: string): OwnerLock | null {
  let db;
  try {
    db = openDatabase(path, { busyTimeoutMs: 0 });
    db.exec('BEGIN EXCLUSIVE');
    const held = db;
    return { release: () => held.close() };
  } catch (error) {
    db?.close();
    if (BUSY.test(messageOf(error))) return null;
    throw error;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
