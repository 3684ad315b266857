import { expect, test } from 'vitest';
import { callNames, eventNames } from './call-names';
import { calls, events } from './contract';

test('the preload knows exactly the calls of the contract', () => {
  expect([...callNames]).toEqual(Object.keys(calls));
});

test('the preload knows exactly the events of the contract', () => {
  expect([...eventNames]).toEqual(Object.keys(events));
});
