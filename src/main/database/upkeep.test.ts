import { expect, test } from 'vitest';
import { createUpkeep } from './upkeep';

const bench = () => {
  const waits: (() => void)[] = [];
  let done = 0;
  let calledOff = 0;
  const upkeep = createUpkeep(
    (_ms, act) => {
      waits.push(act);
      return () => void (calledOff += 1);
    },
    () => void (done += 1),
  );
  return { upkeep, ring: () => waits.shift()?.(), waiting: () => waits.length, done: () => done, calledOff: () => calledOff };
};

test('waits until nothing has happened for a while, with one timer however much does', () => {
  const { upkeep, ring, waiting, done } = bench();
  for (let n = 0; n < 100; n += 1) upkeep.touched();
  expect(waiting()).toBe(1);
  ring();
  expect([done(), waiting()]).toEqual([0, 1]);
  ring();
  expect([done(), waiting()]).toEqual([1, 0]);
});

test('does its work again after the next time only', () => {
  const { upkeep, ring, waiting, done } = bench();
  upkeep.touched();
  ring();
  expect([done(), waiting()]).toEqual([1, 0]);
  upkeep.touched();
  expect(waiting()).toBe(1);
});

test('does nothing once it is closed', () => {
  const { upkeep, ring, done, calledOff } = bench();
  upkeep.touched();
  upkeep.close();
  ring();
  upkeep.touched();
  expect([done(), calledOff()]).toEqual([0, 1]);
});
