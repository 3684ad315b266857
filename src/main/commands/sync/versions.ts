import type { SyncVersionRow } from '../../../shared/model/sync';
import { placeFrom, placeText } from '../../../shared/place-text';
import type { CommandOf } from '../command';
import { EXIT } from '../exit-codes';
import { printJson, printRow, problemIn, type RunContext, sayTo } from '../run-context';
import { runCopies } from './copies';
import { documentOf, opened } from './document-named';
import { exitOf, explain, wireStatus } from './print-status';

const MARKS = { here: 'syncMarkHere', merge: 'syncMarkMerge', restored: 'syncMarkRestored', decided: 'syncMarkDecided', undone: 'syncMarkUndone', 'resolved-at-host': 'syncMarkHost', duplicate: 'syncMarkDuplicate' } as const;

/** What is special about a version, in the window's words. */
function marksOf({ translator }: RunContext, { version, marks, parents }: SyncVersionRow, newest: boolean): string {
  const said = (key: string, params: Readonly<Record<string, string | number>> = {}): string => translator.t(`window:${key}`, params);
  const [parent] = parents;
  const beside = parents.length === 1 && parent !== undefined && parent !== version - 1 ? [said('syncMadeOn', { version: parent })] : [];
  const words = marks.map((mark) => (mark === 'merge' && parents.length > 1 ? said('syncMarkMergeOf', { versions: parents.join(', ') }) : said(MARKS[mark])));
  return [...(newest ? [said('syncMarkNewest')] : []), ...words, ...beside].join(', ');
}

export async function showHistory(context: RunContext, command: CommandOf<'sync-history'>): Promise<number> {
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

export async function showVersion(context: RunContext, command: CommandOf<'sync-show'>): Promise<number> {
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

export async function restoreVersion(context: RunContext, command: CommandOf<'sync-restore'>): Promise<number> {
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

export async function handleCopies(context: RunContext, command: CommandOf<'sync-copies'>): Promise<number> {
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

export async function diffVersions(context: RunContext, command: CommandOf<'sync-diff'>): Promise<number> {
  const sync = await opened(context, command);
  const document = await documentOf(context, sync, command.key, command);
  const { counts, changes, total } = await sync.diff(document, { before: command.before, after: command.after ?? 'file' }, { offset: 0, limit: MOST_PRINTED }, context.signal);
  if (command.json) printJson(context, { ...counts, changes: changes.map(({ path, kind, before, after, cut }) => ({ path: placeText(path), kind, before: before ?? null, after: after ?? null, cut })), total });
  else for (const { path, kind, before, after } of changes) printRow(context, [placeText(path), kind, before ?? null, after ?? null]);
  sayTo(context, context.text('syncCounts', counts));
  return EXIT.done;
}
