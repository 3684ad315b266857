import { PicferryError, problemOf } from '../../../lib/picferry-error';
import type { CommandOf } from '../command';
import { EXIT } from '../exit-codes';
import { printJson, printRow, type RunContext, sayTo } from '../run-context';
import { accountsToAsk, askEach } from './accounts-to-ask';
import { documentOf, named, nameOf, opened } from './document-named';
import { exitOf, printStatuses, wireStatus } from './print-status';
import { sendLists } from './run-documents';

const WARNINGS = { 'exact-numbers': 'syncWarnNumbers', 'lone-surrogates': 'syncWarnSurrogates', 'read-only': 'syncWarnReadOnly' } as const;

export async function addDocument(context: RunContext, command: CommandOf<'sync-add'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command) ?? context.services.accounts.default();
  if (!account.capabilities.sync) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'noSync', message: 'syncUnavailable', params: { host: account.name } }, context.now()));
  const { problem, warnings } = await sync.look(command.path);
  // The first sync writes what the host has.
  const isMissing = problem?.sub === 'syncLookMissing';
  if (problem !== null && !isMissing) throw new PicferryError(problem);
  const name = { account: account.id, fileKey: command.key };
  await sync.add(name, command.path, { ask: command.ask });
  const status = await sync.status(name);
  if (command.json) printJson(context, wireStatus(context, status));
  sayTo(context, context.text('syncAdded', { key: command.key, file: command.path, account: account.name }));
  if (isMissing) sayTo(context, context.text('syncAddMissing', { file: command.path }));
  for (const warning of warnings) sayTo(context, context.text(WARNINGS[warning]));
  return EXIT.done;
}

export async function findDocuments(context: RunContext, command: CommandOf<'sync-find'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const { answers, code } = await askEach(context, account === null ? await accountsToAsk(context, null) : [account.id], (id) => sync.indexed(id, context.signal));
  const found = answers.flatMap((one) => one.answer.map((row) => ({ ...row, account: one.account })));
  if (command.json) printJson(context, found.map(({ fileKey: key, name, kind, here, elsewhere, account: at }) => ({ key, name, kind, here, elsewhere, account: at })));
  else for (const { fileKey, name, here, elsewhere, account: at } of found) printRow(context, [fileKey, name, here ? context.text('syncHere') : elsewhere ? '' : context.text('syncKeptOnly'), at]);
  // Where an account could not be asked, nobody knows what it has.
  if (found.length === 0 && code === EXIT.done) sayTo(context, context.text('nothingFound'));
  return code;
}

export async function switchOwn(context: RunContext, command: CommandOf<'sync-own'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command) ?? context.services.accounts.default();
  await sync.setBuiltIn(account.id, command.kind, command.on, command.others);
  if (command.json) printJson(context, sync.view().builtIn.map(({ account: id, kind }) => ({ account: nameOf(context, id), kind })));
  sayTo(context, context.text(command.on ? 'syncOwnOn' : 'syncOwnOff', { account: account.name }));
  return EXIT.done;
}

export async function removeDocument(context: RunContext, command: CommandOf<'sync-remove'>): Promise<number> {
  const sync = await opened(context, command);
  const document = await documentOf(context, sync, command.key, command);
  const { version } = await sync.status(document);
  await sync.remove(document);
  if (command.json) printJson(context, { key: command.key, account: nameOf(context, document.account), removed: true });
  sayTo(context, context.text('syncRemoved', { key: command.key }));
  // Other devices are told who syncs it.
  if (version !== null) await sendLists(context, sync, new Set([document.account]));
  return EXIT.done;
}

export async function beginDocument(context: RunContext, command: CommandOf<'sync-begin'>): Promise<number> {
  const sync = await opened(context, command);
  const document = await documentOf(context, sync, command.key, command);
  if (command.how === null) {
    if ((await sync.status(document)).version !== null) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'syncBegunAlready', message: 'syncBegunAlready', params: { key: command.key } }, context.now()));
    const { case: found, here, there, merge } = await sync.firstRun(document, context.signal);
    if (command.json) printJson(context, { case: found, here, there, merge });
    else for (const [name, side] of Object.entries({ here, there })) printRow(context, [name, side?.places ?? null, side?.bytes ?? null]);
    if (merge !== null) sayTo(context, context.text('syncMeeting', merge));
    return EXIT.done;
  }
  await sync.begin(document, command.how, context.signal);
  await sync.run(document, { signal: context.signal });
  const status = await sync.status(document);
  printStatuses(context, [status], command.json);
  return exitOf([status]);
}
