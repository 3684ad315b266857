import { setImmediate as turn } from 'node:timers/promises';
import { formatLink } from '../../shared/links';
import type { UploadSelection } from '../../shared/model/library-query';
import type { WholeUpload } from '../library';
import { writeWhole } from './file/write-whole';
import type { TransferDeps } from './transfer-deps';

const COLUMNS = ['name', 'url', 'markdown', 'account', 'host', 'bytes', 'width', 'height', 'uploaded_at', 'album', 'tags', 'note', 'state', 'link'] as const;

type Albums = (whole: WholeUpload) => string;

/** Writes the links of a selection, in its order, for people and for spreadsheets. It never holds a delete link. */
export async function exportList(deps: TransferDeps, path: string, selection: UploadSelection, as: 'csv' | 'markdown'): Promise<{ readonly uploads: number }> {
  let uploads = 0;
  const albumOf = albumNames(deps);
  const csv = as === 'csv' ? await csvWriter() : null;
  async function* pieces(): AsyncGenerator<string, void, undefined> {
    // With this mark Excel reads UTF-8.
    if (csv !== null) yield `\uFEFF${csv([COLUMNS])}`;
    for (const slice of deps.library.whole(selection, { deleteLinks: false })) {
      yield csv === null ? slice.map(markdownLine).join('') : csv(slice.map((whole) => row(whole, albumOf)));
      uploads += slice.length;
      await turn();
    }
  }
  await writeWhole(path, pieces());
  return { uploads };
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
async function csvWriter(): Promise<(rows: readonly (readonly (string | number)[])[]) => string> {
  const { stringify } = await import('csv-stringify/sync');
  return (rows) => stringify(rows.map((cells) => [...cells]), { escape_formulas: true, record_delimiter: 'windows' });
}

function row({ upload, note }: WholeUpload, albumOf: Albums): readonly (string | number)[] {
  const { url } = upload;
  return [
    upload.name,
    url ?? '',
    url === null ? '' : formatLink({ ...upload, url, album: null }, 'markdown', ''),
    upload.accountName,
    upload.provider,
    upload.bytes,
    upload.width ?? '',
    upload.height ?? '',
    new Date(upload.uploadedAt).toISOString(),
    albumOf({ upload, note, sourcePath: null, replaces: null, deleteUrl: null }),
    upload.tags.join(', '),
    note,
    upload.remoteState,
    upload.linkState,
  ];
}

/** One link on each line; what has no address is named. */
const markdownLine = ({ upload }: WholeUpload): string => (upload.url === null ? `- ${upload.name.replace(/\s+/g, ' ')}\n` : `- ${formatLink({ ...upload, url: upload.url, album: null }, 'markdown', '')}\n`);

function albumNames({ albums }: TransferDeps): Albums {
  const names = new Map(albums.list().map(({ accountId, id, name }) => [`${accountId ?? ''}\n${id}`, name]));
  return ({ upload: { localAlbumId, accountId, albumId } }) =>
    [localAlbumId === null ? '' : (names.get(`\n${localAlbumId}`) ?? ''), albumId === null ? '' : (names.get(`${accountId}\n${albumId}`) ?? albumId)].filter((name) => name !== '').join(', ');
}
