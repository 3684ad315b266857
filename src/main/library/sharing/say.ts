import type { SqlDatabase, SqlRow } from '../../../lib/sqlite';
import { isOnlyHere } from '../../../shared/model/account';
import { inSlices } from '../in-slices';
import type { Said, Saying } from './contract';
import { markAfter, SharedFacts, type SharedMarks, type SharedRow } from './shared-row';
import { SAME, saveStanding, STANDING_COLUMNS, STANDING_JOINS, toStanding, valuesOf, type Here, type Local, type Standing } from './standing';

/** A record as it waits to be told of. */
type Waiting = Standing & { readonly nr: number; readonly id: string; readonly everywhere: boolean; readonly facts: SharedFacts | null };

const FACTS = `u.account_id, u.account_name, u.provider, u.name, u.stored_name, u.remote_id, u.url, u.thumb_url, u.kind, u.mime, u.bytes, u.width,
  u.height, u.duration_seconds, u.sha256, u.album_id, u.uploaded_at, u.replaces`;

const NAMES: Readonly<Record<string, keyof SharedFacts>> = {
  account_id: 'accountId',
  account_name: 'accountName',
  provider: 'provider',
  name: 'name',
  stored_name: 'storedName',
  remote_id: 'remoteId',
  url: 'url',
  thumb_url: 'thumbUrl',
  kind: 'kind',
  mime: 'mime',
  bytes: 'bytes',
  width: 'width',
  height: 'height',
  duration_seconds: 'durationSeconds',
  sha256: 'sha256',
  album_id: 'albumId',
  uploaded_at: 'uploadedAt',
  replaces: 'replaces',
};

/** Null where the record opens only on this computer, or cannot be told of. */
const factsOf = (row: SqlRow, urlOf: (account: string) => string | undefined): SharedFacts | null => {
  if (row['account_id'] === null || isOnlyHere({ accountId: String(row['account_id']), provider: String(row['provider']) })) return null;
  const facts = Object.entries(NAMES).flatMap(([column, name]) => (row[column] === null ? [] : [[name, row[column]] as const]));
  const accountUrl = urlOf(String(row['account_id']));
  return SharedFacts.safeParse({ ...Object.fromEntries(facts), ...(accountUrl === undefined ? {} : { accountUrl }) }).data ?? null;
};

const FIELDS = ['tags', 'note', 'album', 'remote'] as const satisfies readonly (keyof Local)[];

/** The marks with those of this device for everything that differs here; `all`: for everything that was ever touched. */
const marked = (state: SharedMarks, local: Local, self: string, all: boolean): SharedMarks => {
  const [told, fresh] = [valuesOf(state), valuesOf({})];
  const next: SharedMarks = { ...state };
  const differs = <K extends keyof Local>(field: K): boolean =>
    !SAME[field](local[field], told[field]) || (all && (state[field] !== undefined || !SAME[field](local[field], fresh[field])));
  for (const field of FIELDS) {
    if (differs(field)) Object.assign(next, { [field]: { v: local[field], ...markAfter(state[field], self) } });
  }
  return next;
};

/** What of the marks is this device's, with the facts where it is the one that tells them. */
const ownRow = (state: SharedMarks, facts: SharedFacts | null, self: string): SharedRow | null => {
  const mine = Object.entries(state).filter(([name, mark]) => mark?.by === self && (state.life?.gone !== true || name === 'life'));
  const row: SharedRow = { ...(facts === null ? {} : { facts }), ...Object.fromEntries(mine) };
  return Object.keys(row).length === 0 ? null : row;
};

const sayOf = (one: Waiting, self: string): Said => {
  const { id, nr, part, here, local, everywhere, origin, facts } = one;
  const said = (row: Said['row'], next: Here | null, state: SharedMarks): Said => ({ id, part, row: row === null && part === null ? undefined : row, change: { nr, here: next, state } });
  if (here === 'private') return said(undefined, local === null ? null : here, one.state);
  if (local === null) {
    if (here === null) return said(undefined, null, {});
    if (here === 'gone') return said(ownRow(one.state, null, self), here, one.state);
    if (!everywhere) return said(undefined, here === 'absent' ? here : 'hidden', one.state);
    const state: SharedMarks = { ...one.state, life: { gone: true, ...markAfter(one.state.life, self) } };
    return said(ownRow(state, null, self), 'gone', state);
  }
  if (facts === null) return said(undefined, here, one.state);
  // It was deleted everywhere and is here again: a person brought it back.
  const back = here === 'gone';
  const state = marked(back ? { ...one.state, life: { gone: false, ...markAfter(one.state.life, self) } } : one.state, local, self, back);
  const tellsFacts = origin === null || state.life?.by === self;
  return said(ownRow(state, tellsFacts ? facts : null, self), 'shown', state);
};

export const createSaying = (db: SqlDatabase, urlOf: (account: string) => string | undefined): Saying => {
  const countSql = db.prepare('SELECT count(*) AS count FROM shared_waiting');
  const nextSql = db.prepare(`SELECT j.nr, j.upload_id AS id, j.everywhere, ${STANDING_COLUMNS}, ${FACTS} FROM shared_waiting j ${STANDING_JOINS} ORDER BY j.nr LIMIT ?`);
  const doneSql = db.prepare('DELETE FROM shared_waiting WHERE nr = ?');
  const forgetSql = db.prepare('DELETE FROM shared_rows WHERE upload_id = ?');
  const changedSql = db.prepare('INSERT INTO shared_parts (device, part, digest) VALUES (?, ?, NULL) ON CONFLICT (device, part) DO UPDATE SET digest = NULL');
  const save = saveStanding(db);
  return {
    waiting: () => Number(countSql.get()?.['count']),
    next: (self, limit) =>
      nextSql.all(limit).map((row) => sayOf({ ...toStanding(row), nr: Number(row['nr']), id: String(row['id']), everywhere: row['everywhere'] === 1, facts: factsOf(row, urlOf) }, self)),
    async told(self, all) {
      await inSlices(db, all, (slice) => {
        for (const { said, part } of slice) {
          const { nr, here, state } = said.change;
          if (here === null) forgetSql.run(said.id);
          else save(said.id, part, here, state);
          if (said.row !== undefined) for (const one of new Set([part, said.part])) if (one !== null) changedSql.run(self, one);
          doneSql.run(nr);
        }
      });
    },
  };
};
