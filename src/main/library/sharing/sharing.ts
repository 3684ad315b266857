import { setImmediate as turn } from 'node:timers/promises';
import type { SqlDatabase } from '../../../lib/sqlite';
import { OTHER_PICFERRY, THIS_COMPUTER } from '../../../shared/model/account';
import type { AlbumsService } from '../contract';
import type { LibraryParts } from '../library-service';
import type { LibrarySharing, Saying, SharedWith, Take } from './contract';
import { createSaying } from './say';
import type { SharedFacts } from './shared-row';
import { createTake } from './take';

export type SharingDeps = {
  readonly db: SqlDatabase;
  readonly parts: LibraryParts;
  readonly albums: Pick<AlbumsService, 'createAll'>;
  readonly accounts: { list(): readonly { readonly id: string; readonly name: string; readonly provider: string; readonly url: string }[] };
};

/** Whether a record may open on another device. */
const shared = (row: '' | 'u.' | 'new.' | 'old.'): string => `${row}account_id <> '${THIS_COMPUTER}' AND ${row}provider <> '${OTHER_PICFERRY}'`;
const waits = (id: string): string => `DELETE FROM shared_waiting WHERE upload_id = ${id}; INSERT INTO shared_waiting (upload_id) VALUES (${id});`;

/** Whether an upload `u` is this device's own to tell of, and was never told of. */
const UNTOLD = `(${shared('u.')} AND NOT EXISTS (SELECT 1 FROM upload_origins WHERE upload_id = u.id)
  AND NOT EXISTS (SELECT 1 FROM shared_rows WHERE upload_id = u.id AND (part IS NOT NULL OR here = 'private')))`;

/** They belong to the database, so that no process changes a record unnoticed. */
const TRIGGERS: Readonly<Record<string, string>> = {
  shared_added: `AFTER INSERT ON uploads WHEN ${shared('new.')} BEGIN ${waits('new.id')} END`,
  shared_removed: `AFTER DELETE ON uploads WHEN ${shared('old.')} BEGIN ${waits('old.id')} END`,
  shared_edited: `AFTER UPDATE OF tags, note, local_album_id, remote_state ON uploads WHEN ${shared('new.')} BEGIN ${waits('new.id')} END`,
  shared_album_renamed: `AFTER UPDATE OF name ON local_albums BEGIN
    DELETE FROM shared_waiting WHERE upload_id IN (SELECT id FROM uploads WHERE local_album_id = new.id AND ${shared('')});
    INSERT INTO shared_waiting (upload_id) SELECT id FROM uploads WHERE local_album_id = new.id AND ${shared('')}; END`,
};

/** Records that are looked through at one go. */
const STEP = 500;

