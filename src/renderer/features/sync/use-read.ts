import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure, type CallInput, type CallName, type CallOutput } from '../../bridge';
import { useApp } from '../../stores/use-app';

export type Read<T> = { readonly at: 'reading' } | { readonly at: 'failed'; readonly problem: Problem; /** What the last answer was. */ readonly last: T | null } | { readonly at: 'read'; readonly value: T };

/** Asks once for each input, and again whenever `mark` changes; what was read stays until the next answer. */
export const useRead = <K extends CallName>(name: K, input: CallInput<K>, mark: string | number = ''): { readonly read: Read<CallOutput<K>>; readonly again: () => void } => {
  const { client } = useApp();
  const [read, setRead] = useState<Read<CallOutput<K>>>({ at: 'reading' });
  const [turn, setTurn] = useState(0);
  const asked = JSON.stringify(input);
  useEffect(() => {
    let left = false;
    const ask = async (): Promise<void> => {
      try {
        const value = await client.call(name, JSON.parse(asked) as CallInput<K>);
        if (!left) setRead({ at: 'read', value });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (!left) setRead((before) => ({ at: 'failed', problem: failure.error.problem, last: before.at === 'read' ? before.value : before.at === 'failed' ? before.last : null }));
      }
    };
    void ask();
    return () => {
      left = true;
    };
  }, [client, name, asked, mark, turn]);
  return { read, again: () => setTurn((last) => last + 1) };
};
