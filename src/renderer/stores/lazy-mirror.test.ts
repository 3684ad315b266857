import { expect, test, vi } from 'vitest';
import { createLazyMirror } from './lazy-mirror';

type Event = { readonly rev: number; readonly value: string };

test('asks for nothing before it is opened, and then mirrors like any other', async () => {
  let tell: (event: Event) => void = () => undefined;
  const read = vi.fn(async () => ({ rev: 1, state: 'first' }));
  const mirror = createLazyMirror<string, Event>({
    initial: '',
    subscribe: (take) => {
      tell = take;
      return () => undefined;
    },
    read,
    apply: (_, event) => event.value,
    wait: async () => undefined,
  });
  expect(read).not.toHaveBeenCalled();
  expect(mirror.store.getState()).toEqual({ rev: -1, state: '' });
  mirror.open();
  mirror.open();
  await vi.waitFor(() => expect(mirror.store.getState()).toEqual({ rev: 1, state: 'first' }));
  tell({ rev: 2, value: 'second' });
  expect(mirror.store.getState()).toEqual({ rev: 2, state: 'second' });
  expect(read).toHaveBeenCalledTimes(1);
});
