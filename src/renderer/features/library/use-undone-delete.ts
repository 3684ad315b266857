import { useCallback, useEffect, useRef } from 'react';
import type { Operation } from '../../../shared/model/operation';
import { useApp } from '../../stores/use-app';

/** Returns what remembers a deletion that still waits: when it is undone whole, `undone` runs; once a host was asked, it is forgotten. */
export const useUndoneDelete = (): ((operation: Operation, undone: () => void) => void) => {
  const { operations } = useApp();
  const waiting = useRef(new Map<string, () => void>());
  useEffect(
    () =>
      operations.subscribe(({ state }) => {
        for (const [id, undone] of waiting.current) {
          const now = state.find((one) => one.id === id);
          if (now === undefined || now.state === 'waiting') continue;
          waiting.current.delete(id);
          if (now.state === 'cancelled' && now.done === 0) undone();
        }
      }),
    [operations],
  );
  return useCallback((operation, undone) => void (operation.state === 'waiting' && waiting.current.set(operation.id, undone)), []);
};
