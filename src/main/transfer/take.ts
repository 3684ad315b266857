import { setImmediate as turn } from 'node:timers/promises';
import { PicferryError } from '../../lib/picferry-error';
import { isOnlyHere, THIS_COMPUTER, type StoredAccount } from '../../shared/model/account';
import type { Settings } from '../../shared/model/settings';
import type { ImportReport, ImportSkip } from '../../shared/model/transfer';
import { lacksKeys } from '../accounts';
import { albumNameKey, type NewUpload } from '../library';
import type { ImportChoice } from './contract';
import type { AccountLine, AlbumLine, SettingsLine, UploadLine } from './file/lines';
import { addSkips, type Incoming } from './incoming';
import { matchAccounts, type MatchedAccount } from './match-accounts';
import type { TransferDeps } from './transfer-deps';
import { linkOrNull } from '../../lib/web-link';

/** Records looked at or written at one go: some ten milliseconds, and as many again when the log is put into the file. */
const SLICE = 40;

/** What taking all of it would come to. Changes nothing. */
export async function weigh(deps: TransferDeps, incoming: Incoming): Promise<ImportReport> {
  const matched = matchAccounts(deps, incoming.accounts);
  const map = accountMap(matched);
  const counts = { new: 0, known: 0 };
  let deleteLinks = 0;
  for await (const part of parts(incoming.uploads())) {
    for (const line of part) {
      counts[isKnown(deps, newUpload(line, map, new Map())) ? 'known' : 'new'] += 1;
      if (line.deleteUrl !== null) deleteLinks += 1;
    }
    await turn();
  }
  const here = albumFinder(deps, map);
  const albums = incoming.albums.map((album) => here(album) !== null);
  return {
    source: incoming.source,
    file: incoming.file,
    accounts: tally(matched.map(({ here }) => here !== null)),
    uploads: counts,
    albums: tally(albums),
    deleteLinks,
    settings: incoming.settings !== null,
    secrets: incoming.secrets,
    skipped: incoming.skipped,
  };
}

/** Takes what was chosen, merging it with what is here. */
export async function take(deps: TransferDeps, incoming: Incoming, choice: ImportChoice): Promise<ImportReport> {
  const skips: ImportSkip[] = [...incoming.skipped];
  const matched = matchAccounts(deps, incoming.accounts);
  if (choice.accounts) for (const one of matched) adoptAccount(deps, one, skips);
  const map = accountMap(matched);
  const albums = choice.uploads ? await takeAlbums(deps, incoming.albums, map) : { new: 0, known: 0, ids: new Map<string, string>() };
  const uploads = choice.uploads ? await takeUploads(deps, incoming, map, albums.ids) : { new: 0, known: 0, deleteLinks: 0 };
  if (choice.uploads) await setCovers(deps, incoming.albums, albums.ids);
  const withSettings = choice.settings && incoming.settings !== null;
  if (choice.settings && incoming.settings !== null) takeSettings(deps, incoming.settings, map);
  const accounts = matched.filter(({ from, here }) => here === null && deps.accounts.byId(from.id) !== undefined).length;
  return {
    source: incoming.source,
    file: incoming.file,
    accounts: { new: accounts, known: matched.filter(({ here }) => here !== null).length },
    uploads: { new: uploads.new, known: uploads.known },
    albums: { new: albums.new, known: albums.known },
    deleteLinks: uploads.deleteLinks,
    settings: withSettings,
    secrets: incoming.secrets,
    skipped: addSkips(skips),
  };
}

/** Ids of the file's accounts to those here. One that is not taken keeps its own: its uploads show its name. */
const accountMap = (matched: readonly MatchedAccount[]): ReadonlyMap<string, string> => new Map(matched.map(({ from, here }) => [from.id, here ?? from.id]));

const tally = (known: readonly boolean[]): { readonly new: number; readonly known: number } => ({ new: known.filter((each) => !each).length, known: known.filter((each) => each).length });

