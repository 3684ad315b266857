import { assertNever } from '../../../shared/assert-never';
import type { Command } from '../command';
import type { RunContext } from '../run-context';
import { listConflicts, resolveConflicts } from './conflicts';
import { listDevices } from './devices';
import { addDocument, beginDocument, findDocuments, removeDocument, switchOwn } from './documents';
import { runDocuments, showStatus } from './run-documents';
import { diffVersions, handleCopies, restoreVersion, showHistory, showVersion } from './versions';

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
