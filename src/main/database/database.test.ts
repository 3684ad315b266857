import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PicferryError } from '../../lib/picferry-error';
import { openDatabase } from '../../lib/sqlite';
import type { LibraryDatabase } from './contract';
import { LIBRARY_FILE, openLibraryDatabase, type Migration } from './index';
import { migrations } from './migrations';
import { RESTORE_MARK } from './restore';

let store: string;
let path: string;
const open: LibraryDatabase[] = [];
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'picferry-db-'));
  path = join(store, LIBRARY_FILE);
});
afterEach(() => {
  for (const library of open.splice(0)) library.close();
  rmSync(store, { recursive: true, force: true });
});

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 31);
const start = (now = NOW, known?: readonly Migration[]): LibraryDatabase => {
  const library = openLibraryDatabase(store, { now: () => now, ...(known && { migrations: known }) });
  open.push(library);
  return library;
};
const insert = (library: LibraryDatabase, id: string): void => {
  library.db
    .prepare("INSERT INTO uploads (id, account_id, account_name, provider, name, kind, bytes, sha256, uploaded_at, remote_state) VALUES (?, 'a', 'a', 'wizs', ?, 'image', 1, 'x', 1, 'online')")
    .run(id, `${id}.png`);
};
const ids = (library: LibraryDatabase): readonly unknown[] => library.db.prepare('SELECT id FROM uploads ORDER BY seq').all().map((row) => row['id']);
const messages = (library: LibraryDatabase): readonly string[] => library.notices.map((notice) => notice.message);
const backups = (): readonly string[] => (existsSync(join(store, 'backups')) ? readdirSync(join(store, 'backups')).sort() : []);
const problemOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof PicferryError ? error.problem.message : error;
  }
  return 'nothing thrown';
};

/** A library with one upload and a backup of it, closed. */
const withBackup = async (): Promise<void> => {
  const library = start();
  insert(library, 'u1');
  expect(await library.backUp()).toBe(true);
  library.close();
};

