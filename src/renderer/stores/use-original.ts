import { useEffect, useState } from 'react';
import { CallFailure, type CallInput } from '../bridge';
import { useText } from './text';
import { useApp } from './use-app';

/** An original on its way to the screen. */
export type Original =
  | { readonly at: 'loading' }
  | { readonly at: 'shown'; readonly address: string; readonly kind: 'image' | 'video'; readonly from: 'file' | 'host' }
  | { readonly at: 'failed'; readonly text: string; readonly retry: (() => void) | null };

type Which = CallInput<'previews:open'>;

/** Arrows held down pass by without a fetch for each. */
const OPEN_AFTER_MS = 120;
const loading: Original = { at: 'loading' };

/**
 * The original of an upload or of a listed row, made loadable while it is looked at and given back when left; one that is
 * left before it came is fetched no further. Null asks for nothing.
 */
export const useOriginal = (which: Which | null): Original => {
  const { client } = useApp();
  const { problem } = useText();
  const [tries, setTries] = useState(0);
  const [opened, setOpened] = useState<{ readonly key: string; readonly original: Original } | null>(null);
  const key = which === null ? '' : JSON.stringify(which);
  useEffect(() => {
    if (key === '') return undefined;
    const asked = JSON.parse(key) as Which;
    let left = false;
    let state: 'none' | 'coming' | { readonly address: string } = 'none';
    const giveBack = async (): Promise<void> => {
      const before = state;
      state = 'none';
      if (before === 'none') return;
      try {
        if (before === 'coming') await client.call('previews:stop', asked);
        else await client.call('previews:close', before);
      } catch (failure) {
        // Main gives it back by itself when the window goes.
        if (!(failure instanceof CallFailure)) throw failure;
      }
    };
    const open = async (): Promise<void> => {
      state = 'coming';
      try {
        const { address, kind, from } = await client.call('previews:open', asked);
        state = { address };
        if (left) await giveBack();
        else setOpened({ key, original: { at: 'shown', address, kind, from } });
      } catch (failure) {
        state = 'none';
        if (!(failure instanceof CallFailure)) throw failure;
        const { problem: why } = failure.error;
        if (!left) setOpened({ key, original: { at: 'failed', text: problem(why), retry: () => setTries((before) => before + 1) } });
      }
    };
    setOpened(null);
    const timer = setTimeout(() => void open(), OPEN_AFTER_MS);
    return () => {
      left = true;
      clearTimeout(timer);
      void giveBack();
    };
  }, [client, key, tries, problem]);
  return opened === null || opened.key !== key ? loading : opened.original;
};
