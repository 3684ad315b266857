import { useEffect, useRef, useState } from 'react';
import type { Comparison, Estimate } from '../../../shared/model/comparison';
import type { PreparationProfile } from '../../../shared/model/preparation';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure, type CallInput } from '../../bridge';
import { useApp } from '../../stores/use-app';

export type Compared = { readonly at: 'busy' } | { readonly at: 'done'; readonly comparison: Comparison } | { readonly at: 'failed'; readonly problem: Problem };
type Source = CallInput<'preparation:compare'>['source'];

/** Arrows held down pass by without work for each. */
const AFTER_MS = 120;

/** A file before and after, made anew with each change of what is asked; addresses are given back when they are not shown any more. */
export const useComparison = (source: Source, profile: PreparationProfile | null): Compared => {
  const { client } = useApp();
  const [compared, setCompared] = useState<Compared>({ at: 'busy' });
  const asked = useRef({ source, profile });
  asked.current = { source, profile };
  const key = JSON.stringify({ source, profile });
  useEffect(() => {
    let [left, running, addresses] = [false, false, [] as readonly string[]];
    const quietly = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (failure) {
        // Main gives everything back by itself when the window goes.
        if (!(failure instanceof CallFailure)) throw failure;
      }
    };
    const close = (): void => {
      for (const address of addresses) void quietly(() => client.call('previews:close', { address }));
      addresses = [];
    };
    const run = async (): Promise<void> => {
      running = true;
      try {
        const comparison = await client.call('preparation:compare', asked.current);
        addresses = [...new Set([comparison.before, comparison.after].flatMap((side) => side?.address ?? []))];
        if (left) close();
        else setCompared({ at: 'done', comparison });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (!left) setCompared({ at: 'failed', problem: failure.error.problem });
      }
      running = false;
    };
    setCompared({ at: 'busy' });
    const timer = setTimeout(() => void run(), AFTER_MS);
    return () => {
      left = true;
      clearTimeout(timer);
      if (running) void quietly(() => client.call('preparation:stop', undefined));
      close();
    };
  }, [client, key]);
  return compared;
};

/** What all files come to; null until it is added up, or where that is nothing to add up. */
export const useEstimate = (ids: readonly string[], ready: boolean): Estimate | null => {
  const { client } = useApp();
  const [estimate, setEstimate] = useState<Estimate | null>(null);
  const all = useRef(ids);
  all.current = ids;
  const key = ids.length < 2 ? '' : ids.join(' ');
  useEffect(() => {
    if (key === '' || !ready) return undefined;
    let left = false;
    const run = async (): Promise<void> => {
      try {
        const answer = await client.call('preparation:estimate', { ids: [...all.current] });
        if (!left) setEstimate(answer);
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
      }
    };
    void run();
    return () => {
      left = true;
    };
  }, [client, key, ready]);
  return estimate;
};
