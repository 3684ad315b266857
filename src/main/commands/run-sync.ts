import { assertNever } from '../../shared/assert-never';
import type { Account } from '../../shared/model/account';
import type { SyncOpenConflict, SyncResolved, SyncVersionRow } from '../../shared/model/sync';
import { placeFrom, placeText } from '../../shared/place-text';
import type { DocumentName, DocumentStatus, SyncService } from '../sync';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Command, CommandOf } from './command';
import { EXIT } from './exit-codes';
import { shownState } from './offline-words';
import { runCopies } from './run-copies';
import { accountsToAsk, askEach } from './sync-accounts';
import { accountNamed, printJson, printRow, problemIn, type RunContext, sayTo, sentence, UsageError, wireError } from './run-context';

type Common = { readonly account: string | null; readonly deviceName: string | null };

/** Opens the documents, and gives this device the name it was told. */
async function opened({ services }: RunContext, { deviceName }: Common): Promise<SyncService> {
  const sync = await services.sync.open();
  if (deviceName !== null) await sync.renameDevice(deviceName);
  return sync;
}

/** The account a person named; null when they named none. */
const named = (context: RunContext, { account }: Common): Account | null => (account === null ? null : accountNamed(context, account));

/** The document of this key: in the account that was named, else wherever it is, and of several the default account's. */
async function documentOf(context: RunContext, sync: SyncService, key: string, common: Common): Promise<DocumentName> {
  const account = named(context, common);
  const found = (await sync.list(account?.id)).filter(({ fileKey }) => fileKey === key);
  const preferred = found.find((one) => one.account === context.services.accounts.default().id) ?? found[0];
  return { account: preferred?.account ?? account?.id ?? context.services.accounts.default().id, fileKey: key };
}

const nameOf = ({ services }: RunContext, account: string): string => services.accounts.byId(account)?.name ?? account;

/** Its account's name; of one that was removed the last that is known. */
const accountOf = (context: RunContext, { account, problem }: Pick<DocumentStatus, 'account' | 'problem'>): string =>
  problem?.sub === 'syncAccountGone' ? String(problem.params['name'] ?? '') || context.text('syncAccountRemoved') : nameOf(context, account);

const wireStatus = (context: RunContext, { account, fileKey, problem, ...status }: DocumentStatus) => ({
  key: fileKey,
  account: accountOf(context, { account, problem }),
  file: status.path,
  state: shownState({ state: status.state, problem }),
  version: status.version,
  openConflicts: status.openConflicts,
  lastSync: status.lastSync === null ? null : new Date(status.lastSync).toISOString(),
  nextMessage: status.note,
  folded: status.folded === true,
  error: problem === null ? null : wireError(context, problem),
});

function printStatuses(context: RunContext, statuses: readonly DocumentStatus[], json: boolean): void {
  if (json) printJson(context, statuses.map((status) => wireStatus(context, status)));
  else for (const status of statuses) printRow(context, [status.fileKey, shownState(status), status.version, accountOf(context, status), status.path]);
  for (const status of statuses) if (status.folded === true) sayTo(context, context.text('syncFolded', { key: status.fileKey, host: nameOf(context, status.account) }));
  if (statuses.length === 0) sayTo(context, context.text('syncNoDocuments'));
  for (const status of statuses) explain(context, status);
}

/** What a person can do now, on standard error. */
function explain(context: RunContext, { fileKey: key, state, openConflicts, note, problem }: DocumentStatus): void {
  if (problem !== null) sayTo(context, `${key}: ${sentence(context, problem)}`);
  if (state === 'conflict') sayTo(context, context.text('syncConflicts', { key, count: openConflicts }));
  if (state === 'first-choice') sayTo(context, context.text('syncFirstChoice', { key }));
  if (state === 'clean' && note !== '') sayTo(context, context.text('syncNoteWaits', { key }));
  if (state === 'rolled-back') sayTo(context, context.text('syncRolledBack', { key }));
}

const WARNINGS = { 'exact-numbers': 'syncWarnNumbers', 'lone-surrogates': 'syncWarnSurrogates', 'read-only': 'syncWarnReadOnly' } as const;

