import { useCallback, useEffect, useRef, useState } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { nameOf } from '../../stores/sync-words';
import { useAttempt } from '../../stores/use-actions';

/** A pause in typing after which the words are kept. */
const KEEP_AFTER_MS = 600;

export type WaitingNote = {
  readonly value: string;
  readonly change: (value: string) => void;
  /** Keeps what is typed now, without waiting for a pause. */
  readonly keep: () => void;
  /** These words are where they belong: from now on the kept note is shown, unless something else was typed since. */
  readonly done: (said: string) => void;
};

/** The note that the next version of a document gets, whatever sends it: shown as it is kept, and kept as it is typed. */
export const useWaitingNote = (document: SyncDocument): WaitingNote => {
  const attempt = useAttempt();
  const { account, fileKey } = nameOf(document);
  const [draft, setDraft] = useState<string | null>(null);
  const [seen, setSeen] = useState(document.note);
  const typed = draft?.trim() ?? null;
  if (seen !== document.note) {
    setSeen(document.note);
    // The words in the field were kept before: a version took them, or they were changed elsewhere.
    if (typed === seen) setDraft(null);
  }
  const unkept = typed === null || typed === document.note ? null : typed;
  const store = useCallback((note: string) => void attempt('sync:note', { document: { account, fileKey }, note }), [attempt, account, fileKey]);
  useEffect(() => {
    if (unkept === null) return;
    const timer = setTimeout(() => store(unkept), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [unkept, store]);
  // Who goes elsewhere by a key leaves the field without a blur.
  const leave = useRef<() => void>(() => undefined);
  useEffect(() => {
    leave.current = () => {
      if (unkept !== null) store(unkept);
    };
  }, [unkept, store]);
  useEffect(() => () => leave.current(), []);
  return {
    value: draft ?? document.note,
    change: setDraft,
    keep: () => leave.current(),
    done: (said) => setDraft((now) => (now?.trim() === said ? null : now)),
  };
};
