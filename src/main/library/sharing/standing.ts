import { z } from 'zod';
import type { SqlDatabase, SqlRow } from '../../../lib/sqlite';
import { RemoteState } from '../../../shared/model/upload';
import { albumNameKey } from '../album-names';
import { tagKey } from '../text-index';
import { parseTags } from '../upload-rows';
import { SharedMarks } from './shared-row';

/**
 * What this library does with a record: `shown`; `hidden`, taken out of this library only; `private`, never shared;
 * `gone`, deleted everywhere; `absent`, its facts have not come yet.
 */
export const Here = z.enum(['shown', 'hidden', 'private', 'gone', 'absent']);
export type Here = z.infer<typeof Here>;

/** What can be changed of a record, as it stands in this library. */
export type Local = { readonly tags: readonly string[]; readonly note: string; readonly album: string | null; readonly remote: RemoteState };

/** A record's place between this library and the others. */
export type Standing = {
  readonly part: number | null;
  /** Null: nothing is known of it yet. */
  readonly here: Here | null;
  readonly state: SharedMarks;
  /** The device it came from; null: this one. */
  readonly origin: string | null;
  /** Its place and values; null: it is not in this library. */
  readonly local: (Local & { readonly seq: number }) | null;
};

export const STANDING_COLUMNS = 's.part, s.here, s.state, o.device AS origin, u.seq, u.tags, u.note, u.remote_state, a.name AS album';
export const STANDING_JOINS = `LEFT JOIN shared_rows s ON s.upload_id = j.upload_id LEFT JOIN upload_origins o ON o.upload_id = j.upload_id
  LEFT JOIN uploads u ON u.id = j.upload_id LEFT JOIN local_albums a ON a.id = u.local_album_id`;

const Columns = z.object({
  part: z.number().nullable(),
  here: Here.nullable(),
  state: z.string().nullable(),
  origin: z.string().nullable(),
  seq: z.number().nullable(),
  note: z.string().nullable(),
  remote_state: RemoteState.nullable(),
  album: z.string().nullable(),
});

export const toStanding = (row: SqlRow): Standing => {
  const { part, here, state, origin, seq, note, remote_state, album } = Columns.parse(row);
  const marks = state === null ? {} : SharedMarks.parse(JSON.parse(state));
  return { part, here, state: marks, origin, local: seq === null ? null : { seq, tags: parseTags(row['tags']), note: note ?? '', album, remote: remote_state ?? 'online' } };
};

/** What a record has where nobody ever changed it. */
const UNTOUCHED: Local = { tags: [], note: '', album: null, remote: 'online' };

const keysOf = (tags: readonly string[]): string => JSON.stringify(tags.map(tagKey));

/** Two values that people read as the same are the same: each library keeps its own spelling of a tag or an album. */
export const SAME: { readonly [K in keyof Local]: (a: Local[K], b: Local[K]) => boolean } = {
  tags: (a, b) => keysOf(a) === keysOf(b),
  note: (a, b) => a === b,
  album: (a, b) => (a === null || b === null ? a === b : albumNameKey(a) === albumNameKey(b)),
  remote: (a, b) => a === b,
};

/** The values that the marks tell. */
export const valuesOf = ({ tags, note, album, remote }: SharedMarks): Local => ({
  tags: tags?.v ?? UNTOUCHED.tags,
  note: note?.v ?? UNTOUCHED.note,
  album: album === undefined ? UNTOUCHED.album : album.v,
  remote: remote?.v ?? UNTOUCHED.remote,
});

export const saveStanding = (db: SqlDatabase): ((id: string, part: number | null, here: Here, state: SharedMarks) => void) => {
  const sql = db.prepare(
    `INSERT INTO shared_rows (upload_id, part, here, state) VALUES (?, ?, ?, ?)
     ON CONFLICT (upload_id) DO UPDATE SET part = excluded.part, here = excluded.here, state = excluded.state`,
  );
  return (id, part, here, state) => void sql.run(id, part, here, JSON.stringify(state));
};