async function addDocument(context: RunContext, command: CommandOf<'sync-add'>): Promise<number> {
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

async function findDocuments(context: RunContext, command: CommandOf<'sync-find'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const { answers, code } = await askEach(context, account === null ? await accountsToAsk(context, null) : [account.id], (id) => sync.indexed(id, context.signal));
  const found = answers.flatMap((one) => one.answer.map((row) => ({ ...row, account: one.account })));
  if (command.json) printJson(context, found.map(({ fileKey: key, name, kind, here, elsewhere, account: at }) => ({ key, name, kind, here, elsewhere, account: at })));
  else for (const { fileKey, name, here, elsewhere, account: at } of found) printRow(context, [fileKey, name, here ? context.text('syncHere') : elsewhere ? '' : context.text('syncKeptOnly'), at]);
  if (found.length === 0) sayTo(context, context.text('nothingFound'));
  return code;
}

async function switchOwn(context: RunContext, command: CommandOf<'sync-own'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command) ?? context.services.accounts.default();
  await sync.setBuiltIn(account.id, command.kind, command.on, command.others);
  if (command.json) printJson(context, sync.view().builtIn.map(({ account: id, kind }) => ({ account: nameOf(context, id), kind })));
  sayTo(context, context.text(command.on ? 'syncOwnOn' : 'syncOwnOff', { account: account.name }));
  return EXIT.done;
}

