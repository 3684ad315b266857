import { expect, test } from 'vitest';
import { createLogKeeper, LOG_BYTES } from './log-keeper';

/** A log of a told size, and others that empty it when told. */
function world() {
  let bytes = 0;
  let finished = 0;
  const running: (() => void)[] = [];
  const keeper = createLogKeeper({
    path: 'library.db',
    size: () => bytes,
    empty: () => new Promise((resolve) => running.push(resolve)),
    finish: () => (finished += 1),
  });
  const grow = (to: number): void => {
    bytes = to;
    keeper.touched();
  };
  const done = async (): Promise<void> => {
    running.splice(0).forEach((resolve) => resolve());
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { keeper, grow, done, running, finished: () => finished };
}

test('a log that has grown is emptied once, whatever is written meanwhile, and the rest of it here', async () => {
  const { grow, done, running, finished } = world();
  grow(LOG_BYTES - 1);
  expect(running).toHaveLength(0);
  grow(LOG_BYTES);
  grow(LOG_BYTES * 2);
  expect(running).toHaveLength(1);
  await done();
  expect(finished()).toBe(1);
});

test('a log that began anew is emptied when it has grown again, one that a reader holds after as much more', async () => {
  const { grow, done, running } = world();
  grow(LOG_BYTES);
  await done();
  grow(LOG_BYTES + 1);
  expect(running).toHaveLength(0);
  grow(1000);
  grow(LOG_BYTES);
  expect(running).toHaveLength(1);
  await done();
  grow(LOG_BYTES * 2 - 1);
  expect(running).toHaveLength(0);
  grow(LOG_BYTES * 2);
  expect(running).toHaveLength(1);
});

test('a database that is closed meanwhile is not touched any more', async () => {
  const { keeper, grow, done, running, finished } = world();
  grow(LOG_BYTES);
  keeper.close();
  await done();
  grow(LOG_BYTES * 3);
  expect(finished()).toBe(0);
  expect(running).toHaveLength(0);
});
