import type { DocumentStatus } from '../../sync';
import { EXIT } from '../exit-codes';
import { shownState } from '../offline-words';
import { printJson, printRow, type RunContext, sayTo, sentence, wireError } from '../run-context';
import { nameOf } from './document-named';

/** Its account's name; of one that was removed the last that is known. */
const accountOf = (context: RunContext, { account, problem }: Pick<DocumentStatus, 'account' | 'problem'>): string =>
  problem?.sub === 'syncAccountGone' ? String(problem.params['name'] ?? '') || context.text('syncAccountRemoved') : nameOf(context, account);

/** `unsent`: places that were edited since, where the file was looked at for them. */
type Shown = DocumentStatus & { readonly unsent?: number };

/** In the window's words. */
const stateOf = ({ unsent = 0, ...status }: Shown): ReturnType<typeof shownState> => (status.state === 'clean' && unsent > 0 ? 'waiting' : shownState(status));

/** A document as it is printed in JSON. */
export const wireStatus = (context: RunContext, { account, fileKey, problem, ...status }: Shown) => ({
  key: fileKey,
  account: accountOf(context, { account, problem }),
  file: status.path,
  state: stateOf({ ...status, account, fileKey, problem }),
  version: status.version,
  openConflicts: status.openConflicts,
  ...(status.unsent === undefined ? {} : { unsentChanges: status.unsent }),
  lastSync: status.lastSync === null ? null : new Date(status.lastSync).toISOString(),
  nextMessage: status.note,
  folded: status.folded === true,
  error: problem === null ? null : wireError(context, problem),
});

/** Documents on standard output, and what a person can do about each on standard error. */
export function printStatuses(context: RunContext, statuses: readonly Shown[], json: boolean): void {
  if (json) printJson(context, statuses.map((status) => wireStatus(context, status)));
  else for (const status of statuses) printRow(context, [status.fileKey, stateOf(status), status.version, accountOf(context, status), status.path]);
  for (const status of statuses) if (status.folded === true) sayTo(context, context.text('syncFolded', { key: status.fileKey, host: nameOf(context, status.account) }));
  if (statuses.length === 0) sayTo(context, context.text('syncNoDocuments'));
  for (const status of statuses) explain(context, status);
}

/** What a person can do now, on standard error. */
export function explain(context: RunContext, { fileKey: key, state, openConflicts, note, problem, path, lastSync, unsent = 0 }: Shown): void {
  if (problem !== null) sayTo(context, `${key}: ${sentence(context, problem)}`);
  if (unsent > 0 && (state === 'clean' || state === 'failed')) sayTo(context, context.text('syncUnsent', { key, count: unsent }));
  if (state === 'new' && problem === null && lastSync !== null) sayTo(context, context.text('syncNothingAnywhere', { key, file: path }));
  if (state === 'conflict') sayTo(context, context.text('syncConflicts', { key, count: openConflicts }));
  if (state === 'first-choice') sayTo(context, context.text('syncFirstChoice', { key }));
  if (state === 'clean' && note !== '') sayTo(context, context.text('syncNoteWaits', { key }));
  if (state === 'rolled-back') sayTo(context, context.text('syncRolledBack', { key }));
}

/** Exit 1 while anything failed, waits for a person or was nowhere to be found. */
export const exitOf = (statuses: readonly DocumentStatus[]): number => (statuses.every(({ state }) => state === 'clean') ? EXIT.done : EXIT.failed);