describe('the library database', () => {
  it('is made with every migration and keeps what is written', () => {
    const library = start();
    expect(library.db.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
    insert(library, 'u1');
    library.close();
    const again = start();
    expect(ids(again)).toEqual(['u1']);
    expect(again.notices).toEqual([]);
  });

  it('is copied before its tables change, and left as it was when a migration fails', () => {
    insert(start(), 'u1');
    open.splice(0).forEach((library) => library.close());
    const bad: Migration = { name: 'bad', sql: 'CREATE TABLE extra (a); SELECT nonsense FROM nowhere' };
    expect(problemOf(() => start(NOW, [...migrations, bad]))).toBe('databaseUnusable');
    expect(backups()).toEqual([`library-v${migrations.length}-20260131-000000-000.db`]);
    const good: Migration = { name: 'good', sql: 'CREATE TABLE extra (a)' };
    const library = start(NOW + 1, [...migrations, good]);
    expect(ids(library)).toEqual(['u1']);
    expect(library.db.prepare('SELECT count(*) AS n FROM extra').get()).toEqual({ n: 0 });
  });

  it('of a newer Picferry is refused and not touched', () => {
    start(NOW, [...migrations, { name: 'later', sql: 'CREATE TABLE later (a)' }]).close();
    const before = readFileSync(path);
    expect(problemOf(() => start())).toBe('databaseNewer');
    expect(readFileSync(path)).toEqual(before);
    expect(backups()).toEqual([]);
  });

  it('that is damaged is kept aside whole, and the backup takes its place, told', async () => {
    for (const [name, damage] of Object.entries({
      garbage: () => writeFileSync(path, 'not a database '.repeat(500)),
      cut: () => truncateSync(path, Math.floor(statSync(path).size / 2)),
      'torn in the middle': () => {
        const bytes = readFileSync(path);
        bytes.fill(0xee, 4096, bytes.byteLength - 1000);
        writeFileSync(path, bytes);
      },
    })) {
      await withBackup();
      damage();
      const damaged = readFileSync(path);
      const library = start(NOW + DAY);
      expect([name, messages(library)]).toEqual([name, ['databaseRestored']]);
      expect(ids(library)).toEqual(['u1']);
      expect(readFileSync(String(library.notices[0]?.params['file']))).toEqual(damaged);
      library.close();
      rmSync(store, { recursive: true });
      mkdirSync(store);
    }
  });

  it('that was emptied or removed comes back from its backup, told', async () => {
    await withBackup();
    writeFileSync(path, '');
    const emptied = start(NOW + 1);
    expect([messages(emptied), ids(emptied)]).toEqual([['databaseLostRestored'], ['u1']]);
    emptied.close();
    rmSync(path);
    const removed = start(NOW + 2);
    expect([messages(removed), ids(removed)]).toEqual([['databaseLostRestored'], ['u1']]);
  });

  it('passes over damaged and newer backups', async () => {
    await withBackup();
    start(NOW + DAY, [...migrations, { name: 'later', sql: 'CREATE TABLE later (a)' }]).close();
    copyFileSync(path, join(store, 'backups', 'library-20260301-000000-000.db'));
    writeFileSync(join(store, 'backups', 'library-20260302-000000-000.db'), 'garbage'.repeat(1000));
    writeFileSync(path, 'garbage'.repeat(1000));
    const library = start(NOW + 2 * DAY);
    expect(library.notices[0]?.params['backup']).toBe(`library-v${migrations.length}-20260201-000000-000.db`);
    expect(ids(library)).toEqual(['u1']);
  });

  it('without any backup starts empty, keeps the damaged file and says so', () => {
    writeFileSync(path, 'garbage'.repeat(1000));
    const library = start();
    expect([messages(library), ids(library)]).toEqual([['databaseStartedEmpty'], []]);
    expect(readFileSync(join(store, 'library.corrupt-20260131-000000-000.db'), 'utf8')).toBe('garbage'.repeat(1000));
  });

  it('is backed up once a day beside running work, a few days back', async () => {
    const library = start();
    insert(library, 'u1');
    const backup = library.backUp();
    insert(library, 'u2');
    expect(await backup).toBe(true);
    expect(await library.backUp()).toBe(false);
    library.close();
    for (let day = 1; day < 10; day += 1) {
      const next = start(NOW + day * DAY);
      expect(await next.backUp()).toBe(true);
      next.close();
    }
    expect(backups()).toEqual([3, 4, 5, 6, 7, 8, 9].map((day) => `library-2026020${day}-000000-000.db`));
  });

  it('puts its log into the file in a calm moment, so that the next start has little to read', () => {
    const calm: (() => void)[] = [];
    const library = openLibraryDatabase(store, { now: () => NOW, after: (_ms, act) => (calm.push(act), () => undefined) });
    open.push(library);
    library.db.transaction(() => insert(library, 'u1'));
    for (let act = calm.shift(); act !== undefined; act = calm.shift()) act();
    const copy = join(store, 'copy.db');
    copyFileSync(path, copy);
    const alone = openDatabase(copy, { readOnly: true });
    expect(alone.prepare('SELECT id FROM uploads').all()).toMatchObject([{ id: 'u1' }]);
    alone.close();
  });

  it('makes no backup of damage, keeps the sound ones, and looks closely at the next start', async () => {
    await withBackup();
    const library = start(NOW + DAY);
    library.db.exec('CREATE TABLE pad (a)');
    library.db.transaction(() => {
      for (let n = 0; n < 200; n += 1) library.db.prepare('INSERT INTO pad VALUES (?)').run('x'.repeat(3000));
    });
    library.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(path);
    bytes.fill(0xee, bytes.byteLength - 300_000, bytes.byteLength - 4096);
    writeFileSync(path, bytes);
    library.db.exec('PRAGMA shrink_memory');
    await expect(library.backUp()).rejects.toMatchObject({ problem: { kind: 'file', message: 'backupFailed' } });
    library.close();
    expect(backups()).toEqual(['library-20260131-000000-000.db']);
    expect(messages(start(NOW + 2 * DAY))).toEqual(['databaseRestored']);
  });

  it('is copied whenever asked, and copies made by hand push no day out', async () => {
    for (let day = 0; day < 9; day += 1) {
      const library = start(NOW + day * DAY);
      for (let n = 0; n < 4; n += 1) await library.backUpNow('daily');
      library.close();
    }
    expect(new Set(backups().map((name) => name.slice(8, 16))).size).toBe(7);
    expect(backups()).toHaveLength(14);
  });

  it('lists its backups with what they are for, how many uploads they hold and whether they are sound', async () => {
    const library = start();
    insert(library, 'u1');
    expect(await library.backUpNow('daily')).toMatchObject({ name: 'library-20260131-000000-000.db', madeAt: NOW, why: 'daily', uploads: 1, sound: true });
    insert(library, 'u2');
    await library.backUpNow('import');
    writeFileSync(join(store, 'backups', 'library-v1-20260101-000000-000.db'), 'garbage');
    writeFileSync(join(store, 'backups', 'notes.txt'), 'no backup');
    const listed = await library.backups();
    expect(listed.map(({ why, uploads, sound }) => [why, uploads, sound]).sort()).toEqual([['before_import', 2, true], ['before_update', null, false], ['daily', 1, true]]);
    expect(listed.at(-1)).toMatchObject({ why: 'before_update', madeAt: Date.UTC(2026, 0, 1), bytes: 7 });
  });

  it('gives way to a chosen backup at the next start, is kept itself, and keeps its own unfinished jobs', async () => {
    const library = start();
    const job = library.db.prepare('INSERT INTO jobs (id, state, record) VALUES (?, ?, ?)');
    insert(library, 'u1');
    job.run('old', 'queued', '{}');
    const { name } = await library.backUpNow('daily');
    library.db.exec("UPDATE jobs SET state = 'done'");
    job.run('new', 'queued', '{}');
    insert(library, 'u2');
    for (const bad of ['library-20250101-000000-000.db', '../library.db', 'notes.txt']) await expect(library.prepareRestore(bad)).rejects.toMatchObject({ problem: { message: 'backupUnusable' } });
    await library.prepareRestore(name);
    insert(library, 'u3');
    library.close();
    const restored = start(NOW + 5);
    expect([messages(restored), ids(restored)]).toEqual([['restoreDone'], ['u1']]);
    expect(restored.db.prepare('SELECT id, state FROM jobs').all()).toEqual([{ id: 'new', state: 'queued' }]);
    const kept = (await restored.backups()).find(({ why }) => why === 'before_restore');
    expect(kept).toMatchObject({ uploads: 3, sound: true });
    await restored.prepareRestore(kept?.name ?? '');
    restored.close();
    const back = start(NOW + 6);
    expect(ids(back)).toEqual(['u1', 'u2', 'u3']);
    back.close();
    expect(messages(start(NOW + 7))).toEqual([]);
  });

  it('is restored to the end when the process died on the way, and left alone when the backup is gone', async () => {
    const library = start();
    insert(library, 'u1');
    const { name } = await library.backUpNow('daily');
    insert(library, 'u2');
    await library.prepareRestore(name);
    library.close();
    const mark = readFileSync(join(store, RESTORE_MARK));
    const present = readFileSync(path);
    const states: Readonly<Record<string, () => void>> = {
      'after keeping the present one': () => undefined,
      'with half of the copy written': () => writeFileSync(`${path}.999999-00000000.tmp`, 'half'),
      'after the library was replaced': () => copyFileSync(join(store, 'backups', name), path),
      'with the library gone': () => rmSync(path),
    };
    start(NOW + 1).close();
    for (const [state, make] of Object.entries(states)) {
      writeFileSync(path, present);
      writeFileSync(join(store, RESTORE_MARK), mark);
      make();
      const restored = start(NOW + 2);
      expect([state, messages(restored), ids(restored)]).toEqual([state, ['restoreDone'], ['u1']]);
      expect((await restored.backups()).filter(({ why }) => why === 'before_restore')).toMatchObject([{ uploads: 2 }]);
      restored.close();
    }
    for (const wish of [mark.toString().replaceAll('20260131', '20200131'), 'half of a m']) {
      writeFileSync(path, present);
      writeFileSync(join(store, RESTORE_MARK), wish);
      const left = start(NOW + 3);
      expect([messages(left), ids(left)]).toEqual([['restoreNotDone'], ['u1', 'u2']]);
      left.close();
    }
  });

  it('that is damaged gives way to the chosen backup and is kept aside', async () => {
    const library = start();
    insert(library, 'u1');
    const { name } = await library.backUpNow('daily');
    await library.prepareRestore(name);
    library.close();
    writeFileSync(path, 'garbage'.repeat(1000));
    const restored = start(NOW + 1);
    expect([messages(restored), ids(restored)]).toEqual([['restoreDone'], ['u1']]);
    expect(readdirSync(store).some((file) => file.startsWith('library.corrupt-'))).toBe(true);
  });

  it('held by another process is not taken for damaged', () => {
    start().close();
    const other = openDatabase(path);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    expect(problemOf(() => start())).toBe('databaseBusy');
    other.exec('ROLLBACK');
    other.close();
    expect(readdirSync(store)).toEqual([LIBRARY_FILE]);
  });

  it('in a folder that cannot be written is a coded failure', () => {
    mkdirSync(path);
    expect(problemOf(() => start())).toBe('databaseUnusable');
    expect(problemOf(() => openLibraryDatabase(join(store, 'no', 'such'), { now: () => NOW }))).toBe('databaseUnusable');
  });

  it('opens with every committed upload after its process was killed while writing', async () => {
    start().close();
    const script = join(process.cwd(), 'node_modules', '@photostructure', 'sqlite', 'dist', 'index.mjs');
    const writer = join(store, 'writer.mjs');
    writeFileSync(
      writer,
      `import { DatabaseSync } from ${JSON.stringify(script)};
      const db = new DatabaseSync(process.argv[2]); db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      const add = db.prepare("INSERT INTO uploads (id, account_id, account_name, provider, name, kind, bytes, sha256, uploaded_at, remote_state) VALUES (?, 'a', 'a', 'wizs', 'n', 'image', 1, 'x', 1, 'online')");
      for (let n = 0; ; n += 1) { add.run(process.argv[3] + n); process.stdout.write(n + '\\n'); }`,
    );
    for (const run of ['a', 'b', 'c']) {
      const child = spawn(process.execPath, [writer, path, run], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('\n20\n')) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const last = Number(said.trimEnd().split('\n').at(-1));
      const library = start();
      const there = new Set(ids(library));
      for (let n = 0; n < last; n += 1) expect(there.has(`${run}${n}`)).toBe(true);
      expect(library.notices).toEqual([]);
      library.close();
    }
  });
});
