import type { Clock } from '../../lib/clock';
import type { SqlDatabase, SqlRow } from '../../lib/sqlite';
import type { DeleteResult, Upload } from '../../shared/model/upload';
import type { Vault } from '../secrets';
import type { LibraryService } from './contract';
import { deleteUploads, type DeletingAccounts } from './delete-uploads';
import { createPages } from './pages';
import { COLUMNS, INSERT, insertValues, toUpload } from './upload-rows';

export type LibraryDeps = {
  readonly db: SqlDatabase;
  readonly vault: Pick<Vault, 'state' | 'seal' | 'open'>;
  readonly accounts: DeletingAccounts;
  readonly now: Clock;
};

type Change = { readonly upsert: readonly Upload[]; readonly removed: readonly string[] };

/** The library over its database. */
export function createLibrary({ db, vault, accounts, now }: LibraryDeps): LibraryService {
  const listeners = new Set<(change: Change) => void>();
  const pages = createPages(db);
  const tell = (change: Change): void => {
    pages.forget();
    for (const listener of [...listeners]) listener(change);
  };
  const one = (row: SqlRow | undefined): Upload | undefined => (row === undefined ? undefined : toUpload(row).upload);
  const byIdSql = db.prepare(`SELECT ${COLUMNS} FROM uploads u WHERE u.id = ?`);
  const byJobSql = db.prepare(`SELECT ${COLUMNS} FROM uploads u WHERE u.job_id = ?`);
  const insertSql = db.prepare(INSERT);
  const linkSql = db.prepare('SELECT delete_link FROM uploads WHERE id = ?');
  const digestSql = db.prepare(
    `SELECT ${COLUMNS} FROM uploads u WHERE u.sha256 = ? AND u.account_id = ? AND u.remote_state NOT IN ('deleted', 'already_gone') ORDER BY u.seq DESC LIMIT 1`,
  );
  const byId = (id: string): Upload | undefined => one(byIdSql.get(id));
  const changed = (id: string): void => {
    const upload = db.isOpen ? byId(id) : undefined;
    if (upload !== undefined) tell({ upsert: [upload], removed: [] });
  };
  const deleteLink = (id: string): string | undefined => {
    const sealed = linkSql.get(id)?.['delete_link'];
    return sealed instanceof Uint8Array ? vault.open(sealed) : undefined;
  };
  const running = new Map<string, Promise<DeleteResult>>();

  return {
    add(upload) {
      const known = upload.jobId === null ? undefined : one(byJobSql.get(upload.jobId));
      if (known !== undefined) return known;
      // A locked vault costs the delete link, not the record of a picture that is online.
      const sealed = upload.deleteUrl === null || vault.state === 'locked' ? null : vault.seal(upload.deleteUrl);
      insertSql.run(...insertValues(upload, sealed));
      const added = byId(upload.id);
      if (added === undefined) throw new Error('an upload just written is not there');
      pages.forget();
      // Told after the caller's transaction: what is rolled back was never there.
      queueMicrotask(() => changed(upload.id));
      return added;
    },
    byId,
    bySha256: (accountId, sha256) => one(digestSql.get(sha256, accountId)),
    byRemote(accountId, match) {
      const pairs = [['url', match.url], ['remote_id', match.remoteId], ['stored_name', match.storedName]] as const;
      for (const [column, value] of pairs) {
        if (value === null || value === '') continue;
        const found = db.prepare(`SELECT ${COLUMNS} FROM uploads u WHERE u.account_id = ? AND u.${column} = ? ORDER BY u.seq DESC LIMIT 1`).get(accountId, value);
        if (found !== undefined) return one(found);
      }
      return undefined;
    },
    page: pages.page,
    deleteLink,
    async delete(ids, signal) {
      const fresh = [...new Set(ids)].filter((id) => !running.has(id));
      const asked = deleteUploads(fresh, { accounts, now, byId, deleteLink, record }, signal);
      fresh.forEach((id, index) => running.set(id, asked.then((results) => results[index] as DeleteResult)));
      try {
        return await Promise.all(ids.map((id) => running.get(id) as Promise<DeleteResult>));
      } finally {
        for (const id of fresh) running.delete(id);
      }
    },
    remove(ids) {
      const sql = db.prepare('DELETE FROM uploads WHERE id = ?');
      const removed = db.transaction(() => ids.filter((id) => sql.run(id).changes > 0));
      if (removed.length > 0) tell({ upsert: [], removed });
    },
    setRemoteState(id, state) {
      db.prepare('UPDATE uploads SET remote_state = ? WHERE id = ?').run(state, id);
      changed(id);
    },
    setThumb(id, thumb) {
      db.prepare('UPDATE uploads SET thumb = ? WHERE id = ?').run(thumb, id);
      changed(id);
    },
    *thumbs() {
      const sql = db.prepare('SELECT seq, thumb FROM uploads WHERE seq > ? ORDER BY seq LIMIT 2000');
      for (let after = 0; db.isOpen; ) {
        const rows = sql.all(after);
        if (rows.length === 0) return;
        yield rows.flatMap(({ thumb }) => (typeof thumb === 'string' ? [thumb] : []));
        after = Number(rows.at(-1)?.['seq']);
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function record(id: string, status: DeleteResult['status']): void {
    if (status === 'failed') return;
    const state = byId(id)?.remoteState;
    // "Already gone" said of our own tombstone adds nothing to what is known.
    if (state === 'deleted' || state === 'already_gone') return;
    const gone = status === 'deleted' || status === 'already_gone';
    db.prepare(`UPDATE uploads SET remote_state = ?${gone ? ', delete_link = NULL' : ''} WHERE id = ?`).run(status, id);
    changed(id);
  }
}
