import { useCallback, useRef, useState } from 'react';
import type { AccountTest } from '../../../shared/model/account';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure, type CallInput } from '../../bridge';
import { useApp } from '../../stores/use-app';

/** One account test at a time: idle, running, or what it found. */
export type TestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'found'; readonly test: AccountTest }
  | { readonly kind: 'failed'; readonly problem: Problem };

export type AccountTestRun = {
  readonly state: TestState;
  readonly run: (subject: CallInput<'accounts:test'>) => Promise<void>;
  /** Forgets the answer, also one that is still to come. */
  readonly clear: () => void;
};

export const useAccountTest = (): AccountTestRun => {
  const { client } = useApp();
  const [state, setState] = useState<TestState>({ kind: 'idle' });
  const latest = useRef(0);
  const run = useCallback(
    async (subject: CallInput<'accounts:test'>) => {
      const mine = ++latest.current;
      setState({ kind: 'running' });
      try {
        const test = await client.call('accounts:test', subject);
        if (mine === latest.current) setState({ kind: 'found', test });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (mine === latest.current) setState({ kind: 'failed', problem: failure.error.problem });
      }
    },
    [client],
  );
  const clear = useCallback(() => {
    latest.current += 1;
    setState({ kind: 'idle' });
  }, []);
  return { state, run, clear };
};
