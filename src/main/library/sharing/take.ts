import { setImmediate as turn } from 'node:timers/promises';
import type { SqlDatabase } from '../../../lib/sqlite';
import { linkOrNull } from '../../../lib/web-link';
import { isOnlyHere } from '../../../shared/model/account';
import { albumNameKey } from '../album-names';
import type { NewUpload } from '../contract';
import type { LibraryParts } from '../library-service';
import type { Take } from './contract';
import { joinMarks, type SharedFacts, type SharedMarks, type SharedRow } from './shared-row';
import { SAME, saveStanding, STANDING_COLUMNS, STANDING_JOINS, toStanding, valuesOf, type Here, type Local, type Standing } from './standing';

export type TakingDeps = {
  readonly db: SqlDatabase;
  readonly parts: Pick<LibraryParts, 'additions' | 'removals' | 'tags' | 'index' | 'changes'>;
  /** Albums of these names, made where they are missing; their ids in the same order. */
  readonly albumIds: (names: readonly string[]) => Promise<readonly string[]>;
  /** The account of this device that another device's record belongs to. */
  readonly accountFor: (facts: SharedFacts) => string;
};

/** Records that are changed at one go: some ten milliseconds. */
const SLICE = 64;
/** What is removed because another device deleted it everywhere can come back whole until Picferry ends. */
const ELSEWHERE = 'elsewhere';

type Known = Standing & { readonly waits: boolean };
type Touched = { readonly added: number[]; readonly changed: number[]; readonly removed: string[] };

const UNKNOWN: Known = { part: null, here: null, state: {}, origin: null, local: null, waits: false };

export const createTake = (deps: TakingDeps): Take => {
  const { db, parts } = deps;
  const taker = new Taker(deps);
  return async (device, rows, { hide = false, part } = {}) => {
    const all = [...rows];
    let whole = true;
    for (let at = 0; at < all.length && db.isOpen; at += SLICE) {
      if (at > 0) await turn();
      const slice = all.slice(at, at + SLICE);
      const albums = hide ? new Map<string, string>() : await taker.albumsFor(slice);
      const touched: Touched = { added: [], changed: [], removed: [] };
      db.transaction(() => {
        const known = taker.known(slice.map(([id]) => id));
        for (const [id, row] of slice) if (!taker.take(id, row, known.get(id) ?? UNKNOWN, { device, hide, part: part ?? null, albums, touched })) whole = false;
        parts.index.update([...touched.added, ...touched.changed]);
      });
      parts.changes.removed(touched.removed);
      parts.changes.changed(touched.added, 'added');
      parts.changes.changed(touched.changed, 'facts');
    }
    return whole;
  };
};

type Frame = { readonly device: string; readonly hide: boolean; readonly part: number | null; readonly albums: ReadonlyMap<string, string>; readonly touched: Touched };

class Taker {
  readonly #save: ReturnType<typeof saveStanding>;
  readonly #known;
  readonly #origin;
  readonly #unmark;
  readonly #mark;
  readonly #fields;

