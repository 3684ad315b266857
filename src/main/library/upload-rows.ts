import { z } from 'zod';
import type { SqlRow, SqlValue } from '../../lib/sqlite';
import { THIS_COMPUTER } from '../../shared/model/account';
import { MediaKind } from '../../shared/model/job';
import { ProviderId } from '../../shared/model/provider';
import { RemoteState, type Upload } from '../../shared/model/upload';
import type { NewUpload } from './contract';

/** The columns of a row as `toUpload` reads them; the sealed link itself stays in the database. */
export const COLUMNS = `u.seq, u.id, u.account_id, u.account_name, u.provider, u.name, u.stored_name, u.remote_id, u.url, u.thumb_url,
  u.thumb, u.kind, u.mime, u.bytes, u.width, u.height, u.duration_seconds, u.sha256, u.album_id, u.uploaded_at, u.remote_state,
  u.delete_link IS NOT NULL AS has_link`;

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
  has_link: z.number(),
});

export type Stored = { readonly seq: number; readonly upload: Upload };

/** A row of `COLUMNS` as an upload and its place in the order. */
export function toUpload(row: SqlRow): Stored {
  const r = Row.parse(row);
  const upload: Upload = {
    id: r.id,
    accountId: r.account_id,
    accountName: r.account_name,
    provider: r.provider,
    onlyThisComputer: r.account_id === THIS_COMPUTER,
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
    hasDeleteLink: r.has_link !== 0,
  };
  return { seq: r.seq, upload };
}

export const INSERT = `INSERT INTO uploads (id, job_id, account_id, account_name, provider, name, stored_name, remote_id, url, thumb_url,
  kind, mime, bytes, width, height, duration_seconds, sha256, album_id, uploaded_at, remote_state, delete_link)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** The values of `INSERT`, in its order. */
export const insertValues = (upload: NewUpload, sealedLink: Uint8Array | null): readonly SqlValue[] => [
  upload.id,
  upload.jobId,
  upload.accountId,
  upload.accountName,
  upload.provider,
  upload.name,
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
  upload.uploadedAt,
  upload.remoteState,
  sealedLink,
];
