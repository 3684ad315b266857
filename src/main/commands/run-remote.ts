import { THIS_COMPUTER, type Account } from '../../shared/model/account';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { accountNamed, printJson, printRow, type RunContext, sayTo } from './run-context';

export async function listAlbums(context: RunContext, { account: name, json }: CommandOf<'albums'>): Promise<number> {
  const account = await ready(context, name);
  if (!account.capabilities.albums) throw cannot(context, account, account.capabilities.uploadIntoAlbum ? 'cannotListAlbums' : 'cannotAlbums');
  const albums = await context.services.accounts.albums(account.id, context.signal);
  if (json) printJson(context, albums);
  else for (const album of albums) printRow(context, [album.id, album.name]);
  if (albums.length === 0) sayTo(context, context.text('nothingFound'));
  return EXIT.done;
}

export async function listRemote(context: RunContext, command: CommandOf<'remote-list'>): Promise<number> {
  const account = await ready(context, command.account);
  const { page, perPage, orderBy, orderDir } = command;
  const { items, total, totalPages, ...found } = await context.services.remote.page(account.id, { page, perPage, orderBy, orderDir }, context.signal);
  // The thumbnail's name is a matter of the window's.
  if (command.json) printJson(context, items.map(({ thumb: _, ...item }) => item));
  else for (const item of items) printRow(context, [item.remoteId, item.name, item.bytes, item.hostTime, item.url]);
  sayTo(context, context.text(total === null ? 'remotePage' : 'remotePageOf', { page: found.page, pages: totalPages, total: total ?? 0 }));
  return EXIT.done;
}

export async function clearRemote(context: RunContext, { account: name, json }: CommandOf<'remote-clear'>): Promise<number> {
  const account = await ready(context, name);
  await context.services.remote.clear(account.id, context.signal);
  if (json) printJson(context, { account: account.name, cleared: true });
  sayTo(context, context.text('remoteCleared', { name: account.name }));
  return EXIT.done;
}

async function ready(context: RunContext, name: string | null): Promise<Account> {
  const account = accountNamed(context, name);
  if (account.id === THIS_COMPUTER) await context.services.thisComputer.start();
  return account;
}

type Why = 'cannotAlbums' | 'cannotListAlbums';

const cannot = ({ now }: RunContext, { name }: Account, why: Why): PicferryError =>
  new PicferryError(problemOf({ kind: 'bad_request', sub: 'cannot', message: why, params: { host: name } }, now()));
