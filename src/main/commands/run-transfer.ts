import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { ImportReport } from '../../shared/model/transfer';
import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { printJson, type RunContext, sayTo } from './run-context';

/** Writes library, accounts and settings into one file. */
export async function exportAll(context: RunContext, { path, passphrase, json }: CommandOf<'export'>): Promise<number> {
  const { uploads } = await context.services.transfer.exportTo(path, passphrase);
  if (json) printJson(context, { file: path, uploads, secrets: passphrase === null ? 'none' : 'sealed' });
  sayTo(context, context.text('exported', { number: uploads, file: path }));
  if (passphrase === null) sayTo(context, context.text('exportedOpen'));
  return EXIT.done;
}

/** Takes in what a file holds: uploads and accounts, and settings only when asked for. */
export async function importAll(context: RunContext, { path, passphrase, settings, json }: CommandOf<'import'>): Promise<number> {
  const { transfer } = context.services;
  const { id, needsPassphrase } = await transfer.look(path, passphrase);
  if (needsPassphrase) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'importNeedsPassphrase', message: 'importNeedsPassphrase' }, context.now()));
  const report = await transfer.import(id, passphrase, { uploads: true, accounts: true, settings });
  if (json) printJson(context, report);
  sayReport(context, report);
  return EXIT.done;
}

function sayReport(context: RunContext, { uploads, accounts, albums, skipped, settings }: ImportReport): void {
  sayTo(context, context.text('imported', { uploads: uploads.new, known: uploads.known, accounts: accounts.new, albums: albums.new }));
  if (settings) sayTo(context, context.text('importedSettings'));
  for (const { what, name, why, count } of skipped) {
    const words = { what: context.text(`skip_${what}`), why: context.text(`why_${why}`), count, name };
    sayTo(context, context.text(name === '' ? 'importSkip' : 'importSkipNamed', words));
  }
}
