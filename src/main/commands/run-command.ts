import { assertNever } from '../../shared/assert-never';
import { createTranslator } from '../../shared/i18n/translator';
import type { Language } from '../../shared/model/localized';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError } from '../../lib/picferry-error';
import type { Command } from './command';
import { EXIT } from './exit-codes';
import { addAccount, changeAccount, listAccounts, removeAccount, setDefaultAccount, testAccount } from './run-accounts';
import { printJson, type RunContext, type RunDeps, sayTo, sentence, UsageError, wireError } from './run-context';
import { deleteUploads, listLibrary } from './run-library';
import { clearRemote, listAlbums, listRemote } from './run-remote';
import { prepareFiles } from './run-prepare';
import { serveApi } from './run-serve';
import { isSync, runSync } from './sync/run-sync';
import { addToken, listTokens, removeToken } from './run-tokens';
import { serveHost } from './run-host';
import { exportAll, importAll } from './run-transfer';
import { upload } from './run-upload';

/**
 * Runs one command against the services of the process that owns the data folder and gives its exit code.
 * Never rejects for what a command can meet: a sentence goes to stderr, and with `json` an error object to stdout.
 * `language` counts unless the settings name one.
 */
export async function runCommand(deps: RunDeps, command: Command, language: Language): Promise<number> {
  const chosen = deps.services.settings.current().language;
  const translator = createTranslator(chosen === 'system' ? language : chosen);
  const context: RunContext = { ...deps, translator, text: (key, params = {}) => translator.t(`cli:${key}`, params) };
  try {
    return await run(context, command);
  } catch (error) {
    if (error instanceof UsageError) {
      sayTo(context, context.text(error.key, error.params));
      return EXIT.wrongUsage;
    }
    const problem = error instanceof PicferryError ? error.problem : diskProblem(error, deps.now());
    if (problem === null) throw error;
    if (command.json) printJson(context, { error: wireError(context, problem) });
    sayTo(context, sentence(context, problem));
    return deps.signal.aborted ? EXIT.cancelled : EXIT.failed;
  }
}

function run(context: RunContext, command: Command): Promise<number> | number {
  if (isSync(command)) return runSync(context, command);
  switch (command.verb) {
    case 'accounts-add':
      return addAccount(context, command);
    case 'accounts-set':
      return changeAccount(context, command);
    case 'accounts-list':
      return listAccounts(context, command);
    case 'accounts-test':
      return testAccount(context, command);
    case 'accounts-default':
      return setDefaultAccount(context, command);
    case 'accounts-remove':
      return removeAccount(context, command);
    case 'upload':
      return upload(context, command);
    case 'prepare':
      return prepareFiles(context, command);
    case 'library':
      return listLibrary(context, command);
    case 'delete':
      return deleteUploads(context, command);
    case 'albums':
      return listAlbums(context, command);
    case 'remote-list':
      return listRemote(context, command);
    case 'remote-clear':
      return clearRemote(context, command);
    case 'export':
      return exportAll(context, command);
    case 'import':
      return importAll(context, command);
    case 'host':
      return serveHost(context, command);
    case 'serve':
      return serveApi(context, command);
    case 'tokens-add':
      return addToken(context, command);
    case 'tokens-list':
      return listTokens(context, command);
    case 'tokens-remove':
      return removeToken(context, command);
    default:
      return assertNever(command);
  }
}
