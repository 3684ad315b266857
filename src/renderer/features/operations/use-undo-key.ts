import { useEffect } from 'react';
import { newestWaiting } from '../../stores/operation-words';
import { useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { isAsking, typesText } from '../../ui/window-state';

/** Ctrl/Cmd+Z undoes the newest waiting operation, unless it is pressed in a text field or over a question. */
export const useUndoKey = (): void => {
  const { operations } = useApp();
  const call = useCall();
  useEffect(() => {
    const keydown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'z') return;
      if (typesText(event.target) || isAsking()) return;
      const newest = newestWaiting(operations.getState().state);
      if (newest === undefined) return;
      event.preventDefault();
      void call('operations:cancel', { id: newest.id });
    };
    window.addEventListener('keydown', keydown);
    return () => window.removeEventListener('keydown', keydown);
  }, [operations, call]);
};
