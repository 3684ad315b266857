import { assertNever } from '../../shared/assert-never';
import type { Account } from '../../shared/model/account';
import type { DocumentName, DocumentStatus, OpenConflict, SyncEngine } from '../sync';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Command, CommandOf } from './command';
import { EXIT } from './exit-codes';
import { accountNamed, printJson, printRow, problemIn, type RunContext, sayTo, sentence, UsageError, wireError } from './run-context';

type Common = { readonly account: string | null; readonly deviceName: string | null };

/** Opens the documents, and gives this device the name it was told. */
async function opened({ services }: RunContext, { deviceName }: Common): Promise<SyncEngine> {
  const sync = await services.sync.open();
  if (deviceName !== null) sync.renameDevice(deviceName);
  return sync;
}

/** The account a person named; null when they named none. */
const named = (context: RunContext, { account }: Common): Account | null => (account === null ? null : accountNamed(context, account));

/** The document of this key: in the account that was named, else wherever it is, and of several the default account's. */
function documentOf(context: RunContext, sync: SyncEngine, key: string, common: Common): DocumentName {
  const account = named(context, common);
  const found = sync.list(account?.id).filter(({ fileKey }) => fileKey === key);
  const preferred = found.find((one) => one.account === context.services.accounts.default().id) ?? found[0];
  return preferred ?? { account: account?.id ?? context.services.accounts.default().id, fileKey: key };
}

const nameOf = ({ services }: RunContext, account: string): string => services.accounts.byId(account)?.name ?? account;

const wireStatus = (context: RunContext, { account, fileKey, problem, ...status }: DocumentStatus) => ({
  key: fileKey,
  account: nameOf(context, account),
  file: status.path,
  state: status.state,
  version: status.version,
  openConflicts: status.openConflicts,
  lastSync: status.lastSync === null ? null : new Date(status.lastSync).toISOString(),
  error: problem === null ? null : wireError(context, problem),
});

function printStatuses(context: RunContext, statuses: readonly DocumentStatus[], json: boolean): void {
  if (json) printJson(context, statuses.map((status) => wireStatus(context, status)));
  else for (const status of statuses) printRow(context, [status.fileKey, status.state, status.version, nameOf(context, status.account), status.path]);
  if (statuses.length === 0) sayTo(context, context.text('syncNoDocuments'));
  for (const status of statuses) explain(context, status);
}

/** What a person can do now, on standard error. */
function explain(context: RunContext, { fileKey: key, state, openConflicts, problem }: DocumentStatus): void {
  if (problem !== null) sayTo(context, `${key}: ${sentence(context, problem)}`);
  if (state === 'conflict') sayTo(context, context.text('syncConflicts', { key, count: openConflicts }));
  if (state === 'rolled-back') sayTo(context, context.text('syncRolledBack', { key }));
}

async function addDocument(context: RunContext, command: CommandOf<'sync-add'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command) ?? context.services.accounts.default();
  if (!account.capabilities.sync) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'noSync', message: 'syncUnavailable', params: { host: account.name } }, context.now()));
  const status = sync.add({ account: account.id, fileKey: command.key }, command.path);
  if (command.json) printJson(context, wireStatus(context, status));
  sayTo(context, context.text('syncAdded', { key: command.key, file: command.path, account: account.name }));
  return EXIT.done;
}

async function removeDocument(context: RunContext, command: CommandOf<'sync-remove'>): Promise<number> {
  const sync = await opened(context, command);
  const document = documentOf(context, sync, command.key, command);
  await sync.remove(document);
  if (command.json) printJson(context, { key: command.key, account: nameOf(context, document.account), removed: true });
  sayTo(context, context.text('syncRemoved', { key: command.key }));
  return EXIT.done;
}

/** Exit 1 while anything failed or waits for a person. */
const exitOf = (statuses: readonly DocumentStatus[]): number => (statuses.every(({ state }) => state === 'clean' || state === 'new') ? EXIT.done : EXIT.failed);

async function runDocuments(context: RunContext, command: CommandOf<'sync-run'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const documents = command.key === null ? sync.list(account?.id).filter(({ state }) => state !== 'paused') : [documentOf(context, sync, command.key, command)];
  const statuses: DocumentStatus[] = [];
  for (const document of documents) {
    const name = { account: document.account, fileKey: document.fileKey };
    try {
      statuses.push(await sync.run(name, { signal: context.signal, ...(command.message === null ? {} : { note: command.message }) }));
    } catch (error) {
      // A key that nobody added has no status to show.
      if (context.signal.aborted || !sync.list().some((one) => one.account === name.account && one.fileKey === name.fileKey)) throw error;
      problemIn(error);
      statuses.push(sync.status(name));
    }
  }
  printStatuses(context, statuses, command.json);
  return exitOf(statuses);
}

async function showStatus(context: RunContext, command: CommandOf<'sync-status'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const statuses = command.key === null ? sync.list(account?.id) : [sync.status(documentOf(context, sync, command.key, command))];
  printStatuses(context, statuses, command.json);
  return EXIT.done;
}

async function showHistory(context: RunContext, command: CommandOf<'sync-history'>): Promise<number> {
  const sync = await opened(context, command);
  const { versions, page, totalPages } = await sync.history(documentOf(context, sync, command.key, command), command.page, context.signal);
  if (command.json) {
    printJson(context, versions.map(({ version, message, deviceId, createdAt, isOurs, hash }) => ({ version, message, device: deviceId, createdAt, thisDevice: isOurs, hash })));
  } else {
    for (const { version, createdAt, deviceId, message } of versions) printRow(context, [version, createdAt, deviceId, message]);
  }
  sayTo(context, versions.length === 0 ? context.text('nothingFound') : context.text('remotePage', { page, pages: totalPages }));
  return EXIT.done;
}

