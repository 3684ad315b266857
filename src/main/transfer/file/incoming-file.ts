import { basename } from 'node:path';
import type { ImportSkip } from '../../../shared/model/transfer';
import { addSkips, type Incoming } from '../incoming';
import type { AccountLine, AlbumLine, Line, SettingsLine, UploadLine } from './lines';
import type { OpenedFile } from './read-file';

/**
 * Reads an opened library file once from end to end, so that nothing is taken from a damaged one, and gives what it
 * holds. Throws `UnreadableFile`. Closing it closes the file.
 */
export async function incomingFile(path: string, opened: OpenedFile): Promise<Incoming> {
  const accounts: AccountLine[] = [];
  const albums: AlbumLine[] = [];
  const skips: ImportSkip[] = [];
  let settings: SettingsLine | null = null;
  let unreadable = 0;
  for await (const lines of opened.lines()) {
    for (const line of lines) {
      if (line === null) unreadable += 1;
      else if ('account' in line) accounts.push(line.account);
      else if ('album' in line) albums.push(line.album);
      else if ('settings' in line) settings = line.settings;
      else if ('end' in line && line.end.left.deleteLinks > 0) skips.push({ what: 'delete_link', name: '', why: 'left_out', count: line.end.left.deleteLinks });
    }
  }
  if (unreadable > 0) skips.push({ what: 'upload', name: '', why: 'damaged', count: unreadable });
  return {
    source: 'picferry',
    file: basename(path),
    secrets: opened.header.seal === null ? 'none' : 'sealed',
    accounts,
    albums,
    settings,
    skipped: addSkips(skips),
    async *uploads() {
      for await (const lines of opened.lines()) yield lines.flatMap((line) => uploadIn(line));
    },
    close: () => opened.close(),
  };
}

const uploadIn = (line: Line | null): readonly UploadLine[] => (line !== null && 'upload' in line ? [line.upload] : []);
