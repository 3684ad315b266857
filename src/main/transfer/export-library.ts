import { setImmediate as turn } from 'node:timers/promises';
import { EVERYTHING } from '../../shared/model/library-defaults';
import type { WholeUpload } from '../library';
import type { AlbumLine, Line, SettingsLine, UploadLine } from './file/lines';
import { writeLibraryFile } from './file/write-file';
import type { TransferDeps } from './transfer-deps';

type OwnLine = Exclude<Line, { end: unknown }>;

/** Writes everything that belongs to the person into one file; keys and delete links only under a passphrase. */
export async function exportLibrary(deps: TransferDeps, path: string, passphrase: string | null): Promise<{ readonly uploads: number }> {
  const { library, albums, settings, now } = deps;
  const open = passphrase !== null;
  const left = { deleteLinks: 0, secrets: 0 };
  let uploads = 0;
  const listed = albums.list();
  const { accounts } = settings.current();
  const albumLines = listed.flatMap((album): readonly AlbumLine[] => {
    const { id, name } = album;
    if (album.source === 'local') return [{ source: 'local', id, name, coverUploadId: album.coverUploadId }];
    return album.accountId === null ? [] : [{ source: 'host', id, accountId: album.accountId, name, description: album.description, isPrivate: album.isPrivate, listedAt: album.listedAt ?? 0 }];
  });
  const { total } = await library.count(EVERYTHING);
  async function* lines(): AsyncGenerator<readonly OwnLine[], void, undefined> {
    yield [{ settings: portableSettings(deps) }];
    yield accounts.map((account) => {
      if (!open) left.secrets += deps.accounts.byId(account.id)?.secretsSet.length ?? 0;
      const secrets = open ? { ...deps.accounts.config(account.id).secrets } : {};
      return { account: { ...account, settings: { ...account.settings }, secrets } };
    });
    for (let at = 0; at < albumLines.length; at += 500) yield albumLines.slice(at, at + 500).map((album) => ({ album }));
    for (const slice of library.whole({ matching: EVERYTHING, except: [] }, { deleteLinks: open })) {
      yield slice.map((whole) => {
        if (!open && whole.upload.hasDeleteLink) left.deleteLinks += 1;
        return { upload: lineOf(whole) };
      });
      uploads += slice.length;
      await turn();
    }
  }
  await writeLibraryFile(
    path,
    { createdAt: now(), counts: { accounts: accounts.length, albums: albumLines.length, uploads: total }, lines, end: () => ({ uploads, left }) },
    passphrase === null ? null : { passphrase, scryptN: deps.scryptN },
  );
  return { uploads };
}

function lineOf({ upload, note, sourcePath, replaces, deleteUrl }: WholeUpload): UploadLine {
  const { thumb: _, hasDeleteLink: __, tags, ...rest } = upload;
  return { ...rest, tags: [...tags], note, sourcePath, replaces, deleteUrl };
}

function portableSettings({ settings, accounts }: TransferDeps): SettingsLine {
  const s = settings.current();
  return {
    language: s.language,
    theme: s.theme,
    linkFormat: s.linkFormat,
    customTemplate: s.customTemplate,
    videoFormat: s.videoFormat,
    customVideoTemplate: s.customVideoTemplate,
    accountLinks: s.accountLinks,
    preparation: s.preparation,
    linkSeparator: s.linkSeparator,
    encodeLinks: s.encodeLinks,
    copyWhenDone: s.copyWhenDone,
    stayInTray: s.stayInTray,
    notifications: s.notifications,
    concurrency: s.concurrency,
    limits: { ...s.limits },
    railOpen: s.railOpen,
    libraryView: s.libraryView,
    chosenAlbums: s.chosenAlbums,
    defaultAccountId: accounts.default().id,
  };
}
