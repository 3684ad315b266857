import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMirror } from './mirror';

type Event = { readonly rev: number; readonly add: number };
const now = async (): Promise<void> => Promise.resolve();

/** A main process in small: a sum that grows by one event a revision. */
const source = () => {
  let rev = 0;
  let state: readonly number[] = [];
  let listener: ((event: Event) => void) | null = null;
  return {
    next: (add: number): Event => {
      rev += 1;
      state = [...state, add];
      return { rev, add };
    },
    send: (event: Event): void => listener?.(event),
    subscribe: (take: (event: Event) => void) => {
      listener = take;
      return () => {
        listener = null;
      };
    },
    snapshot: () => ({ rev, state }),
    listening: () => listener !== null,
  };
};

const mirrorOf = (main: ReturnType<typeof source>, read = async () => Promise.resolve(main.snapshot())) =>
  createMirror<readonly number[], Event>({
    initial: [],
    subscribe: main.subscribe,
    read,
    apply: (state, event) => [...state, event.add],
    wait: now,
  });

test('keeps events that arrive before the first snapshot', async () => {
  const main = source();
  const old = main.snapshot();
  let answer: (value: typeof old) => void = () => undefined;
  const mirror = mirrorOf(main, () => new Promise((resolve) => (answer = resolve)));
  main.send(main.next(1));
  answer(old);
  await mirror.ready;
  expect(mirror.store.getState()).toEqual({ rev: 1, state: [1] });
});

test('drops an event that the snapshot already holds, and one that comes twice', async () => {
  const main = source();
  const first = main.next(1);
  const mirror = mirrorOf(main);
  main.send(first);
  await mirror.ready;
  const second = main.next(2);
  main.send(second);
  main.send(second);
  expect(mirror.store.getState()).toEqual({ rev: 2, state: [1, 2] });
});

test('reads again when a revision is missing', async () => {
  const main = source();
  const mirror = mirrorOf(main);
  await mirror.ready;
  main.next(1);
  main.send(main.next(2));
  await expect.poll(() => mirror.store.getState()).toEqual({ rev: 2, state: [1, 2] });
});

test('reads again when the first read fails', async () => {
  const main = source();
  main.next(7);
  let tries = 0;
  const mirror = mirrorOf(main, async () => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    return Promise.resolve(main.snapshot());
  });
  await mirror.ready;
  expect(mirror.store.getState().state).toEqual([7]);
});

test('hears nothing after it is stopped', async () => {
  const main = source();
  const mirror = mirrorOf(main);
  await mirror.ready;
  mirror.stop();
  expect(main.listening()).toBe(false);
});

test('ends equal to main whatever is lost, early, late or repeated, once a last event arrives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('send', 'lose', 'twice', 'delay'), { maxLength: 40 }),
      fc.scheduler(),
      async (fates, scheduler) => {
        const main = source();
        const mirror = mirrorOf(main, async () => {
          const taken = main.snapshot();
          await scheduler.schedule(Promise.resolve(), 'read');
          return taken;
        });
        const delayed: Event[] = [];
        for (const [index, fate] of fates.entries()) {
          const event = main.next(index);
          if (fate === 'send' || fate === 'twice') main.send(event);
          if (fate === 'twice') main.send(event);
          if (fate === 'delay') delayed.push(event);
          if (scheduler.count() > 0 && index % 3 === 0) await scheduler.waitOne();
          for (const late of delayed.splice(0, index % 2)) main.send(late);
        }
        main.send(main.next(-1));
        await scheduler.waitFor(mirror.ready);
        await scheduler.waitIdle();
        expect(mirror.store.getState()).toEqual(main.snapshot());
        mirror.stop();
      },
    ),
    { numRuns: 150 },
  );
});
