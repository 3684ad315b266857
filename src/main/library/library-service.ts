import type { SqlRow } from '../../lib/sqlite';
import type { DeleteResult, DeleteStatus, Upload } from '../../shared/model/upload';
import type { UploadEvent } from '../../shared/model/upload-details';
import { createAdditions, type Additions } from './additions';
import { createChanges, type Changes } from './changes';
import type { LibraryService } from './contract';
import { daysOf, firstDays } from './days';
import { deleteUploads } from './delete-uploads';
import { createFacets } from './facets';
import { createHistories } from './histories';
import type { LibraryDeps } from './library-deps';
import { createPlaces } from './places';
import { createRemovals, type Removals } from './removals';
import { nameKey } from './search-text';
import { createSelections, type Selections } from './selections';
import { createTagging } from './tagging';
import { createTags, type Tags } from './tags';
import { createTextIndex, type TextIndex } from './text-index';
import { createUnwritten } from './unwritten';
import { COLUMNS, toUpload, uploadsAt } from './upload-rows';
import { createViewLists } from './view-lists';
import { createWholes } from './wholes';

/** What albums need of the library beside its service: they are the same records. */
export type LibraryParts = {
  readonly index: TextIndex;
  readonly selections: Selections;
  readonly logAll: (places: readonly number[], event: UploadEvent) => void;
  /** Tells of uploads that changed in what filters ask. */
  readonly changed: (places: readonly number[]) => void;
  readonly changes: Changes;
  readonly additions: Additions;
  readonly removals: Removals;
  readonly tags: Tags;
};

export type Library = LibraryService & {
  readonly parts: LibraryParts;
  /** Tries once more to write what could not be written; before the database closes. */
  readonly close: () => void;
};

/** How long after a view the orders of names and sizes are read; the first screen has come by then. */
const CALM_MS = 400;

