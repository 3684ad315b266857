import { createContext, useContext } from 'react';
import type { Problem } from '../../shared/model/problem';
import type { Params, Text, TextKey } from './text';

/** A message that is put into words where it is shown, so that it follows the language; `plain` is as it is in all of them. */
export type Words =
  | { readonly key: TextKey; readonly params?: Params }
  | { readonly problem: Pick<Problem, 'message' | 'params'> }
  | { readonly plain: string };

export const inWords = (words: Words, text: Pick<Text, 't' | 'problem'>): string => {
  if ('key' in words) return text.t(words.key, words.params);
  return 'problem' in words ? text.problem(words.problem) : words.plain;
};

/** A short message to the person that needs no answer. */
export type Said = {
  readonly title: Words;
  readonly notes?: readonly Words[];
  readonly type?: 'done' | 'problem';
  readonly action?: { readonly label: Words; readonly onPress: () => void };
  /** Takes the place of the message before about the same. */
  readonly about?: string;
};

/** Where short messages to the person go. */
export const SayContext = createContext<(said: Said) => void>(() => undefined);
export const useSay = (): ((said: Said) => void) => useContext(SayContext);
