import { z } from 'zod';
import type { SqlDatabase, SqlRow, SqlValue } from '../../lib/sqlite';
import { isOnlyHere } from '../../shared/model/account';
import { MediaKind } from '../../shared/model/job';
import { ProviderId } from '../../shared/model/provider';
import { LinkState, RemoteState, type Upload } from '../../shared/model/upload';
import type { NewUpload } from './contract';
import { nameKey } from './search-text';

/** The columns of a row as `toUpload` reads them; the sealed link itself stays in the database. */
export const COLUMNS = `u.seq, u.id, u.account_id, u.account_name, u.provider, u.name, u.stored_name, u.remote_id, u.url, u.thumb_url,
  u.thumb, u.kind, u.mime, u.bytes, u.width, u.height, u.duration_seconds, u.sha256, u.album_id, u.uploaded_at, u.remote_state,
  u.link_state, u.local_album_id, u.tags, u.delete_link IS NOT NULL AS has_link`;

const Row = z.object({
  seq: z.number(),
  id: z.string(),
  account_id: z.string(),
  account_name: z.string(),
  provider: ProviderId,
  name: z.string(),
  stored_name: z.string().nullable(),
  remote_id: z.string().nullable(),
  url: z.string().nullable(),
  thumb_url: z.string().nullable(),
  thumb: z.string().nullable(),
  kind: MediaKind,
  mime: z.string().nullable(),
  bytes: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  duration_seconds: z.number().nullable(),
  sha256: z.string(),
  album_id: z.string().nullable(),
  uploaded_at: z.number(),
  remote_state: RemoteState,
  link_state: LinkState,
  local_album_id: z.string().nullable(),
  tags: z.string(),
  has_link: z.number(),
});

const Tags = z.array(z.string());

/** The tags of a row's column; none where it cannot be read. */
export const parseTags = (column: unknown): readonly string[] => {
  if (column === '[]' || typeof column !== 'string') return [];
  const tags = Tags.safeParse(JSON.parse(column));
  return tags.success ? tags.data : [];
};

export type Stored = { readonly seq: number; readonly upload: Upload };

/** A row of `COLUMNS` as an upload and its place in time. */
export function toUpload(row: SqlRow): Stored {
  const r = Row.parse(row);
  const upload: Upload = {
    id: r.id,
    accountId: r.account_id,
    accountName: r.account_name,
    provider: r.provider,
    onlyThisComputer: isOnlyHere({ accountId: r.account_id, provider: r.provider }),
    name: r.name,
    storedName: r.stored_name,
    remoteId: r.remote_id,
    url: r.url,
    thumbUrl: r.thumb_url,
    thumb: r.thumb,
    kind: r.kind,
    mime: r.mime,
    bytes: r.bytes,
    width: r.width,
    height: r.height,
    durationSeconds: r.duration_seconds,
    sha256: r.sha256,
    albumId: r.album_id,
    uploadedAt: r.uploaded_at,
    remoteState: r.remote_state,
    linkState: r.link_state,
    localAlbumId: r.local_album_id,
    tags: parseTags(r.tags),
    hasDeleteLink: r.has_link !== 0,
  };
  return { seq: r.seq, upload };
}

/** The uploads at these places, in their order. */
export const uploadsAt = (db: SqlDatabase, places: ArrayLike<number>): readonly Upload[] =>
  places.length === 0
    ? []
    : db
        .prepare(`SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN uploads u ON u.seq = j.value ORDER BY j.key`)
        .all(JSON.stringify(Array.from(places)))
        .map((row) => toUpload(row).upload);

const INSERTED = [
  'seq',
  'id',
  'job_id',
  'account_id',
  'account_name',
  'provider',
  'name',
  'name_key',
  'stored_name',
  'remote_id',
  'url',
  'thumb_url',
  'kind',
  'mime',
  'bytes',
  'width',
  'height',
  'duration_seconds',
  'sha256',
  'album_id',
  'local_album_id',
  'uploaded_at',
  'remote_state',
  'link_state',
  'tags',
  'note',
  'source_path',
  'replaces',
  'came',
  'added_at',
  'delete_link',
] as const;

export const INSERT = `INSERT INTO uploads (${INSERTED.join(', ')}) VALUES (${INSERTED.map(() => '?').join(', ')})`;

/** What the library decides about a new upload. */
export type Placed = { readonly seq: number; readonly tags: readonly string[]; readonly addedAt: number; readonly sealedLink: Uint8Array | null };

/** The values of `INSERT`, in its order. */
export const insertValues = (upload: NewUpload, { seq, tags, addedAt, sealedLink }: Placed): readonly SqlValue[] => [
  seq,
  upload.id,
  upload.jobId,
  upload.accountId,
  upload.accountName,
  upload.provider,
  upload.name,
  nameKey(upload.name),
  upload.storedName,
  upload.remoteId,
  upload.url,
  upload.thumbUrl,
  upload.kind,
  upload.mime,
  upload.bytes,
  upload.width,
  upload.height,
  upload.durationSeconds,
  upload.sha256,
  upload.albumId,
  upload.localAlbumId ?? null,
  Math.floor(upload.uploadedAt),
  upload.remoteState,
  upload.linkState ?? 'unchecked',
  JSON.stringify(tags),
  upload.note ?? '',
  upload.sourcePath ?? null,
  upload.replaces ?? null,
  upload.came ?? 'uploaded',
  addedAt,
  sealedLink,
];
