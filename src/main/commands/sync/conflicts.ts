import { PicferryError } from '../../../lib/picferry-error';
import type { SyncOpenConflict, SyncResolved } from '../../../shared/model/sync';
import { placeText } from '../../../shared/place-text';
import type { CommandOf } from '../command';
import { EXIT } from '../exit-codes';
import { printJson, printRow, type RunContext, sayTo, sentence, UsageError } from '../run-context';
import { askEach } from './accounts-to-ask';
import { asked, documentOf, named, opened } from './document-named';

/** A side's value, or nothing at all where it has none. */
const valueOf = (name: string, text: string | undefined): Record<string, unknown> => (text === undefined ? {} : { [name]: JSON.parse(text) as unknown });

const wireResolved = ({ id, fileKey: key, where, path, choice, result, at, deviceId, otherDeviceId, version, takenBack }: SyncResolved) => ({
  id,
  key,
  where,
  path: path === null ? null : placeText(path),
  resolution: choice,
  result: result === null ? null : parsedOr(result),
  resolvedAt: typeof at === 'number' ? new Date(at).toISOString() : at,
  devices: [deviceId, otherDeviceId],
  version,
  takenBackAt: takenBack === null ? null : new Date(takenBack).toISOString(),
});

/** A long value was cut and is no JSON any more. */
const parsedOr = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

export async function listConflicts(context: RunContext, command: CommandOf<'sync-conflicts'>): Promise<number> {
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
    else for (const { id, key, resolution, resolvedAt, path, text, account: at, takenBackAt } of rows) printRow(context, [id, key, resolution, resolvedAt, path, text, at, ...(takenBackAt === null ? [] : [context.text('syncResolvedUndone', { when: takenBackAt })])]);
    if (rows.length === 0 && code === EXIT.done) sayTo(context, context.text('nothingFound'));
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

export async function resolveConflicts(context: RunContext, command: CommandOf<'sync-resolve'>): Promise<number> {
  const sync = await opened(context, command);
  const account = named(context, command);
  const known = await sync.conflicts({ ...(account === null ? {} : { account: account.id }), decided: true });
  let wanted = [...new Set(command.ids.map((id) => conflictCalled(known, id)))];
  let within = account?.id;
  if (command.all !== null) {
    const document = await documentOf(context, sync, command.all, command);
    within = document.account;
    await sync.status(document);
    wanted = known.filter((one) => one.choice === null && one.document.account === document.account && one.document.fileKey === document.fileKey).map(({ id }) => id);
  }
  const { choice } = command;
  const places = known.filter(({ id, document }) => wanted.includes(id) && (within === undefined || document.account === within));
  if (choice.take !== 'mine' && choice.take !== 'theirs' && places.some(({ kind }) => kind === 'rollback')) throw new UsageError('syncRollbackKeep');
  const documents = await sync.resolve(wanted, choice, within);
  const left = new Map<string, number>();
  for (const { account: id, fileKey } of documents) left.set(fileKey, (await sync.conflicts({ account: id, fileKey })).length);
  const kept = keptWord(choice.take === 'both' ? `both-${choice.first}` : choice.take);
  if (command.json) printJson(context, places.map(({ id, document: { fileKey: key }, path }) => ({ id, key, path: placeText(path), choice: kept, left: left.get(key) ?? 0 })));
  if (choice.take === 'base') for (const { path, base, kind } of places) if (base === undefined && kind !== 'rollback') sayTo(context, context.text('syncNoBase', { place: placeText(path) }));
  for (const [key, count] of left) sayTo(context, context.text(count === 0 ? 'syncResolved' : 'syncResolvedLeft', { key, count }));
  if (wanted.length === 0) sayTo(context, context.text('syncNoConflicts'));
  return EXIT.done;
}