async function removeDocument(context: RunContext, command: CommandOf<'sync-remove'>): Promise<number> {
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

/** Exit 1 while anything failed or waits for a person. */
const exitOf = (statuses: readonly DocumentStatus[]): number => (statuses.every(({ state }) => state === 'clean' || state === 'new') ? EXIT.done : EXIT.failed);

/** Other devices find what was synced here. A list that does not get through goes with the next run. */
async function sendLists(context: RunContext, sync: SyncService, accounts: ReadonlySet<string>): Promise<void> {
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

async function runDocuments(context: RunContext, command: CommandOf<'sync-run'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const documents = command.key === null ? (await sync.list(account?.id)).filter(({ state }) => state !== 'paused') : [await documentOf(context, sync, command.key, command)];
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

async function showStatus(context: RunContext, command: CommandOf<'sync-status'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const statuses = command.key === null ? await sync.list(account?.id) : [await sync.status(await documentOf(context, sync, command.key, command))];
  printStatuses(context, statuses, command.json);
  return EXIT.done;
}

const MARKS = { here: 'syncMarkHere', merge: 'syncMarkMerge', restored: 'syncMarkRestored', 'resolved-at-host': 'syncMarkHost', duplicate: 'syncMarkDuplicate' } as const;

/** What is special about a version, in the window's words. */
function marksOf({ translator }: RunContext, { version, marks, parents }: SyncVersionRow, newest: boolean): string {
  const said = (key: string, params: Readonly<Record<string, string | number>> = {}): string => translator.t(`window:${key}`, params);
  const [parent] = parents;
  const beside = parents.length === 1 && parent !== undefined && parent !== version - 1 ? [said('syncMadeOn', { version: parent })] : [];
  const words = marks.map((mark) => (mark === 'merge' && parents.length > 1 ? said('syncMarkMergeOf', { versions: parents.join(', ') }) : said(MARKS[mark])));
  return [...(newest ? [said('syncMarkNewest')] : []), ...words, ...beside].join(', ');
}

async function showHistory(context: RunContext, command: CommandOf<'sync-history'>): Promise<number> {
  const sync = await opened(context, command);
  const { rows, page, totalPages, currentVersion } = await sync.history(await documentOf(context, sync, command.key, command), command.page, context.signal);
  if (command.json) {
    printJson(context, rows.map(({ version, note, deviceId, deviceName, createdAt, isThisDevice, hash, parents, marks }) => ({ version, message: note, device: deviceId, deviceName, createdAt, thisDevice: isThisDevice, hash, parents, newest: version === currentVersion, marks })));
  } else {
    for (const row of rows) printRow(context, [row.version, row.createdAt, row.deviceName ?? row.deviceId, row.note, marksOf(context, row, row.version === currentVersion)]);
  }
  sayTo(context, rows.length === 0 ? context.text('nothingFound') : context.text('remotePage', { page, pages: totalPages }));
  return EXIT.done;
}

async function showVersion(context: RunContext, command: CommandOf<'sync-show'>): Promise<number> {
  const sync = await opened(context, command);
  // As it was spelled: large numbers would not outlive a parse.
  const text = await sync.show(await documentOf(context, sync, command.key, command), command.version, { signal: context.signal });
  context.io.stdout(`${text}\n`);
  return EXIT.done;
}

/** What came of a restore of everything, and of some places. */
const WHOLE = { nothing: 'syncRestoredNothing', sent: 'syncRestored', same: 'syncRestoredSame', waiting: 'syncRestoredWaiting' } as const;
const PLACES = { nothing: 'syncRestoredPlacesNothing', sent: 'syncRestoredPlaces', same: 'syncRestoredPlacesSame', waiting: 'syncRestoredPlacesWaiting' } as const;
/** More places are counted in the sentence. */
const MOST_NAMED = 5;

async function restoreVersion(context: RunContext, command: CommandOf<'sync-restore'>): Promise<number> {
  const sync = await opened(context, command);
  const document = await documentOf(context, sync, command.key, command);
  const paths = command.paths.flatMap((word) => [placeFrom(word)].filter((path) => path !== null));
  const done = await sync.restore(document, command.version, paths.length === 0 ? null : paths, { signal: context.signal });
  const before = await sync.status(document);
  if (done) await sync.run(document, { signal: context.signal });
  const status = done ? await sync.status(document) : before;
  if (command.json) printJson(context, wireStatus(context, status));
  const sent = status.state === 'clean' && status.version !== before.version;
  const words = paths.length === 0 ? WHOLE : PLACES;
  const said = !done ? words.nothing : sent ? words.sent : status.state === 'clean' ? words.same : words.waiting;
  const named = [...new Set(paths.map(placeText))];
  const places = named.length > MOST_NAMED ? context.text('syncPlaces', { count: named.length }) : named.join(', ');
  sayTo(context, context.text(said, { key: command.key, version: command.version, as: status.version ?? 0, places }));
  const ranges = paths.some((path) => path.some((step) => typeof step === 'object' && 'list' in step));
  if (!done && ranges) sayTo(context, context.text('syncRestoreRange', { key: command.key, version: command.version, on: status.version ?? 0 }));
  explain(context, status);
  return exitOf([status]);
}

async function handleCopies(context: RunContext, command: CommandOf<'sync-copies'>): Promise<number> {
  const sync = await opened(context, command);
  const document = await documentOf(context, sync, command.key, command);
  return runCopies(context, command, sync, document, async () => {
    await sync.run(document, { signal: context.signal }).catch((error: unknown) => problemIn(error));
    const status = await sync.status(document);
    explain(context, status);
    return status;
  });
}

/** More places than anybody reads are counted, not printed. */
const MOST_PRINTED = 1000;

async function diffVersions(context: RunContext, command: CommandOf<'sync-diff'>): Promise<number> {
  const sync = await opened(context, command);
  const document = await documentOf(context, sync, command.key, command);
  const { counts, changes, total } = await sync.diff(document, { before: command.before, after: command.after ?? 'file' }, { offset: 0, limit: MOST_PRINTED }, context.signal);
  if (command.json) printJson(context, { ...counts, changes: changes.map(({ path, kind, before, after, cut }) => ({ path: placeText(path), kind, before: before ?? null, after: after ?? null, cut })), total });
  else for (const { path, kind, before, after } of changes) printRow(context, [placeText(path), kind, before ?? null, after ?? null]);
  sayTo(context, context.text('syncCounts', counts));
  return EXIT.done;
}

async function beginDocument(context: RunContext, command: CommandOf<'sync-begin'>): Promise<number> {
  const sync = await opened(context, command);
  const document = await documentOf(context, sync, command.key, command);
  if (command.how === null) {
    const { here, there, merge, ...found } = await sync.firstRun(document, context.signal);
    if (command.json) printJson(context, { ...found, here, there, merge });
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

/** The account of the document or of the name that was given, or all with documents here. */
async function asked(context: RunContext, sync: SyncService, command: Common & { readonly key: string | null }): Promise<readonly string[]> {
  if (command.key !== null) return [(await documentOf(context, sync, command.key, command)).account];
  const account = named(context, command);
  return account === null ? accountsToAsk(context, sync) : [account.id];
}

async function listDevices(context: RunContext, command: CommandOf<'sync-devices'>): Promise<number> {
  const sync = await opened(context, command);
  const { answers, code } = await askEach(context, await asked(context, sync, command), (id) => sync.devices(id, command.key, context.signal));
  const rows = answers.flatMap(({ account, answer }) => answer.devices.map(({ deviceId: id, name, lastSync, isThis, files }) => ({ id, name, lastSync, thisDevice: isThis, versions: Object.fromEntries(files.map((one) => [one.fileKey, one.version])), account })));
  if (command.json) printJson(context, rows);
  else for (const { id, name, lastSync, thisDevice, account } of rows) printRow(context, [id, name, lastSync, thisDevice ? context.text('syncThisDevice') : '', account]);
  if (answers.some(({ answer }) => answer.source === 'history')) sayTo(context, context.text('syncNoDevices'));
  return code;
}

/** A side's value, or nothing at all where it has none. */
const valueOf = (name: string, text: string | undefined): Record<string, unknown> => (text === undefined ? {} : { [name]: JSON.parse(text) as unknown });

const wireResolved = ({ id, fileKey: key, where, path, choice, result, at, deviceId, otherDeviceId, version }: SyncResolved) => ({
  id,
  key,
  where,
  path: path === null ? null : placeText(path),
  resolution: choice,
  result: result === null ? null : parsedOr(result),
  resolvedAt: typeof at === 'number' ? new Date(at).toISOString() : at,
  devices: [deviceId, otherDeviceId],
  version,
});

/** A long value was cut and is no JSON any more. */
const parsedOr = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

async function listConflicts(context: RunContext, command: CommandOf<'sync-conflicts'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  if (command.resolved) {
    const { answers, code } = await askEach(context, await asked(context, sync, command), async (id) => {
      const answer = await sync.resolved(id, command.key, context.signal);
      if (answer.problem !== null && answer.rows.length === 0) throw new PicferryError(answer.problem);
      return answer;
    });
    const rows = answers.flatMap(({ account: at, answer }) => answer.rows.map((row) => ({ ...wireResolved(row), account: at, text: row.result })));
    if (command.json) printJson(context, rows.map(({ text: _text, ...row }) => row));
    else for (const { id, key, resolution, resolvedAt, path, text, account: at } of rows) printRow(context, [id, key, resolution, resolvedAt, path, text, at]);
    if (rows.length === 0) sayTo(context, context.text('nothingFound'));
    // There only what was decided here was read.
    const partly = answers.flatMap(({ answer }) => answer.problem ?? []);
    for (const problem of partly) sayTo(context, context.text('syncResolvedHere', { why: sentence(context, problem) }));
    return partly.length > 0 ? EXIT.failed : code;
  }
  const open = await sync.conflicts({ ...(account === null ? {} : { account: account.id }), ...(command.key === null ? {} : { fileKey: command.key }), decided: command.decided });
  if (command.json) {
    printJson(
      context,
      open.map(({ id, document, path, kind, base, mine, theirs, both, choice }) => ({
        id,
        key: document.fileKey,
        path: placeText(path),
        kind,
        ...valueOf('base', base),
        ...valueOf('mine', mine),
        ...valueOf('theirs', theirs),
        both,
        choice: choice === null ? null : keptWord(choice),
      })),
    );
  } else {
    for (const { id, document, path, kind, mine, theirs, choice } of open) printRow(context, [id, document.fileKey, placeText(path), kind, mine ?? null, theirs ?? null, ...(command.decided ? [choice === null ? null : keptWord(choice)] : [])]);
  }
  for (const { id, document, kind, version } of open) if (kind === 'rollback') sayTo(context, context.text(version === null || version === 0 ? 'syncRollbackGone' : 'syncRollbackAsk', { key: document.fileKey, version: version ?? 0, id }));
  if (open.length === 0) sayTo(context, context.text('syncNoConflicts'));
  return EXIT.done;
}

/** A choice in the words of `--keep`. */
const keptWord = (choice: string): string => (choice === 'both-mine' ? 'both' : choice === 'both-theirs' ? 'both-theirs-first' : choice);

/** A shorter beginning may be meant for anything. */
const LEAST_OF_ID = 4;

/** The place of this id, or the only one whose id begins so. */
function conflictCalled(known: readonly SyncOpenConflict[], word: string): string {
  if (known.some(({ id }) => id === word)) return word;
  if (word.length < LEAST_OF_ID) throw new UsageError('syncIdShort', { id: word, least: LEAST_OF_ID });
  const found = known.filter(({ id }) => id.startsWith(word));
  if (found.length > 1) throw new UsageError('syncAmbiguous', { id: word, count: found.length, places: found.slice(0, 20).map(({ id, document, path }) => `\n  ${id} ${document.fileKey} ${placeText(path)}`).join('') });
  return found[0]?.id ?? word;
}

async function resolveConflicts(context: RunContext, command: CommandOf<'sync-resolve'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const known = await sync.conflicts({ ...(account === null ? {} : { account: account.id }), decided: true });
  let wanted = [...new Set(command.ids.map((id) => conflictCalled(known, id)))];
  if (command.all !== null) {
    const document = await documentOf(context, sync, command.all, command);
    await sync.status(document);
    wanted = known.filter((one) => one.choice === null && one.document.account === document.account && one.document.fileKey === document.fileKey).map(({ id }) => id);
  }
  const { choice } = command;
  const places = known.filter(({ id }) => wanted.includes(id));
  if (choice.take !== 'mine' && choice.take !== 'theirs' && places.some(({ kind }) => kind === 'rollback')) throw new UsageError('syncRollbackKeep');
  const documents = await sync.resolve(wanted, choice);
  const left = new Map<string, number>();
  for (const { account: id, fileKey } of documents) left.set(fileKey, (await sync.conflicts({ account: id, fileKey })).length);
  const kept = keptWord(choice.take === 'both' ? `both-${choice.first}` : choice.take);
  if (command.json) printJson(context, places.map(({ id, document: { fileKey: key }, path }) => ({ id, key, path: placeText(path), choice: kept, left: left.get(key) ?? 0 })));
  if (choice.take === 'base') for (const { path, base, kind } of places) if (base === undefined && kind !== 'rollback') sayTo(context, context.text('syncNoBase', { place: placeText(path) }));
  for (const [key, count] of left) sayTo(context, context.text(count === 0 ? 'syncResolved' : 'syncResolvedLeft', { key, count }));
  if (wanted.length === 0) sayTo(context, context.text('syncNoConflicts'));
  return EXIT.done;
}

export type SyncCommand = Extract<Command, { readonly verb: `sync-${string}` }>;

export const isSync = (command: Command): command is SyncCommand => command.verb.startsWith('sync-');

/** Runs a verb of `sync`; as `runCommand`. */
export function runSync(context: RunContext, command: SyncCommand): Promise<number> {
  switch (command.verb) {
    case 'sync-add':
      return addDocument(context, command);
    case 'sync-find':
      return findDocuments(context, command);
    case 'sync-own':
      return switchOwn(context, command);
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
    case 'sync-copies':
      return handleCopies(context, command);
    case 'sync-diff':
      return diffVersions(context, command);
    case 'sync-begin':
      return beginDocument(context, command);
    case 'sync-devices':
      return listDevices(context, command);
    case 'sync-conflicts':
      return listConflicts(context, command);
    case 'sync-resolve':
      return resolveConflicts(context, command);
    default:
      return assertNever(command);
  }
}