export function createSharing({ db, parts, albums, accounts }: SharingDeps): LibrarySharing {
  const accountFor = ({ accountId, accountName, provider, accountUrl }: SharedFacts): string => {
    const all = accounts.list();
    if (all.some(({ id }) => id === accountId)) return accountId;
    return all.find((one) => one.name === accountName && one.provider === provider && one.url === accountUrl)?.id ?? accountId;
  };
  const urlOf = (account: string): string | undefined => accounts.list().find(({ id }) => id === account)?.url;
  // Made when first asked for: a start does without them.
  let [said, taken]: [Saying | null, Take | null] = [null, null];
  const saying = (): Saying => (said ??= createSaying(db, urlOf));
  const taking = (): Take => (taken ??= createTake({ db, parts, albumIds: (names) => albums.createAll(names), accountFor }));
  const currentSql = db.prepare('SELECT account, device, state FROM shared_library LIMIT 1');
  const digestSql = db.prepare('SELECT digest FROM shared_parts WHERE device = ? AND part = ?');
  const setDigestSql = db.prepare('INSERT INTO shared_parts (device, part, digest) VALUES (?, ?, ?) ON CONFLICT (device, part) DO UPDATE SET digest = excluded.digest');
  const current = (): SharedWith | null => {
    const row = currentSql.get();
    return row === undefined || row['state'] === 'off' ? null : { account: String(row['account']), device: String(row['device']), begun: row['state'] === 'on' };
  };
  const stopNoting = (): void => Object.keys(TRIGGERS).forEach((name) => db.exec(`DROP TRIGGER IF EXISTS ${name}`));
  /** Calls `work` for every record that may be shared, in slices. */
  const forAll = async (work: string): Promise<void> => {
    const rangeSql = db.prepare('SELECT max(seq) AS last FROM (SELECT seq FROM uploads WHERE seq > ? ORDER BY seq LIMIT ?)');
    const workSql = db.prepare(work);
    for (let after = -1; db.isOpen; ) {
      const last = rangeSql.get(after, STEP)?.['last'];
      if (typeof last !== 'number') return;
      workSql.run(after, last);
      after = last;
      await turn();
    }
  };
  const waitAgain = async (which: string, ...params: readonly (string | number)[]): Promise<void> => {
    const rangeSql = db.prepare('SELECT max(id) AS last FROM (SELECT upload_id AS id FROM shared_rows WHERE upload_id > ? ORDER BY upload_id LIMIT ?)');
    const waitSql = db.prepare(`INSERT OR IGNORE INTO shared_waiting (upload_id) SELECT s.upload_id FROM shared_rows s LEFT JOIN uploads u ON u.id = s.upload_id
      WHERE s.upload_id > ? AND s.upload_id <= ? AND ${which}`);
    for (let after = ''; db.isOpen; ) {
      const last = rangeSql.get(after, STEP)?.['last'];
      if (typeof last !== 'string') return;
      waitSql.run(after, last, ...params);
      after = last;
      await turn();
    }
  };
  /** Takes out what came from other devices, a portion after the other. */
  const removeTheirs = async (): Promise<void> => {
    const theirsSql = db.prepare('SELECT u.seq, u.id FROM upload_origins o JOIN uploads u ON u.id = o.upload_id LIMIT ?');
    for (let theirs = theirsSql.all(STEP); theirs.length > 0; theirs = db.isOpen ? theirsSql.all(STEP) : []) {
      await parts.removals.take(theirs.map(({ seq }) => Number(seq)));
      parts.changes.removed(theirs.map(({ id }) => String(id)));
    }
  };

  return {
    waiting: () => saying().waiting(),
    next: (self, limit) => saying().next(self, limit),
    told: (self, all) => saying().told(self, all),
    take: (...given) => taking()(...given),
    current,
    switchOn(account, device) {
      const before = currentSql.get();
      db.transaction(() => {
        stopNoting();
        if (before?.['account'] !== account || before['device'] !== device) db.exec('UPDATE shared_rows SET part = NULL WHERE part IS NOT NULL; DELETE FROM shared_parts');
        db.exec('DELETE FROM shared_library');
        db.prepare("INSERT INTO shared_library (account, device, state) VALUES (?, ?, 'asked')").run(account, device);
      });
    },
    async begin(how) {
      const range = `${shared('')} AND seq > ? AND seq <= ?`;
      if (how === 'take') await forAll(`INSERT OR IGNORE INTO shared_rows (upload_id, here, state) SELECT id, 'private', '{}' FROM uploads WHERE ${range}`);
      if (!db.isOpen) return;
      db.transaction(() => {
        stopNoting();
        for (const [name, body] of Object.entries(TRIGGERS)) db.exec(`CREATE TRIGGER ${name} ${body}`);
        db.exec("UPDATE shared_library SET state = 'on'");
      });
      await forAll(`INSERT OR IGNORE INTO shared_waiting (upload_id) SELECT id FROM uploads WHERE ${range}`);
      // What was taken out while nobody noted it.
      await waitAgain("u.id IS NULL AND s.here = 'shown'");
    },
    async switchOff(others) {
      db.transaction(() => {
        stopNoting();
        db.exec("UPDATE shared_library SET state = 'off'; DELETE FROM shared_waiting");
      });
      if (others === 'keep') return;
      await removeTheirs();
      if (!db.isOpen) return;
      db.transaction(() => {
        db.exec("DELETE FROM shared_rows WHERE upload_id IN (SELECT upload_id FROM upload_origins) AND here IN ('shown', 'absent')");
        db.exec('DELETE FROM upload_origins; DELETE FROM shared_parts');
      });
    },
    others: () => Number(db.prepare('SELECT count(*) AS n FROM upload_origins o JOIN uploads u ON u.id = o.upload_id').get()?.['n']),
    async untold() {
      const sql = db.prepare(`SELECT max(seq) AS last, sum(own) AS own FROM (SELECT u.seq, ${UNTOLD} AS own FROM uploads u WHERE u.seq > ? ORDER BY u.seq LIMIT ?)`);
      let count = 0;
      for (let after = -1; db.isOpen; await turn()) {
        const row = sql.get(after, STEP);
        if (typeof row?.['last'] !== 'number') break;
        count += Number(row['own']);
        after = row['last'];
      }
      return count;
    },
    here(ids) {
      const row = db.prepare(`SELECT count(*) AS n, sum(${UNTOLD}) AS own FROM json_each(?) j CROSS JOIN uploads u ON u.id = j.value`).get(JSON.stringify(ids));
      return { all: Number(row?.['n']), own: Number(row?.['own'] ?? 0) };
    },
    digest: (device, part) => (digestSql.get(device, part)?.['digest'] as string | null | undefined) ?? null,
    setDigest: (device, part, digest) => void setDigestSql.run(device, part, digest),
    unsent: (device) => db.prepare('SELECT part FROM shared_parts WHERE device = ? AND digest IS NULL ORDER BY part').all(device).map(({ part }) => Number(part)),
    async lost(part) {
      await waitAgain('s.part = ?', part);
      db.prepare('UPDATE shared_rows SET part = NULL WHERE part = ?').run(part);
    },
    nameDevice: (device, name) => void db.prepare('INSERT INTO shared_devices (device, name) VALUES (?, ?) ON CONFLICT (device) DO UPDATE SET name = excluded.name').run(device, name),
  };
}