/** The same items, so many at a time, however they come. */
async function* parts<T>(slices: AsyncIterable<readonly T[]>): AsyncGenerator<readonly T[], void, undefined> {
  let waiting: T[] = [];
  for await (const slice of slices) {
    for (const item of slice) {
      if (waiting.push(item) < SLICE) continue;
      yield waiting;
      waiting = [];
    }
  }
  if (waiting.length > 0) yield waiting;
}

function adoptAccount(deps: TransferDeps, { from, here }: MatchedAccount, skips: ImportSkip[]): void {
  try {
    if (here === null) deps.accounts.adopt(storedAccount(deps, from), from.secrets);
    else if (here !== THIS_COMPUTER) completeKeys(deps, here, from);
  } catch (error) {
    if (!(error instanceof PicferryError) || error.problem.kind !== 'bad_request') throw error;
    const { message } = error.problem;
    const why = message === 'neighbourOwn' ? 'own_folder' : message === 'neighbourTaken' ? 'already_there' : 'incomplete';
    skips.push({ what: 'account', name: from.name, why, count: 1 });
  }
}

/** Settings that this Picferry does not know are those of a later one. */
function storedAccount({ registry }: TransferDeps, { secrets: _, ...account }: AccountLine): StoredAccount {
  const declared = new Set(registry.definition(account.provider).settings.flatMap(({ key, type }) => (type === 'secret' ? [] : [key])));
  return { ...account, settings: Object.fromEntries(Object.entries(account.settings).filter(([key]) => declared.has(key))) };
}

/** An account that is here without its keys gets those of the file. */
function completeKeys(deps: TransferDeps, id: string, from: AccountLine): void {
  const account = deps.accounts.byId(id);
  if (account === undefined) return;
  const missing = Object.entries(from.secrets).filter(([key, value]) => value !== '' && !account.secretsSet.includes(key));
  if (missing.length === 0) return;
  deps.accounts.save({ id, name: account.name, provider: account.provider, url: account.url, settings: account.settings, secrets: Object.fromEntries(missing) });
}

/** Finds an album of a file among those here: a local one by its id or name, a host's by its account and id. */
function albumFinder({ albums }: TransferDeps, map: ReadonlyMap<string, string>): (album: AlbumLine) => string | null {
  const known = new Map<string, string>();
  for (const { source, id, accountId, name } of albums.list()) {
    if (source === 'host') known.set(`host ${accountId ?? ''} ${id}`, id);
    else known.set(`name ${albumNameKey(name)}`, id).set(`local ${id}`, id);
  }
  return (album) => {
    if (album.source === 'host') return known.get(`host ${map.get(album.accountId) ?? album.accountId} ${album.id}`) ?? null;
    return known.get(`local ${album.id}`) ?? known.get(`name ${albumNameKey(album.name)}`) ?? null;
  };
}

async function takeAlbums(
  deps: TransferDeps,
  lines: readonly AlbumLine[],
  map: ReadonlyMap<string, string>,
): Promise<{ readonly new: number; readonly known: number; readonly ids: ReadonlyMap<string, string> }> {
  const find = albumFinder(deps, map);
  const ids = new Map<string, string>();
  let fresh = 0;
  const news: AlbumLine[] = [];
  const listed = new Map<string, Extract<AlbumLine, { source: 'host' }>[]>();
  for (const album of lines) {
    const here = find(album);
    if (album.source === 'local') {
      if (here === null) news.push(album);
      else ids.set(album.id, here);
    } else if (here === null) {
      const account = map.get(album.accountId) ?? album.accountId;
      listed.set(account, listed.get(account) ?? []).get(account)?.push(album);
    }
  }
  const made = await deps.albums.createAll(news.map(({ name }) => name));
  news.forEach(({ id }, at) => ids.set(id, made[at] as string));
  fresh += new Set(made).size;
  for (const [account, albums] of listed) {
    const rows = albums.map(({ id, name, description, isPrivate }) => ({ id, name, description, isPrivate, coverUrl: null, createdAt: null, updatedAt: null }));
    fresh += deps.albums.keepListed(account, rows, albums[0]?.listedAt ?? 0);
  }
  return { new: fresh, known: lines.length - fresh, ids };
}

