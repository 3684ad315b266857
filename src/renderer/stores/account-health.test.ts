import { expect, test } from 'vitest';
import type { Problem } from '../../shared/model/problem';
import { accountHealth } from './account-health';

const problem = (kind: Problem['kind'], at: number): Problem => ({ kind, sub: null, message: 'offline', params: {}, retryable: true, retryAfterMs: null, detail: null, at });
const account = { id: 'a', paused: null };
const document = (lastSync: number | null, met: Problem | null, of = 'a') => ({ account: of, lastSync, problem: met });

test('an account is ready while nothing is known against it, and paused for its own reason first', () => {
  expect(accountHealth(account, []).at).toBe('ready');
  expect(accountHealth(account, [document(1, null), document(null, problem('network', 2), 'another')]).at).toBe('ready');
  expect(accountHealth({ ...account, paused: problem('quota', 1) }, [document(null, problem('network', 2))])).toMatchObject({ at: 'paused', problem: { kind: 'quota' } });
});

test('a document that met no host, or a refused key, speaks for its account', () => {
  expect(accountHealth(account, [document(5, problem('network', 9))]).at).toBe('not-reached');
  expect(accountHealth(account, [document(5, problem('server', 9))]).at).toBe('not-reached');
  expect(accountHealth(account, [document(5, problem('network', 9)), document(5, problem('auth', 8))]).at).toBe('sign-in');
});

test('what is wrong with one document alone is not held against its account', () => {
  for (const kind of ['file', 'conflict', 'internal', 'bad_request'] as const) expect(accountHealth(account, [document(5, problem(kind, 9))]).at).toBe('ready');
});

test('a sync that went well since outweighs an earlier failure of another document', () => {
  expect(accountHealth(account, [document(5, problem('network', 9)), document(10, null)]).at).toBe('ready');
  expect(accountHealth(account, [document(5, problem('auth', 9)), document(10, null)]).at).toBe('ready');
});
