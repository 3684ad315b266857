import type { DocumentName, DocumentStatus, SyncService } from '../../sync';
import type { CommandOf } from '../command';
import { EXIT } from '../exit-codes';
import { problemIn, type RunContext, sayTo, sentence } from '../run-context';
import { documentsOf, named, opened } from './document-named';
import { exitOf, printStatuses } from './print-status';

/** Other devices find what was synced here. A list that does not get through goes with the next run. */
export async function sendLists(context: RunContext, sync: SyncService, accounts: ReadonlySet<string>): Promise<void> {
  for (const account of accounts) {
    try {
      await sync.sendList(account, context.signal);
    } catch (error) {
      if (context.signal.aborted) throw error;
      sayTo(context, sentence(context, problemIn(error)));
    }
  }
}

/** The document as it stands now. The library's has another key once this installation became another device. */
async function standing(sync: SyncService, { account, fileKey }: DocumentName, isLibrary: boolean): Promise<DocumentStatus | undefined> {
  const listed = await sync.list(account);
  return listed.find((one) => one.fileKey === fileKey) ?? (isLibrary ? listed.find(({ kind }) => kind === 'library') : undefined);
}

export async function runDocuments(context: RunContext, command: CommandOf<'sync-run'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const documents = command.key === null ? (await sync.list(account?.id)).filter(({ state }) => state !== 'paused') : await documentsOf(context, sync, command.key, command);
  const statuses: DocumentStatus[] = [];
  const run = async ({ account, fileKey }: DocumentName, isLibrary: boolean): Promise<DocumentStatus> => {
    const name = { account, fileKey };
    let failed: unknown = null;
    try {
      await sync.run(name, { signal: context.signal, ...(command.message === null ? {} : { note: command.message }) });
    } catch (error) {
      if (context.signal.aborted) throw error;
      failed = error;
    }
    const now = await standing(sync, name, isLibrary);
    // A key that nobody added has no status to show.
    if (now === undefined) throw failed instanceof Error ? failed : new Error(`${fileKey} is gone`);
    if (now.fileKey !== fileKey) return run(now, false);
    if (failed !== null) problemIn(failed);
    return now;
  };
  for (const document of documents) statuses.push(await run(document, 'kind' in document && document.kind === 'library'));
  printStatuses(context, statuses, command.json);
  await sendLists(context, sync, new Set(statuses.filter(({ state }) => state === 'clean').map(({ account: id }) => id)));
  return exitOf(statuses);
}

export async function showStatus(context: RunContext, command: CommandOf<'sync-status'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const statuses = command.key === null ? await sync.list(account?.id) : await Promise.all((await documentsOf(context, sync, command.key, command)).map((document) => sync.status(document)));
  printStatuses(context, await Promise.all(statuses.map(async (status) => ({ ...status, unsent: status.kind === 'index' ? 0 : await sync.unsent(status) }))), command.json);
  return EXIT.done;
}
