import { expect, test, vi } from 'vitest';
import { createLazyMirror } from './lazy-mirror';

type Event = { readonly rev: number; readonly value: string };

const bench = (isOpen = false) => {
  const takers = new Set<(event: Event) => void>();
  const read = vi.fn(async () => ({ rev: 1, state: 'first' }));
  const mirror = createLazyMirror<string, Event>(
    {
      initial: '',
      subscribe: (take) => {
        takers.add(take);
        return () => void takers.delete(take);
      },
      read,
      apply: (_, event) => event.value,
      wait: async () => undefined,
    },
    async () => isOpen,
  );
  return { mirror, read, takers, tell: (event: Event): void => [...takers].forEach((take) => take(event)) };
};

test('asks for nothing before it is opened, and then mirrors like any other', async () => {
  const { mirror, read, tell } = bench();
  expect(read).not.toHaveBeenCalled();
  expect(mirror.store.getState()).toEqual({ rev: -1, state: '' });
  mirror.open();
  mirror.open();
  await vi.waitFor(() => expect(mirror.store.getState()).toEqual({ rev: 1, state: 'first' }));
  tell({ rev: 2, value: 'second' });
  expect(mirror.store.getState()).toEqual({ rev: 2, state: 'second' });
  expect(read).toHaveBeenCalledTimes(1);
});

test('begins by itself when main has opened what it mirrors, now or before the window came', async () => {
  const later = bench();
  later.tell({ rev: 1, value: 'opened' });
  await vi.waitFor(() => expect(later.mirror.store.getState()).toEqual({ rev: 1, state: 'first' }));
  expect(later.takers.size).toBe(1);
  const before = bench(true);
  await vi.waitFor(() => expect(before.mirror.store.getState()).toEqual({ rev: 1, state: 'first' }));
});

test('begins no more once it was stopped', () => {
  const { mirror, read, tell, takers } = bench();
  mirror.stop();
  tell({ rev: 1, value: 'late' });
  mirror.open();
  expect(read).not.toHaveBeenCalled();
  expect(takers.size).toBe(0);
});
