import { expect, test } from 'vitest';
import { createOnline } from './online-state';

test('tells of changes only, and counts sleep as offline', () => {
  let network = true;
  const hooks: { suspend?: () => void; resume?: () => void; look?: () => void } = {};
  const online = createOnline({
    isOnline: () => network,
    onSuspend: (listener) => (hooks.suspend = listener),
    onResume: (listener) => (hooks.resume = listener),
    every: (act) => (hooks.look = act),
  });
  const heard: boolean[] = [];
  const off = online.onChange((now) => heard.push(now));
  hooks.look?.();
  hooks.suspend?.();
  hooks.look?.();
  hooks.resume?.();
  network = false;
  hooks.look?.();
  expect([heard, online.current()]).toEqual([[false, true, false], false]);
  off();
  network = true;
  hooks.look?.();
  expect([heard.length, online.current()]).toEqual([3, true]);
});
