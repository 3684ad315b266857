import { THIS_COMPUTER } from '../../shared/model/account';
import { EVERYTHING, NO_FILTER } from '../../shared/model/library-defaults';
import type { LibraryQuery } from '../../shared/model/library-query';
import type { Upload } from '../../shared/model/upload';
import { problemOf } from '../../lib/picferry-error';
import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { accountNamed, printJson, printRow, type RunContext, sayTo, sentence, wireError } from './run-context';

const PAGE = 500;

/** Lists uploads, newest first. */
export function listLibrary(context: RunContext, command: CommandOf<'library'>): number {
  const accountId = command.account === null ? null : accountNamed(context, command.account).id;
  const uploads = [...pages(context, command, accountId)];
  const deleteUrl = ({ id }: Upload): string | null => context.services.library.deleteLink(id) ?? null;
  if (command.json) {
    printJson(context, uploads.map((one) => ({ ...uploadRecord(one), ...(command.showDeleteLinks ? { deleteUrl: deleteUrl(one) } : {}) })));
    return EXIT.done;
  }
  for (const one of uploads) {
    const cells = [one.id, new Date(one.uploadedAt).toISOString(), one.accountName, one.name, one.url];
    printRow(context, command.showDeleteLinks ? [...cells, deleteUrl(one)] : cells);
  }
  if (uploads.length === 0) sayTo(context, context.text('nothingFound'));
  return EXIT.done;
}

function* pages({ services: { library } }: RunContext, { search, limit }: CommandOf<'library'>, accountId: string | null): Generator<Upload> {
  const query: LibraryQuery = { ...EVERYTHING, filter: { ...NO_FILTER, search, accountId } };
  const most = limit ?? Infinity;
  for (let offset = 0; offset < most; offset += PAGE) {
    const rows = library.rows(query, offset, Math.min(PAGE, most - offset));
    yield* rows;
    if (rows.length < PAGE) return;
  }
}

/** An upload as scripts see it; `uploadedAt` is epoch milliseconds. */
const uploadRecord = ({ accountName, thumb: _thumb, ...upload }: Upload) => ({ ...upload, account: accountName });

/** Asks the hosts to delete; one line or element per id in the order given. */
export async function deleteUploads(context: RunContext, { ids, json }: CommandOf<'delete'>): Promise<number> {
  const { library, thisComputer } = context.services;
  if (ids.some((id) => library.byId(id)?.accountId === THIS_COMPUTER)) await thisComputer.start();
  const known = ids.filter((id) => library.byId(id) !== undefined);
  const answers = new Map((known.length === 0 ? [] : await library.delete(known, context.signal)).map((answer) => [answer.id, answer]));
  const results = ids.map((id) => {
    const { status, problem } = answers.get(id) ?? { status: 'failed' as const, problem: unknownId(context) };
    return { id, status, problem };
  });
  if (json) {
    printJson(
      context,
      results.map(({ id, status, problem }) => ({ id, status, ...(problem === null ? {} : { error: wireError(context, problem) }) })),
    );
  } else for (const { id, status } of results) printRow(context, [id, status]);
  for (const { id, status, problem } of results) {
    if (problem !== null) sayTo(context, `${id}: ${sentence(context, problem)}`);
    else if (status === 'unconfirmed') sayTo(context, `${id}: ${context.translator.t('problems:delUnsure')}`);
    else if (status === 'refused') sayTo(context, `${id}: ${context.translator.t('problems:delRefused')}`);
  }
  if (context.signal.aborted) return EXIT.cancelled;
  return results.every(({ status }) => status === 'deleted' || status === 'already_gone') ? EXIT.done : EXIT.failed;
}

const unknownId = ({ now }: RunContext) => problemOf({ kind: 'not_found', message: 'uploadNotFound' }, now());
