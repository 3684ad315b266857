import { expect, test } from 'vitest';
import type { JobRecord } from './job-record';
import { createNameClaims } from './name-claims';

const record = (id: string, accountId: string, partName: string, state: JobRecord['state']): JobRecord => ({ id, accountId, state, facts: { partName } }) as JobRecord;
const records = [record('1', 'a', 'Cat.png', 'queued'), record('2', 'a', 'dog.png', 'failed'), record('3', 'b', 'cow.png', 'done')];
const claims = () => createNameClaims({ hasName: (account, name) => account === 'a' && name.toLowerCase() === 'old.png' }, { records: () => records.values() });

test('tells names that uploads and jobs of the account have, upper and lower case alike', () => {
  const names = claims();
  const taken = (name: string, account = 'a') => names.isTaken('9', account, name);
  expect([taken('cat.png'), taken('OLD.png'), taken('dog.png'), taken('cow.png')]).toEqual([true, true, false, false]);
  expect([taken('cat.png', 'b'), taken('cow.png', 'b')]).toEqual([false, true]);
  expect(names.isTaken('1', 'a', 'cat.png')).toBe(false);
});

test('gives a name that is free to the first who asks, until that one lets go', () => {
  const names = claims();
  expect([names.isTaken('7', 'a', 'new.png'), names.isTaken('8', 'a', 'New.png'), names.isTaken('7', 'a', 'new.png'), names.isTaken('8', 'b', 'new.png')]).toEqual([false, true, false, false]);
  names.release('7');
  expect(names.isTaken('8', 'a', 'new.png')).toBe(false);
});
