import type { Account } from '../../shared/model/account';
import type { Problem } from '../../shared/model/problem';
import type { SyncDocument } from '../../shared/model/sync';
import type { TextKey } from './text';

/** How an account stands: its own pause comes first, then what the last look at its documents met. */
export type AccountHealth = { readonly at: 'ready' } | { readonly at: 'paused' | 'sign-in' | 'not-reached'; readonly problem: Problem };

const READY: AccountHealth = { at: 'ready' };
type Seen = Pick<SyncDocument, 'account' | 'lastSync' | 'problem'>;

/** Whether the problem is about the account as a whole, and not about one document. */
const isOfAccount = ({ kind }: Problem): boolean => kind === 'auth' || kind === 'network' || kind === 'server';

/** What is known of an account. A sync that went well after a failure outweighs it. */
export const accountHealth = ({ id, paused }: Pick<Account, 'id' | 'paused'>, documents: readonly Seen[]): AccountHealth => {
  if (paused !== null) return { at: 'paused', problem: paused };
  const own = documents.filter(({ account }) => account === id);
  const well = Math.max(0, ...own.map(({ lastSync }) => lastSync ?? 0));
  const [last] = own
    .flatMap(({ problem }) => (problem !== null && isOfAccount(problem) && problem.at >= well ? [problem] : []))
    .sort((a, b) => Number(b.kind === 'auth') - Number(a.kind === 'auth') || b.at - a.at);
  if (last === undefined) return READY;
  return { at: last.kind === 'auth' ? 'sign-in' : 'not-reached', problem: last };
};

export const healthWords = { ready: 'accountReady', paused: 'accountPaused', 'sign-in': 'accountSignIn', 'not-reached': 'accountNotReached' } as const satisfies Readonly<Record<AccountHealth['at'], TextKey>>;
export const healthTone = { ready: 'ok', paused: 'warn', 'sign-in': 'warn', 'not-reached': 'warn' } as const satisfies Readonly<Record<AccountHealth['at'], string>>;