/** The library over its database. */
export function createLibrary(deps: LibraryDeps): Library {
  const { db, vault, accounts, now } = deps;
  const index = createTextIndex(db);
  const lists = createViewLists(db);
  const selections = createSelections(db, lists);
  const changes = createChanges({ uploadsAt: (places) => uploadsAt(db, places), forget: (what, added) => lists.forget(what, added) });
  const histories = createHistories(db);
  const tags = createTags(db);
  const freePlace = createPlaces(db);
  const removals = createRemovals(db, { index, newId: deps.newId, freePlace, touched: () => lists.forget('all') });
  const facets = createFacets(db);
  const wholes = createWholes(db, (sealed) => vault.open(sealed));
  const one = (row: SqlRow | undefined): Upload | undefined => (row === undefined ? undefined : toUpload(row).upload);
  const byIdSql = db.prepare(`SELECT ${COLUMNS} FROM uploads u WHERE u.id = ?`);
  const byJobSql = db.prepare(`SELECT ${COLUMNS} FROM uploads u WHERE u.job_id = ?`);
  const placeSql = db.prepare('SELECT seq FROM uploads WHERE id = ?');
  const linkSql = db.prepare('SELECT delete_link FROM uploads WHERE id = ?');
  const nameSql = db.prepare('SELECT 1 FROM uploads INDEXED BY uploads_by_name WHERE name_key = ? AND account_id = ? LIMIT 1');
  const digestSql = db.prepare(
    `SELECT ${COLUMNS} FROM uploads u WHERE u.sha256 = ? AND u.account_id = ? AND u.remote_state NOT IN ('deleted', 'already_gone') ORDER BY u.seq DESC LIMIT 1`,
  );
  const remoteSqls = (['url', 'remote_id', 'stored_name'] as const).map((column) =>
    db.prepare(`SELECT ${COLUMNS} FROM uploads u WHERE u.account_id = ? AND u.${column} = ? ORDER BY u.seq DESC LIMIT 1`),
  );
  const byId = (id: string): Upload | undefined => one(byIdSql.get(id));
  const changed = (id: string, what: 'facts' | 'looks'): void => {
    const place = db.isOpen ? placeSql.get(id)?.['seq'] : undefined;
    if (typeof place === 'number') changes.changed([place], what);
  };
  const deleteLink = (id: string): string | undefined => {
    const sealed = linkSql.get(id)?.['delete_link'];
    return sealed instanceof Uint8Array ? vault.open(sealed) : undefined;
  };
  const byRemote: LibraryService['byRemote'] = (accountId, match) => {
    for (const [at, value] of [match.url, match.remoteId, match.storedName].entries()) {
      if (value === null || value === '') continue;
      const found = remoteSqls[at]?.get(accountId, value);
      if (found !== undefined) return one(found);
    }
    return undefined;
  };
  const additions = createAdditions({ db, vault, now, tags, index, histories, freePlace, byRemote });
  const log = (id: string, what: UploadEvent['what'], params: UploadEvent['params'] = {}): void => histories.log(id, { at: now(), what, params });
  const unwritten = createUnwritten<DeleteStatus>(write, deps.onFault);
  let preparing = false;
  let callOff = (): void => undefined;
  const prepareSoon = (): void => {
    if (preparing || deps.after === undefined || lists.ready()) return;
    preparing = true;
    callOff = deps.after(CALM_MS, () => void lists.prepare().catch(deps.onFault).finally(() => (preparing = false)));
  };
  const running = new Map<string, Promise<DeleteResult>>();

  return {
    parts: { index, selections, logAll: histories.logAll, changed: (places) => changes.changed(places, 'facts'), changes, additions, removals, tags },
    close() {
      callOff();
      unwritten.retry();
    },
    add(upload) {
      const known = upload.jobId === null ? undefined : one(byJobSql.get(upload.jobId));
      if (known !== undefined) return known;
      additions.add(upload);
      lists.forget('added');
      const added = byId(upload.id);
      if (added === undefined) throw new Error('an upload just written is not there');
      // Told after the caller's transaction: what is rolled back was never there.
      queueMicrotask(() => {
        const place = db.isOpen ? placeSql.get(upload.id)?.['seq'] : undefined;
        lists.forget(typeof place === 'number' ? 'added' : 'all');
        if (typeof place === 'number') changes.changed([place], 'facts');
      });
      return added;
    },
    addMany(uploads) {
      const { added, known, touched } = additions.addMany(uploads);
      changes.changed(touched, 'added');
      db.flush().catch(deps.onFault);
      return { added, known };
    },
    byId,
    bySha256: (accountId, sha256) => one(digestSql.get(sha256, accountId)),
    hasName: (accountId, name) => nameSql.get(nameKey(name), accountId) !== undefined,
    byRemote,
    view(query, limit) {
      const { places, complete } = lists.start(query);
      const days = query.sort.by !== 'time' ? [] : complete ? daysOf(places) : firstDays(places);
      prepareSoon();
      return { uploads: uploadsAt(db, places.subarray(0, limit)), total: places.length, exact: complete, days };
    },
    rows(query, offset, limit) {
      const start = lists.start(query);
      const places = start.complete || offset + limit <= start.places.length ? start.places : lists.complete(query);
      return uploadsAt(db, places.subarray(offset, offset + limit));
    },
    count: async (query) => {
      const places = await lists.completeSlowly(query);
      return { total: places.length, days: query.sort.by === 'time' ? daysOf(places) : [], bytes: await facets.bytes(places) };
    },
    facets: () => facets.read(),
    details: histories.details,
    resolve: selections.ids,
    whole: (selection, options) => wholes(selections.places(selection), options.deleteLinks),
    source(id) {
      const row = db.prepare('SELECT bytes, sha256 FROM upload_sources WHERE upload_id = ?').get(id);
      return row === undefined ? null : { bytes: row['bytes'] as number, sha256: row['sha256'] as string | null };
    },
    sourcePath: (id) => (db.prepare('SELECT source_path FROM uploads WHERE id = ?').get(id)?.['source_path'] as string | null | undefined) ?? null,
    deleteLink,
    async delete(ids, signal, onResult = () => undefined) {
      const fresh = [...new Set(ids)].filter((id) => !running.has(id));
      const others = [...new Set(ids)].flatMap((id) => running.get(id)?.then(onResult) ?? []);
      const asked = deleteUploads(
        fresh,
        { accounts, now, byId, deleteLink, from: histories.from, asked: (id) => log(id, 'delete_asked'), known: unwritten.get, record, failed: (id) => guarded(() => log(id, 'delete_failed')), onResult },
        signal,
      );
      fresh.forEach((id, at) => running.set(id, asked.then((results) => results[at] as DeleteResult)));
      try {
        const results = await Promise.all(ids.map((id) => running.get(id) as Promise<DeleteResult>));
        await Promise.all(others);
        return results;
      } finally {
        for (const id of fresh) running.delete(id);
      }
    },
    async remove(selection, options) {
      const ids = selections.ids(selection);
      const undo = await removals.take(selections.places(selection), options);
      changes.removed(ids);
      return { undo, removed: ids.length };
    },
    async undoRemove(undo) {
      const places = await removals.bringBack(undo);
      changes.changed(places, 'added');
      return places.length;
    },
    setRemoteState(id, state) {
      db.prepare('UPDATE uploads SET remote_state = ? WHERE id = ?').run(state, id);
      changed(id, 'facts');
    },
    setLinkState(id, state, at) {
      const before = byId(id);
      if (before === undefined) return;
      db.transaction(() => {
        db.prepare('UPDATE uploads SET link_state = ?, link_checked_at = ? WHERE id = ?').run(state, at, id);
        if (state !== 'unchecked') histories.log(id, { at, what: `link_${state}`, params: {} });
      });
      changed(id, before.linkState !== state && (state === 'dead' || before.linkState === 'dead') ? 'facts' : 'looks');
    },
    setThumb(id, thumb) {
      db.prepare('UPDATE uploads SET thumb = ? WHERE id = ?').run(thumb, id);
      changed(id, 'looks');
    },
    setDuration(id, seconds) {
      const { changes } = db.prepare('UPDATE uploads SET duration_seconds = ? WHERE id = ? AND duration_seconds IS NULL').run(seconds, id);
      if (changes > 0) changed(id, 'looks');
    },
    clearThumb(thumb) {
      const ids = db.prepare('SELECT id FROM uploads WHERE thumb = ?').all(thumb).map(({ id }) => String(id));
      if (ids.length === 0) return;
      db.prepare('UPDATE uploads SET thumb = NULL WHERE thumb = ?').run(thumb);
      for (const id of ids) changed(id, 'looks');
    },
    setNote(id, note) {
      const place = placeSql.get(id)?.['seq'];
      if (typeof place !== 'number') return;
      db.transaction(() => {
        if (db.prepare('UPDATE uploads SET note = ? WHERE seq = ? AND note <> ?').run(note, place, note).changes === 0) return;
        index.update([place]);
        log(id, 'edited');
      });
      changed(id, 'facts');
    },
    *thumbs() {
      const sql = db.prepare('SELECT seq, thumb FROM uploads WHERE seq > ? ORDER BY seq LIMIT 2000');
      for (let after = -1; db.isOpen; ) {
        const rows = sql.all(after);
        if (rows.length === 0) break;
        yield rows.flatMap(({ thumb }) => (typeof thumb === 'string' ? [thumb] : []));
        after = Number(rows.at(-1)?.['seq']);
      }
      if (db.isOpen) yield db.prepare('SELECT thumb FROM removed_uploads WHERE thumb IS NOT NULL').all().map((row) => String(row['thumb']));
    },
    ...createTagging(db, { tags, selections, index, histories, lists, changes, now, newId: deps.newId }),
    log: histories.log,
    onChange: changes.onChange,
  };

  /** A line of history that cannot be written costs nobody a result. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      deps.onFault(error);
    }
  }
  /** What the first answer said stands, while nobody could write it: a second one finds the picture gone. */
  function record(id: string, status: DeleteStatus): void {
    unwritten.write(id, status === 'already_gone' ? (unwritten.get(id) ?? status) : status);
  }
  function write(id: string, status: DeleteStatus): void {
    const state = byId(id)?.remoteState;
    // "Already gone" said of our own tombstone adds nothing to what is known.
    if (state === undefined || state === 'deleted' || state === 'already_gone') return;
    const gone = status === 'deleted' || status === 'already_gone';
    db.transaction(() => {
      db.prepare(`UPDATE uploads SET remote_state = ?${gone ? ', delete_link = NULL' : ''} WHERE id = ?`).run(status, id);
      log(id, status);
    });
    changed(id, 'facts');
  }
}
