import { useCallback, useEffect, useRef, useState } from 'react';
import type { LibraryView } from '../../../shared/model/settings';
import { useActions } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';

const SAVE_AFTER_MS = 300;

/** How the library is shown: changes are seen at once and kept a moment later, so that a slider can be dragged. */
export const useLibraryView = (): readonly [LibraryView, (change: Partial<LibraryView>) => void] => {
  const kept = useSettings((settings) => settings.libraryView);
  const { setSettings } = useActions();
  const [draft, setDraft] = useState<LibraryView | null>(null);
  const view = draft ?? kept;
  const latest = useRef(view);
  latest.current = view;
  const change = useCallback((part: Partial<LibraryView>) => {
    latest.current = { ...latest.current, ...part };
    setDraft(latest.current);
  }, []);
  const unsaved = useRef<LibraryView | null>(null);
  unsaved.current = draft;
  useEffect(() => {
    if (draft === null) return undefined;
    const timer = setTimeout(() => {
      void setSettings({ libraryView: draft }).then(() => setDraft((now) => (now === draft ? null : now)));
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, setSettings]);
  const save = useRef(setSettings);
  save.current = setSettings;
  useEffect(
    () => () => {
      if (unsaved.current !== null) void save.current({ libraryView: unsaved.current });
    },
    [],
  );
  return [view, change];
};