async function showVersion(context: RunContext, command: CommandOf<'sync-show'>): Promise<number> {
  const sync = await opened(context, command);
  // As it was spelled: large numbers would not outlive a parse.
  const text = await sync.show(documentOf(context, sync, command.key, command), command.version, context.signal);
  context.io.stdout(`${text}\n`);
  return EXIT.done;
}

async function restoreVersion(context: RunContext, command: CommandOf<'sync-restore'>): Promise<number> {
  const sync = await opened(context, command);
  const document = documentOf(context, sync, command.key, command);
  await sync.restore(document, command.version, context.signal);
  const status = await sync.run(document, { signal: context.signal });
  if (command.json) printJson(context, wireStatus(context, status));
  sayTo(context, context.text('syncRestored', { key: command.key, version: command.version }));
  explain(context, status);
  return exitOf([status]);
}

async function listDevices(context: RunContext, command: CommandOf<'sync-devices'>): Promise<number> {
  const sync = await opened(context, command);
  const account = command.key === null ? (named(context, command) ?? context.services.accounts.default()).id : documentOf(context, sync, command.key, command).account;
  const { source, devices } = await sync.devices(account, command.key, context.signal);
  const rows = devices.map(({ deviceId: id, name, lastSyncAt: lastSync, isThis, versions }) => ({ id, name, lastSync, thisDevice: isThis, versions: Object.fromEntries(versions.map((one) => [one.fileKey, one.version])) }));
  if (command.json) printJson(context, rows);
  else for (const { id, name, lastSync, thisDevice } of rows) printRow(context, [id, name, lastSync, thisDevice ? context.text('syncThisDevice') : '']);
  if (source === 'history') sayTo(context, context.text('syncNoDevices'));
  return EXIT.done;
}

/** A place in a document as one word: `/settings/theme`, `/items[id="a"]`, `/list[2-4]`. */
const placeOf = (path: OpenConflict['path']): string =>
  path.map((step) => (typeof step === 'string' ? `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}` : 'idKey' in step ? `[${step.idKey}=${step.idValue}]` : `[${step.list.join('-')}]`)).join('');

/** A side's value, or nothing at all where it has none. */
const valueOf = (name: string, text: string | undefined): Record<string, unknown> => (text === undefined ? {} : { [name]: JSON.parse(text) as unknown });

async function listConflicts(context: RunContext, command: CommandOf<'sync-conflicts'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  if (command.resolved) {
    const from = command.key === null ? (account ?? context.services.accounts.default()).id : documentOf(context, sync, command.key, command).account;
    const settled = await sync.resolvedConflicts(from, command.key, context.signal);
    const rows = settled.map(({ id, fileKey: key, resolution, resolvedAt, localDeviceId, remoteDeviceId, savedAsVersion }) => ({ id, key, resolution, resolvedAt, devices: [localDeviceId, remoteDeviceId], version: savedAsVersion }));
    if (command.json) printJson(context, rows);
    else for (const { id, key, resolution, resolvedAt } of rows) printRow(context, [id, key, resolution, resolvedAt]);
    if (rows.length === 0) sayTo(context, context.text('nothingFound'));
    return EXIT.done;
  }
  const open = sync.conflicts(account?.id, command.key ?? undefined);
  if (command.json) {
    printJson(
      context,
      open.map(({ id, document, path, kind, base, mine, theirs }) => ({ id, key: document.fileKey, path: placeOf(path), kind, ...valueOf('base', base), ...valueOf('mine', mine), ...valueOf('theirs', theirs) })),
    );
  } else {
    for (const { id, document, path, kind, mine, theirs } of open) printRow(context, [id, document.fileKey, placeOf(path), kind, mine ?? null, theirs ?? null]);
  }
  if (open.length === 0) sayTo(context, context.text('syncNoConflicts'));
  return EXIT.done;
}

async function resolveConflict(context: RunContext, command: CommandOf<'sync-resolve'>): Promise<number> {
  const sync = await opened(context, command);
  if (command.choice.take === 'edited' && sync.conflicts().find(({ id }) => id === command.id)?.kind === 'rollback') throw new UsageError('syncRollbackKeep');
  const { fileKey: key, account } = await sync.resolve(command.id, command.choice);
  const left = sync.conflicts(account, key).length;
  if (command.json) printJson(context, { id: command.id, key, left });
  sayTo(context, context.text(left === 0 ? 'syncResolved' : 'syncResolvedLeft', { key, count: left }));
  return EXIT.done;
}

export type SyncCommand = Extract<Command, { readonly verb: `sync-${string}` }>;

export const isSync = (command: Command): command is SyncCommand => command.verb.startsWith('sync-');

/** Runs a verb of `sync`; as `runCommand`. */
export function runSync(context: RunContext, command: SyncCommand): Promise<number> {
  switch (command.verb) {
    case 'sync-add':
      return addDocument(context, command);
    case 'sync-remove':
      return removeDocument(context, command);
    case 'sync-run':
      return runDocuments(context, command);
    case 'sync-status':
      return showStatus(context, command);
    case 'sync-history':
      return showHistory(context, command);
    case 'sync-show':
      return showVersion(context, command);
    case 'sync-restore':
      return restoreVersion(context, command);
    case 'sync-devices':
      return listDevices(context, command);
    case 'sync-conflicts':
      return listConflicts(context, command);
    case 'sync-resolve':
      return resolveConflict(context, command);
    default:
      return assertNever(command);
  }
}
