import type { SyncCopy } from '../../../shared/model/sync';
import type { DocumentName, DocumentStatus, SyncService } from '../../sync';
import type { CommandOf } from '../command';
import { EXIT } from '../exit-codes';
import { printJson, printRow, type RunContext, sayTo, UsageError } from '../run-context';

const LEAST_OF_ID = 4;

/** The copy of this id, or the only one whose id begins so; what is none is the engine's to refuse. */
function copyCalled(copies: readonly SyncCopy[], word: string): string {
  const found = word.length < LEAST_OF_ID ? [] : copies.filter(({ id }) => id.startsWith(word));
  if (found.length > 1) throw new UsageError('syncCopyAmbiguous', { id: word, count: found.length });
  return found[0]?.id ?? word;
}

const MAKERS = { mine: 'syncCopyMine', theirs: 'syncCopyTheirs', pushed: 'syncCopyPushed' } as const;
const CAUSES = { merge: 'syncCopyMerge', decided: 'syncCopyDecided', restore: 'syncCopyRestore', 'put-back': 'syncCopyPut', undo: 'syncCopyUndo', begin: 'syncCopyBegin', older: 'syncCopyOlder', push: 'syncCopyPush' } as const;

/** Lists what was kept of a document, prints one of these texts, or puts it back; `sent` gives how the document stands then, and says it. */
export async function runCopies(context: RunContext, command: CommandOf<'sync-copies'>, sync: SyncService, document: DocumentName, sent: () => Promise<DocumentStatus>): Promise<number> {
  const copies = await sync.copies(document);
  // In the window's words.
  const said = (key: string): string => context.translator.t(`window:${key}`);
  if (command.id === null) {
    const rows = copies.map(({ id, whose, cause, at, bytes }) => ({ id, whose, cause, at: new Date(at).toISOString(), bytes }));
    if (command.json) printJson(context, rows);
    else for (const { id, whose, cause, at, bytes } of rows) printRow(context, [id.slice(0, 12), at, said(MAKERS[whose]), cause === null ? null : said(CAUSES[cause]), bytes]);
    if (rows.length === 0) sayTo(context, context.text('syncNoCopies'));
    return EXIT.done;
  }
  const id = copyCalled(copies, command.id);
  if (command.act === 'show') {
    context.io.stdout(`${await sync.show(document, `copy:${id}`, { signal: context.signal })}\n`);
    return EXIT.done;
  }
  if (!(await sync.putBack(document, id))) {
    if (command.json) printJson(context, { id, putBack: false });
    sayTo(context, context.text('syncCopySame', { key: command.key }));
    return EXIT.done;
  }
  const { state, version } = await sent();
  if (command.json) printJson(context, { id, putBack: true, state, version });
  sayTo(context, context.text(state === 'clean' ? 'syncCopyBack' : 'syncCopyBackWaiting'));
  return state === 'clean' ? EXIT.done : EXIT.failed;
}