async function setCovers(deps: TransferDeps, lines: readonly AlbumLine[], ids: ReadonlyMap<string, string>): Promise<void> {
  const bare = new Set(deps.albums.list().flatMap(({ id, coverUploadId }) => (coverUploadId === null ? [id] : [])));
  const covers = lines.flatMap((album) => {
    const id = ids.get(album.id);
    if (album.source !== 'local' || album.coverUploadId === null || id === undefined || !bare.has(id)) return [];
    return deps.library.byId(album.coverUploadId) === undefined ? [] : [{ id, uploadId: album.coverUploadId }];
  });
  await deps.albums.setCovers(covers);
}

async function takeUploads(deps: TransferDeps, incoming: Incoming, map: ReadonlyMap<string, string>, albums: ReadonlyMap<string, string>): Promise<{ readonly new: number; readonly known: number; readonly deleteLinks: number }> {
  let [fresh, known, deleteLinks] = [0, 0, 0];
  for await (const part of parts(incoming.uploads())) {
    const uploads = part.map((line) => newUpload(line, map, albums)).map((upload) => ({ ...upload, id: sameBytes(deps, upload) ?? upload.id }));
    const result = deps.library.addMany(uploads);
    const added = new Set(result.added);
    fresh += result.added.length;
    known += result.known.length;
    deleteLinks += uploads.filter(({ id, deleteUrl }) => added.has(id) && deleteUrl !== null).length;
    await turn();
  }
  return { new: fresh, known, deleteLinks };
}

function newUpload(line: UploadLine, map: ReadonlyMap<string, string>, albums: ReadonlyMap<string, string>): NewUpload {
  const { sourcePath, localAlbumId, ...rest } = line;
  return {
    ...rest,
    accountId: map.get(line.accountId) ?? line.accountId,
    onlyThisComputer: isOnlyHere(line),
    url: linkOrNull(line.url),
    thumbUrl: linkOrNull(line.thumbUrl),
    deleteUrl: linkOrNull(line.deleteUrl),
    jobId: null,
    sourcePath,
    localAlbumId: localAlbumId === null ? null : (albums.get(localAlbumId) ?? null),
    came: 'imported',
  };
}

/** A record without an address is the same when its bytes went to the same account. */
function sameBytes({ library }: TransferDeps, { accountId, url, remoteId, sha256 }: NewUpload): string | undefined {
  return url === null && remoteId === null && sha256 !== '' ? library.bySha256(accountId, sha256)?.id : undefined;
}

const isKnown = (deps: TransferDeps, upload: NewUpload): boolean =>
  deps.library.byId(upload.id) !== undefined ||
  deps.library.byRemote(upload.accountId, { url: upload.url, remoteId: upload.remoteId, storedName: null }) !== undefined ||
  sameBytes(deps, upload) !== undefined;

function takeSettings({ settings, accounts, registry }: TransferDeps, given: SettingsLine, map: ReadonlyMap<string, string>): void {
  const { defaultAccountId, chosenAlbums, accountLinks, preparation, ...rest } = given;
  /** What the file says of accounts, as far as they are here. */
  const ofAccounts = <T>(record: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> =>
    Object.fromEntries(
      Object.entries(record ?? {}).flatMap(([id, value]) => {
        const here = map.get(id) ?? id;
        return accounts.byId(here) === undefined ? [] : [[here, value] as const];
      }),
    );
  const defined = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<Settings>;
  settings.update((current) => ({
    ...current,
    ...defined,
    chosenAlbums: { ...current.chosenAlbums, ...ofAccounts(chosenAlbums) },
    accountLinks: { ...current.accountLinks, ...ofAccounts(accountLinks) },
    preparation: preparation === undefined ? current.preparation : { ...preparation, accounts: { ...current.preparation.accounts, ...ofAccounts(preparation.accounts) } },
  }));
  const wanted = defaultAccountId === null ? undefined : accounts.byId(map.get(defaultAccountId) ?? defaultAccountId);
  // What came without its keys would refuse every upload.
  if (wanted === undefined || wanted.isDefault || lacksKeys(registry.definition(wanted.provider), (key) => wanted.id === THIS_COMPUTER || wanted.secretsSet.includes(key))) return;
  accounts.setDefault(wanted.id, true);
}
