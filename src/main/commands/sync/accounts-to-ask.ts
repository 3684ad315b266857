import type { SyncService } from '../../sync';
import { EXIT } from '../exit-codes';
import { problemIn, type RunContext, sayTo, sentence } from '../run-context';

/** Who is asked where no account was named: every account that can sync, or only those with documents here. */
export async function accountsToAsk({ services: { accounts } }: RunContext, sync: SyncService | null): Promise<readonly string[]> {
  const holding = sync === null ? null : new Set((await sync.list()).map(({ account }) => account));
  const found = accounts.list().filter(({ id, capabilities }) => capabilities.sync && (holding === null || holding.has(id)));
  // The default account says what is missing.
  return found.length === 0 ? [accounts.default().id] : found.map(({ id }) => id);
}

export type Answers<T> = { readonly answers: readonly { readonly account: string; readonly answer: T }[]; readonly code: number };

/** What each account says, under its name. Of several, one that cannot be reached is told of and gives exit 1; the others are listed all the same. */
export async function askEach<T>(context: RunContext, accounts: readonly string[], ask: (account: string) => Promise<T>): Promise<Answers<T>> {
  const answers: { readonly account: string; readonly answer: T }[] = [];
  let code: number = EXIT.done;
  for (const id of accounts) {
    const account = context.services.accounts.byId(id)?.name ?? id;
    try {
      answers.push({ account, answer: await ask(id) });
    } catch (error) {
      if (context.signal.aborted || accounts.length === 1) throw error;
      code = EXIT.failed;
      sayTo(context, `${account}: ${sentence(context, problemIn(error))}`);
    }
  }
  return { answers, code };
}
