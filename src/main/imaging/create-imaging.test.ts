import { expect, test } from 'vitest';
import { createFakeChildren } from '../../../test/pictures/fake-children';
import { createImaging } from './create-imaging';

const fakeChildren = () => {
  const { children, started, after, elapse } = createFakeChildren();
  return { imaging: createImaging({ children, thumbsFolder: '/thumbs', after }), started, elapse };
};

const NAME = `${'a'.repeat(64)}.webp`;

test('starts no process before the first picture and works on one at a time, in order', async () => {
  const { imaging, started } = fakeChildren();
  expect(started).toHaveLength(0);
  const [first, second] = [imaging.thumbnail('/a'), imaging.thumbnail('/b')];
  expect(started[0]?.asked.map(({ path }) => path)).toEqual(['/a']);
  started[0]?.reply({ id: 1, ok: true, name: NAME });
  expect(await first).toEqual({ ok: true, name: NAME });
  expect(started[0]?.asked.map(({ path }) => path)).toEqual(['/a', '/b']);
  started[0]?.reply({ id: 2, ok: false, reason: 'failed' });
  expect(await second).toEqual({ ok: false, reason: 'failed' });
  expect(started).toHaveLength(1);
});

test('tries a picture once more in a fresh process when the first one dies, then gives up and goes on', async () => {
  const { imaging, started } = fakeChildren();
  const [bad, good] = [imaging.thumbnail('/bad'), imaging.thumbnail('/good')];
  started[0]?.die();
  expect(started[1]?.asked.map(({ path }) => path)).toEqual(['/bad']);
  started[1]?.die();
  expect(await bad).toEqual({ ok: false, reason: 'crashed' });
  started[2]?.reply({ id: 3, ok: true, name: NAME });
  expect(await good).toEqual({ ok: true, name: NAME });
});

test('ends a process that does not answer in time', async () => {
  const { imaging, started, elapse } = fakeChildren();
  const stuck = imaging.thumbnail('/a');
  elapse(30_000);
  expect(await stuck).toEqual({ ok: false, reason: 'timeout' });
  expect(started[0]?.killed).toBe(true);
});

test('ends the process when nothing is asked for a while and starts another on demand', async () => {
  const { imaging, started, elapse } = fakeChildren();
  const first = imaging.thumbnail('/a');
  started[0]?.reply({ id: 1, ok: true, name: NAME });
  await first;
  elapse(20_000);
  expect(started[0]?.killed).toBe(true);
  void imaging.thumbnail('/b');
  expect(started).toHaveLength(2);
});

test('ignores answers to another question', async () => {
  const { imaging, started } = fakeChildren();
  const asked = imaging.thumbnail('/a');
  started[0]?.reply({ id: 99, ok: true, name: NAME });
  started[0]?.reply('noise');
  started[0]?.reply({ id: 1, ok: true, name: NAME });
  expect(await asked).toEqual({ ok: true, name: NAME });
});

test('answers what waits when it is closed', async () => {
  const { imaging, started } = fakeChildren();
  const asked = [imaging.thumbnail('/a'), imaging.thumbnail('/b')];
  imaging.close();
  expect(await Promise.all(asked)).toEqual([{ ok: false, reason: 'crashed' }, { ok: false, reason: 'crashed' }]);
  expect(started[0]?.killed).toBe(true);
  expect(await imaging.thumbnail('/c')).toEqual({ ok: false, reason: 'crashed' });
});