  constructor(private readonly deps: TakingDeps) {
    const { db } = deps;
    this.#save = saveStanding(db);
    this.#known = db.prepare(
      `SELECT j.upload_id AS id, w.nr IS NOT NULL AS waits, ${STANDING_COLUMNS} FROM (SELECT value AS upload_id FROM json_each(?)) j
       LEFT JOIN shared_waiting w ON w.upload_id = j.upload_id ${STANDING_JOINS}`,
    );
    this.#origin = db.prepare('INSERT INTO upload_origins (upload_id, device) VALUES (?, ?) ON CONFLICT (upload_id) DO UPDATE SET device = excluded.device');
    this.#unmark = db.prepare('DELETE FROM shared_waiting WHERE upload_id = ?');
    this.#mark = db.prepare('INSERT INTO shared_waiting (upload_id) VALUES (?)');
    this.#fields = {
      note: db.prepare('UPDATE uploads SET note = ? WHERE seq = ?'),
      album: db.prepare('UPDATE uploads SET local_album_id = ? WHERE seq = ?'),
      remote: db.prepare('UPDATE uploads SET remote_state = ? WHERE seq = ?'),
    };
  }

  known(ids: readonly string[]): ReadonlyMap<string, Known> {
    return new Map(this.#known.all(JSON.stringify(ids)).map((row) => [String(row['id']), { ...toStanding(row), waits: row['waits'] === 1 }]));
  }

  /** The albums that these records are in, by their names; those that are not here yet are made. */
  async albumsFor(slice: readonly (readonly [string, SharedRow])[]): Promise<ReadonlyMap<string, string>> {
    const known = this.known(slice.map(([id]) => id));
    const names = new Map<string, string>();
    for (const [id, row] of slice) {
      const one = known.get(id) ?? UNKNOWN;
      const { life, album } = joinMarks(one.state, row);
      const isShown = one.local !== null || (row.facts !== undefined && one.here !== 'hidden');
      if (isShown && life?.gone !== true && typeof album?.v === 'string' && album.v.trim() !== '') names.set(albumNameKey(album.v), album.v);
    }
    const ids = names.size === 0 ? [] : await this.deps.albumIds([...names.values()]);
    return new Map([...names.keys()].map((key, at) => [key, ids[at] as string]));
  }

  /** False when it has to wait. */
  take(id: string, { facts, ...row }: SharedRow, known: Known, frame: Frame): boolean {
    if (known.waits) return false;
    if (known.here === 'private') return true;
    const state = joinMarks(known.state, row);
    const here = this.#follow(id, facts, state, known, frame);
    this.#save(id, known.part ?? frame.part, here, state);
    // What was just written is what others said, no change of this device.
    this.#unmark.run(id);
    // Its own part still tells the facts of what is gone.
    if (here === 'gone' && known.here !== 'gone' && known.part !== null) this.#mark.run(id);
    return true;
  }

  #follow(id: string, facts: SharedFacts | undefined, state: SharedMarks, known: Known, frame: Frame): Here {
    const { removals } = this.deps.parts;
    if (state.life?.gone === true) {
      if (known.local !== null && removals.takeNow([known.local.seq], ELSEWHERE) > 0) frame.touched.removed.push(id);
      return 'gone';
    }
    if (known.local !== null) {
      if (this.#write(known.local.seq, known.local, state, frame)) frame.touched.changed.push(known.local.seq);
      return 'shown';
    }
    if (known.here === 'hidden') return 'hidden';
    if (facts === undefined || isOnlyHere(facts)) return known.here === 'gone' ? 'absent' : (known.here ?? 'absent');
    return frame.hide ? 'hidden' : this.#add(id, facts, state, frame);
  }

  #add(id: string, facts: SharedFacts, state: SharedMarks, frame: Frame): Here {
    const { additions, removals } = this.deps.parts;
    const back = removals.backNow(id, ELSEWHERE);
    if (back !== null) {
      const local = this.known([id]).get(id)?.local ?? null;
      if (local !== null) this.#write(back, local, state, frame);
      frame.touched.added.push(back);
      return 'shown';
    }
    const accountId = this.deps.accountFor(facts);
    const { added, touched } = additions.addMany([newUpload(id, { ...facts, accountId }, state, (name) => frame.albums.get(albumNameKey(name)) ?? null)]);
    // The same picture of the same account is here already, under a name of its own.
    if (added.length === 0) return 'hidden';
    if (frame.part === null) this.#origin.run(id, frame.device);
    frame.touched.added.push(...touched);
    return 'shown';
  }

  /** Gives a record the values that the marks tell; false when it had them. */
  #write(seq: number, local: Local, state: SharedMarks, { albums }: Frame): boolean {
    const { tags } = this.deps.parts;
    const told = valuesOf(state);
    let changed = false;
    if (!SAME.tags(local.tags, told.tags)) {
      tags.write(seq, tags.clean(told.tags));
      changed = true;
    }
    if (!SAME.note(local.note, told.note)) changed = this.#fields.note.run(told.note, seq).changes > 0 || changed;
    if (!SAME.album(local.album, told.album)) changed = this.#fields.album.run(told.album === null ? null : (albums.get(albumNameKey(told.album)) ?? null), seq).changes > 0 || changed;
    if (!SAME.remote(local.remote, told.remote)) changed = this.#fields.remote.run(told.remote, seq).changes > 0 || changed;
    return changed;
  }
}

const newUpload = (id: string, facts: SharedFacts, state: SharedMarks, albumOf: (name: string) => string | null): NewUpload => {
  const { accountUrl: _, ...rest } = facts;
  const { tags, note, album, remote } = valuesOf(state);
  return {
    ...rest,
    id,
    jobId: null,
    onlyThisComputer: false,
    storedName: facts.storedName ?? null,
    remoteId: facts.remoteId ?? null,
    url: linkOrNull(facts.url),
    thumbUrl: linkOrNull(facts.thumbUrl),
    mime: facts.mime ?? null,
    width: facts.width ?? null,
    height: facts.height ?? null,
    durationSeconds: facts.durationSeconds ?? null,
    albumId: facts.albumId ?? null,
    replaces: facts.replaces ?? null,
    remoteState: remote,
    deleteUrl: null,
    tags,
    note,
    localAlbumId: album === null ? null : albumOf(album),
    came: 'synced',
  };
};
