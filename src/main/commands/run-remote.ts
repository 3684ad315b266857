import type { Account } from '../../shared/model/account';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Call, Provider } from '../providers/contract';
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
  const list = ability(context, account, 'list');
  const found = await list({ page, perPage, orderBy, orderDir }, callOf(context));
  const items = found.items.map((item) => ({
    ...item,
    uploadId: context.services.library.byRemote(account.id, item)?.id ?? item.uploadId,
  }));
  if (command.json) printJson(context, items);
  else for (const item of items) printRow(context, [item.remoteId, item.name, item.bytes, item.hostTime, item.url]);
  const { total, totalPages } = found;
  sayTo(context, context.text(total === null ? 'remotePage' : 'remotePageOf', { page: found.page, pages: totalPages, total: total ?? 0 }));
  return EXIT.done;
}

export async function clearRemote(context: RunContext, { account: name, json }: CommandOf<'remote-clear'>): Promise<number> {
  const account = await ready(context, name);
  await ability(context, account, 'clearList')(callOf(context));
  if (json) printJson(context, { account: account.name, cleared: true });
  sayTo(context, context.text('remoteCleared', { name: account.name }));
  return EXIT.done;
}

async function ready(context: RunContext, name: string | null): Promise<Account> {
  const account = accountNamed(context, name);
  if (account.onlyThisComputer) await context.services.thisComputer.start();
  return account;
}

const callOf = ({ signal }: RunContext): Call => ({ signal });

/** One of the abilities that not every host has, bound to the account's client. */
function ability<K extends 'list' | 'clearList'>(context: RunContext, account: Account, name: K): NonNullable<Provider[K]> {
  const client = context.services.accounts.provider(account.id);
  const method = client[name];
  if (method === undefined) throw cannot(context, account, name === 'list' ? 'cannotList' : account.capabilities.list === 'none' ? 'cannotClearNone' : 'cannotClear');
  return method.bind(client) as NonNullable<Provider[K]>;
}

type Why = 'cannotAlbums' | 'cannotListAlbums' | 'cannotList' | 'cannotClear' | 'cannotClearNone';

const cannot = ({ now }: RunContext, { name }: Account, why: Why): PicferryError =>
  new PicferryError(problemOf({ kind: 'bad_request', sub: 'cannot', message: why, params: { host: name } }, now()));
