import { useEffect, useMemo, useRef, useState } from 'react';
import type { Comparison, Estimate } from '../../../shared/model/comparison';
import type { Job } from '../../../shared/model/job';
import type { PreparationProfile } from '../../../shared/model/preparation';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure, type CallInput } from '../../bridge';
import { useApp, useQueue, useSettings } from '../../stores/use-app';

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
export const useEstimate = (ids: readonly string[], ready: boolean): Estimate | 'failed' | null => {
  const { client } = useApp();
  const preparation = useSettings((settings) => settings.preparation);
  const [known, setKnown] = useState<{ readonly of: string; readonly estimate: Estimate | 'failed' }>({ of: '', estimate: 'failed' });
  const all = useRef(ids);
  all.current = ids;
  // What the files are made ready by counts, and not only which files they are.
  const jobs = useQueue(({ byId }) => (ids.length < 2 ? '' : ids.map((id) => asked(id, byId.get(id))).join(' ')));
  const key = useMemo(() => (jobs === '' ? '' : `${jobs} ${JSON.stringify(preparation)}`), [jobs, preparation]);
  const wanted = key !== '' && known.of !== key;
  useEffect(() => {
    if (!wanted || !ready) return undefined;
    let left = false;
    const run = async (): Promise<void> => {
      let estimate: Estimate | 'failed' = 'failed';
      try {
        estimate = await client.call('preparation:estimate', { ids: [...all.current] });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
      }
      if (!left) setKnown({ of: key, estimate });
    };
    void run();
    return () => {
      left = true;
    };
  }, [client, key, ready, wanted]);
  return key !== '' && known.of === key ? known.estimate : null;
};

const asked = (id: string, job: Job | undefined): string => (job === undefined ? id : [id, job.profile, job.adapted?.maxBytes, job.adapted?.format].join('|'));
