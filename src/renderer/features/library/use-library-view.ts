import { useCallback, useEffect, useRef, useState } from 'react';
import type { LibraryView } from '../../../shared/model/settings';
import { useActions } from '../../stores/use-actions';
import { useApp, useSettings } from '../../stores/use-app';

/** A slider that is dragged is kept so often, and once more when it rests. */
const SAVE_EVERY_MS = 300;

/**
 * How the library is shown: a change is seen and kept at once, many in a row from time to time and in the end. Another order is
 * only kept here, and a moment later: the view that is read shows it, and whoever chose waits for that.
 */
export const useLibraryView = (): readonly [LibraryView, (change: Partial<LibraryView>) => void] => {
  const kept = useSettings((settings) => settings.libraryView);
  const { setSettings } = useActions();
  const { leaving } = useApp();
  const [draft, setDraft] = useState<LibraryView | null>(null);
  const latest = useRef(draft ?? kept);
  latest.current = draft ?? kept;
  const save = useRef(setSettings);
  save.current = setSettings;
  const unsaved = useRef<LibraryView | null>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = useCallback((): void => {
    clearTimeout(resting.current);
    resting.current = undefined;
    const view = unsaved.current;
    if (view === null) return;
    unsaved.current = null;
    void save.current({ libraryView: view }).then(() => setDraft((now) => (now === view ? null : now)));
    resting.current = setTimeout(flush, SAVE_EVERY_MS);
  }, []);
  const change = useCallback(
    (part: Partial<LibraryView>) => {
      const view = { ...(unsaved.current ?? latest.current), ...part };
      latest.current = view;
      unsaved.current = view;
      if ('sort' in part) {
        resting.current ??= setTimeout(flush, SAVE_EVERY_MS);
        return;
      }
      setDraft(view);
      // Only a slider changes faster than it can be kept.
      if (resting.current === undefined || !('tile' in part)) flush();
    },
    [flush],
  );
  useEffect(() => {
    const off = leaving.onLeave(flush);
    return () => {
      off();
      flush();
      clearTimeout(resting.current);
    };
  }, [flush, leaving]);
  return [draft ?? kept, change];
};
