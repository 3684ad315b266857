import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ProviderId } from '../../../shared/model/provider';
import type { ImportSkip } from '../../../shared/model/transfer';
import { mediaTypeOf } from '../../preparation';
import type { AccountLine, UploadLine } from '../file/lines';
import { linkOrNull } from '../../../lib/web-link';

/** A picture in the gallery: a few fields of its own, and whatever its uploader added. */
const GalleryRecord = z.looseObject({
  id: z.string().optional().catch(undefined),
  imgUrl: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  fileName: z.string().optional().catch(undefined),
  type: z.string().catch(''),
  extname: z.string().catch(''),
  width: z.coerce.number().int().positive().nullable().catch(null),
  height: z.coerce.number().int().positive().nullable().catch(null),
  size: z.coerce.number().int().nonnegative().catch(0),
  createdAt: z.number().positive().optional().catch(undefined),
  hash: z.string().optional().catch(undefined),
});
type GalleryRecord = z.infer<typeof GalleryRecord>;

export type ForeignUploads = { readonly uploads: readonly UploadLine[]; readonly skipped: readonly ImportSkip[] };

const NO_BYTES = new Uint8Array();

/** Reads the gallery's records as uploads of these accounts. A record of an unknown host, or without an address, is named and left. */
export async function readGallery(records: readonly unknown[], ofType: ReadonlyMap<string, AccountLine>, now: number): Promise<ForeignUploads> {
  const uploads: UploadLine[] = [];
  const skipped: ImportSkip[] = [];
  for (const value of records) {
    const record = GalleryRecord.safeParse(value).data;
    if (record === undefined) {
      skipped.push({ what: 'upload', name: '', why: 'damaged', count: 1 });
      continue;
    }
    const account = ofType.get(record.type);
    const url = linkOrNull(record.imgUrl) ?? linkOrNull(record.url);
    if (account === undefined) skipped.push({ what: 'upload', name: record.type, why: 'host_not_supported', count: 1 });
    else if (url === null) skipped.push({ what: 'upload', name: record.type, why: 'no_address', count: 1 });
    else {
      const deletion = deletionOf(record);
      if (deletion.found && deletion.link === null) skipped.push({ what: 'delete_link', name: record.type, why: 'not_a_link', count: 1 });
      uploads.push(await uploadOf(record, url, account, deletion.link, now));
    }
  }
  return { uploads, skipped };
}

async function uploadOf(record: GalleryRecord, url: string, account: AccountLine, deleteUrl: string | null, now: number): Promise<UploadLine> {
  const name = record.fileName === undefined || record.fileName === '' ? lastPart(url) : record.fileName;
  const { kind, mime } = await mediaTypeOf(/\.\w+$/.test(name) ? name : `${name}${record.extname}`, NO_BYTES);
  return {
    id: idOf(record, url),
    accountId: account.id,
    accountName: account.name,
    provider: account.provider,
    onlyThisComputer: false,
    name: name.slice(0, 1000),
    storedName: lastPart(url),
    remoteId: remoteIdOf(record, account.provider),
    url,
    thumbUrl: null,
    kind,
    mime,
    bytes: record.size,
    width: record.width,
    height: record.height,
    durationSeconds: null,
    sha256: '',
    albumId: null,
    localAlbumId: null,
    uploadedAt: Math.min(Math.floor(record.createdAt ?? now), now),
    remoteState: 'online',
    linkState: 'unchecked',
    tags: [],
    note: '',
    sourcePath: null,
    replaces: null,
    deleteUrl,
  };
}

/** The gallery's own id, made one of ours; the same whenever it is imported. */
const idOf = ({ id, type }: GalleryRecord, url: string): string => `imported-${createHash('sha256').update(JSON.stringify([id ?? '', type, url])).digest('hex').slice(0, 32)}`;

const remoteIdOf = ({ hash }: GalleryRecord, provider: ProviderId): string | null => (provider === 'smms' && hash !== undefined && hash !== '' && linkOrNull(hash) === null ? hash : null);

function lastPart(url: string): string {
  const part = new URL(url).pathname.split('/').pop() ?? '';
  try {
    return decodeURIComponent(part) || url;
  } catch {
    return part;
  }
}

const DELETE_KEY = /^(delete|del|delete_?url|delete_?link|hash)$/i;

/** The first web link among what may be for deleting, here or in the host's whole answer; whether there was anything at all. */
function deletionOf(record: GalleryRecord): { readonly found: boolean; readonly link: string | null } {
  const candidates = [...candidatesIn(record, 0)];
  return { found: candidates.length > 0, link: candidates.map(linkOrNull).find((link) => link !== null) ?? null };
}

function* candidatesIn(value: unknown, depth: number): Generator<string, void, undefined> {
  if (typeof value !== 'object' || value === null || depth > 4) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') {
      if (DELETE_KEY.test(key) && inner !== '') yield inner;
    } else yield* candidatesIn(inner, depth + 1);
  }
}
